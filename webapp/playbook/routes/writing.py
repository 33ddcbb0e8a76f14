from typing import Any

from flask import Response, flash, redirect, request, url_for
from flask_login import current_user

from webapp.foundation.i18n import _
from webapp.foundation.pages import clean, page
from webapp.outbox import gate
from webapp.playbook import queries, words
from webapp.playbook.forms import TrackForm
from webapp.playbook.library import language
from webapp.playbook.models import TalkTrack, may_approve
from webapp.playbook.routes.room import bp, find_editable, has_seen


@bp.get("/playbook/new")
def new() -> Response:
    form = _dressed(TrackForm(heard=clean(request.args.get("heard"))[:200], language=language()))
    return page("playbook/form.html", form=form, track=None)


@bp.post("/playbook")
def create() -> Any:
    form = _dressed(TrackForm())
    if not form.validate():
        return page("playbook/form.html", 422, form=form, track=None)
    spoken = form.language.data or language()
    track = TalkTrack.write(current_user, id=gate.submission_id(), language=spoken, **form.words())
    gate.describe("track", track.title, track.id)
    return _kept(track)


@bp.get("/playbook/<id:track_id>/edit")
def edit(track_id: str) -> Response:
    track = find_editable(track_id)
    said = queries.to_be_written(track, current_user)
    form = TrackForm(data=said | {"version": track.version, "industries": _("、").join(said["industries"])})
    return page("playbook/form.html", form=_dressed(form, track), track=track)


@bp.post("/playbook/<id:track_id>")
def update(track_id: str) -> Any:
    track = find_editable(track_id)
    form = _dressed(TrackForm(), track)
    if not form.validate() or not has_seen(form, str(track.version)):
        return page("playbook/form.html", 422, form=form, track=track)
    track.revise(current_user, **form.words())
    gate.describe("track", track.title, track.id)
    return _kept(track)


def _kept(track: TalkTrack) -> Any:
    flash(_("存好了。") if may_approve(current_user) else _("存好了，等主管核准。"))
    return redirect(url_for(".show", track_id=track.id), 303)


def _dressed(form: TrackForm, track: TalkTrack | None = None) -> TrackForm:
    form.next_slugs.choices = queries.onward_choices(track)
    for part, word in words.PARTS_OF.get(track.situation if track else "", {}).items():
        form[part].label.text = word
    return form
