from typing import Any

from flask import abort, flash, redirect, url_for
from flask_login import current_user

from webapp.accounts.access import only
from webapp.foundation.i18n import _
from webapp.playbook import queries
from webapp.playbook.forms import ApprovalForm, CoachForm, RemarkForm
from webapp.playbook.models import APPROVERS
from webapp.playbook.routes.room import bp, find_track, has_seen, show_track


@bp.post("/playbook/<id:track_id>/approval")
@only(*APPROVERS)
def approve(track_id: str) -> Any:
    track, form = find_track(track_id), ApprovalForm()
    if not form.validate() or not has_seen(form, queries.version_to_approve(track)):
        return show_track(track, 422, approval=form)
    track.approve(current_user)
    flash(_("核准了，大家都能用。"))
    return redirect(url_for(".show", track_id=track.id), 303)


@bp.post("/playbook/<id:track_id>/remarks")
@only(*APPROVERS)
def send_back(track_id: str) -> Any:
    """Not as it stands: its author reads why."""
    track, form = find_track(track_id), RemarkForm()
    if not form.validate():
        return show_track(track, 422, remark=form)
    if queries.waits(track):
        track.send_back(current_user, form.remark.data)
    flash(_("退回给他改了。"))
    return redirect(url_for(".show", track_id=track.id), 303)


@bp.post("/playbook/<id:track_id>/coaching")
@only(*APPROVERS)
def coach(track_id: str) -> Any:
    """What supervisors tell each other about a track; no rep reads it."""
    track, form = find_track(track_id), CoachForm()
    if not form.validate():
        return show_track(track, 422, coach=form)
    track.coach_note = form.note.data or ""
    flash(_("记下了，只有主管看得见。"))
    return redirect(url_for(".show", track_id=track.id), 303)


@bp.post("/playbook/<id:track_id>/retirement")
def retire(track_id: str) -> Any:
    track = find_track(track_id)
    if not track.may_be_retired_by(current_user):
        abort(404)
    track.retire()
    flash(_("停用了，列表里不再出现。"))
    return redirect(url_for(".index"), 303)
