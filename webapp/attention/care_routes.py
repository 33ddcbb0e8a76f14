"""Care days: what is to come, and a greeting that was given."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp.attention import care_queries, care_words, greetings
from webapp.attention.care_forms import GreetingForm
from webapp.attention.models import Greeting
from webapp.attention.queries import person_allows
from webapp.customers import words as customer_words
from webapp.customers.queries import find_contact
from webapp.foundation import clock, filing
from webapp.foundation.i18n import _
from webapp.foundation.lunar import lunar_words
from webapp.foundation.pages import page

bp = Blueprint("care", __name__)


@bp.app_context_processor
def wishes() -> dict[str, Any]:
    """What templates/attention/_greeting.html needs, on whatever page it stands."""
    return {"drafts": greetings.drafts, "everybody": greetings.EVERYBODY, "care_": care_words}


@bp.get("/care")
def index() -> Response:
    care = care_queries.page_of(current_user, clock.today())
    return page("attention/care.html", care=care, lunar=lunar_words, words=customer_words)


@bp.post("/contacts/<id:contact_id>/greetings")
def create(contact_id: str) -> Response:
    person, form = find_contact(contact_id), GreetingForm()
    if not form.validate_on_submit():
        abort(422, description=_("点“已问候”就行。"))
    filing.describe("greeting", f"{person.name} · {person.customer.title}")
    if not person_allows(person):
        flash(_("他不在那儿了，或者不让记，这次没记。"), "warning")
    elif Greeting.give(
        person, current_user, form.occasion.data, form.day.data or clock.today(), filing.submission_id()
    ):
        flash(_("记下了：问候过%(name)s。", name=person.name))
    else:
        flash(_("这回已经问候过%(name)s了。", name=person.name))
    on_the_list = form.then.data == url_for("care.index")
    return redirect(form.then.data if on_the_list else _door_of(person.customer_id), 303)


def _door_of(customer_id: str) -> str:
    return url_for("door.show", customer_id=customer_id, _anchor="contacts")
