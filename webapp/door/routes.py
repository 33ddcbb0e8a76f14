from flask import Blueprint, request
from flask_login import current_user
from werkzeug.wrappers import Response

from webapp.attention import words as attention_words
from webapp.attention.care_queries import of_customer as of_this_customer
from webapp.customers import queries as customers
from webapp.customers import words as customer_words
from webapp.door import reach, talking
from webapp.door.card import card_of
from webapp.door.fitting import columns
from webapp.door.ledger import ledger
from webapp.door.portrait import birthday
from webapp.foundation import clock
from webapp.foundation.pages import page
from webapp.playbook import words as playbook_words
from webapp.reviews.thread_queries import thread
from webapp.urgent.queries import of_customer
from webapp.visits import words as visit_words

TITLE = 20
"""Columns of a name that fit one line in large letters."""

bp = Blueprint("door", __name__)
blueprints = [bp]


@bp.get("/customers/<id:customer_id>")
def show(customer_id: str) -> Response:
    customer = customers.find(customer_id)
    card = card_of(customer)
    return page(
        "door/show.html",
        customer=customer,
        card=card,
        ledger=ledger(card),
        title_is_long=columns(customer.title) > TITLE,
        address=reach.address(customer),
        numbers=reach.numbers(customer),
        tel=reach.tel,
        birthday=birthday,
        cares=of_this_customer(customer, clock.today()),
        map_url=reach.map_url(customer, request.user_agent.string),
        is_mine=customer.owner_id == current_user.id,
        words=customer_words,
        kinds_=attention_words,
        visit_words=visit_words,
        said_words=playbook_words,
        record=talking.record,
        complaints=of_customer(customer.id),
        spoken=thread("customer", customer, current_user, with_people=False),
    )
