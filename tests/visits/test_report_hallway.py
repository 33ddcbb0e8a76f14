"""Hallway mode: a whole report by tapping, six times at most, without a word typed."""

import re
from datetime import date
from html.parser import HTMLParser

import pytest

from tests.visits.reporting import a_photo, a_voice, the_report
from webapp.customers.models import Customer
from webapp.foundation.db import db
from webapp.outbox import gate
from webapp.playbook.models import TrackUse
from webapp.visits.models import DayPlan

TODAY = date(2026, 11, 24)


class Fields(HTMLParser):
    """The fields of the report's form as a browser without script would send them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.hidden: list[tuple[str, str]] = []
        self.radios: dict[str, list[str]] = {}
        self.checked: list[str] = []
        self.typed: list[str] = []
        form = page[page.index('<form class="hallway"') :]
        self.feed(form[: form.index("</form>")])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        a = dict(attrs)
        kind = a.get("type") if tag == "input" else tag
        if kind == "hidden" and a.get("value"):
            self.hidden.append((a["name"], a["value"]))
        elif kind == "radio":
            self.radios.setdefault(a["name"], []).append(a["value"])
            self.checked += [a["name"]] if "checked" in a else []
        elif kind in ("text", "textarea", "date", "time"):
            self.typed.append(a.get("name", ""))


def send(client: object, customer: Customer, fields: Fields, **taps: object) -> object:
    data: dict[str, list[str]] = {}
    for name, value in fields.hidden:
        data.setdefault(name, []).append(value)
    answer = client.post(f"/customers/{customer.id}/reports", data=data | taps, content_type="multipart/form-data")
    answer.request.environ["wsgi.input"].close()
    return answer


def the_form(client: object, customer: Customer) -> Fields:
    return Fields(client.get(f"/customers/{customer.id}/reports/new?mode=hallway").text)


def test_four_taps_and_send_are_a_whole_report(lin, cast, here):
    with gate.transaction():
        DayPlan.of(cast.lin, TODAY).add(here.customer, purpose="collection")
        here.customer.level = "C"
    fields = the_form(lin, here.customer)
    assert list(fields.radios) == ["result", "objections", "track_outcome", "next_on"]
    assert (fields.checked, fields.typed) == ([], [])

    answer = send(
        lin,
        here.customer,
        fields,
        result="progress",
        objections="too_expensive",
        track_outcome="worked",
        next_on="2026-12-01",
    )

    assert answer.status_code == 303
    report = the_report()
    assert (report.purpose, report.result, report.objections, report.day) == (
        "collection",
        "progress",
        ["too_expensive"],
        TODAY,
    )
    assert [person.name for person in report.met] == ["沈卫民"]  # who decides, as nobody was met before
    assert (report.track_id, report.track_outcome, report.is_hallway) == (here.track.id, "worked", True)
    assert report.next_step_on.isoformat() == "2026-12-01"
    assert db.session.get_one(Customer, here.customer.id).next_step == "再去拜访"
    assert report.stop_id


@pytest.mark.slow
def test_every_answer_that_is_offered_is_taken(lin, here):
    fields = the_form(lin, here.customer)
    for name, values in fields.radios.items():
        for value in values:
            answer = send(lin, here.customer, the_form(lin, here.customer), **{"result": "progress", name: value})
            assert answer.status_code == 303, (name, value)


def test_no_track_used_is_no_use_of_a_track(lin, here):
    send(lin, here.customer, the_form(lin, here.customer), result="unchanged", track_outcome="unused", next_on="none")

    assert the_report().track_id is None
    assert db.session.query(TrackUse).count() == 0


def test_the_only_question_that_must_be_answered_is_how_it_went(lin, here):
    answer = send(lin, here.customer, the_form(lin, here.customer), objections="compare")

    assert answer.status_code == 422
    assert "谈得怎么样？点一个。" in answer.text
    assert 'value="compare" checked' in answer.text
    assert '<form class="hallway"' in answer.text


def test_a_photo_and_a_word_can_come_along(lin, here):
    send(lin, here.customer, the_form(lin, here.customer), result="ordered", photos=a_photo(60, 40), voice=a_voice())

    assert [piece.kind for piece in the_report().attachments] == ["photo", "voice"]


def test_without_any_track_there_are_three_questions(lin, here):
    with gate.transaction():
        here.track.retire()

    page = lin.get(f"/customers/{here.customer.id}/reports/new?mode=hallway").text

    assert list(Fields(page).radios) == ["result", "objections", "next_on"]
    assert "好了，三下点完。" in page


def test_the_questions_need_no_script(lin, here):
    page = lin.get(f"/customers/{here.customer.id}/reports/new?mode=hallway").text

    assert re.search(r'<button class="button button--main[^>]*>交报告</button>', page)
    assert 'type="reset" form="hall"' in page
