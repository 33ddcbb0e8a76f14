"""A complaint goes up at once, has a clock on every step, and ends with the customer's word."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from tests.making import a_customer
from webapp.customers.models import Customer, HistoryEntry
from webapp.foundation import clock, later
from webapp.foundation.db import db, new_id
from webapp.outbox import gate
from webapp.push.models import Notice
from webapp.urgent.lateness import look_for_late
from webapp.urgent.models import Complaint, Said


@pytest.fixture
def here(cast: SimpleNamespace) -> SimpleNamespace:
    with gate.transaction():
        customer = a_customer(cast.lin, "金禾造纸")
    return SimpleNamespace(customer=customer, url=f"/customers/{customer.id}/complaints")


def post(client, url, **fields):
    return client.post(url, data={"submission_id": new_id(), **fields})


def the_one() -> Complaint:
    return db.session.scalars(select(Complaint)).one()


def kinds_for(user) -> list[str]:
    return list(db.session.scalars(select(Notice.kind).where(Notice.user_id == user.id).order_by(Notice.at, Notice.id)))


@pytest.fixture
def complaint(lin, here) -> Complaint:
    post(lin, here.url, about="quality", said="十月批次轴承异响", product="6205，批号2610", wants="换货")
    return the_one()


def take(client, complaint, step, text="做了"):
    return post(client, f"/complaints/{complaint.id}/steps", step=step, text=text)


def test_whoever_takes_it_down_has_listened_and_the_supervisor_knows_at_once(complaint, here, cast):
    assert (complaint.step, [taken.step for taken in complaint.steps]) == ("apologise", ["listen"])
    assert complaint.due_at == clock.now() + timedelta(hours=8)
    customer = db.session.get(Customer, here.customer.id)
    assert (customer.open_complaint, customer.complaint_since) == ("十月批次轴承异响", clock.today())
    assert kinds_for(cast.zhou) == ["complaint"] and kinds_for(cast.lin) == []


def test_a_complaint_without_a_word_is_refused_and_what_was_typed_is_kept(lin, here):
    answer = post(lin, here.url, product="6205", said=" ")
    assert answer.status_code == 422 and "照原话写一句" in answer.text and "6205" in answer.text
    assert db.session.scalar(select(Complaint)) is None


def test_each_step_starts_the_clock_of_the_next(lin, complaint):
    for step, following, hours in (
        ("apologise", "solution", 24),
        ("solution", "follow_up", 72),
        ("follow_up", "root_cause", 168),
    ):
        clock.freeze(clock.now() + timedelta(hours=1))
        assert take(lin, complaint, step).status_code == 303
        one = the_one()
        assert (one.step, one.due_at) == (following, clock.now() + timedelta(hours=hours))


def test_a_step_that_another_took_meanwhile_is_kept_beside_his(lin, zhou, complaint):
    take(zhou, complaint, "solution", "换一批")
    take(lin, complaint, "apologise", "当面道了歉")
    one = the_one()
    assert one.step == "follow_up"
    assert {taken.text for taken in one.steps} >= {"换一批", "当面道了歉"}


def test_only_the_customer_s_word_closes_it(lin, complaint, here, cast):
    for step in ("apologise", "solution", "follow_up", "root_cause"):
        take(lin, complaint, step)
    assert the_one().is_open and the_one().step == "satisfied"
    assert post(lin, f"/complaints/{complaint.id}/satisfaction").status_code == 422

    post(lin, f"/complaints/{complaint.id}/satisfaction", outcome="unsatisfied", text="还响")
    assert (the_one().is_open, the_one().step) == (True, "solution")

    post(lin, f"/complaints/{complaint.id}/satisfaction", outcome="satisfied", text="不响了")
    assert (the_one().is_open, the_one().satisfaction) == (False, "satisfied")
    assert db.session.get(Customer, here.customer.id).open_complaint == ""
    assert "complaint_closed" in kinds_for(cast.zhou)


def sweep() -> None:
    for job_id in later.sweep():
        later.carry_out(job_id)


def test_when_its_time_is_over_the_manager_is_told_once_for_each_step(lin, complaint, cast):
    look_for_late()
    assert kinds_for(cast.manager) == []
    clock.freeze(clock.now() + timedelta(hours=9))
    look_for_late()
    look_for_late()
    assert kinds_for(cast.manager) == ["complaint_late"]
    assert kinds_for(cast.zhou).count("complaint_late") == kinds_for(cast.lin).count("complaint_late") == 1
    assert the_one().late_at

    take(lin, complaint, "apologise")
    assert the_one().late_at is None and the_one().steps[-1].was_late
    clock.freeze(clock.now() + timedelta(hours=25))
    look_for_late()
    assert kinds_for(cast.manager) == ["complaint_late"] * 2


def test_a_visit_for_a_complaint_opens_one_and_satisfied_in_a_report_closes_it(lin, here):
    report = {"purpose": "complaint", "result": "unchanged"}
    post(lin, f"/customers/{here.customer.id}/reports", **report, needs="停机两次")
    one = the_one()
    assert (one.gist, one.step, one.report_id is not None) == ("停机两次", "apologise", True)

    post(lin, f"/customers/{here.customer.id}/reports", **report, complaint_settled="y", needs="换好了")
    assert the_one().satisfaction == "satisfied"
    kinds = select(HistoryEntry.detail).where(HistoryEntry.kind == "complaint").order_by(HistoryEntry.at)
    assert [detail["state"] for detail in db.session.scalars(kinds)] == ["open", "settled"]


def test_a_visit_of_which_nothing_was_written_still_flags_the_customer(lin, here):
    post(lin, f"/customers/{here.customer.id}/reports", purpose="complaint", result="unchanged")
    assert the_one().step == "listen"
    assert db.session.get(Customer, here.customer.id).open_complaint


def test_the_second_of_two_stays_red_when_the_first_is_settled(cast, here):
    with gate.transaction():
        customer = db.session.get(Customer, here.customer.id)
        first = Complaint.open(customer, cast.lin, Said("异响"))
        clock.freeze(clock.now() + timedelta(hours=1))
        Complaint.open(customer, cast.lin, Said("送货晚"))
        assert customer.open_complaint == "异响"
        first.hear("accepts", "", cast.lin, new_id())
    assert db.session.get(Customer, here.customer.id).open_complaint == "送货晚"


def test_zhou_hands_it_to_himself_and_only_to_somebody_who_may_see_it(zhou, complaint, cast):
    assert post(zhou, f"/complaints/{complaint.id}/handler", handler_id=cast.wu.id).status_code == 422
    post(zhou, f"/complaints/{complaint.id}/handler", handler_id=cast.zhou.id)
    assert the_one().handler_id == cast.zhou.id


def test_it_goes_with_the_customer_to_another_rep(complaint, here, cast):
    with gate.transaction():
        db.session.get(Customer, here.customer.id).reassign(cast.sun, cast.zhou)
    assert the_one().handler_id == cast.sun.id
    assert kinds_for(cast.sun).count("complaint_step") == 1


def test_nobody_of_another_office_finds_it(client_of, complaint, cast):
    for stranger in (cast.wu, cast.sun):
        assert client_of(stranger).get(f"/complaints/{complaint.id}").status_code == 404


def test_it_stands_at_the_head_of_lin_s_day(lin, complaint):
    page = lin.get(f"/days/{clock.today()}").text
    assert "客诉，先办" in page and f"/complaints/{complaint.id}" in page
