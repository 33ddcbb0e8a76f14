"""The people at a customer: who decides, how they like to be reached, what they were told, and when they leave."""

import pytest
from flask.testing import FlaskClient

from tests.customers.acting import names, reread, see, send
from webapp.customers.models import Contact, Customer
from webapp.foundation import clock
from webapp.foundation.db import db

PERSON = {
    "name": "沈卫民",
    "title": "总经理",
    "decision_role": "decision_maker",
    "phone": "138 0013 8000",
    "wechat": "shen_wm",
    "email": "shen@hengrun.example",
    "preferred_channel": "wechat",
    "best_time": "周五上午",
    "calendar": "lunar",
    "birthday_month": "8",
    "birthday_day": "30",
    "note": "爱喝凤凰单丛",
    "consent": "told",
}


def person_of(customer: Customer) -> Contact:
    db.session.rollback()
    return db.session.query(Contact).filter_by(customer_id=customer.id).one()


def test_a_person_is_written_down_with_all_that_counts(lin: FlaskClient, customer: Customer) -> None:
    answer = send(lin, f"/customers/{customer.id}/contacts", **PERSON)
    assert answer.status_code == 303
    assert answer.location == f"/customers/{customer.id}#contacts"
    person = person_of(customer)
    assert (person.decision_role, person.decision_rank, person.phone_key) == ("decision_maker", 1, "13800138000")
    assert (person.birthday_month, person.birthday_day, person.birthday_is_lunar) == (8, 30, True)
    assert (person.consent, person.consent_at) == ("told", clock.now())
    assert "认识了沈卫民" in see(lin, f"/customers/{customer.id}/history")


def test_a_customer_is_found_by_its_new_person(lin: FlaskClient, customer: Customer) -> None:
    send(lin, f"/customers/{customer.id}/contacts", **PERSON)
    assert names(see(lin, "/customers?q=swm")) == ["恒润纺机"]
    assert names(see(lin, "/customers?q=8000")) == ["恒润纺机"]


def test_the_page_of_a_person_shows_what_is_known(lin: FlaskClient, customer: Customer) -> None:
    send(lin, f"/customers/{customer.id}/contacts", **PERSON)
    page = see(lin, f"/contacts/{person_of(customer).id}/edit")
    for shown in (
        'value="沈卫民"',
        'value="decision_maker" checked',
        'value="lunar" checked',
        'value="30"',
        'value="told" checked',
    ):
        assert shown in page


def test_a_birthday_in_a_leap_month_comes_back_as_it_was_written(lin: FlaskClient, customer: Customer) -> None:
    send(lin, f"/customers/{customer.id}/contacts", **{**PERSON, "calendar": "leap", "birthday_month": "6"})
    person = person_of(customer)
    assert (person.birthday_month, person.birthday_day, person.birthday_is_lunar) == (-6, 30, True)
    assert "农历闰六月三十" in see(lin, f"/customers/{customer.id}")
    page = see(lin, f"/contacts/{person.id}/edit")
    assert 'value="leap" checked' in page and 'value="6"' in page
    send(lin, f"/contacts/{person.id}", **{**PERSON, "birthday_month": "6"})
    assert person_of(customer).birthday_month == 6


def test_the_consent_is_dated_when_it_changes_and_only_then(lin: FlaskClient, customer: Customer) -> None:
    send(lin, f"/customers/{customer.id}/contacts", **PERSON)
    url, before = f"/contacts/{person_of(customer).id}", person_of(customer).consent_at
    clock.freeze(clock.now().replace(hour=5))
    send(lin, url, **PERSON)
    assert person_of(customer).consent_at == before
    send(lin, url, **{**PERSON, "consent": "refused"})
    assert (person_of(customer).consent, person_of(customer).consent_at) == ("refused", clock.now())


def test_whoever_left_is_found_no_more_and_may_come_back(lin: FlaskClient, customer: Customer) -> None:
    send(lin, f"/customers/{customer.id}/contacts", **PERSON)
    url = f"/contacts/{person_of(customer).id}"
    assert send(lin, f"{url}/departure").status_code == 303
    assert reread(customer).people == []
    assert names(see(lin, "/customers?q=swm")) == []
    assert "沈卫民不在那儿了" in see(lin, f"/customers/{customer.id}/history")
    send(lin, f"{url}/return")
    assert [person.name for person in reread(customer).people] == ["沈卫民"]
    assert names(see(lin, "/customers?q=swm")) == ["恒润纺机"]


def test_a_new_number_is_found_and_the_old_one_is_not(lin: FlaskClient, customer: Customer) -> None:
    send(lin, f"/customers/{customer.id}/contacts", **PERSON)
    send(lin, f"/contacts/{person_of(customer).id}", **{**PERSON, "phone": "13999998888"})
    assert names(see(lin, "/customers?q=9998888")) == ["恒润纺机"]
    assert names(see(lin, "/customers?q=8000")) == []


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"name": ""}, "怎么称呼？"),
        ({"name": "沈" * 65}, "太长了：最多64字，现在有65字。"),
        ({"phone": "请打总机"}, "这不像电话号码"),
        ({"email": "shen@"}, "这不像邮箱"),
        ({"birthday_month": "2", "birthday_day": "30", "calendar": "solar"}, "2月没有30日。"),
        ({"birthday_month": "12", "birthday_day": "31"}, "12月没有31日。"),
        ({"birthday_month": "13"}, "要在1和12之间。"),
        ({"birthday_month": "12", "birthday_day": "3", "calendar": "leap"}, "农历没有闰12月。"),
        ({"birthday_month": "", "birthday_day": "3"}, "还差月份。"),
        ({"birthday_month": "3", "birthday_day": ""}, "还差日子。"),
        ({"decision_role": "king"}, "没有这个选项"),
        ({"consent": "whatever"}, "没有这个选项"),
        ({"note": "身份证 320503198001011236 收好"}, "身份证"),
    ],
)
def test_what_cannot_be_is_refused_next_to_its_field(
    lin: FlaskClient, customer: Customer, fields: dict[str, str], message: str
) -> None:
    answer = send(lin, f"/customers/{customer.id}/contacts", **{**PERSON, **fields})
    assert answer.status_code == 422
    assert message in answer.text
    assert 'value="shen_wm"' in answer.text
    assert db.session.query(Contact).count() == 0
