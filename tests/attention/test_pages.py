"""Two taps and a few words; one tap for how it went; what is not yours does not exist."""

import re

import pytest

from tests import making
from webapp.attention.models import AttentionItem, OpenerUse
from webapp.customers.models import HistoryEntry
from webapp.foundation.db import db, new_id
from webapp.outbox import gate


@pytest.fixture
def tea(customer, cast):
    with gate.transaction():
        return making.an_attention_item(customer, cast.lin, contact_id=customer.chen.id)


def note(browser, customer, **values):
    form = {"submission_id": new_id(), "category": "taste", "observed": "茶台上常年一罐凤凰单丛", **values}
    return browser.post(f"/customers/{customer.id}/attention", data=form)


def kept(customer):
    return list(db.session.scalars(db.select(AttentionItem).filter_by(customer_id=customer.id)))


def test_lin_notes_what_she_saw_with_two_taps_and_a_few_words(lin, cast, customer):
    form_id = new_id()
    answer = note(lin, customer, submission_id=form_id, contact_id=customer.chen.id, opener="带点鸭屎香")
    assert answer.status_code == 303 and answer.location == f"/customers/{customer.id}#attention"
    [item] = kept(customer)
    assert item.id == form_id and item.contact_id == customer.chen.id and item.opener == "带点鸭屎香"
    assert (item.by_id, item.noticed_on) == (cast.lin.id, making.clock.today())


def test_it_is_told_in_the_history(lin, customer):
    note(lin, customer)
    [entry] = db.session.scalars(db.select(HistoryEntry).filter_by(customer_id=customer.id, kind="attention"))
    assert entry.text == "茶台上常年一罐凤凰单丛" and entry.detail["category"] == "taste"


def test_sent_twice_it_is_noted_once(lin, customer):
    form_id = new_id()
    note(lin, customer, submission_id=form_id)
    note(lin, customer, submission_id=form_id)
    assert len(kept(customer)) == 1


def test_the_only_contact_is_chosen_already(lin, customer):
    page = lin.get(f"/customers/{customer.id}/attention/new").text
    assert re.search(rf'value="{customer.chen.id}" checked', page)


def test_of_several_the_one_who_was_met_is_chosen_already(lin, customer):
    with gate.transaction():
        shen = making.a_contact(customer, "沈卫民")
    page = lin.get(f"/customers/{customer.id}/attention/new?contact={shen.id}&category=desk").text
    assert re.search(rf'value="{shen.id}" checked', page) and re.search(r'value="desk" checked', page)


def test_what_concerns_nobody_in_particular_is_the_companys(lin, customer):
    note(lin, customer, contact_id="company")
    assert kept(customer)[0].contact_id is None


def test_whoever_refused_is_not_offered_and_not_taken(lin, customer):
    with gate.transaction():
        shen = making.a_contact(customer, "沈卫民", consent="refused")
    assert shen.id not in lin.get(f"/customers/{customer.id}/attention/new").text
    assert note(lin, customer, contact_id=shen.id).status_code == 422 and kept(customer) == []


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ({"category": ""}, "先点一类"),
        ({"category": "weapons"}, "没有这个选项"),
        ({"observed": "  "}, "写几个字就行"),
        ({"observed": "\0"}, "写几个字就行"),
        ({"observed": "字" * 301}, "最多300字"),
        ({"opener": "字" * 20_000}, "最多300字"),
        ({"observed": "身份证11010519491231002X"}, "身份证号"),
        ({"opener": "打到6222 0202 0011 2230"}, "银行卡号"),
        ({"contact_id": new_id()}, "没有这个选项"),
        ({"noticed_on": "2026-11-25"}, "太远"),
        ({"noticed_on": "0019-01-01"}, "太早"),
        ({"noticed_on": "昨天"}, "不像一个日子"),
    ],
)
def test_a_mistake_is_named_beside_its_field_and_nothing_typed_is_lost(lin, customer, bad, said):
    answer = note(lin, customer, **{"opener": "请他品品 🍵", **bad})
    assert answer.status_code == 422 and said in answer.text
    for value in {"opener": "请他品品 🍵", **bad}.values():
        assert value.strip("\0 ") in answer.text or value == bad.get("category") or value == bad.get("contact_id")
    assert kept(customer) == []


def test_an_old_form_without_the_newer_fields_is_taken(lin, customer):
    answer = lin.post(f"/customers/{customer.id}/attention", data={"category": "desk", "observed": "全家福"})
    assert answer.status_code == 303 and len(kept(customer)) == 1


def test_it_can_be_said_better_and_keeps_whose_it_is(lin, customer, tea):
    page = lin.get(f"/attention/{tea.id}/edit").text
    assert "茶台上常年一罐凤凰单丛" in page and re.search(rf'value="{customer.chen.id}" checked', page)
    form = {"category": "taste", "observed": "凤凰单丛，蜜兰香", "opener": tea.opener, "contact_id": customer.chen.id}
    lin.post(f"/attention/{tea.id}", data={"submission_id": new_id(), **form, "noticed_on": "2026-11-01"})
    [item] = kept(customer)
    assert item.observed == "凤凰单丛，蜜兰香" and item.noticed_on.isoformat() == "2026-11-01"


def test_of_one_who_left_what_is_known_stays_his_when_it_is_edited(lin, customer, tea):
    with gate.transaction():
        db.session.get_one(making.Contact, customer.chen.id).left_at = making.clock.now()
    form = {"category": "taste", "observed": "改个字", "contact_id": customer.chen.id}
    assert lin.post(f"/attention/{tea.id}", data=form).status_code == 303
    assert kept(customer)[0].contact_id == customer.chen.id


def test_it_can_be_taken_down(lin, customer, tea):
    lin.post(f"/attention/{tea.id}/retirement")
    assert kept(customer)[0].retired_at is not None
    assert tea.observed not in lin.get(f"/customers/{customer.id}").text


@pytest.mark.parametrize("outcome", ["worked", "half", "flat"])
def test_how_it_went_is_one_tap(lin, customer, tea, outcome):
    answer = lin.post(f"/attention/{tea.id}/uses", data={"submission_id": new_id(), "outcome": outcome})
    assert answer.status_code == 303
    [item] = kept(customer)
    assert getattr(item, outcome) == 1 and item.used == 1


def test_the_same_tap_twice_counts_once_and_another_tap_counts_again(lin, customer, tea):
    once = {"submission_id": new_id(), "outcome": "worked"}
    for form in (once, once, {**once, "submission_id": new_id()}):
        lin.post(f"/attention/{tea.id}/uses", data=form)
    assert kept(customer)[0].worked == 2
    assert db.session.query(OpenerUse).count() == 2


def test_a_use_without_an_outcome_is_refused(lin, customer, tea):
    assert lin.post(f"/attention/{tea.id}/uses", data={"outcome": "great"}).status_code == 422
    assert kept(customer)[0].used == 0


def test_of_anothers_customer_nothing_exists(client_of, cast, customer, tea):
    for name in ("sun", "wu"):
        browser = client_of(getattr(cast, name))
        assert browser.get(f"/customers/{customer.id}/attention/new").status_code == 404
        assert note(browser, customer).status_code == 404
        assert browser.get(f"/attention/{tea.id}/edit").status_code == 404
        assert browser.post(f"/attention/{tea.id}", data={"category": "desk", "observed": "x"}).status_code == 404
        assert browser.post(f"/attention/{tea.id}/retirement").status_code == 404
        assert browser.post(f"/attention/{tea.id}/uses", data={"outcome": "worked"}).status_code == 404
    assert kept(customer)[0].used == 0
    assert client_of(cast.lin).get(f"/attention/{new_id()}/edit").status_code == 404


def test_a_supervisor_may_note_for_those_she_leads(zhou, customer):
    assert note(zhou, customer).status_code == 303


def test_when_two_files_become_one_the_list_goes_along(cast, customer, tea):
    with gate.transaction():
        other = making.a_customer(cast.lin, "恒润纺织机械")
        making.a_contact(other, "陈国栋")
        db.session.flush()
        db.session.get_one(type(other), customer.id).merge_into(other, cast.lin)
    [item] = kept(other)
    assert item.contact.customer_id == other.id


@pytest.mark.parametrize(("language", "words"), [("en", "What kind"), ("zh-TW", "看到的是"), ("zh-CN", "兴趣爱好")])
def test_the_page_speaks_three_languages(client_of, cast, customer, language, words):
    assert words in client_of(cast.lin, language=language).get(f"/customers/{customer.id}/attention/new").text
