"""Whatever is typed into a form, or sent instead of one: no page breaks, each mistake is named, no word is lost.

The forms are those that the pages really hold; a route that takes a form which no page offers is found here too.
"""

import html
import io
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.house.forms_of import TYPED, Form, forms_of
from tests.house.routes import address, page_rules, rules
from webapp.foundation.db import as_id, new_id
from webapp.foundation.pages import clean

LONG = "很长" * 10_000
ODD = "a\x00b 👍🏽👨‍👩‍👧‍👦🇨🇳 \u202eאבג\u202c العربية \ufeff"
"""NUL, emoji of several parts, writing from right to left and the order to turn around, a mark of no width."""
ALSO = {
    "merges.new": ["?gone={other_id}"],
    "reports.new": ["?mode=hallway"],
    "playbook.show": ["?customer={customer_id}"],
    "visits.new_stop": ["?add={customer_id}"],
}


NO_FORMS = {"delivery.deliver", "delivery.take_piece", "reviews.open_it", "threads.open_it"}
NO_FORMS |= {"pwa.share", "inbox.postpone", "push.subscribe", "push.unsubscribe"}
"""What phones, scripts and other apps send, and no form."""
KINDS = ("plan", "daily", "visit", "complaint", "market", "customer")
RARE = [
    ("lin", "/contacts/{left_id}/edit"),
    ("lin", "/customers/import/{stuck_id}"),
    ("lin", "/playbook?q=expensive"),
    ("lin", "/playbook?q=nobody%20answers%20this"),
    ("lin", "/days/2026-11-25"),
    ("lin", "/days/2026-11-26"),
    ("zhou", "/customers?choosing=1"),
    ("admin", "/teams/{empty_team_id}"),
    ("admin", "/users/{closed_id}"),
]
"""Pages whose forms depend on what is there: on a draft, on somebody gone, on words that were asked for."""


@dataclass(frozen=True)
class Found:
    """A form as somebody meets it on a page."""

    who: str
    page: str
    endpoint: str
    form: Form


@pytest.fixture
def forms(app: Flask, office: SimpleNamespace, enter: Callable[..., FlaskClient]) -> list[Found]:
    """One form for each route that takes one: that of the first page on which somebody meets it."""
    if not _known:
        _known.extend(_unlike(_all_forms(app, office, enter)))
    return _known


_known: list[Found] = []


def _unlike(found: Iterator[Found]) -> list[Found]:
    by_shape = {(one.endpoint, tuple(sorted(one.form.fields))): one for one in reversed(list(found))}
    return sorted(by_shape.values(), key=lambda one: one.endpoint)


def _all_forms(app: Flask, office: SimpleNamespace, enter: Callable[..., FlaskClient]) -> Iterator[Found]:
    adapter = app.url_map.bind("localhost")
    for who, path in [*_pages(app, office), *((who, path.format(**office.ids)) for who, path in RARE)]:
        answer = enter(who).get(path)
        if answer.status_code == 200:
            for form in forms_of(answer.text, path):
                yield Found(who, path, adapter.match(form.action, method="POST")[0], form)


def _pages(app: Flask, office: SimpleNamespace) -> Iterator[tuple[str, str]]:
    for who in ("", "lin", "zhou", "admin"):
        for rule in page_rules(app):
            for more in ["", *ALSO.get(rule.endpoint, [])]:
                for kind in [kind for kind in KINDS if kind in str(rule.rule)] if "kind" in rule.arguments else ("",):
                    path = address(app, rule, office, **({"kind": kind} if kind else {}))
                    yield who, path + more.format(**office.ids)


@pytest.mark.slow
def test_every_route_that_takes_a_form_has_one_on_some_page(app: Flask, forms: list[Found]) -> None:
    taking = {rule.endpoint for rule in rules(app, "POST")} - NO_FORMS
    missing = sorted(taking - {found.endpoint for found in forms})
    assert not missing, " ".join(missing)


def every(form: Form, value: str, *kinds: str) -> dict[str, Any]:
    """What the form sends when all fields of these kinds hold this value."""
    return form.sent() | dict.fromkeys(form.named(*kinds), value) | {"submission_id": new_id()}


def foreign(form: Form, office: SimpleNamespace) -> dict[str, Any]:
    """All ids in it are those of something that belongs to somebody else, or to nobody."""
    ids = {
        name
        for name, one in form.fields.items()
        if name != "submission_id" and any(map(as_id, [*one.values, *one.chosen]))
    }
    return form.sent() | dict.fromkeys(ids, office.ids["foreign_id"]) | {"submission_id": new_id()}


FIGURES = ("text", "number")
CHOICES = ("radio", "checkbox", "select", "hidden", "button")
MISCHIEF: dict[str, Callable[[Form, SimpleNamespace], dict[str, Any]]] = {
    "nothing at all": lambda form, _office: {},
    "only its id": lambda form, _office: {"submission_id": new_id()},
    "20,000 letters": lambda form, _office: every(form, LONG, *TYPED, "password"),
    "letters of all kinds": lambda form, _office: every(form, ODD, *TYPED, "password"),
    "markup": lambda form, _office: every(form, "</textarea><script>alert(1)</script>", *TYPED),
    "negative sums": lambda form, _office: every(form, "-5", *FIGURES),
    "endless sums": lambda form, _office: every(form, "9" * 40, *FIGURES),
    "no number": lambda form, _office: every(form, "NaN", *FIGURES),
    "the year 1": lambda form, _office: every(form, "0001-01-01", "date", "text"),
    "the year 9999": lambda form, _office: every(form, "9999-12-31", "date", "text"),
    "no day of any month": lambda form, _office: every(form, "2026-02-30", "date", "time"),
    "no choice of ours": lambda form, _office: every(form, "no such choice", *CHOICES),
    "what is not yours": foreign,
    "an id that is none": lambda form, _office: form.sent() | {"submission_id": "1; DROP TABLE customer"},
}


@pytest.mark.slow
@pytest.mark.parametrize("what", MISCHIEF)
def test_no_form_breaks_and_no_word_is_lost(
    forms: list[Found], office: SimpleNamespace, enter: Callable[..., FlaskClient], what: str
) -> None:
    wrong = []
    for found in forms:
        data = MISCHIEF[what](found.form, office)
        if data.keys() > {"submission_id"} and _says_the_same(data, found.form):
            continue
        answer = enter(found.who).post(found.form.action, data=data, **_as_sent(found.form))
        answer.request.environ["wsgi.input"].close()  # a big body waits in a file
        wrong += [f"{found.endpoint} ({found.page}): {why}" for why in complaints(answer, found.form, data)]
        if answer.status_code < 400:
            office.put_back()
    assert not wrong, "\n".join(wrong)


def _says_the_same(data: dict[str, Any], form: Form) -> bool:
    """Whether this mischief finds nothing to change in this form."""
    return {name: value for name, value in data.items() if name != "submission_id"} == {
        name: value for name, value in form.sent().items() if name != "submission_id"
    }


def _as_sent(form: Form) -> dict[str, str]:
    return {"content_type": "multipart/form-data"} if form.is_multipart else {}


def complaints(answer: Any, form: Form, data: dict[str, Any]) -> Iterator[str]:
    """What is wrong with this answer to what was sent."""
    if answer.status_code >= 500:
        yield f"answered {answer.status_code}"
    if answer.status_code != 422:
        return
    page = answer.text
    if not any(sign in page for sign in ("data-errors", "mind--flag", "data-error", "card--flag", "card blank")):
        yield "422 without a word why"
    if "data-error data-say" in page:
        return  # a button of one tap: nothing was typed
    for name in form.named(*TYPED):
        typed = clean(data[name]) if isinstance(data.get(name), str) else ""
        if (
            typed
            and html.escape(typed) not in page.replace("&#34;", "&quot;")
            and str(html.escape(typed, quote=False)) not in page
        ):
            yield f"lost what was typed in {name}"


class Endless(io.RawIOBase):
    """A hundred megabytes of which nobody should read more than a little."""

    SIZE = 100_000_000
    at = read = 0

    def seek(self, offset: int, whence: int = 0) -> int:
        self.at = offset + (self.SIZE if whence == 2 else 0)
        return self.at

    def tell(self) -> int:
        return self.at

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.read += len(buffer)
        return len(buffer)


@pytest.mark.parametrize(
    ("language", "said"), [("zh-CN", "东西太大了"), ("zh-TW", "東西太大了"), ("en", "That is too big")]
)
def test_a_hundred_megabytes_are_refused_before_they_are_read(
    app: Flask, office: SimpleNamespace, enter: Callable[..., FlaskClient], language: str, said: str
) -> None:
    body = Endless()
    answer = enter("lin", language).post(
        f"/customers/{office.ids['customer_id']}/reports",
        input_stream=body,
        content_length=Endless.SIZE,
        content_type=f"multipart/form-data; boundary={uuid.uuid4().hex}",
    )
    assert answer.status_code == 413
    assert said in answer.text
    assert body.read < 1_000_000


def test_a_list_of_a_hundred_megabytes_is_refused_where_it_was_chosen(
    app: Flask, office: SimpleNamespace, enter: Callable[..., FlaskClient]
) -> None:
    answer = enter("lin").post(
        "/customers/import",
        input_stream=Endless(),
        content_length=Endless.SIZE,
        content_type="multipart/form-data; boundary=x",
    )
    assert answer.status_code == 413
    assert "文件太大了" in answer.text
