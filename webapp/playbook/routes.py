from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from flask_login import current_user

from webapp.accounts.access import find_or_404, only
from webapp.customers.models import Customer
from webapp.foundation.db import as_id
from webapp.foundation.i18n import _
from webapp.foundation.pages import clean, page
from webapp.outbox import gate
from webapp.playbook import queries, words
from webapp.playbook.answers import answers
from webapp.playbook.forms import ApprovalForm, TrackForm, UseForm
from webapp.playbook.library import language
from webapp.playbook.models import APPROVERS, TalkTrack, TrackUse, may_approve
from webapp.playbook.ranking import is_stale

bp = Blueprint("playbook", __name__)
blueprints = [bp]


@bp.context_processor
def _at_hand() -> dict[str, Any]:
    return {"words": words, "stale": is_stale, "may_approve": may_approve}


@bp.get("/playbook")
def index() -> Response:
    """The best lines for what the customer just said (`?q=`), else everything by situation; `?customer=` for whom."""
    customer = _customer(request.args.get("customer"))
    if said := clean(request.args.get("q"))[:200]:
        found = answers(said, current_user, customer)
        return page("playbook/answers.html", said=said, customer=customer, found=found)
    chosen = {name: request.args.get(name, "") for name in ("situation", "stage", "industry")}
    shelf = queries.shelf(current_user, **chosen)
    return page("playbook/index.html", shelf=shelf, chosen=chosen, customer=customer)


@bp.get("/playbook/<id:track_id>")
def show(track_id: str) -> Response:
    return _show(_track(track_id))


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
    track = _editable(track_id)
    form = TrackForm(data=track.words() | {"version": track.version, "industries": _("、").join(track.industries)})
    return page("playbook/form.html", form=_dressed(form, track), track=track)


@bp.post("/playbook/<id:track_id>")
def update(track_id: str) -> Any:
    track = _editable(track_id)
    form = _dressed(TrackForm(), track)
    if not form.validate() or not _has_seen(form, track):
        return page("playbook/form.html", 422, form=form, track=track)
    track.revise(current_user, **form.words())
    gate.describe("track", track.title, track.id)
    return _kept(track)


@bp.post("/playbook/<id:track_id>/approval")
@only(*APPROVERS)
def approve(track_id: str) -> Any:
    track, form = _track(track_id), ApprovalForm()
    if not form.validate() or not _has_seen(form, track):
        return _show(track, 422, approval=form)
    track.approve(current_user)
    flash(_("核准了，大家都能用。"))
    return redirect(url_for(".show", track_id=track.id), 303)


@bp.post("/playbook/<id:track_id>/retirement")
def retire(track_id: str) -> Any:
    track = _track(track_id)
    if not track.may_be_retired_by(current_user):
        abort(404)
    track.retire()
    flash(_("停用了，列表里不再出现。"))
    return redirect(url_for(".index"), 303)


@bp.post("/playbook/<id:track_id>/uses")
def use(track_id: str) -> Any:
    """One tap on how it went; back to where the tap was."""
    track, form = _track(track_id), UseForm()
    customer = _customer(form.customer.data)
    if not form.validate():
        return _show(track, 422, use=form)
    with_whom = customer.id if customer else None
    TrackUse.record(track.id, form.outcome.data, current_user.id, with_whom, id=gate.submission_id())
    gate.describe("outcome", track.title, track.id)
    flash(_("记下了：%(outcome)s", outcome=words.OUTCOMES[form.outcome.data]))
    if form.said.data:
        return redirect(url_for(".index", q=form.said.data, customer=with_whom), 303)
    return redirect(url_for(".show", track_id=track.id, customer=with_whom), 303)


def _show(track: TalkTrack, status: int = 200, **forms: Any) -> Response:
    customer = _customer(request.args.get("customer"))
    more = queries.track_page(track, current_user, customer)
    forms.setdefault("approval", ApprovalForm(version=track.version))
    return page("playbook/show.html", status, track=track, more=more, customer=customer, **forms)


def _kept(track: TalkTrack) -> Any:
    flash(_("存好了。") if track.state == "approved" else _("存好了，等主管核准。"))
    return redirect(url_for(".show", track_id=track.id), 303)


def _track(track_id: str) -> TalkTrack:
    return find_or_404(TalkTrack.visible_to(current_user).where(TalkTrack.id == track_id))


def _editable(track_id: str) -> TalkTrack:
    track = _track(track_id)
    if not track.may_be_edited_by(current_user):
        abort(404)
    return track


def _customer(customer_id: str | None) -> Customer | None:
    if not customer_id:
        return None
    return find_or_404(Customer.visible_to(current_user).where(Customer.id == as_id(customer_id)))


def _dressed(form: TrackForm, track: TalkTrack | None = None) -> TrackForm:
    form.next_slugs.choices = queries.onward_choices(track)
    for part, word in words.PARTS_OF.get(track.situation if track else "", {}).items():
        form[part].label.text = word
    return form


def _has_seen(form: TrackForm | ApprovalForm, track: TalkTrack) -> bool:
    """Whether this form was opened on the track as it now stands; if not, it says so and may be sent again."""
    if form.version.data == str(track.version):
        return True
    form.form_errors.append(_("刚有人把它改成了第%(n)s版。看过再点一次。", n=track.version))
    form.version.data = str(track.version)
    return False
