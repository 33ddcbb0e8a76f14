"""The app as the sync bench wants it: a rep who is signed in, a thousand customers of his, and a back door to count reports."""

import os
from datetime import timedelta
from pathlib import Path

from flask import Response, jsonify, make_response, redirect, send_from_directory

from webapp.accounts import sessions
from webapp.accounts.access import public
from webapp.accounts.models import User
from webapp.customers.models import Customer
from webapp.factory import create_app
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.outbox import gate
from webapp.outbox.user_hash import user_hash
from webapp.visits.models import Report

ENGINE, BENCH = Path(__file__).parent / "engine", Path(os.environ["SYNCBENCH"])
app = create_app()


def furnish() -> None:
    """The tables, lin, and his customers c000001 … c001000."""
    from webapp.demo import people

    with app.app_context():
        db.create_all()
        with gate.transaction():
            lin = people.move_in().lin
            for n in range(1, 1001):
                name = f"客户{n}"
                customer = Customer(id=f"00000000-0000-4000-9000-{n:012}", owner_id=lin.id, name=name, short_name=name)
                customer.level, customer.stage = "C", "search"
                customer.tidy()
                db.session.add(customer)


@app.get("/_bench/page")
@public
def begin() -> Response:
    """Sign lin in and go to the page of the bench."""
    with gate.transaction():
        lin = db.session.scalars(db.select(User).where(User.username == "lin")).one()
        token = sessions.begin(lin, "bench")
    response = make_response(redirect("/static/engine/index.html"))
    response.set_cookie(sessions.COOKIE, token)
    return response


@app.get("/_bench/about")
@public
def about() -> Response:
    lin = db.session.scalars(db.select(User).where(User.username == "lin")).one()
    next_on = (clock.today() + timedelta(days=3)).isoformat()
    return jsonify(build=app.config["BUILD"], user=user_hash(lin.id), next_on=next_on)


@app.get("/_bench/count")
@public
def count() -> Response:
    return jsonify(n=db.session.scalar(db.select(db.func.count()).select_from(Report)))


@app.get("/static/<path:name>")
@public
def page_or_data(name: str) -> Response:
    folder, rest = (ENGINE, name.removeprefix("engine/")) if name.startswith("engine/") else (BENCH, name)
    return send_from_directory(folder, rest)
