"""The inbox is the truth: newest first, in three languages, one's own only, read when one has read it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from webapp.foundation import clock
from webapp.foundation.db import db, new_id
from webapp.push import words
from webapp.push.models import Notice, Wishes

SHANGHAI = ZoneInfo("Asia/Shanghai")


def unread(user):
    return len(db.session.scalars(select(Notice).where(Notice.user_id == user.id, Notice.read_at.is_(None))).all())


def test_zhou_reads_what_happened_and_the_bell_says_how_much(zhou, cast, tell):
    tell("daily", cast.zhou, title="2026-11-24", by=cast.lin)
    tell("commented", cast.zhou, title="恒润纺机", text="周四我陪你去", by=cast.lin)
    page = zhou.get("/inbox").text
    assert page.index("恒润纺机") < page.index("11月24日 周二")
    assert "周四我陪你去" in page and "林晓岚" in page and page.count("data-unread=") == 2
    assert "<b data-n>2</b>" in zhou.get("/customers").text


@pytest.mark.parametrize(("language", "said"), [("en", "Daily report handed in"), ("zh-Hant", "日報交來了")])
def test_it_speaks_the_reader_s_language(client_of, cast, tell, language, said):
    tell("daily", cast.zhou, title="2026-11-24")
    assert said in client_of(cast.zhou, language=language).get("/inbox").text


def test_what_somebody_wrote_is_text_and_nothing_else(zhou, cast, tell):
    tell("commented", cast.zhou, title="<b>x</b>", text="<script>alert(1)</script>")
    page = zhou.get("/inbox").text
    assert "<script>alert" not in page and "<b>x" not in page


def test_all_that_came_until_the_page_was_made_is_read_and_what_came_after_is_not(zhou, cast, tell):
    tell("report", cast.zhou)
    upto = clock.now().isoformat()
    clock.freeze(clock.now() + timedelta(minutes=1))
    tell("report", cast.zhou)
    zhou.post("/inbox/reading", data={"submission_id": new_id(), "upto": upto})
    assert unread(cast.zhou) == 1


def test_some_of_it_is_read(zhou, cast, tell):
    for _ in range(3):
        tell("report", cast.zhou)
    ids = db.session.scalars(select(Notice.id)).all()
    zhou.post("/inbox/reading", data={"ids": [*ids[:2], "nonsense", new_id()]})
    assert unread(cast.zhou) == 1


def test_nobody_reads_or_puts_off_another_s_post(lin, cast, tell):
    tell("report", cast.zhou)
    notice = db.session.scalar(select(Notice.id))
    lin.post("/inbox/reading", data={"ids": [notice]})
    assert unread(cast.zhou) == 1
    assert lin.post(f"/inbox/{notice}/postponement").status_code == 404
    assert "恒润" not in lin.get("/inbox").text


def test_a_long_inbox_has_pages_and_takes_the_same_questions(zhou, cast, tell):
    for n in range(60):
        tell("report", cast.zhou, title=f"客户{n}")
    assert "客户59" in (first := zhou.get("/inbox").text) and "客户5<" not in first
    assert "客户5<" in zhou.get("/inbox?page=2").text
    assert zhou.get("/inbox?page=999").status_code == zhou.get("/inbox?page=x").status_code == 200


@pytest.mark.parametrize(
    ("quiet", "at", "until"),
    [
        (("22:00", "07:00"), "23:30", "25 07:00"),
        (("22:00", "07:00"), "06:59", "24 07:00"),
        (("22:00", "07:00"), "07:00", None),
        (("22:00", "07:00"), "21:59", None),
        (("22:00", "07:00"), "22:00", "25 07:00"),
        (("12:00", "13:30"), "12:45", "24 13:30"),
        (("12:00", "13:30"), "11:00", None),
        (("", ""), "03:00", None),
        (("08:00", "08:00"), "08:00", None),
        (("00:00", "23:59"), "12:00", "24 23:59"),
    ],
)
def test_the_quiet_is_over_when_it_says(app, quiet, at, until):
    wishes = Wishes(user_id="x", quiet_from=quiet[0], quiet_to=quiet[1])
    now = datetime.fromisoformat(f"2026-11-24T{at}").replace(tzinfo=SHANGHAI).astimezone(UTC)
    over = wishes.quiet_until(now, SHANGHAI)
    assert (f"{over.astimezone(SHANGHAI):%d %H:%M}" if over else None) == until


def wish(client, on, **more):
    known = " ".join(words.KINDS)
    fields = {"submission_id": new_id(), "known": known, "on": on, "quiet_from": "", "quiet_to": "", **more}
    return client.post("/settings/notices", data=fields)


def test_lin_chooses_what_rings_and_when(lin, cast):
    assert wish(lin, ["returned", "commented"], quiet_from="21:30", quiet_to="7:15").status_code == 303
    wishes = Wishes.of(cast.lin.id)
    assert "returned" not in wishes.off and "promise_due" in wishes.off
    assert (wishes.quiet_from, wishes.quiet_to) == ("21:30", "07:15")
    page = lin.get("/settings/notices").text
    assert 'value="21:30"' in page and "日报交来了" not in page.split("push-words")[0]


def test_half_a_quiet_is_none(lin, cast):
    answer = wish(lin, [], quiet_from="21:30")
    assert answer.status_code == 422 and "两个都要填" in answer.text and 'value="21:30"' in answer.text


def test_a_page_of_last_month_leaves_alone_what_it_does_not_know(lin, cast):
    wish(lin, [], known="returned commented")
    assert Wishes.of(cast.lin.id).off == ["commented", "returned"]


def test_the_worker_finds_its_words_in_every_kind(lin):
    page = lin.get("/inbox").text
    assert all(f'<i data-push="{code}">' in page for code in (*words.KINDS, "any", "one", "many", "open", "later"))
