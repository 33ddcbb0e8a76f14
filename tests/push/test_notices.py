"""Who is told of what: with the fact or not at all, and by the clock once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from tests import making
from tests.making import a_customer, a_report
from webapp.accounts.models import Device
from webapp.attention.calendar import festivals_on
from webapp.attention.models import Greeting
from webapp.foundation import clock, later
from webapp.foundation.db import db, new_id
from webapp.outbox import gate
from webapp.outbox.user_hash import user_hash
from webapp.push import mornings
from webapp.push.models import Notice, notify
from webapp.visits.models import DayPlan, Promise

DAY = date(2026, 11, 24)


def all_of_them():
    return db.session.scalar(select(func.count()).select_from(Notice))


def file(client, customer, **more):
    fields = {"submission_id": new_id(), "purpose": "service", "result": "progress", "needs": "再要两套", **more}
    return client.post(f"/customers/{customer.id}/reports", data=fields)


def test_lin_files_a_report_and_zhou_is_told(lin, cast, customer, notices):
    file(lin, customer)
    assert notices(cast.zhou) == [("report", "恒润纺机", "")]
    assert notices(cast.lin) == notices(cast.manager) == []


def test_an_urgent_one_is_another_kind(lin, cast, customer, notices):
    file(lin, customer, is_urgent="1")
    assert [kind for kind, _title, _text in notices(cast.zhou)] == ["urgent_report"]


def test_a_report_that_is_refused_tells_nobody(lin, cast, customer, notices):
    assert file(lin, customer, purpose="nonsense").status_code == 422
    assert notices(cast.zhou) == []


def test_the_same_report_twice_is_told_once(lin, cast, customer, notices):
    same = new_id()
    for _ in range(3):
        file(lin, customer, submission_id=same)
    assert len(notices(cast.zhou)) == 1


def test_a_day_is_handed_in_signed_off_and_talked_about(lin, zhou, cast, customer, notices):
    with gate.transaction():
        a_report(customer, cast.lin)
    lin.post(f"/days/{DAY}/report", data={"submission_id": new_id(), "insight": "先算停机损失"})
    daily = db.session.scalar(select(Notice.subject).where(Notice.kind == "daily"))
    assert (*notices(cast.zhou),) == (("daily", "2026-11-24", ""),)
    zhou.post(f"/reviews/daily/{daily}/return", data={"submission_id": new_id(), "version": 1, "text": "写具体些"})
    assert notices(cast.lin) == [("returned", "2026-11-24", "写具体些")]
    lin.post(f"/threads/daily/{daily}", data={"submission_id": new_id(), "text": "改好了"})
    assert notices(cast.zhou)[-1] == ("commented", "2026-11-24", "改好了")
    assert all_of_them() == 3


def test_a_plan_is_handed_in(lin, cast, customer, notices):
    with gate.transaction():
        DayPlan.of(cast.lin, DAY).add(customer, at="10:00")
    lin.post(f"/days/{DAY}/handing-in", data={"submission_id": new_id(), "message": ""})
    assert notices(cast.zhou) == [("plan", "2026-11-24", "")]


def test_a_customer_is_given_to_sun(zhou, cast, customer, notices):
    zhou.post(f"/customers/{customer.id}/owner", data={"submission_id": new_id(), "owner_id": cast.sun.id})
    assert notices(cast.sun) == [("assigned", "恒润纺机", "")]


def test_all_that_lin_had_comes_as_one(cast, notices):
    with gate.transaction():
        for n in range(30):
            a_customer(cast.lin, f"客户{n}")
    with gate.transaction():
        cast.lin.hand_customers_to(cast.sun, cast.admin)
    assert notices(cast.sun) == [("assigned", "林晓岚", "")]


def test_a_late_report_is_told_to_whoever_leads(lin, cast, notices):
    with gate.transaction():
        customer = a_customer(cast.wu)
    send(lin, cast, [entry(customer, clock.now())])
    assert notices(cast.zhou) == [("quarantined", "林晓岚", "")]


def entry(customer, made_at):
    fields = [["purpose", "service"], ["result", "progress"], ["needs", "x"]]
    made = {"id": new_id(), "scope": customer.id, "action": f"/customers/{customer.id}/reports", "fields": fields}
    return {**made, "attachments": [], "made_at": made_at.isoformat(), "build": "x"}


def send(client, cast, entries):
    numbered = [{**one, "seq": n} for n, one in enumerate(entries, 1)]
    batch = {
        "protocol": 1,
        "batch_id": new_id(),
        "user": user_hash(cast.lin.id),
        "device": new_id(),
        "entries": numbered,
    }
    batch["waiting"] = {"count": len(entries), "oldest": None, "parked": 0}
    answer = client.post("/outbox", json=batch)
    assert answer.status_code == 200
    return answer.json["answers"]


def test_after_hours_in_a_tunnel_lin_hears_that_all_is_here_and_once(lin, cast, customer, notices):
    long_ago = clock.now() - timedelta(hours=6)
    send(lin, cast, [entry(customer, long_ago), entry(customer, long_ago)])
    send(lin, cast, [entry(customer, long_ago)])
    assert notices(cast.lin) == [("arrived", "3", "")]
    assert "离线时写的3份报告都送到了" in lin.get("/inbox").text


def test_in_normal_use_nobody_is_told_that_it_arrived(lin, cast, customer, notices):
    send(lin, cast, [entry(customer, clock.now() - timedelta(minutes=40))])
    assert notices(cast.lin) == []


# ---- by the clock


def morning(days=0, hour=8):
    """It is that hour in Shanghai, so many days after the day of the tests; the sweeper comes by, twice."""
    clock.freeze(datetime(2026, 11, 24, tzinfo=UTC) + timedelta(days=days, hours=hour - 8))
    for _ in range(2):
        for job_id in later.sweep():
            later.carry_out(job_id)
    db.session.rollback()


def test_what_was_promised_for_today_by_us_or_to_us_is_told_once(cast, customer, notices):
    with gate.transaction():
        Promise.give(customer, cast.lin, "周二带样品", due_on=DAY)
        Promise.give(customer, cast.lin, "下周带报价", due_on=DAY + timedelta(days=7))
        Promise.give(customer, cast.lin, "给我们图纸", direction="theirs", due_on=DAY)
    morning(hour=6)
    assert notices(cast.lin) == []
    morning(hour=7)
    morning(hour=15)
    told = [("promise_due", "恒润纺机", "周二带样品"), ("word_due", "恒润纺机", "给我们图纸")]
    assert sorted(notices(cast.lin)) == told  # in one moment, so in no order


def test_a_next_step_is_told_on_its_day_and_once_more_when_it_is_overdue(cast, customer, notices):
    with gate.transaction():
        customer.next_step, customer.next_step_on = "带样品", DAY
        db.session.add(customer)
    for day in range(12):
        morning(day)
    assert [kind for kind, *_ in notices(cast.lin)] == ["step_due", "step_overdue"]


def test_a_birthday_by_the_sun_and_one_by_the_moon_with_the_opener(cast, customer, notices):
    with gate.transaction():
        chen = making.a_contact(customer, "陈国栋", birthday_month=11, birthday_day=24)
        making.a_contact(customer, "王海", birthday_month=10, birthday_day=17, birthday_is_lunar=True)
        making.a_contact(customer, "不愿意", birthday_month=11, birthday_day=24, consent="refused")
        making.an_attention_item(customer, cast.lin, contact_id=chen.id)
    morning()
    morning(1)
    told = notices(cast.lin)
    assert told[0] == ("care", "陈国栋 · 恒润纺机", "带点鸭屎香请他品品")
    assert [title for _kind, title, _text in told] == ["陈国栋 · 恒润纺机", "王海 · 恒润纺机"]


def test_a_birthday_is_told_a_week_before_and_on_the_day_if_nobody_has_greeted_yet(lin, cast, customer, notices):
    with gate.transaction():
        chen = making.a_contact(customer, "陈国栋", birthday_month=12, birthday_day=1)
        making.a_contact(customer, "王海", birthday_month=10, birthday_day=23, birthday_is_lunar=True)  # 1 December too
        making.an_attention_item(customer, cast.lin, contact_id=chen.id)
    for day in range(7):
        morning(day)
    told = notices(cast.lin)
    assert sorted(told) == [
        ("care", "王海 · 恒润纺机", ""),
        ("care", "陈国栋 · 恒润纺机", "带点鸭屎香请他品品"),
    ]
    page = lin.get("/inbox").text
    assert page.count("12月1日 周二该问候") == 2 and f'href="/care#to-{chen.id}"' in page
    with gate.transaction():
        Greeting.give(chen, cast.lin, "birthday", date(2026, 12, 1))
    morning(7)
    assert [title for _kind, title, _text in notices(cast.lin)[2:]] == ["王海 · 恒润纺机"]
    unread = select(Notice.title).where(Notice.read_at.is_(None))
    assert set(db.session.scalars(unread)) == {"王海 · 恒润纺机"}, "what was told of Chen is done with"


def test_a_week_before_that_was_slept_through_is_made_up_for_but_not_on_the_eve(cast, customer, notices):
    with gate.transaction():
        making.a_contact(customer, "陈国栋", birthday_month=12, birthday_day=1)
        making.a_contact(customer, "王海", birthday_month=11, birthday_day=28)
    morning(2)
    morning(3)
    assert [title for _kind, title, _text in notices(cast.lin)] == ["陈国栋 · 恒润纺机"]


@pytest.mark.parametrize(
    ("day", "festival"),
    [
        (date(2026, 2, 17), "spring"),
        (date(2027, 2, 6), "spring"),
        (date(2026, 9, 25), "mid_autumn"),
        (date(2026, 6, 19), "dragon_boat"),
        (date(2026, 10, 18), "double_ninth"),
        (date(2026, 10, 1), "national"),
        (date(2027, 1, 1), "new_year"),
        (date(2026, 3, 3), "lantern"),
        (date(2028, 5, 28), "dragon_boat"),
        (date(2028, 6, 27), ""),
        (date(2025, 7, 29), ""),
        (date(2026, 11, 24), ""),
    ],
)
def test_festivals_are_known_and_a_leap_month_has_none(day, festival):
    assert festivals_on(day) == ([festival] if festival else [])


def test_a_festival_is_told_to_those_who_visit_with_a_word_to_say(lin, cast, notices):
    morning(84)
    assert date(2026, 11, 24) + timedelta(days=85) == date(2027, 2, 17)
    morning(74)
    assert clock.today() == date(2027, 2, 6)
    assert notices(cast.lin) == [("care", "spring", "")] and notices(cast.director) == []
    assert "今天只拜年，不谈生意。" in lin.get("/inbox").text


def test_a_festival_is_told_a_week_before_too(lin, cast, notices):
    morning(67)
    assert clock.today() == date(2027, 1, 30)
    morning(68)
    morning(74)
    assert notices(cast.lin) == [("care", "spring", "")] * 2
    page = lin.get("/inbox").text
    assert "2月6日 周六该问候" in page and "草稿备好了，看看先问候谁。" in page and 'href="/care#spring"' in page


def test_two_festivals_of_one_day_are_both_told(cast, notices):
    morning((date(2031, 10, 1) - DAY).days)
    assert sorted(title for _kind, title, _text in notices(cast.lin)) == ["mid_autumn", "national"]


def test_a_silent_phone_is_told_once_to_whoever_leads(lin, cast, notices):
    with gate.transaction():
        waiting = update(Device).where(Device.user_id == cast.lin.id)
        db.session.execute(waiting.values(waiting=3, contact_at=clock.now()))
    for day in range(5):
        morning(day)
    assert notices(cast.zhou) == [("silent_phone", "林晓岚", "")]


def test_morning_comes_where_one_lives(cast, customer, notices):
    with gate.transaction():
        cast.lin.zone = "America/Los_Angeles"
        db.session.add(cast.lin)
        Promise.give(customer, cast.lin, "周二带样品", due_on=DAY)
    morning(hour=9)
    assert notices(cast.lin) == []
    morning(hour=23)
    assert len(notices(cast.lin)) == 1


def test_a_morning_that_was_slept_through_is_made_up_for_later_that_day(cast, customer, notices):
    with gate.transaction():
        Promise.give(customer, cast.lin, "周二带样品", due_on=DAY)
    morning(hour=21)
    assert len(notices(cast.lin)) == 1


def test_two_schedulers_make_one_morning(app, cast, customer):
    clock.freeze(datetime(2026, 11, 24, tzinfo=UTC))
    for _ in range(3):
        mornings.look_at_the_clock()
    begun = later.name_of(mornings.begin_the_day)
    jobs = db.session.scalar(select(func.count()).select_from(later.Job).where(later.Job.work == begun))
    assert jobs == len(mornings._mornings)


def test_whoever_did_it_or_is_gone_is_not_told(cast, notices):
    with gate.transaction():
        cast.sun.disable()
        db.session.add(cast.sun)
        notify("commented", [cast.lin, cast.lin.id, cast.sun, cast.zhou], url="/x", by=cast.zhou)
    assert (len(notices(cast.lin)), len(notices(cast.sun)), len(notices(cast.zhou))) == (1, 0, 0)


def test_a_kind_that_nobody_knows_is_an_error(cast):
    with pytest.raises(KeyError):
        notify("gossip", [cast.lin], url="/x")
