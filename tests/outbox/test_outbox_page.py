"""What the outbox says about what was filed: only what is true."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from flask.testing import FlaskClient

import webapp
from tests.counting import count_queries
from webapp.accounts.models import User
from webapp.foundation import clock
from webapp.foundation.db import db, new_id
from webapp.outbox import gate, queries, words
from webapp.outbox.models import Receipt


def filed(by: User, title: str, kind: str = "daily", hours_ago: float = 0, **more: Any) -> Receipt:
    """A receipt of what this person filed so many hours ago."""
    id, at = new_id(), clock.now() - timedelta(hours=hours_ago)
    more = {"subject_id": id, "location": f"/things/{id}", **more}
    with gate.transaction():
        db.session.add(
            Receipt(id=id, user_id=by.id, path="/x", fingerprint="x", kind=kind, title=title, filed_at=at, **more)
        )
    return db.session.get_one(Receipt, id)


def shown(client: FlaskClient, path: str = "/outbox") -> list[tuple[str, list[str]]]:
    """Title and ticks of everything on the page: ✓ done, ✗ stuck, · not yet."""
    found = []
    page = re.sub(r"<template.*?</template>", "", client.get(path).text, flags=re.S)
    for block in re.split(r"<h3>", page)[1:]:
        steps = re.findall(r'<li(?: class="is-(\w+)")?>([^<\s]+)', block.split("</ol>")[0])
        marks = [{"done": "✓", "stuck": "✗", "": "·"}[state] + word for state, word in steps]
        found.append((re.sub("<[^>]+>", "", block.split("</h3>")[0]), marks))
    return found


def at(hours: float) -> datetime:
    return clock.now() - timedelta(hours=hours)


def test_an_empty_outbox_says_what_will_stand_here(lin: FlaskClient):
    text = lin.get("/outbox").text
    assert "还没寄过东西" in text
    assert "今天送到" not in text


def test_a_day_shows_each_step_it_has_taken_and_no_more(lin: FlaskClient, cast: SimpleNamespace):
    filed(cast.lin, "刚交")
    filed(cast.lin, "打开了", hours_ago=1, opened_at=at(0.5))
    filed(cast.lin, "核签了", hours_ago=2, opened_at=at(1), settled_at=at(0.5), verdict="approved")
    assert shown(lin) == [
        ("日报 · 刚交", ["✓手机", "✓服务器", "·已打开", "·已核签"]),
        ("日报 · 打开了", ["✓手机", "✓服务器", "✓已打开", "·已核签"]),
        ("日报 · 核签了", ["✓手机", "✓服务器", "✓已打开", "✓已核签"]),
    ]


def test_what_nobody_signs_off_does_not_wait_for_a_signature(lin: FlaskClient, cast: SimpleNamespace):
    filed(cast.lin, "恒润纺机", kind="report")
    filed(cast.lin, "立远包装", kind="customer", hours_ago=1)
    filed(cast.lin, "别的", kind="something-new", hours_ago=2)
    assert [ticks for _title, ticks in shown(lin)] == [["✓手机", "✓服务器", "·已打开"], *[["✓手机", "✓服务器"]] * 2]


def test_what_came_back_stands_on_top_until_it_is_handed_in_again(lin: FlaskClient, cast: SimpleNamespace):
    back = filed(cast.lin, "周一", hours_ago=30, opened_at=at(5), settled_at=at(4), verdict="returned")
    filed(cast.lin, "周二", hours_ago=3)
    assert shown(lin)[0] == ("日报 · 周一", ["✓手机", "✓服务器", "✓已打开", "✗退回了"])
    text = lin.get("/outbox").text
    assert f'href="{back.location}">看批示' in text
    assert '<span class="count">1<span class="sr"> 件没办完' in text
    filed(cast.lin, "周一", hours_ago=2, subject_id=back.subject_id)
    again = lin.get("/outbox").text
    assert "看批示" not in again
    assert "退回过，后来又交了一版。" in again
    assert "件没办完" not in again


def test_a_verdict_on_the_new_version_leaves_the_old_one_as_it_was(lin: FlaskClient, cast: SimpleNamespace):
    first = filed(cast.lin, "周一", hours_ago=3)
    with gate.transaction():
        Receipt.settled(first.subject_id, "returned")
    second = filed(cast.lin, "周一", hours_ago=1, subject_id=first.subject_id)
    with gate.transaction():
        Receipt.opened(first.subject_id)
        Receipt.settled(first.subject_id, "approved")
    assert [db.session.get_one(Receipt, receipt.id).verdict for receipt in (first, second)] == ["returned", "approved"]
    with gate.transaction():
        Receipt.settled(first.subject_id, "returned")  # the supervisor thinks better of it
    assert db.session.get_one(Receipt, second.id).verdict == "returned"


def test_what_the_supervisor_wrote_about_it_is_not_what_came_back(zhou: FlaskClient, cast: SimpleNamespace):
    day = filed(cast.lin, "周一", hours_ago=3)
    filed(cast.zhou, "款要盯紧", kind="comment", hours_ago=1, subject_id=day.subject_id)
    with gate.transaction():
        Receipt.settled(day.subject_id, "approved")
    with gate.transaction():
        Receipt.settled(day.subject_id, "returned")
    assert db.session.get_one(Receipt, day.id).verdict == "returned"
    assert shown(zhou) == [("批示 · 款要盯紧", ["✓手机", "✓服务器"])]
    assert queries.returned_count(cast.zhou.id) == 0


def test_the_first_opening_counts(cast: SimpleNamespace):
    receipt = filed(cast.lin, "周一", hours_ago=3, opened_at=at(2))
    with gate.transaction():
        Receipt.opened(receipt.subject_id)
    assert db.session.get_one(Receipt, receipt.id).opened_at == at(2)


def test_a_step_taken_on_another_day_shows_the_date(lin: FlaskClient, cast: SimpleNamespace):
    filed(cast.lin, "周一", hours_ago=20, opened_at=at(19), settled_at=at(1), verdict="approved")
    ticks = lin.get("/outbox").text.split('id="there"')[1].split('class="ticks"')[1].split("</ol>")[0]
    assert ">15:00<" in ticks
    assert ">11月24日<" in ticks


def test_the_three_facts_are_counted_in_the_readers_day(lin: FlaskClient, cast: SimpleNamespace):
    filed(cast.lin, "今天一早", hours_ago=9.9)  # 00:06 in Shanghai
    filed(cast.lin, "昨晚", hours_ago=10.1)
    filed(cast.lin, "退回的", hours_ago=30, settled_at=at(1), verdict="returned")
    outbox = queries.outbox(cast.lin.id)
    assert (outbox.today, outbox.back, outbox.last_at) == (1, 1, at(9.9))


def test_nobody_sees_what_another_has_filed(lin: FlaskClient, zhou: FlaskClient, cast: SimpleNamespace):
    secret = filed(cast.lin, "林的日报")
    assert "林的日报" not in zhou.get("/outbox").text
    filed(cast.zhou, "周的", hours_ago=1)
    assert [title for title, _ticks in shown(zhou, f"/outbox?before={secret.id}")] == ["日报 · 周的"]


def test_what_was_filed_in_one_minute_has_different_numbers(lin: FlaskClient, cast: SimpleNamespace):
    first, second = filed(cast.lin, "甲"), filed(cast.lin, "乙")
    assert first.id[:8] == second.id[:8]
    told = set(re.findall(r"回执号([0-9A-F]{8})", lin.get("/outbox").text))
    assert told == {words.number(first.id), words.number(second.id)} and len(told) == 2


def test_receipts_without_a_title_are_not_letters(lin: FlaskClient):
    lin.post("/settings", data={"submission_id": new_id(), "name": "林岚", "zone": ""})
    assert shown(lin) == []


def test_older_ones_are_a_page_further(lin: FlaskClient, cast: SimpleNamespace):
    for n in range(queries.PAGE + 5):
        filed(cast.lin, f"第{n}件", hours_ago=n // 2)  # two at the same moment
    text = lin.get("/outbox").text
    first = [title for title, _ticks in shown(lin)]
    assert "更早的5件" in text
    older = re.search(r'href="(/outbox\?before=[^"]+)"', text)
    rest = [title for title, _ticks in shown(lin, older[1])] if older else []
    assert len(first) == queries.PAGE
    assert sorted(first + rest) == sorted(f"日报 · 第{n}件" for n in range(queries.PAGE + 5))
    assert lin.get("/outbox?before=nonsense").status_code == 200


def test_the_page_asks_the_same_however_much_was_filed(lin: FlaskClient, cast: SimpleNamespace):
    filed(cast.lin, "一件")
    with count_queries() as few:
        lin.get("/outbox")
    for n in range(12):
        filed(cast.lin, f"第{n}件", verdict="returned" if n % 2 else "")
    with count_queries() as many:
        lin.get("/outbox")
    assert many.n == few.n


def test_the_number_on_the_tab_is_found_by_its_own_small_index(app: Any, lin: FlaskClient, cast: SimpleNamespace):
    if db.engine.dialect.name == "sqlite":
        asked = str(queries.returned(cast.lin.id).compile(db.engine, compile_kwargs={"literal_binds": True}))
        plan = "\n".join(row.detail for row in db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}"))
        assert "ix_receipt_returned" in plan
        assert "ix_receipt_subject_id" in plan


def test_every_kind_that_any_room_files_has_a_word():
    rooms = Path(webapp.__file__ or "").parent.rglob("*.py")
    said = (kinds for path in rooms for kinds in re.findall(r"\bdescribe\(\s*([^,:)]+),", path.read_text()))
    filed_kinds = {kind for kinds in said for kind in re.findall(r'"(\w+)"', kinds)}
    assert filed_kinds == set(words.KINDS)


def test_a_director_reads_english(cast: SimpleNamespace, client_of: Callable[..., FlaskClient]):
    filed(cast.director, "Tue 24 Nov", kind="plan")
    assert shown(client_of(cast.director, language="en")) == [
        ("Visit plan · Tue 24 Nov", ["✓Phone", "✓Server", "·Opened", "·Signed"])
    ]
