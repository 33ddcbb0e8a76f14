"""Completeness, by brute force: after every deed of the house each phone that pulls holds exactly the pages that it would
get if it asked for everything. A page that a deed changes and that nobody marked would be the odd one out."""

import difflib

import pytest

from tests.field_pack.deeds import DEEDS, UNTOLD
from tests.field_pack.phone import Phone, read
from tests.field_pack.phone import whole as pressed_out
from tests.house.routes import address, rules
from webapp.foundation.db import new_id

MANY = 75
"""Pages that one deed may bring to one phone before something marks too much: two customers who change hands bring sixty."""


def whole(phone: Phone) -> dict[str, str]:
    """All pages as they are rendered now."""
    answer = phone.ask(None)
    came = read(answer.text)
    return {
        line["url"]: pressed_out(line["html"], came.head["moulds"]) for line in came.lines if line["kind"] == "page"
    }


def held_against(phone: Phone) -> str:
    """What differs between the phone and the house, as a text to read; empty if nothing does."""
    now = whole(phone)
    odd = [f"missing {url}" for url in now.keys() - phone.pages] + [
        f"left over {url}" for url in phone.pages.keys() - now
    ]
    for url in sorted(now.keys() & phone.pages.keys()):
        if now[url] != phone.pages[url]:
            lines = difflib.unified_diff(phone.pages[url].splitlines(), now[url].splitlines(), lineterm="", n=0)
            odd.append(f"stale {url}\n" + "\n".join(list(lines)[:12]))
    return "\n".join(odd)


@pytest.mark.slow
@pytest.mark.parametrize("deed", DEEDS, ids=str)
def test_after_every_deed_every_phone_holds_what_is_true(deed, app, office, things, phones, enter):
    [rule] = [rule for rule in rules(app, "POST") if rule.endpoint == deed.endpoint]
    url = address(app, rule, office, **deed.others(things))
    answer = enter(deed.who).post(url, data={"submission_id": new_id(), **deed.body(things)})
    assert answer.status_code == deed.status, (answer.status, answer.text[-9000:])
    for name, phone in phones.items():
        answer = phone.ask(phone.cursor, phone.edition)
        if answer.status_code == 401:
            continue  # signed out by it
        came = phone.apply(read(answer.text))
        assert not (odd := held_against(phone)), f"{name}:\n{odd}"
        assert came.head["reset"] or len(came.urls) <= MANY


def test_every_unsafe_route_is_among_the_deeds(app):
    there = {rule.endpoint for method in ("POST", "PUT", "PATCH", "DELETE") for rule in rules(app, method)}
    assert there == {deed.endpoint for deed in DEEDS} | set(UNTOLD)
