"""What a person does in a browser, in one line each."""

import html
import re
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from webapp.customers.models import Customer
from webapp.foundation.db import db, new_id


def send(client: FlaskClient, url: str, **fields: Any) -> TestResponse:
    """Send a form with an id of its own."""
    return client.post(url, data={"submission_id": new_id(), **fields})


def see(client: FlaskClient, url: str, status: int = 200) -> str:
    """What stands on a page."""
    answer = client.get(url)
    assert answer.status_code == status, answer.text
    return html.unescape(answer.text)


def names(page: str) -> list[str]:
    """The customers of a list, in its order."""
    return re.findall(r"<h3><a [^>]*>([^<]*)</a>", page)


def reread(customer: Customer) -> Customer:
    """The customer as it is stored now."""
    db.session.rollback()
    return db.session.get_one(Customer, customer.id, populate_existing=True)


def the_only_customer(name: str) -> Customer:
    db.session.rollback()
    return db.session.query(Customer).filter_by(name=name).one()
