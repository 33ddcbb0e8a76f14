"""What the phone's playbook is narrowed by."""

from typing import Any

from flask import render_template

from webapp.accounts.models import User
from webapp.foundation.db import db
from webapp.playbook.library import brief
from webapp.playbook.models import TalkTrack


def playbook_index(user: User) -> dict[str, Any]:
    """`tracks`: id → what it is meant for, by the names of the filters, of all but the retired; `none`: what the page says when
    none is left of some. One query."""
    there = TalkTrack.visible_to(user).where(TalkTrack.state != "retired")
    tracks = db.session.scalars(brief(there).order_by(TalkTrack.id))
    known = {track.id: _meant(track) for track in tracks}
    return {"tracks": known, "none": render_template("playbook/_none.html").strip() if known else ""}


def _meant(track: TalkTrack) -> dict[str, list[str]]:
    lists = {"stage": track.stages, "industry": track.industries, "level": track.levels, "persona": track.personas}
    return {"situation": [track.situation], **{name: values for name, values in lists.items() if values}}
