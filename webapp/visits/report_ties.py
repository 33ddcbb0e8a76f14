"""What a report belongs to: the visit of the plan and the check-in that it began with."""

from sqlalchemy import ColumnElement, Select, select

from webapp.accounts.models import User
from webapp.customers.models import Customer
from webapp.foundation import at_hand, clock
from webapp.foundation.db import as_id, db
from webapp.visits.models import CheckIn, DayPlan, Report, Stop


def stop_of(customer: Customer, user: User, stop_id: str | None) -> Stop | None:
    """The visit of the plan that this is: the one that was tapped, or today's with this customer."""

    def find(wanted: ColumnElement[bool]) -> Stop | None:
        own = select(Stop).join(DayPlan).where(DayPlan.user_id == user.id, Stop.customer_id == customer.id)
        return db.session.scalar(own.where(wanted).limit(1))

    if as_id(stop_id):
        return find(Stop.id == as_id(stop_id))
    return at_hand.take("stop", customer.id, lambda: find(DayPlan.day == clock.today()))


def check_in_of(customer: Customer, user: User, check_in_id: str | None) -> CheckIn | None:
    """The check-in that this visit began with: the one named, or today's last that no report has taken yet."""

    def find(*wanted: ColumnElement[bool]) -> CheckIn | None:
        own = CheckIn.of(user).where(CheckIn.customer_id == customer.id, *wanted)
        return db.session.scalar(own.order_by(CheckIn.at.desc()).limit(1))

    def todays() -> CheckIn | None:
        return find(CheckIn.at >= clock.day_bounds(clock.today())[0], ~taken().exists())

    if as_id(check_in_id):
        return find(CheckIn.id == as_id(check_in_id))
    return at_hand.take("check-in", customer.id, todays)


def taken() -> Select[str]:
    """The report that has taken a check-in for its own."""
    return select(Report.id).where(Report.check_in_id == CheckIn.id)
