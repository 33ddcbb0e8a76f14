"""When two files of one company become one, its visits, promises and plans come along."""

from tests.making import a_contact, a_customer
from tests.visits.reporting import hand_in, the_reports
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.outbox import gate
from webapp.visits.models import DayPlan, Promise
from webapp.visits.promise_queries import open_promises


def test_visits_promises_and_plans_move_to_the_kept_file(lin, cast, here):
    with gate.transaction():
        twin = a_customer(cast.lin, "恒润")
        chen_again = a_contact(twin, "陈国栋")
        a_contact(twin, "沈卫民")
        Promise.give(twin, cast.lin, "送样", contact_id=chen_again.id)
        stop = DayPlan.of(cast.lin, clock.today()).add(twin)
    hand_in(lin, twin, met=chen_again.id)
    hand_in(lin, here.customer, met=here.chen.id)

    with gate.transaction():
        twin.merge_into(here.customer, cast.lin)

    assert {report.customer_id for report in the_reports()} == {here.customer.id}
    assert [[person.id for person in report.met] for report in the_reports()] == [[here.chen.id]] * 2
    [promise] = open_promises(here.customer.id)
    assert promise.contact_id == here.chen.id
    db.session.refresh(stop)
    assert stop.customer_id == here.customer.id


def test_what_is_sent_for_the_file_that_is_gone_lands_in_the_kept_one(lin, cast, here):
    with gate.transaction():
        twin = a_customer(cast.lin, "恒润")
        twin.merge_into(here.customer, cast.lin)

    assert lin.get(f"/customers/{twin.id}/reports/new?mode=hallway").location.startswith(
        f"/customers/{here.customer.id}/"
    )
    assert hand_in(lin, twin).status_code == 303
    assert [report.customer_id for report in the_reports()] == [here.customer.id]
