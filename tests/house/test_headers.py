"""What every answer says about itself, what an error says to a person, and what the log never learns."""

import io
import json
import logging
import re
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
import structlog
from flask import Flask
from flask.testing import FlaskClient

from tests.house.routes import address, page_rules, rules
from webapp.customers.models import HistoryEntry
from webapp.foundation.db import db
from webapp.foundation.logs import without_rows

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
NEEDED = ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'")


def check(answer: Any, path: str) -> list[str]:
    """What this answer fails to say."""
    missing = [f"{path}: {name}" for name, value in ALWAYS.items() if answer.headers.get(name) != value]
    policy = answer.headers.get("Content-Security-Policy", "")
    if "unsafe" in policy or "*" in policy or "http:" in policy:
        missing.append(f"{path}: {policy}")
    if answer.mimetype == "text/html":
        missing += [f"{path}: {rule}" for rule in NEEDED if rule not in policy]
        missing += [] if "Permissions-Policy" in answer.headers else [f"{path}: Permissions-Policy"]
        if "no-cache" not in (kept := answer.headers.get("Cache-Control", "")) and "no-store" not in kept:
            missing.append(f"{path}: Cache-Control is {kept}")
    return missing


@pytest.mark.slow
def test_every_page_and_every_refusal_says_who_may_do_what_with_it(
    app: Flask, office: SimpleNamespace, enter: Callable[..., FlaskClient]
) -> None:
    wrong = []
    for rule in rules(app, "GET"):
        for who in ("", "lin", "admin"):
            answer = enter(who).get(address(app, rule, office))
            answer.get_data()  # a stream is read to its end
            wrong += check(answer, f"{rule.endpoint} {answer.status_code}")
    for path in ("/nothing", "/customers/nothing", "/%00", "/days/2026-99-99"):
        wrong += check(enter("lin").get(path), path)
    for status in (enter("lin").delete("/customers"), enter("").post("/customers")):
        wrong += check(status, str(status.status_code))
    assert wrong == []


def test_assets_say_so_too_and_may_be_kept_for_ever(enter: Callable[..., FlaskClient]) -> None:
    page = enter("lin").get("/customers").text
    for path in set(re.findall(r'"(/assets/[^"# ]+)"', page)):
        answer = enter("").get(path)
        answer.close()
        assert (answer.status_code, check(answer, path)) == (200, [])
        assert "immutable" in answer.headers["Cache-Control"]


@pytest.fixture
def log(house: Flask) -> Iterator[io.StringIO]:
    """What is written to the log meanwhile."""
    before, written = structlog.get_config(), io.StringIO()
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(written))  # type: ignore[arg-type]
    yield written
    structlog.configure(**before)


def entries(log: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


@pytest.fixture
def broken(house: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The list of customers has a fault today, and it happens while personal data is at hand."""

    def fail(**_arguments: Any) -> None:
        raise RuntimeError("the list is broken")

    monkeypatch.setitem(house.view_functions, "customers.index", fail)


SAID = {"zh-CN": "服务器出了毛病", "zh-TW": "伺服器出了毛病", "en": "Something broke on the server"}


@pytest.mark.parametrize("language", SAID)
def test_a_fault_has_a_number_that_the_log_has_too(
    broken: None, enter: Callable[..., FlaskClient], log: io.StringIO, language: str
) -> None:
    answer = enter("lin", language).get("/customers?q=secret")
    assert answer.status_code == 500
    assert SAID[language] in answer.text
    [fault] = [entry for entry in entries(log) if entry["level"] == "error"]
    assert fault["error_id"] in answer.text
    assert "the list is broken" in fault["exception"]


def test_what_was_written_is_not_in_the_log_when_the_database_does_not_take_it(
    house: Flask, monkeypatch: pytest.MonkeyPatch, enter: Callable[..., FlaskClient], log: io.StringIO
) -> None:
    def fail(**_arguments: Any) -> None:
        db.session.add(HistoryEntry(text="门卫姓许"))
        db.session.flush()

    monkeypatch.setitem(house.view_functions, "customers.index", fail)
    assert enter("lin").get("/customers").status_code == 500
    assert "IntegrityError" in log.getvalue() and "门卫姓许" not in log.getvalue()


def test_when_nobody_can_say_who_asks_the_page_still_says_what_happened(
    house: Flask, monkeypatch: pytest.MonkeyPatch, enter: Callable[..., FlaskClient], log: io.StringIO
) -> None:
    browser = enter("lin", "en")

    def fail(_request: Any) -> None:
        raise RuntimeError("the table of people is gone")

    monkeypatch.setattr(house.login_manager, "_request_callback", fail)  # type: ignore[attr-defined]
    answer = browser.get("/customers", headers={"Accept-Language": "zh-TW"})
    assert answer.status_code == 500 and any(word in answer.text for word in SAID.values())
    assert [entry["error_id"] in answer.text for entry in entries(log) if entry["level"] == "error"] == [True]


def test_rows_that_postgresql_quotes_are_not_in_the_log() -> None:
    error = (
        'psycopg.errors.NotNullViolation: null value in column "by_id"\nDETAIL:  Failing row contains (7, 门卫姓许\n'
        "\n从后门进).\n\nThe above exception was the direct cause of the following exception:\n\n"
        "sqlalchemy.exc.IntegrityError: null value\nDETAIL:  Failing row contains (7, 门卫姓许\n从后门进).\n[SQL: INSERT]"
    )
    told = without_rows(None, "error", {"exception": error})["exception"]
    assert "门卫" not in told and "后门" not in told
    assert told.count("DETAIL: …") == 2 and "[SQL: INSERT]" in told and "The above exception" in told


@pytest.mark.parametrize("path", ["/nothing", "/customers/00000000-0000-0000-0000-000000000000"])
def test_a_refusal_has_a_number_that_the_log_has_too(
    enter: Callable[..., FlaskClient], log: io.StringIO, path: str
) -> None:
    answer = enter("lin", "en").get(path)
    [refusal] = entries(log)
    assert refusal["error_id"] in answer.text
    assert refusal["status"] == answer.status_code == 404


def test_the_log_knows_what_was_asked_and_never_about_whom(
    app: Flask,
    office: SimpleNamespace,
    enter: Callable[..., FlaskClient],
    log: io.StringIO,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(app, "testing", False)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    caplog.set_level(logging.INFO)
    lin = enter("lin")
    for rule in page_rules(app):
        lin.get(address(app, rule, office))
    lin.get("/customers?q=13912345678")
    lin.get("/customers?q=Hengrun&tag=key")
    lin.get("/Hengrun/13912345678")
    enter("").post("/sign-in", data={"name": "13912345678", "password": "my own secret"})
    words = {"submission_id": "x", "name": "Hengrun 2", "phone": "13912345678"}
    lin.post("/customers", data=words)
    lin.post(f"/customers/{office.ids['customer_id']}/reports", data={"needs": "Chen Guodong said so", "result": "x"})
    said = log.getvalue() + caplog.text
    assert '"endpoint": "customers.index"' in said
    for secret in (
        "13912345678",
        "Hengrun",
        "Chen",
        "Lin Xiaolan",
        "q=",
        "secret",
        office.tokens["lin"],
        office.ids["customer_id"],
    ):
        assert secret not in said, secret
