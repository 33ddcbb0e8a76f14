"""What a phone is told of a page that has changed: enough to lay it together from what it holds, and no more."""

import json
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.field_pack.phone import Phone, edited, read
from webapp.field_pack import feed
from webapp.field_pack.versions import Version
from webapp.foundation import packing
from webapp.foundation.db import db

INDEX = {"id": "c", "name": "恒润", "level": "A", "key": " hengrun", "sort": "hengrun", "said": ["恒heng"]}
texts = st.lists(
    st.sampled_from(["<p>", "", "恒润纺机恒润纺机恒润纺机", "陈 <b>", "-3", "a" * 40]), min_size=1, max_size=6
).map("\n".join)
pages = st.lists(st.one_of(texts, st.tuples(st.integers(0, 9), st.integers(1, 9)).map(list)), max_size=12)


in_bytes = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))


def version(pressed, **beside):
    return Version("/customers/c", str(pressed), pressed, beside)


def parts(pressed):
    return [line for part in pressed for line in (part.split("\n") if isinstance(part, str) else [part])]


@settings(max_examples=150, deadline=None)
@given(pages, pages)
def test_of_the_parts_that_stay_and_the_new_ones_comes_the_new_page(before, after):
    line = version(after).edits(version(before).content())
    if line:
        assert parts(edited(line["edits"], before)) == parts(after)
        assert len(in_bytes(line["edits"])) < len(in_bytes(after))


def test_a_line_that_changes_in_a_long_page_is_all_that_is_told():
    before = [[n, 1] if n % 2 else f"<p>the {n}th line of its own" for n in range(60)]
    after = [*before[:30], "<p>another", *before[31:]]
    line = version(after).edits(version(before).content())
    assert line["edits"] == [[-1, 30], "<p>another", [-32, 29]]


def test_of_what_comes_with_a_card_only_what_is_another_is_told():
    row = {"html": "<li>", "minds": [["", ""]]}
    was = version(["x" * 99], row=row, index={**INDEX, "step": "call", "on": "2026-11-26"})
    now = version(["x" * 99], row=row, index={**INDEX, "step": "send"})
    line = now.edits(was.content())
    assert line["index"] == {"id": "c", "step": "send", "on": None} and "row" not in line


@pytest.fixture
def phone(lin, customer):
    """It has all pages, and then something was written about the customer."""
    phone = Phone(lin)
    phone.pull()
    change(lin, customer)
    return phone


@pytest.mark.slow
def test_who_does_not_ask_for_edits_gets_whole_pages(lin, phone):
    query = {"cursor": phone.cursor, "edition": phone.edition}
    plain = read(lin.get("/field-pack", query_string=query).text)
    assert plain.urls and all("html" in line for line in plain.lines)


def test_a_change_is_told_by_what_it_changed(customer, phone):
    told = {line["url"]: line for line in phone.pull().lines}
    card = told[f"/customers/{customer.id}"]
    assert "门卫姓许" in str(card["edits"]) and len(str(card)) < 1500


@pytest.mark.slow
def test_a_phone_whose_answer_was_lost_gets_the_page_whole(phone):
    assert phone.ask(phone.cursor, phone.edition).text
    assert all("html" in line for line in phone.pull().lines)


@pytest.mark.slow
def test_a_change_while_the_pages_are_being_read_is_missed_by_no_phone(
    app, lin, cast, customer, client_of, monkeypatch
):
    first, second = Phone(lin), Phone(client_of(cast.lin))
    first.pull()
    url, whole = f"/customers/{customer.id}", feed.render

    def render(app, asked, *args):
        if asked == url:  # somebody writes between the look at the feed and this page
            monkeypatch.setattr(feed, "render", whole)
            change(lin, customer)
        return whole(app, asked, *args)

    monkeypatch.setattr(feed, "render", render)
    second.pull()
    assert "门卫姓许" in second.pages[url]
    for phone in (first, second, first):
        phone.pull()
        assert "门卫姓许" in phone.pages[url]
    db.session.rollback()


def change(browser, customer):
    data = {"submission_id": packing.new_id(), "kind": "note", "text": "门卫姓许，从后门进"}
    assert browser.post(f"/customers/{customer.id}/notes", data=data).status_code == 303
