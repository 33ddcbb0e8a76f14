"""The list: what is due stands first, chips narrow it, and it costs the same however long it is."""

import re
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient

from tests import making
from tests.counting import count_queries
from tests.customers.acting import names, see
from webapp.foundation.db import db
from webapp.outbox import gate

TUESDAY = date(2026, 11, 24)


@pytest.fixture
def customers(cast: SimpleNamespace) -> SimpleNamespace:
    def one(name: str, days: int | None, **values: object) -> object:
        on = TUESDAY + timedelta(days=days) if days is not None else None
        return making.a_customer(cast.lin, name, next_step_on=on, **values)

    with gate.transaction():
        made = SimpleNamespace(
            later=one("佳禾包装", 20, level="C", stage="negotiate", industry="包装", area="无锡"),
            week=one("明川食品机械", 3, level="D", industry="食品"),
            today=one("恒润纺机", 0, level="C", next_step="样品回访", latitude=31.30, longitude=120.60),
            overdue=one("新盛塑机", -1, level="A", next_step="到货回访", latitude=31.35, longitude=120.60),
            unplanned=one("同庆五金", None, level="F", latitude=31.31, longitude=120.60),
        )
        made.overdue.tag_with(["重点", "样品在用"])
        making.a_contact(made.today, "陈国栋", decision_role="influencer")
        making.a_contact(made.today, "沈卫民", decision_role="decision_maker")
    return made


def test_what_is_due_first_stands_first_under_its_heading(lin: FlaskClient, customers: SimpleNamespace) -> None:
    page = see(lin, "/customers")
    assert names(page) == ["新盛塑机", "恒润纺机", "明川食品机械", "佳禾包装", "同庆五金"]
    shown = re.sub("<template.*?</template>", "", page, flags=re.S)
    headings = [re.sub("<.*?>", "", heading).strip() for heading in re.findall("<h2.*?>(.*?)</h2>", shown, re.S)]
    assert headings == ["过期了 · 1家", "今天11月24日 · 1家", "本周 · 1家", "以后 · 1家", "没下一步 · 1家"]
    assert "5家 · 本周该走3家" in page


def test_a_row_names_the_next_step_and_who_decides(lin: FlaskClient, customers: SimpleNamespace) -> None:
    assert "样品回访 · 沈卫民" in see(lin, "/customers")


def test_somebody_who_left_is_not_asked_for(
    lin: FlaskClient, cast: SimpleNamespace, customers: SimpleNamespace
) -> None:
    with gate.transaction():
        next(person for person in customers.today.contacts if person.name == "沈卫民").leave(cast.lin)
    assert "样品回访 · 陈国栋" in see(lin, "/customers")


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("due=week", ["新盛塑机", "恒润纺机", "明川食品机械"]),
        ("due=overdue", ["新盛塑机"]),
        ("due=today", ["恒润纺机"]),
        ("due=none", ["同庆五金"]),
        ("level=C", ["恒润纺机", "佳禾包装"]),
        ("level=C&due=week", ["恒润纺机"]),
        ("stage=negotiate", ["佳禾包装"]),
        ("industry=食品", ["明川食品机械"]),
        ("area=无锡", ["佳禾包装"]),
        ("tag=重点", ["新盛塑机"]),
        ("sort=name", ["恒润纺机", "佳禾包装", "明川食品机械", "同庆五金", "新盛塑机"]),
        ("sort=nearby&lat=31.3&lng=120.6", ["恒润纺机", "同庆五金", "新盛塑机"]),
        ("sort=nearby&latitude=31.36&longitude=120.6", ["新盛塑机", "同庆五金", "恒润纺机"]),
    ],
)
def test_the_list_is_narrowed_and_ordered_by_its_address(
    lin: FlaskClient, customers: SimpleNamespace, asked: str, answer: list[str]
) -> None:
    assert names(see(lin, f"/customers?{asked}")) == answer


@pytest.mark.parametrize(
    "nonsense",
    [
        "level=Z",
        "due=never",
        "stage=x",
        "page=-3",
        "page=x",
        "sort=size",
        "lat=nan&lng=1",
        "owner=1",
        "plan=x",
        "page=²",
    ],
)
def test_an_address_that_makes_no_sense_shows_the_whole_list(
    lin: FlaskClient, customers: SimpleNamespace, nonsense: str
) -> None:
    assert len(names(see(lin, f"/customers?{nonsense}"))) == 5


def test_the_chips_say_how_many_there_are(lin: FlaskClient, customers: SimpleNamespace) -> None:
    page = see(lin, "/customers")
    assert all(f">{text}</a>" in page for text in ("该跟进3", "没下一步1", "A 1", "C 2", "D 1", "F 1"))
    assert ">B 0" not in page


def test_an_open_chip_closes_when_it_is_tapped_again(lin: FlaskClient, customers: SimpleNamespace) -> None:
    page = see(lin, "/customers?level=C&due=week")
    assert '<a class="chip" href="/customers?due=week" aria-current="true">C 1</a>' in page
    assert '<a class="chip" href="/customers?level=C" aria-current="true">该跟进1</a>' in page


def test_how_far_it_is_stands_in_each_row(lin: FlaskClient, customers: SimpleNamespace) -> None:
    page = see(lin, "/customers?sort=nearby&lat=31.3&lng=120.6")
    assert "1.1公里" in page.replace(" ", "")
    assert "5.6公里" in page.replace(" ", "")


def test_without_a_position_the_list_says_why_it_is_not_sorted(lin: FlaskClient, customers: SimpleNamespace) -> None:
    page = see(lin, "/customers?sort=nearby&reason=denied")
    assert "手机没给位置" in page
    assert len(names(page)) == 5


def test_a_complaint_an_overdue_sum_and_a_birthday_are_minded(
    lin: FlaskClient, cast: SimpleNamespace, customers: SimpleNamespace
) -> None:
    with gate.transaction():
        customers.today.open_complaint = "样品异响"
        customers.later.overdue_cents = 3860000
        making.a_contact(customers.week, "余总", birthday_month=11, birthday_day=26)
    page = see(lin, "/customers")
    assert "客诉：样品异响" in page
    assert "逾期¥38,600" in page
    assert "余总生日" in page


def test_more_than_thirty_come_page_by_page(lin: FlaskClient, cast: SimpleNamespace) -> None:
    with gate.transaction():
        for number in range(65):
            making.a_customer(cast.lin, f"客户{number:02d}", next_step_on=TUESDAY + timedelta(days=number))
    pages = [names(see(lin, f"/customers?page={number}")) for number in (1, 2, 3)]
    assert [len(page) for page in pages] == [30, 30, 5]
    assert len({name for page in pages for name in page}) == 65
    assert "page=2" in see(lin, "/customers")
    assert 'id="more"' not in see(lin, "/customers?page=3")


def test_a_rep_without_customers_is_told_how_to_begin(lin: FlaskClient) -> None:
    page = see(lin, "/customers")
    assert "一家客户都还没有" in page
    assert "/customers/import" in page


def test_the_list_costs_the_same_for_three_customers_and_for_sixty(lin: FlaskClient, cast: SimpleNamespace) -> None:
    def ask(url: str) -> int:
        db.session.rollback()
        with count_queries() as counted:
            see(lin, url)
        return counted.n

    def add(number: int) -> None:
        with gate.transaction():
            for _ in range(number):
                customer = making.a_customer(cast.lin, f"恒润{_}", next_step_on=TUESDAY)
                making.a_contact(customer, "陈国栋")
                making.a_contact(customer, "沈卫民")
                customer.tag_with(["重点"])

    add(3)
    urls = ("/customers", "/customers?q=hr", "/customers?sort=nearby&lat=31&lng=120", "/customers/filter")
    few = [ask(url) for url in urls]
    add(57)
    assert [ask(url) for url in urls] == few
    assert max(few[:3]) <= 7


def test_a_leader_pays_no_more_for_the_customers_of_many_people(zhou: FlaskClient, cast: SimpleNamespace) -> None:
    def ask() -> int:
        db.session.rollback()
        with count_queries() as counted:
            see(zhou, "/customers")
        return counted.n

    with gate.transaction():
        making.a_customer(cast.lin, "恒润纺机")
    few = ask()
    with gate.transaction():
        for number in range(20):
            rep = making.a_user(f"rep{number}", "rep", cast.suzhou)
            db.session.flush()
            making.a_customer(rep, f"客户{number}")
    assert ask() == few


def test_a_list_opened_from_a_plan_leads_back_to_it(lin: FlaskClient, customers: SimpleNamespace) -> None:
    page = see(lin, "/customers?plan=2026-11-25")
    assert f"/days/2026-11-25/stops/new?add={customers.today.id}" in page
    assert "plan=2026-11-25" in page[page.index('aria-label="筛选"') :]


def test_the_filters_offer_what_there_is(lin: FlaskClient, customers: SimpleNamespace) -> None:
    page = see(lin, "/customers/filter?level=C")
    for offered in ("搞定难缠客户", "食品", "无锡", "重点", "按名称"):
        assert offered in page
    assert "industry=" in page
    assert "level=C" in page
