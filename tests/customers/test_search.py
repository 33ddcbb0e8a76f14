"""One box finds a customer by whatever one remembers of it."""

from types import SimpleNamespace
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests import making
from tests.customers.acting import names, see
from webapp.outbox import gate


@pytest.fixture
def customers(cast: SimpleNamespace) -> None:
    with gate.transaction():
        textile = making.a_customer(
            cast.lin, "苏州恒润纺织机械有限公司", short_name="恒润纺机", phone="0512-6688 1234", code="SZ-0071"
        )
        making.a_contact(textile, "陈国栋", phone="+86 138 0013 8000")
        making.a_customer(cast.lin, "重庆长安啤酒")
        making.a_customer(cast.lin, "TCL科技集团")
        steel = making.a_customer(cast.lin, "沪东物资")
        making.a_contact(steel, "王钢", phone="13912345678")
        making.a_customer(cast.lin, "王氏钢构")
        making.a_customer(cast.wu, "恒润长江轴承")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("恒润", ["恒润纺机"]),
        ("纺织", ["恒润纺机"]),
        ("hengrunfangji", ["恒润纺机"]),
        ("hrfj", ["恒润纺机"]),
        ("HRFJ", ["恒润纺机"]),
        ("恒run", ["恒润纺机"]),
        ("chongqing", ["重庆长安啤酒"]),
        ("zhongqing", ["重庆长安啤酒"]),
        ("cqca", ["重庆长安啤酒"]),
        ("zhangan", ["重庆长安啤酒"]),
        ("8000", ["恒润纺机"]),
        ("13800138000", ["恒润纺机"]),
        ("1234", ["恒润纺机", "沪东物资"]),
        ("5678", ["沪东物资"]),
        ("tcl", ["TCL科技集团"]),
        ("TC", ["TCL科技集团"]),
        ("chenguodong", ["恒润纺机"]),
        ("cgd", ["恒润纺机"]),
        ("0071", ["恒润纺机"]),
        ("wang钢", ["沪东物资"]),
        ("啤酒 重庆", ["重庆长安啤酒"]),
        ("恆潤紡機", ["恒润纺机"]),
        ("恒润方机", []),
        ("100% _", []),
    ],
)
def test_a_rep_finds_his_customer(lin: FlaskClient, customers: Any, typed: str, found: list[str]) -> None:
    page = see(lin, "/customers?q=" + typed.replace("%", "%25"))
    assert sorted(names(page)) == sorted(found)


def test_what_begins_as_it_was_typed_comes_first(lin: FlaskClient, cast: SimpleNamespace) -> None:
    with gate.transaction():
        for name in ("安徽华东机床", "华东机床", "华东机床附件厂"):
            making.a_customer(cast.lin, name)
    assert names(see(lin, "/customers?q=hdjc")) == ["华东机床", "华东机床附件厂", "安徽华东机床"]


def test_who_was_searched_for_stands_in_the_row(lin: FlaskClient, cast: SimpleNamespace) -> None:
    with gate.transaction():
        customer = making.a_customer(cast.lin, "恒润纺机")
        making.a_contact(customer, "沈卫民", decision_role="decision_maker")
        making.a_contact(customer, "顾姐", decision_role="gatekeeper")
    page = see(lin, "/customers?q=gujie")
    assert "顾姐" in page
    assert "沈卫民" not in page


def test_a_search_in_vain_offers_to_create_what_was_typed(lin: FlaskClient, customers: Any) -> None:
    page = see(lin, "/customers?q=恒润方机")
    assert "没找到“恒润方机”" in page
    assert "/customers/new?name=%E6%81%92%E6%B6%A6%E6%96%B9%E6%9C%BA" in page
    assert 'value="恒润方机"' in see(lin, "/customers/new?name=恒润方机")


def test_somebody_elses_customer_is_not_found(lin: FlaskClient, customers: Any) -> None:
    assert "恒润长江轴承" not in see(lin, "/customers?q=hrcj")


def test_a_search_stays_within_the_filters_that_are_set(lin: FlaskClient, cast: SimpleNamespace) -> None:
    with gate.transaction():
        making.a_customer(cast.lin, "恒润一厂", level="A")
        making.a_customer(cast.lin, "恒润二厂", level="B")
    page = see(lin, "/customers?q=hr&level=A")
    assert names(page) == ["恒润一厂"]
    assert '<input type="hidden" name="level" value="A">' in page


def test_a_customer_is_found_under_its_new_name_and_no_longer_under_the_old(
    lin: FlaskClient, cast: SimpleNamespace
) -> None:
    with gate.transaction():
        customer = making.a_customer(cast.lin, "恒润纺机")
    with gate.transaction():
        customer.revise(name="昌达精机")
    assert names(see(lin, "/customers?q=cdjj")) == ["昌达精机"]
    assert names(see(lin, "/customers?q=hrfj")) == []
