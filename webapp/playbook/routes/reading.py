from typing import Any

from flask import Response, abort, flash, redirect, request, url_for
from flask_login import current_user

from webapp.foundation.i18n import _
from webapp.foundation.packing import is_packing
from webapp.foundation.pages import clean, page
from webapp.outbox import gate
from webapp.playbook import carried, history, words
from webapp.playbook.answers import answers
from webapp.playbook.forms import MisfitForm, UseForm
from webapp.playbook.models import Misfit, TrackUse
from webapp.playbook.routes.room import bp, find_customer, find_track, show_track, such
from webapp.playbook.shelves import shelf

FILTERS = ("situation", "stage", "industry", "level", "persona")


@bp.get("/playbook")
def index() -> Response:
    """The best lines for what the customer just said (`?q=`), else everything by situation; `?customer=` for whom."""
    customer = find_customer(request.args.get("customer"))
    if is_packing() and request.args.get("holes"):
        return page("playbook/carried.html", said="⟦said⟧", **carried.shown())
    if said := clean(request.args.get("q"))[:200]:
        found = answers(said, current_user, customer)
        return page("playbook/answers.html", said=said, customer=customer, found=found)
    chosen = {name: request.args.get(name, "") for name in FILTERS}
    return page("playbook/index.html", shelf=shelf(current_user, **chosen), chosen=chosen, customer=customer)


@bp.get("/playbook/<id:track_id>")
def show(track_id: str) -> Response:
    return show_track(find_track(track_id))


@bp.get("/playbook/<id:track_id>/versions")
def versions(track_id: str) -> Response:
    """How it came to read as it does: what each version changed, the latest first."""
    track = find_track(track_id)
    return page("playbook/versions.html", track=track, changes=history.changes(track))


@bp.post("/playbook/<id:track_id>/uses")
def use(track_id: str) -> Any:
    """One tap on how it went; back to where the tap was."""
    track, form = find_track(track_id), UseForm()
    customer = find_customer(form.customer.data)
    if not form.validate():
        return show_track(track, 422, use=form)
    with_whom = customer.id if customer else None
    TrackUse.record(track.id, form.outcome.data, current_user.id, with_whom, id=gate.submission_id(), **such(customer))
    if with_whom and form.outcome.data == "worked":
        Misfit.take_back(track.id, with_whom)
    gate.describe("outcome", track.title, track.id)
    flash(_("记下了：%(outcome)s", outcome=words.OUTCOMES[form.outcome.data]))
    if form.said.data:
        return redirect(url_for(".index", q=form.said.data, customer=with_whom), 303)
    return redirect(url_for(".show", track_id=track.id, customer=with_whom), 303)


@bp.post("/playbook/<id:track_id>/misfits")
def misfit(track_id: str) -> Any:
    """It is not for this customer: another line takes its place on his card."""
    track, customer = find_track(track_id), find_customer(MisfitForm().customer.data)
    if customer is None:
        abort(422, description=_("先说是哪家客户。"))
    Misfit.say(track.id, customer.id, current_user.id, gate.submission_id())
    gate.describe("outcome", track.title, track.id)
    flash(_("记下了，这家换一句。"))
    return redirect(url_for("door.show", customer_id=customer.id), 303)
