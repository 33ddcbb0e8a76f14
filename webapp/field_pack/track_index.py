"""What the phone's playbook is searched and narrowed by."""

from typing import Any

from flask import render_template

from webapp.accounts.models import User
from webapp.field_pack.search_index import said
from webapp.foundation.db import db
from webapp.playbook.models import TalkTrack


def playbook_index(user: User) -> dict[str, Any]:
    """`tracks`: id → the chunks of all its texts, its situation, what it is meant for; `none`, `unheard`: what the page says
    when no track is left. One query."""
    tracks = {track.id: _row(track) for track in db.session.scalars(TalkTrack.visible_to(user).order_by(TalkTrack.id))}
    none, unheard = (render_template("playbook/_none.html", heard=heard).strip() for heard in (False, True))
    return {"tracks": tracks, "none": none, "unheard": unheard}


def _row(track: TalkTrack) -> dict[str, Any]:
    texts = said([track.title, track.line, *track.heard_lines])
    meant = {name: getattr(track, name) for name in ("stages", "industries", "levels", "personas")}
    return {"said": texts, "situation": track.situation, **meant}
