"""The list of customers without a signal: whatever is asked, the phone lays together the page that the server would write."""

import json
import random
import re
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest

from tests.making import a_contact, a_customer
from webapp.customers import packed
from webapp.customers.models import Customer, Tag
from webapp.field_pack import moulds, search_index
from webapp.field_pack.rendering import Reader, read_by
from webapp.foundation import clock, packing
from webapp.foundation.db import db
from webapp.foundation.i18n import tag
from webapp.outbox import gate

ROOT = Path(__file__).parents[2]
NAMES = (
    "恒润纺机",
    "宏锦印染",
    "德瑞水泵",
    "金禾造纸",
    "Wang & Sons <Pumps>",
    "重庆长江钢管",
    "新中国石油",
    "O'Neill 8 Co",
)
ASKS = (
    "", "q=hr", "q=heng", "q=恒润", "q=陈", "q=wang", "q=8000", "q=nobody", "q=重庆 钢", "q=cj&level=B", "q=xyz&level=B",
    "q=a&page=2", "q=n", "level=A", "level=B&due=week", "due=overdue", "due=today", "due=none", "due=week&page=2", "page=2",
    "page=9", "sort=name", "sort=name&page=2", "sort=recent", "sort=nearby", "sort=nearby&latitude=31.27&longitude=120.62",
    "sort=nearby&lat=31.27&lng=120.62&level=C", "stage=persuade", "industry=纺织", "area=苏南&level=A", "tag=展会", "tag=x&q=hr",
    "stage=nonsense&level=Z&page=0", "plan={tomorrow}", "plan={tomorrow}&q=hong", "industry=没有", "q=wang纺",
    "q=%E9%99%88%26%3C", "stage=search&q=zz",
)  # fmt: skip


@pytest.fixture
def crowd(cast):
    """Seventy customers, of every kind that the list tells apart."""
    chance, today = random.Random(7), clock.today()
    with gate.transaction():
        for n in range(70):
            one = a_customer(
                cast.lin,
                f"{NAMES[n % len(NAMES)]}{n}",
                level=chance.choice("ABCDE"),
                stage=chance.choice(["search", "persuade"]),
            )
            one.short_name = one.name[:6] if n % 3 else ""
            one.industry, one.area = chance.choice(["纺织", "印染", ""]), chance.choice(["苏南", "苏北"])
            one.phone = f"0512-6{n:07}"
            one.next_step = chance.choice(["", "送样", "call & ask"])
            one.next_step_on = chance.choice([None, *(today + timedelta(days=d) for d in (-3, 0, 1, 2, 9, 40))])
            one.open_complaint = "漏水 <3" if n % 17 == 0 else ""
            one.overdue_cents = 12_300_00 if n % 13 == 0 else None
            if n % 4:
                one.last_contact_at = clock.now() - timedelta(days=n)
                one.latitude, one.longitude = 31 + chance.random() / 2, 120.5 + chance.random() / 3
            for m in range(n % 4):
                born = today + timedelta(days=chance.randint(-3, 12))
                a_contact(one, chance.choice(["陈国栋", "王海", "Sam & Co"]) + str(m), phone=f"1391234{n:02}{m:02}",
                          **({"birthday_month": born.month, "birthday_day": born.day} if n % 3 == 0 else {}))  # fmt: skip
            if n % 5 == 0:
                db.session.add(Tag(customer_id=one.id, word="展会"))
            one.tidy()


def read(html):
    """A page without what no reader sees: the spaces between its elements."""
    return re.sub(r"\s+", " ", re.sub(r">\s+|\s+<", lambda found: found[0].strip(), html))


def differing(ours, theirs):
    """Where two pages part."""
    at = next((n for n, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), min(len(ours), len(theirs)))
    return ours[at - 60 : at + 200], theirs[at - 60 : at + 200]


@pytest.fixture
def lay(app, cast):
    """ask → the page that lin's phone lays together on this day, of what it carried."""

    def lay(asks, day=None):
        reader = Reader(cast.lin.id, None, {})
        with read_by(app, "/customers", reader) as user:
            rows, simple, lang = search_index.rows(user), search_index.simple(), tag()
            cards = {row["id"]: packed.shown(db.session.get_one(Customer, row["id"])) for row in rows}
        told = {
            "moulds": {**moulds.of(app, reader).told(), "simple": simple},
            "rows": rows,
            "cards": cards,
            "lang": lang,
        }
        told |= {"day": (day or clock.today()).isoformat(), "asks": list(asks)}
        script = str(ROOT / "tests/service_worker/lay.js")
        done = subprocess.run(["node", script], input=json.dumps(told), capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return lay


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh_Hans", "en"])
def test_whatever_is_asked_phone_and_server_answer_alike(lin, cast, crowd, lay, language):
    with gate.transaction():
        db.session.merge(cast.lin).language = language
    asks = [ask.format(tomorrow=clock.today() + timedelta(days=1)) for ask in ASKS]
    for ask, page in lay(asks).items():
        theirs = read(lin.get(f"/customers?{ask}").text)
        assert read(page) == theirs, (ask, differing(read(page), theirs))


def test_a_mixed_question_loses_nobody_between_its_pages(lin, cast, lay):
    with gate.transaction():
        for n in range(70):
            a_customer(cast.lin, f"王{'' if n % 2 else '大'}钢 {n:02}").tidy()
    found = []
    for ask, page in lay(["q=wang钢", "q=wang钢&page=2"]).items():
        theirs = read(lin.get(f"/customers?{ask}").text)
        assert read(page) == theirs, (ask, differing(read(page), theirs))
        found += re.findall(r">(王钢 \d+)<", theirs)
    assert found == [f"王钢 {n:02}" for n in range(1, 70, 2)]


@pytest.mark.slow
def test_days_later_the_list_says_what_is_true_then(lin, crowd, lay):
    for days in (1, 2, 6, 13):
        pages = lay(["", "page=2", "q=n", "due=overdue"], clock.today() + timedelta(days=days))
        now = clock.now()
        clock.freeze(now + timedelta(days=days))
        for ask, page in pages.items():
            assert read(page) == read(lin.get(f"/customers?{ask}").text), (days, ask)
        clock.freeze(now)


def test_no_hole_is_left_open(crowd, lay):
    for ask, page in lay(ASKS).items():
        assert "⟦" not in page and packing.STRANGER not in page, ask
