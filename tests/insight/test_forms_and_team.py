"""How the forms are kept, and who wants help: counted from what people themselves have handed in."""

from datetime import timedelta

from tests.making import a_customer, a_report
from webapp.customers.models import Customer
from webapp.foundation import clock
from webapp.foundation.db import db, new_id
from webapp.insight.discipline import forms_of
from webapp.insight.team import members
from webapp.outbox import gate
from webapp.urgent.models import Complaint, Said
from webapp.visits.daily_figures import figures_of
from webapp.visits.models import CheckIn, DailyReport, DayPlan
from webapp.visits.models.check_in import Fix


def work(cast, ago: int, plan_at: int, daily_at: int) -> Customer:
    """A day of lin's: the plan is handed in at that hour, a visit made, the daily report handed in at that hour."""
    day = clock.today() - timedelta(days=ago)
    now = clock.now()
    customer = a_customer(cast.lin, f"客户{ago}")
    db.session.flush()
    clock.freeze(clock.at(day, plan_at))
    plan = DayPlan.of(cast.lin, day)
    plan.add(customer)
    plan.hand_in("")
    clock.freeze(clock.at(day, 10))
    CheckIn.arrive(customer, cast.lin, Fix(), new_id())
    report = a_report(customer, cast.lin, day=day, needs="一年一换", next_step="送样品")
    report.arrived_at, report.left_at = clock.now(), clock.now() + timedelta(minutes=20)
    clock.freeze(clock.at(day, 0) + timedelta(hours=daily_at))
    DailyReport.of(cast.lin, day, new_id()).hand_in(figures_of(cast.lin, day), "field", "", "")
    clock.freeze(now)
    return customer


def test_what_is_in_time_counts_and_a_later_correction_does_not_make_it_late(cast):
    with gate.transaction():
        work(cast, 1, 8, 18)
        work(cast, 2, 11, 30)
        figures = {"visits": 1, "effective": 1, "orders": 0, "collections": 0, "expenses": 0, "lines": []}
        DailyReport.begun(cast.lin, clock.today() - timedelta(days=1)).hand_in(figures, "field", "", "补一句")
    [mine] = forms_of([cast.lin])
    assert (mine.plans.n, mine.plans.of) == (1, 2)
    assert (mine.dailies.n, mine.dailies.of) == (1, 2)
    assert (mine.reports.n, mine.reports.of) == (2, 2)
    assert (mine.complete.n, mine.complete.of) == (6, 8)


def test_a_door_without_a_report_counts_against_him(cast):
    with gate.transaction():
        customer = work(cast, 1, 8, 18)
        clock.freeze(clock.now() - timedelta(days=2))
        CheckIn.arrive(customer, cast.lin, Fix(), new_id())
        clock.freeze(clock.now() + timedelta(days=2))
    assert forms_of([cast.lin])[0].reports.percent == 50


def test_lin_reads_her_own_and_zhou_his_people_s(lin, zhou, cast):
    assert "四周总起来" in lin.get("/insight/forms").text and "孙海涛" not in lin.get("/insight/forms").text
    page = zhou.get("/insight/forms").text
    assert "林晓岚" in page and "孙海涛" in page and "吴俊" not in page


def test_where_somebody_is_comes_from_his_last_check_in(zhou, cast):
    with gate.transaction():
        customer = a_customer(cast.lin, "德瑞水泵")
        db.session.flush()
        DayPlan.of(cast.lin, clock.today()).add(customer)
        CheckIn.arrive(customer, cast.lin, Fix(), new_id())
        a_report(customer, cast.lin, order_cents=120_000, result="ordered")
    first = next(member for member in members(cast.zhou) if member.user.id == cast.lin.id)
    assert (first.here.customer.name, first.done, first.planned, first.orders) == ("德瑞水泵", 1, 1, 120_000)
    assert "德瑞水泵" in zhou.get("/team").text


def test_who_wants_help_stands_first(cast):
    with gate.transaction():
        for person in (cast.lin, cast.sun):
            person.created_at = clock.now() - timedelta(days=900)
        customer, lake = a_customer(cast.lin), a_customer(cast.sun, "太湖泵业")
        db.session.flush()
        for _ in range(6):
            a_report(customer, cast.lin)
        late = Complaint.open(lake, cast.sun, Said("晚了"))
        late.be_late()
    found = members(cast.zhou)
    assert [(member.user.id, member.needs) for member in found] == [
        (cast.sun.id, ["complaint", "weak"]),
        (cast.lin.id, []),
    ]


def test_a_rep_finds_no_team_page(lin):
    assert lin.get("/team").status_code == 404
