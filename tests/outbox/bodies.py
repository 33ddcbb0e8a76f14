"""What the forms of this release send, read off the real pages of the furnished office (tests/house/office.py).

    .venv/bin/python -m tests.outbox.bodies 0.1.0

writes one file a form into tests/outbox/posted_bodies/0.1.0/. Files of releases that are on people's phones are never
changed: test_released_bodies.py posts them for ever. Ids stand as {names}, since every office has others.
"""

import json
import re
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask import Flask
from flask.testing import FlaskClient

from tests.house.routes import address, rules

BODIES = Path(__file__).parent / "posted_bodies"
NOT_OF_THE_FIELD = re.compile(
    r"^/(sign-in|sign-out|language|settings|users|teams|devices|audit|customers/import|customers/reassignments|reviews/quarantine)(/|$)"
    r"|^/playbook/(products|files)(/|$)|^/playbook/[^/]+/(approval|remarks|coaching)$|/(merge|owner|opening|reading|postponement)$"
)
"""Addresses that the phone leaves to the server (service_worker/names.js)."""
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
TYPED: dict[str, dict[str, str]] = {
    "customers": {"name": "Riverside Spinning Ltd", "phone": "0512-60001111"},
    "customers-customer_id-attention": {"category": "taste", "observed": "凤凰单丛", "opener": "带点鸭屎香"},
    "customers-customer_id-contacts": {"name": "李工", "phone": "139 0000 1111", "decision_role": "user"},
    "customers-customer_id-level": {"level": "B", "reason": "只差账期"},
    "customers-customer_id-notes": {"kind": "call", "text": "问了交期"},
    "customers-customer_id-promises": {"text": "周五前给样品", "due_on": "2026-11-27"},
    "customers-customer_id-reports": {
        "result": "progress", "needs": "一年一换", "customer_said": "贵是贵", "expense": "68", "expense_for": "茶",
        "seen-0-category": "taste", "seen-0-observed": "茶台上有单丛", "promises-0-text": "给测试报告",
        "promises-0-due_on": "2026-11-27", "arrived": "09:20", "left": "09:50",
    },
    "customers-customer_id-reports-hallway": {"result": "refused", "objections": "too_expensive"},
    "customers-customer_id-check-ins": {"latitude": "31.27", "longitude": "120.62", "accuracy_m": "12", "age_s": "3"},
    "attention-item_id-uses": {"outcome": "worked"},
    "attention-aged-confirmations": {"outcome": "still"},
    "promises-promise_id-settlement": {"outcome": "kept"},
    "playbook": {"situation": "objection", "title": "先算停机", "heard": "太贵了", "line": "停一次机，比差价贵。"},
    "playbook-track_id-uses": {"outcome": "worked"},
    "customers-customer_id-position": {"latitude": "31.27", "longitude": "120.62", "accuracy_m": "12", "age_s": "3"},
    "threads-visit-visit": {"text": "客户要加急"},
    "threads-customer-customer_id": {"text": "@周建国 老板下周出国"},
    "threads-complaint-complaint_id": {"text": "明天去换"},
    "threads-market-market_id": {"text": "又降了一个点"},
    "customers-customer_id-complaints": {"about": "quality", "said": "响得厉害", "product": "6205", "wants": "换货"},
    "complaints-complaint_id-steps": {"step": "apologise", "text": "当面道了歉"},
    "complaints-complaint_id-satisfaction": {"outcome": "satisfied", "text": "这回行"},
    "customers-customer_id-concessions": {"kind": "discount", "amount": "5", "in_return": "date", "what": "第一单"},
    "concessions-concession_id": {"amount": "4", "return_words": "周五签"},
    "customers-customer_id-spin": {"situation": "用国产的", "problem": "半夜抱死", "need_payoff": "不用半夜爬起来"},
    "market-reports": {"kind": "promotion", "who": "华东轴承", "what": "买十送一"},
    "threads-daily-daily": {"text": "明天补上"},
    "threads-plan-plan": {"text": "路线改了"},
    "customers-customer_id-comparisons": {"title": "6205轴承", "ours_price": "3600", "theirs_price": "680", "theirs_life": "8000"},
    "days-day-report": {"insight": "先问再说", "attendance": "field"},
}  # fmt: skip
"""What somebody types into them, beyond what stands there already."""

Body = dict[str, Any]


def forms_of(app: Flask, client: FlaskClient, office: SimpleNamespace) -> dict[str, Body]:
    """Every form of the field that this person's pages hold, by name."""
    names = known_ids(office)
    found: dict[str, Body] = {}
    for path in _pages(app, office):
        with client.get(path) as answer:
            html = answer.text if answer.status_code == 200 and answer.mimetype == "text/html" else ""
        if html:
            for form in html5lib.parse(html, namespaceHTMLElements=False).iter("form"):
                action, fields = form.get("action") or path, list(_said(form))
                if (
                    form.get("method", "").lower() == "post"
                    and not NOT_OF_THE_FIELD.search(action)
                    and ("submission_id" in dict(fields))
                ):
                    name, body = _body(action, fields, names)
                    found.setdefault(name, body)
    return found


def known_ids(office: SimpleNamespace) -> dict[str, str]:
    """Id → the name that it goes by in a recorded body."""
    return {str(known): name for name, known in office.ids.items()}


def _pages(app: Flask, office: SimpleNamespace) -> Iterator[str]:
    for rule in rules(app, "GET"):
        if rule.endpoint not in ("exports.as_workbook", "exports.as_comma_separated", "field_pack.index"):
            yield address(app, rule, office)
    yield "/playbook?q=nobody%20answers%20this"
    yield f"/days/{office.day + timedelta(days=1)}"
    yield f"/threads/visit/{office.ids['report_id']}"
    yield f"/threads/daily/{office.ids['daily_id']}"
    yield f"/threads/complaint/{office.ids['complaint_id']}"
    yield f"/threads/market/{office.ids['market_id']}"
    yield f"/customers/{office.ids['customer_id']}/reports/new?mode=hallway"


def _body(action: str, fields: list[tuple[str, str]], names: dict[str, str]) -> tuple[str, Body]:
    def named(text: str) -> str:
        return UUID.sub(lambda found: f"{{{names.get(found.group(), 'unknown')}}}", text)

    plain = [(name, named(value)) for name, value in fields if name != "submission_id"]
    name = re.sub(r"\d{4}-\d\d-\d\d", "day", re.sub(r"[{}]", "", named(action)).strip("/")).replace("/", "-")
    name += "-hallway" if ("mode", "hallway") in plain else ""
    typed = TYPED.get(name, {})
    kept = [[field, value] for field, value in plain if field not in typed and "{unknown}" not in value]
    return name, {"action": named(action), "fields": kept + [[field, value] for field, value in typed.items()]}


def _said(form: Element) -> Iterator[tuple[str, str]]:
    """What a browser would send for it as it stands; the button of one button, too."""
    for field in form.iter():
        name, kind = field.get("name"), field.get("type", "text")
        if not name or field.get("disabled") is not None:
            continue
        if field.tag == "textarea":
            yield name, field.text or ""
        elif field.tag == "select":
            options = list(field.iter("option"))
            chosen = [option for option in options if option.get("selected") is not None] or options[:1]
            yield from ((name, option.get("value", option.text or "")) for option in chosen)
        elif field.tag == "button":
            yield name, field.get("value", "")
        elif field.tag == "input" and _is_sent(field, kind):
            yield name, field.get("value", "on" if kind == "checkbox" else "")


def _is_sent(field: Element, kind: str) -> bool:
    if kind in ("radio", "checkbox"):
        return field.get("checked") is not None
    return kind not in ("submit", "button", "file")


def main(release: str) -> None:
    """Furnish an office of its own and write the files."""
    from tests.conftest import TUESDAY, Browser
    from tests.house import office as furniture
    from webapp.accounts import sessions
    from webapp.factory import create_app
    from webapp.foundation import clock
    from webapp.foundation.db import db
    from webapp.foundation.settings import from_environment

    clock.freeze(TUESDAY)
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(from_environment({"DOORSTEP_DATA": folder}))
        app.test_client_class = Browser
        with app.app_context():
            db.create_all()
            office = furniture.furnish()
            client = app.test_client()
            client.set_cookie(sessions.COOKIE, office.tokens["lin"])
            (BODIES / release).mkdir(parents=True, exist_ok=True)
            for name, body in forms_of(app, client, office).items():
                (BODIES / release / f"{name}.json").write_text(json.dumps(body, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
