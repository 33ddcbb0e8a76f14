"""Lin reckons for Hengrun, keeps it and changes it; whoever may see the customer sees it, nobody else."""

import re
from types import SimpleNamespace
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.counting import count_queries
from tests.making import a_customer
from tests.outbox.sending import results, send
from webapp.customers.models import Customer, HistoryEntry
from webapp.foundation.db import db, new_id
from webapp.outbox import gate
from webapp.playbook.models import Product
from webapp.worth.models import Comparison

BEARING = {
    "title": "6205轴承", "rival": "华东轴承", "ours_price": "3,600", "theirs_price": "680", "ours_life": "100000",
    "theirs_life": "8000", "ours_change": "900", "theirs_change": "900", "quantity": "12", "hours": "8000", "years": "10",
    "at_end": "renew", "rows-0-name": "交期", "rows-0-unit": "天", "rows-0-ours": "3", "rows-0-theirs": "15", "rows-0-worth": "-200",
}  # fmt: skip


@pytest.fixture
def hengrun(cast: SimpleNamespace) -> Customer:
    with gate.transaction():
        return a_customer(cast.lin)


def keep(browser: FlaskClient, hengrun: Customer, **others: str) -> Any:
    form = {"submission_id": new_id(), **BEARING, **others}
    return browser.post(f"/customers/{hengrun.id}/comparisons", data=form)


def kept() -> list[Comparison]:
    return list(db.session.scalars(select(Comparison)))


def test_what_lin_reckons_stands_in_the_file_with_its_result(lin: FlaskClient, hengrun: Customer) -> None:
    form_id = new_id()
    answer = keep(lin, hengrun, submission_id=form_id)
    assert (answer.status_code, answer.location) == (303, f"/comparisons/{form_id}")
    [one] = kept()
    assert (one.title, one.version, one.now.saved_cents, one.now.even_year) == ("6205轴承", 1, 13_560_000, 2)
    page = lin.get(answer.location).text
    assert "12件用10年，选我们省" in page and "¥135,600" in page and "第2年回本" in page
    assert "¥2,400" in page and 'd="M6 137.8H36.5' in page


def test_the_history_tells_what_it_came_to_and_leads_there(lin: FlaskClient, hengrun: Customer) -> None:
    keep(lin, hengrun)
    [line] = db.session.scalars(select(HistoryEntry).where(HistoryEntry.kind == "comparison"))
    assert line.url == f"/comparisons/{kept()[0].id}"
    assert "6205轴承：10年省¥135,600" in lin.get(f"/customers/{hengrun.id}").text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"years": "2"}, "6205轴承：2年多花¥16,080"),
        ({"theirs_price": "3600", "theirs_life": "100000"}, "6205轴承：10年两边一样"),
    ],
)
def test_the_history_is_honest_when_ours_is_dearer_or_the_same(
    lin: FlaskClient, hengrun: Customer, typed: dict[str, str], told: str
) -> None:
    keep(lin, hengrun, **typed)
    assert told in lin.get(f"/customers/{hengrun.id}/history").text


def test_changed_it_is_a_new_version_and_the_former_stays_readable(lin: FlaskClient, hengrun: Customer) -> None:
    address = keep(lin, hengrun).location
    lin.post(address, data={"submission_id": new_id(), **BEARING, "years": "5"})
    [one] = kept()
    assert (one.version, [version.saved_cents for version in one.versions]) == (2, [13_560_000, 4_080_000])
    page = lin.get(address).text
    assert "¥40,800" in page and "第1版：10年，省¥135,600" in page


def test_sent_twice_it_is_kept_once(lin: FlaskClient, hengrun: Customer) -> None:
    form_id = new_id()
    assert keep(lin, hengrun, submission_id=form_id).location == keep(lin, hengrun, submission_id=form_id).location
    assert len(kept()) == 1


def test_zhou_sees_it_and_wu_does_not(
    lin: FlaskClient, zhou: FlaskClient, client_of: Any, cast: SimpleNamespace, hengrun: Customer
) -> None:
    address = keep(lin, hengrun).location
    assert zhou.get(address).status_code == 200
    wu = client_of(cast.wu)
    assert (wu.get(address).status_code, keep(wu, hengrun).status_code) == (404, 404)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"theirs_price": ""}, "填上单价，不要钱的写0。"),
        ({"ours_price": "-1"}, "金额不能是负数。"),
        ({"theirs_price": "很便宜"}, "这不像一个数"),
        ({"years": "0"}, "要在1和50之间"),
        ({"title": ""}, "写一个，比如“6205轴承”。"),
        ({"rows-0-name": ""}, "这一行比的是什么？"),
        ({"rows-0-worth": "两百"}, "这不像一个数"),
        ({"ours_price": "9999999999", "quantity": "100000"}, "这些数凑起来太大了"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_kept_as_typed(
    lin: FlaskClient, hengrun: Customer, wrong: dict[str, str], said: str
) -> None:
    answer = keep(lin, hengrun, **wrong)
    assert answer.status_code == 422 and said in answer.text
    assert "华东轴承" in answer.text and all(f'value="{typed}"' in answer.text for typed in wrong.values() if typed)
    assert kept() == []


def test_what_costs_nothing_may_be_nought(lin: FlaskClient, hengrun: Customer) -> None:
    assert keep(lin, hengrun, theirs_price="0").status_code == 303


def test_without_a_script_one_can_reckon_for_nobody_s_file(lin: FlaskClient, app: Any) -> None:
    page = lin.get("/worth", query_string=BEARING).text
    assert "¥135,600" in page and 'method="get"' in page
    assert "两边的单价填好，这里就有结果。" in lin.get("/worth").text


def test_the_next_one_begins_with_what_was_typed_for_the_last(lin: FlaskClient, hengrun: Customer, app: Any) -> None:
    keep(lin, hengrun)
    [one] = kept()
    page = lin.get("/worth").text
    assert "6205轴承 · 华东轴承</button>" in page and "&#34;theirs_price&#34;: &#34;680&#34;" in page
    begun = lin.get(f"/worth?from={one.id}").text
    assert re.search(r'name="rows-0-worth"[^>]* value="-200"', begun) and "¥135,600" in begun


def test_the_page_asks_no_more_of_the_database_for_ten_than_for_one(lin: FlaskClient, hengrun: Customer) -> None:
    keep(lin, hengrun)
    address = f"/customers/{hengrun.id}/comparisons/new"
    lin.get(address)
    with count_queries() as one:
        lin.get(address)
    for n in range(9):
        keep(lin, hengrun, title=f"轴承{n}")
    with count_queries() as ten:
        lin.get(address)
    assert ten.n <= one.n


def test_a_customer_s_sums_go_with_him_when_two_files_become_one(
    lin: FlaskClient, zhou: FlaskClient, cast: SimpleNamespace, hengrun: Customer
) -> None:
    address = keep(lin, hengrun).location
    with gate.transaction():
        other = a_customer(cast.lin, "恒润纺织机械")
    zhou.post(f"/customers/{other.id}/merge", data={"submission_id": new_id(), "gone": hengrun.id})
    assert lin.get(address).status_code == 200
    assert kept()[0].customer_id == other.id


def test_what_was_reckoned_for_a_customer_who_is_wu_s_by_now_waits_for_a_leader(
    lin: FlaskClient, zhou: FlaskClient, cast: SimpleNamespace, hengrun: Customer
) -> None:
    with gate.transaction():
        db.session.get_one(Customer, hengrun.id).owner_id = cast.wu.id
    entry = {"id": new_id(), "seq": 1, "scope": hengrun.id, "action": f"/customers/{hengrun.id}/comparisons"}
    answer = send(lin, cast.lin, {**entry, "fields": [[name, value] for name, value in BEARING.items()]})
    assert results(answer) == ["quarantined"]
    assert "6205轴承" in zhou.get(f"/reviews/quarantine/{entry['id']}").text


def test_the_library_s_products_are_a_beginning(lin: FlaskClient, cast: SimpleNamespace) -> None:
    life, load = {"name": "寿命", "unit": "小时"}, {"name": "额定载荷", "unit": "千牛", "cents_per_unit": 2500}
    with gate.transaction():
        for side, price, hours, kn in ((True, 360_000, 100_000.0, 19.5), (False, 68_000, 8_000.0, 14.0)):
            attributes = [{**life, "number": hours}, {**load, "number": kn}, {"name": "密封", "text": "橡胶"}]
            name = "进口6205" if side else "国产6205"
            Product.add(cast.zhou, new_id(), attributes, group="6205轴承", name=name, is_ours=side, price_cents=price)
    page = lin.get("/worth").text
    assert "6205轴承 · 国产6205</button>" in page
    key = re.search(r'name="from" value="([0-9a-f~-]+)"', page)
    assert key
    begun = lin.get(f"/worth?from={key[1]}").text
    for name, value in (
        ("ours_price", "3600"),
        ("theirs_life", "8000"),
        ("rows-0-ours", "19.5"),
        ("rows-0-worth", "25"),
    ):
        assert re.search(rf'name="{name}"[^>]* value="{value}"', begun), name
    assert "¥137.50" in begun and "密封" in begun
