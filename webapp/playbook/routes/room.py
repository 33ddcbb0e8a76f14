"""What the doors to talk tracks share."""

from typing import Any

from flask import Blueprint, Response, abort, request
from flask_login import current_user

from webapp.accounts.access import find_or_404
from webapp.customers.models import LEVELS, Customer
from webapp.foundation.db import as_id
from webapp.foundation.i18n import _
from webapp.foundation.pages import page
from webapp.playbook import queries, words
from webapp.playbook.forms import ApprovalForm, CoachForm, RemarkForm, TrackForm
from webapp.playbook.models import TalkTrack, may_approve
from webapp.playbook.ranking import is_stale
from webapp.playbook.standing import kind_of

bp = Blueprint("playbook", __name__)


@bp.context_processor
def _at_hand() -> dict[str, Any]:
    return {"words": words, "stale": is_stale, "may_approve": may_approve, "levels": LEVELS}


def find_track(track_id: str) -> TalkTrack:
    return find_or_404(TalkTrack.visible_to(current_user).where(TalkTrack.id == track_id))


def find_editable(track_id: str) -> TalkTrack:
    track = find_track(track_id)
    if not track.may_be_edited_by(current_user):
        abort(404)
    return track


def find_customer(customer_id: str | None) -> Customer | None:
    if not customer_id:
        return None
    return find_or_404(Customer.visible_to(current_user).where(Customer.id == as_id(customer_id)))


def such(customer: Customer | None) -> dict[str, Any]:
    """What kind of customer it was said to, as `TrackUse.record` takes it."""
    return {"kind": kind_of(customer)} if customer else {}


def show_track(track: TalkTrack, status: int = 200, **forms: Any) -> Response:
    """A track's page; of those who may approve it, with what only they read and do."""
    customer = find_customer(request.args.get("customer"))
    more = queries.track_page(track, current_user, customer)
    forms.setdefault("approval", ApprovalForm(formdata=None, data={"version": more.version_to_approve}))
    forms.setdefault("remark", RemarkForm(formdata=None))
    if may_approve(current_user):
        forms.setdefault("coach", CoachForm(formdata=None, data={"note": track.coach_note}))
    return page("playbook/show.html", status, track=track, more=more, customer=customer, **forms)


def has_seen(form: TrackForm | ApprovalForm, version: str) -> bool:
    """Whether this form was opened on what now stands; if not, it says so and may be sent again."""
    if form.version.data == version:
        return True
    form.form_errors.append(_("刚有人把它改成了第%(n)s版。看过再点一次。", n=version.partition("-")[0]))
    form.version.data = version
    return False
