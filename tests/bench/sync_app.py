"""The app as the sync bench wants it: a rep who is signed in, a thousand customers of his, and a back door to count reports."""

import json
import os
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Response, jsonify, make_response, redirect, send_from_directory

from webapp.accounts import sessions
from webapp.accounts.access import public
from webapp.accounts.models import User
from webapp.customers.models import Customer
from webapp.factory import create_app
from webapp.foundation import clock, memory
from webapp.foundation.db import db
from webapp.outbox import gate
from webapp.outbox.user_hash import user_hash

HERE, BENCH = Path(__file__).parent, Path(os.environ["SYNCBENCH"])
FOLDERS = {"engine": HERE / "engine", "service_worker": HERE.parents[1] / "service_worker"}
"""What the page of the bench is made of: the worker's own modules, as they were written."""
app = create_app()
memory.settle()


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


@app.get("/static/<path:name>")
@public
def page_or_data(name: str) -> Response:
    place, _slash, rest = name.partition("/")
    return send_from_directory(FOLDERS[place], rest) if place in FOLDERS else send_from_directory(BENCH, name)


def counting(environ: Any, start: Any) -> Any:
    """How many there are, asked every twenty milliseconds from outside: answered in front of the app, at the price of one query."""
    if environ["PATH_INFO"] != "/_bench/count":
        return served(environ, start)
    with closing(sqlite3.connect(app.config["SETTINGS"].data / "doorstep.sqlite3")) as base:
        stored = base.execute("SELECT count(*) FROM report").fetchone()[0]
    start("200 OK", [("Content-Type", "application/json")])
    return [json.dumps({"n": stored}).encode()]


served, app.wsgi_app = app.wsgi_app, counting  # type: ignore[assignment, method-assign]
