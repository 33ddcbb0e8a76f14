"""What was written in a week without a signal arrives at once: as quick as a batch can be, and as true as one by one."""

from datetime import timedelta
from itertools import count

import pytest
from sqlalchemy import String, func, literal, select

from tests.counting import count_queries
from tests.making import a_customer
from tests.outbox.sending import an_entry, results, send
from webapp.customers.models import Customer
from webapp.field_pack.models import Feed, PackItem
from webapp.foundation import clock, later
from webapp.foundation.db import db, new_id
from webapp.outbox import delivery, gate, handing
from webapp.outbox.arrivals import Quarantined
from webapp.outbox.models import Receipt
from webapp.push.models import Notice
from webapp.urgent.models import Complaint
from webapp.visits.models import CheckIn, DayPlan, Report
from webapp.visits.models.check_in import Fix

SAID = [["purpose", "service"], ["result", "progress"], ["needs", "一年一换"]]


@pytest.fixture
def street(cast):
    """Six customers of lin's."""
    with gate.transaction():
        return [a_customer(cast.lin, f"{name}厂") for name in "甲乙丙丁戊己"]


@pytest.fixture
def as_ever(monkeypatch):
    """Every entry by itself."""
    return lambda: monkeypatch.setattr(delivery, "_together", lambda run, waiting: [])


def of(*customers, **values):
    return [an_entry(customer, seq=seq, **values) for customer, seq in zip(customers, count(1), strict=False)]


def number(table):
    return db.session.scalar(select(func.count()).select_from(table))


def test_fifty_reports_ask_the_database_no_more_than_five(app, lin, cast, monkeypatch):
    monkeypatch.setitem(app.extensions, "queue", lambda job_id: None)  # what the postman asks is his affair
    with gate.transaction():
        many = [a_customer(cast.lin, f"第{n}厂") for n in range(55)]
    few, all_of_them = of(*many[:5]), of(*many[5:])
    with count_queries() as asked_for_few:
        send(lin, cast.lin, *few)
    with count_queries() as asked:
        assert set(results(send(lin, cast.lin, *all_of_them))) == {"accepted"}
    assert asked.n <= asked_for_few.n < 50, asked.statements
    assert number(Report) == number(Receipt) == number(Notice) == 55


def test_all_that_is_said_to_zhou_at_once_is_one_work_of_the_postman(lin, cast, street):
    send(lin, cast.lin, *of(*street))
    job = db.session.scalars(select(later.Job)).one()
    assert len(job.args[0]) == len(street) == number(Notice)


def test_one_that_is_refused_holds_up_nobody_and_leaves_nothing(lin, cast, street):
    entries = of(*street)
    entries[2]["fields"] = [["purpose", "nonsense"], ["needs", "留下什么"]]
    answer = send(lin, cast.lin, *entries)
    assert results(answer) == ["accepted"] * 2 + ["rejected"] + ["accepted"] * 3
    assert set(answer.json["answers"][2]["errors"]) == {"purpose", "result"}
    assert number(Report) == number(Notice) == number(Receipt) == 5
    assert db.session.get(Customer, street[2].id).pain == ""


def test_one_whose_view_fails_is_asked_for_again_and_the_others_are_there(lin, cast, street, monkeypatch):
    entries, real = of(*street), handing.hand_to_view

    def fail(entry, is_new=False):
        response = real(entry, is_new)
        if entry.id == entries[4]["id"]:
            raise RuntimeError("the view fails when all is done")
        return response

    monkeypatch.setattr(handing, "hand_to_view", fail)
    assert results(send(lin, cast.lin, *entries)) == ["accepted"] * 4 + ["retry_later", "accepted"]
    monkeypatch.undo()
    assert results(send(lin, cast.lin, *entries)) == ["duplicate"] * 4 + ["accepted", "duplicate"]
    assert number(Report) == number(Notice) == 6


def test_somebody_was_quicker_with_one_of_them(lin, cast, street, monkeypatch):
    """Two processes hold the same batch; the slower one has looked before the other was done."""
    entries = of(*street)
    send(lin, cast.lin, entries[3])
    monkeypatch.setattr(delivery, "_known", lambda entries: set())
    assert results(send(lin, cast.lin, *entries)) == ["accepted"] * 3 + ["duplicate"] + ["accepted"] * 2
    assert number(Report) == number(Notice) == 6


def test_one_whose_customer_is_somebody_else_s_now_waits_for_a_leader(lin, cast, street):
    entries = of(*street)
    with gate.transaction():
        db.session.get(Customer, street[1].id).reassign(cast.wu, cast.director)
    assert results(send(lin, cast.lin, *entries)) == ["accepted", "quarantined"] + ["accepted"] * 4
    assert (number(Report), number(Quarantined)) == (5, 1)


def test_two_visits_to_one_customer_are_two_and_the_later_one_is_the_next_step(lin, cast, street):
    first, second = of(*street[:1], fields=[*SAID, ["next_on", "2026-12-01"], ["next_step", "送样"]]), of(*street)
    second[0] |= {"fields": [*SAID, ["next_on", "2026-12-08"], ["next_step", "签约"]], "seq": 9}
    assert results(send(lin, cast.lin, *first, *second)) == ["accepted"] * 7
    filed = db.session.get(Customer, street[0].id)
    assert (filed.next_step, len(filed.pain.splitlines())) == ("签约", 2)


def test_each_belongs_to_the_day_and_the_plan_on_which_it_was_written(lin, cast, street):
    here = clock.now()
    yesterday, expected = here - timedelta(days=1), []
    with gate.transaction():
        for moment, customer in ((yesterday, street[0]), (here, street[1])):
            stop = DayPlan.of(cast.lin, clock.local(moment).date()).add(customer, at="10:00")
            with clock.at_the_time_of(moment - timedelta(minutes=20)):
                knock = CheckIn.arrive(customer, cast.lin, Fix(), new_id())
            db.session.flush()
            expected.append((stop.id, knock.id))
    entries = of(*street[:3])
    for entry, moment in zip(entries, (yesterday, here, here), strict=True):
        entry["made_at"] = moment.isoformat()
    assert results(send(lin, cast.lin, *entries)) == ["accepted"] * 3
    filed = [db.session.get(Report, entry["id"]) for entry in entries]
    assert [(one.stop_id, one.check_in_id) for one in filed] == [*expected, (None, None)]
    assert [one.filed_at for one in filed] == [yesterday, here, here]


def test_every_page_that_shows_one_of_them_is_marked(lin, cast, street):
    shown = [(cast.lin, "outbox", ""), (cast.zhou, "inbox", ""), *((cast.lin, "history", one.id) for one in street)]
    with gate.transaction():
        for user, kind, subject in shown:
            db.session.add(PackItem(user_id=user.id, url=f"/{kind}/{subject}", kind=kind, subject=subject, number=0))
    assert results(send(lin, cast.lin, *of(*street))) == ["accepted"] * 6
    assert set(db.session.scalars(select(PackItem.number))) == {Feed.now()}


EVERYTHING = [
    [["purpose", "complaint"], ["result", "progress"], ["needs", "轴承异响"], ["is_urgent", "1"]],
    [["purpose", "order"], ["result", "ordered"], ["order", "1200"], ["collection", "300"], ["needs", "再要两套"]],
    [*SAID, ["met_new", "王工"], ["seen-0-category", "hobby"], ["seen-0-observed", "女儿中考"]],
    [*SAID, ["promises-0-text", "周五送样品"], ["promises-0-due_on", "2026-11-27"], ["next_on", "none"]],
    [*SAID, ["level", "B"], ["level_reason", "下个月要扩产"], ["next_on", "2026-12-01"], ["next_step", "送样"]],
    [["purpose", "service"], ["result", "absent"], ["mode", "hallway"]],
]


def test_what_they_leave_behind_is_what_they_leave_one_by_one(lin, cast, street, as_ever):
    """The same six reports, with all that a report can say, on like customers: row by row the same."""
    with gate.transaction():
        others = [a_customer(cast.lin, f"{name}厂") for name in "甲乙丙丁戊己"]
    for customers in (street, others):
        entries = of(*customers)
        for hours, (entry, fields) in enumerate(zip(entries, EVERYTHING, strict=True)):
            entry |= {"fields": fields, "made_at": (clock.now() - timedelta(hours=hours)).isoformat()}
        assert results(send(lin, cast.lin, *entries)) == ["accepted"] * 6
        as_ever()
    for one, other in zip(street, others, strict=True):
        assert all_about(one.id) == all_about(other.id)


def all_about(customer_id):
    """What every table says of this customer, without what is drawn by lot."""
    with_him = {"customer_id": [customer_id], "id": [customer_id]}
    reports = list(db.session.scalars(select(Report.id).where(Report.customer_id == customer_id)))
    complaints = list(db.session.scalars(select(Complaint.id).where(Complaint.customer_id == customer_id)))
    about = {**with_him, "report_id": reports, "subject": [*reports, *complaints], "complaint_id": complaints}
    return {
        (table.name, column): rows
        for table in db.metadata.sorted_tables
        for column, ids in {**about, "subject_id": reports}.items()
        if column in table.c and isinstance(table.c[column].type, String) and (rows := told(table, column, ids))
    }


def told(table, column, ids):
    drawn = {"id", "key", "subject", "url", "location", "path", "fingerprint", "seq", "updated_at"}
    shown = [c for c in table.c if c.name not in drawn and (c.name in PEOPLE or not c.name.endswith("_id"))]
    return sorted(
        map(str, db.session.execute(select(literal(table.name), *shown).where(table.c[column].in_(ids))).all())
    )


PEOPLE = ("author_id", "by_id", "owner_id", "user_id", "handler_id")
