"""Who gets in where: every route against everybody. A route without a row here fails; so does a row without a route.

A row names those for whom the address of lin's own thing exists. For everybody else it does not: signed in they read the
same 404 as for an id that nobody has, signed out they are sent to the door.
"""

import re
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from tests.house.routes import address, is_of_one_thing, rules
from webapp.foundation.db import new_id

SIGNED_IN = {"lin", "sun", "wu", "zhou", "manager", "director", "admin"}
ALL = SIGNED_IN | {""}
LIN = {"lin"}
SIGHT = {"lin", "zhou", "manager", "director", "admin"}
"""Who sees lin's work: himself, whoever leads his branch of the tree, and who keeps the house."""
REVIEWERS = {"zhou", "manager", "director"}
LEADERS = REVIEWERS | {"admin"}
ADMIN = {"admin"}

MATRIX: dict[str, set[str]] = {
    "accounts.about": ALL,
    "accounts.change_password": SIGNED_IN,
    "accounts.enter": ALL,
    "accounts.language": ALL,
    "accounts.password": SIGNED_IN,
    "accounts.revoke_device": LIN,
    "accounts.revoke_other_devices": SIGNED_IN,
    "accounts.save_settings": SIGNED_IN,
    "accounts.settings": SIGNED_IN,
    "accounts.sign_in": ALL,
    "accounts.sign_out": ALL,
    "agenda.download": SIGNED_IN,
    "agenda.feed": ALL,
    "agenda.index": SIGNED_IN,
    "agenda.make": SIGNED_IN,
    "agenda.withdraw": SIGNED_IN,
    "attachments.show": SIGHT,
    "attention.confirm": SIGHT,
    "attention.create": SIGHT,
    "attention.edit": SIGHT,
    "attention.new": SIGHT,
    "attention.retire": SIGHT,
    "attention.update": SIGHT,
    "attention.use": SIGHT,
    "audit.index": ADMIN,
    "audit.proof": ADMIN,
    "care.create": SIGHT,
    "care.index": SIGNED_IN,
    "channels.create": ADMIN,
    "channels.index": ADMIN,
    "channels.remove": ADMIN,
    "channels.try_it": ADMIN,
    "check_ins.create": SIGHT,
    "complaints.create": SIGHT,
    "complaints.hand_on": REVIEWERS,
    "complaints.hear": SIGHT,
    "complaints.index": SIGNED_IN,
    "complaints.new": SIGHT,
    "complaints.show": SIGHT,
    "complaints.take_step": SIGHT,
    "concessions.create": SIGHT,
    "concessions.new": SIGHT,
    "concessions.show": SIGHT,
    "concessions.update": LIN,
    "concessions.withdraw": LIN,
    "contacts.come_back": SIGHT,
    "contacts.create": SIGHT,
    "contacts.edit": SIGHT,
    "contacts.leave": SIGHT,
    "contacts.new": SIGHT,
    "contacts.update": SIGHT,
    "customers.create": SIGNED_IN,
    "customers.edit": SIGHT,
    "customers.history": SIGHT,
    "customers.index": SIGNED_IN,
    "customers.narrow": SIGNED_IN,
    "customers.new": SIGNED_IN,
    "customers.update": SIGHT,
    "daily.edit": SIGNED_IN,
    "daily.hand_in": SIGNED_IN,
    "daily.show": SIGHT,
    "delivery.deliver": ALL,
    "delivery.how_far": LIN,
    "delivery.take_piece": LIN,
    "door.show": SIGHT,
    "erasures.erase_contact": SIGHT,
    "erasures.erase_customer": LEADERS,
    "erasures.index": SIGNED_IN,
    "erasures.show": SIGHT,
    "erasures.tell_person": SIGHT,
    "exports.as_comma_separated": SIGNED_IN,
    "exports.as_workbook": SIGNED_IN,
    "field_pack.index": SIGNED_IN,
    "field_pack.search": SIGNED_IN,
    "held.answer": SIGHT,
    "held.copy": SIGHT,
    "held.copy_for_programs": SIGHT,
    "held.of_customer": SIGHT,
    "held.show": SIGHT,
    "imports.assign": LIN,
    "imports.cancel": LIN,
    "imports.columns": LIN,
    "imports.create": SIGNED_IN,
    "imports.faults": LIN,
    "imports.new": SIGNED_IN,
    "imports.preview": LIN,
    "imports.resume": LIN,
    "imports.run": LIN,
    "imports.sample": SIGNED_IN,
    "imports.show": LIN,
    "inbox.index": SIGNED_IN,
    "inbox.postpone": LIN,
    "inbox.read": SIGNED_IN,
    "insight.forms": SIGNED_IN,
    "insight.index": SIGNED_IN,
    "insight.playbook": LEADERS,
    "insight.team": LEADERS,
    "interactions.create": SIGHT,
    "interactions.new": SIGHT,
    "levels.accept": LEADERS,
    "levels.create": SIGHT,
    "levels.decline": LEADERS,
    "levels.index": SIGNED_IN,
    "levels.new": SIGHT,
    "limits.edit": {"director", "admin"},
    "limits.update_limits": {"director", "admin"},
    "market.create": SIGNED_IN,
    "market.index": SIGNED_IN,
    "market.new": SIGNED_IN,
    "market.show": SIGHT,
    "mentions.index": {"sun", "zhou", "manager", "director", "admin"},
    "merges.create": SIGHT,
    "merges.new": SIGHT,
    "next_steps.edit": SIGHT,
    "next_steps.position": SIGHT,
    "next_steps.update": SIGHT,
    "outbox.index": SIGNED_IN,
    "parcels.create": SIGNED_IN,
    "parcels.new": SIGNED_IN,
    "phrases.edit": REVIEWERS,
    "phrases.update": REVIEWERS,
    "playbook.approve": LEADERS,
    "playbook.coach": LEADERS,
    "playbook.create": SIGNED_IN,
    "playbook.edit": SIGHT,
    "playbook.index": SIGNED_IN,
    "playbook.misfit": SIGHT,
    "playbook.new": SIGNED_IN,
    "playbook.note_gap": SIGNED_IN,
    "playbook.retire": SIGHT,
    "playbook.send_back": LEADERS,
    "playbook.show": SIGHT,
    "playbook.update": SIGHT,
    "playbook.use": SIGHT,
    "playbook.versions": SIGHT,
    "playbook_files.create": LEADERS,
    "playbook_files.hand_out": LEADERS,
    "playbook_files.index": LEADERS,
    "products.create": LEADERS,
    "products.edit": LEADERS,
    "products.index": SIGNED_IN,
    "products.new": LEADERS,
    "products.retire": LEADERS,
    "products.show": SIGNED_IN,
    "products.update": LEADERS,
    "promises.create": SIGHT,
    "promises.index": SIGNED_IN,
    "promises.new": SIGHT,
    "promises.settle": SIGHT,
    "push.subscribe": SIGNED_IN,
    "push.unsubscribe": SIGNED_IN,
    "pwa.health": ALL,
    "pwa.install": SIGNED_IN,
    "pwa.manifest": ALL,
    "pwa.new_report": SIGNED_IN,
    "pwa.offline": ALL,
    "pwa.share": SIGNED_IN,
    "pwa.worker": ALL,
    "quarantine.dismiss": REVIEWERS,
    "quarantine.file": REVIEWERS,
    "quarantine.show": REVIEWERS,
    "reassignments.create": LEADERS,
    "reassignments.create_several": LEADERS,
    "reassignments.new": LEADERS,
    "reports.correct": LIN,
    "reports.create": SIGHT,
    "reports.edit": LIN,
    "reports.index": SIGNED_IN,
    "reports.new": SIGHT,
    "reports.show": SIGHT,
    "retention.index": SIGNED_IN,
    "retention.keep": SIGHT,
    "retention.set_terms": ADMIN,
    "reviews.approve": REVIEWERS,
    "reviews.index": REVIEWERS,
    "reviews.open_it": REVIEWERS,
    "reviews.phones": REVIEWERS,
    "reviews.send_back": REVIEWERS,
    "reviews.show": REVIEWERS,
    "spin.create": SIGHT,
    "spin.new": SIGHT,
    "teams.create": ADMIN,
    "teams.edit": ADMIN,
    "teams.index": ADMIN,
    "teams.new": ADMIN,
    "teams.remove": ADMIN,
    "teams.update": ADMIN,
    "threads.comment": SIGHT,
    "threads.open_it": SIGHT,
    "threads.show": SIGHT,
    "user_actions.close": ADMIN,
    "user_actions.hand_over": ADMIN,
    "user_actions.handover": ADMIN,
    "user_actions.reopen": ADMIN,
    "user_actions.reset_password": ADMIN,
    "user_actions.sign_out_devices": ADMIN,
    "users.create": ADMIN,
    "users.edit": ADMIN,
    "users.index": ADMIN,
    "users.new": ADMIN,
    "users.one_time_password": ADMIN,
    "users.update": ADMIN,
    "visits.add_stop": SIGNED_IN,
    "visits.copy_day": SIGNED_IN,
    "visits.day": SIGNED_IN,
    "visits.edit_stop": LIN,
    "visits.hand_in": SIGNED_IN,
    "visits.home": SIGNED_IN,
    "visits.new_stop": SIGNED_IN,
    "visits.remove_stop": LIN,
    "visits.reorder": SIGNED_IN,
    "visits.update_stop": LIN,
    "wishes.edit": SIGNED_IN,
    "wishes.update": SIGNED_IN,
    "worth.create": SIGHT,
    "worth.index": SIGNED_IN,
    "worth.new": SIGHT,
    "worth.show": SIGHT,
    "worth.update": SIGHT,
}

FOR_PHONES = {"field_pack.index"}
"""What only the worker asks for: signed out it is told so and not shown the way to the sign-in."""

NEEDS_MORE = {
    "delivery.how_far": "an entry has to have announced it",
    "delivery.take_piece": "an entry has to have announced it",
    "visits.add_stop": "names a customer",
    "visits.copy_day": "names a day",
    "visits.hand_in": "there has to be a plan",
    "visits.new_stop": "names a customer",
    "visits.reorder": "there has to be a plan",
    "merges.create": "names the other file",
    "push.subscribe": "there have to be keys",
}
"""Routes that answer 404 to an empty question although they are open: what they miss."""


def test_every_route_has_its_row_and_every_row_its_route(app: Flask) -> None:
    assert sorted({rule.endpoint for rule in rules(app)} ^ set(MATRIX)) == []


def test_no_two_doors_have_one_address(app: Flask) -> None:
    taken: dict[tuple[str, str], str] = {}
    for rule in rules(app):
        for path in _spelled_out(str(rule.rule)):
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
                assert taken.setdefault((method, path), rule.endpoint) == rule.endpoint, path


def _spelled_out(path: str) -> Iterator[str]:
    """The path once for each word of an <any(…)>, with all ids spelled alike."""
    path = re.sub(r"<(id|day):\w+>", r"<\1>", path)
    found = re.search(r"<any\(([^)]*)\):\w+>", path)
    if not found:
        yield path
        return
    for word in found[1].split(","):
        yield from _spelled_out(path.replace(found[0], word.strip(), 1))


def method_of(rule: Rule) -> str:
    return "POST" if "POST" in (rule.methods or ()) else "GET"


ROOMS = sorted({endpoint.partition(".")[0] for endpoint in MATRIX})


def of_room(app: Flask, room: str) -> list[Rule]:
    return [rule for rule in rules(app) if rule.endpoint.startswith(f"{room}.")]


@pytest.mark.slow
@pytest.mark.parametrize("room", ROOMS)
def test_the_doors_of_a_room_open_for_whom_they_should(
    app: Flask, office: SimpleNamespace, enter: Callable[..., FlaskClient], room: str
) -> None:
    wrong = {}
    for rule in of_room(app, room):
        answers = {who: knock(enter(who), office, address(app, rule, office), method_of(rule)) for who in sorted(ALL)}
        let_in = {who for who, status in answers.items() if who and status not in (401, 403, 404)}
        let_in |= MATRIX[rule.endpoint] - {""} if rule.endpoint in NEEDS_MORE else set()
        broken = [status for status in answers.values() if status >= 500 or status == 405]
        at_the_door = (
            answers[""] == (401 if method_of(rule) == "POST" or rule.endpoint in FOR_PHONES else 303)
            or "" in MATRIX[rule.endpoint]
        )
        if let_in != MATRIX[rule.endpoint] - {""} or broken or not at_the_door:
            wrong[rule.endpoint] = answers
    assert wrong == {}


def knock(client: FlaskClient, office: SimpleNamespace, path: str, method: str) -> int:
    """The status that this door answers with; what it did is undone."""
    answer = client.open(path, method=method)
    answer.get_data()  # a stream is read to its end
    if method == "POST" and answer.status_code < 400:
        office.put_back()
    return answer.status_code


@pytest.mark.parametrize("room", ROOMS)
def test_what_is_not_yours_is_answered_like_what_does_not_exist(
    app: Flask, office: SimpleNamespace, enter: Callable[..., FlaskClient], room: str
) -> None:
    for rule in filter(is_of_one_thing, of_room(app, room)):
        method = method_of(rule)
        nobodys = {name: new_id() for name in rule.arguments if name not in ("kind", "verdict", "day")}
        for who in sorted(SIGNED_IN - MATRIX[rule.endpoint])[-2:]:
            foreign = enter(who).open(address(app, rule, office), method=method)
            unknown = enter(who).open(address(app, rule, office, **nobodys), method=method)
            assert (foreign.status_code, unknown.status_code) == (404, 404), (rule.endpoint, who)
            assert _without_number(foreign.text) == _without_number(unknown.text), (rule.endpoint, who)


def _without_number(text: str) -> str:
    return re.sub(r"\b[0-9A-F]{8}\b|[0-9a-f-]{36}", "", text)


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}])
def test_what_another_site_sends_is_refused_whoever_is_signed_in(
    app: Flask, office: SimpleNamespace, enter: Callable[..., FlaskClient], headers: dict[str, str]
) -> None:
    client = enter("lin")
    del client.environ_base["HTTP_SEC_FETCH_SITE"]
    for rule in rules(app, "POST"):
        assert client.post(address(app, rule, office), headers=headers).status_code == 403, rule.endpoint
