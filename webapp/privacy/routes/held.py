from typing import Any

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from flask_babel import force_locale
from flask_login import current_user

from webapp.accounts.models import note
from webapp.customers import queries as customers
from webapp.customers.models import Contact
from webapp.foundation.i18n import LANGUAGES, choose
from webapp.foundation.pages import page
from webapp.outbox import gate
from webapp.privacy import queries
from webapp.privacy.forms import ConsentForm, ErasureForm
from webapp.privacy.held import Held, held
from webapp.privacy.words import ASKED

bp = Blueprint("held", __name__)


@bp.context_processor
def languages() -> dict[str, object]:
    def held_languages(spoken: str) -> list[tuple[str, str, bool]]:
        return [(f"?language={code}", name, code == spoken) for code, name in LANGUAGES.items()]

    return {"held_languages": held_languages}


@bp.get("/contacts/<id:contact_id>/privacy")
def show(contact_id: str) -> Response:
    """Everything that we hold about this person; `?language=` as he reads it."""
    contact = queries.person(contact_id)
    with force_locale(_language()):
        return page("privacy/held.html", held=held(contact), contact=contact, language=_language(), **_asides(contact))


def _asides(contact: Contact) -> dict[str, Any]:
    return {"erasing": ErasureForm(formdata=None), "at_stake": queries.at_stake(contact), "asked": ASKED}


@bp.get("/contacts/<id:contact_id>/copy.html")
def copy(contact_id: str) -> Response:
    """A copy to hand to the person, as a file that any browser reads."""
    found = _taken(contact_id, "html")
    with force_locale(_language()):
        return _file(found, Response(render_template("privacy/copy.html", held=found, language=_language())), "html")


@bp.get("/contacts/<id:contact_id>/copy.json")
def copy_for_programs(contact_id: str) -> Response:
    found = _taken(contact_id, "json")
    return _file(found, jsonify(found.as_data()), "json")


def _taken(contact_id: str, ending: str) -> Held:
    """That a copy is taken is on record before it leaves the house."""
    contact = queries.person(contact_id)
    with gate.transaction():
        note("copy_taken", ("contact", contact.id), 1, current_user.id, ending=ending)
    with force_locale(_language()):
        return held(queries.person(contact_id))


def _file(found: Held, answer: Response, ending: str) -> Response:
    name = f"about-you-{found.contact.id[:8]}.{ending}"
    answer.headers.update({"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"})
    return answer


@bp.post("/contacts/<id:contact_id>/consents")
def answer(contact_id: str) -> Response:
    """He was asked, or has thought better of it; a no hides at once what was noted."""
    contact = customers.find_contact(contact_id)
    form = ConsentForm()
    if not form.validate_on_submit():
        return page(
            "privacy/held.html", 422, held=held(contact), contact=contact, language=_language(), **_asides(contact)
        )
    contact.record_consent(form.said.data, current_user, form.topic.data or "")
    gate.describe("contact", contact.customer.title)
    return redirect(url_for("held.show", contact_id=contact.id), 303)  # type: ignore[return-value]


@bp.get("/customers/<id:customer_id>/privacy")
def of_customer(customer_id: str) -> Response:
    """The people of one customer, and how the whole file is erased if the customer is a person himself."""
    customer = customers.find(customer_id)
    return page("privacy/customer.html", customer=customer, people=queries.people_of(customer))


def _language() -> str:
    wished = request.args.get("language", "")
    return wished if wished in LANGUAGES else choose()
