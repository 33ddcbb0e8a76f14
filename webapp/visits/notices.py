"""Who is told of what happens on visits: the supervisors of a report, a plan, a day; the rep of what is due."""

from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from webapp.accounts.leaders import supervisors_of
from webapp.accounts.models import User
from webapp.customers.models import Customer
from webapp.foundation.db import db
from webapp.foundation.facts import hears
from webapp.push.models import notify
from webapp.push.mornings import every_morning
from webapp.visits.daily_facts import DailyHandedIn
from webapp.visits.facts import ReportFiled
from webapp.visits.models import Promise
from webapp.visits.plan_facts import PlanHandedIn


@hears(ReportFiled)
def tell_of_a_report(fact: ReportFiled) -> None:
    report = fact.report
    kind, url = "urgent_report" if report.is_urgent else "report", f"/reviews/visit/{report.id}"
    author, title = report.author, report.customer.title
    notify(kind, supervisors_of(author), subject=report.id, url=url, title=title, by=author)


@hears(PlanHandedIn)
def tell_of_a_plan(fact: PlanHandedIn) -> None:
    plan = fact.plan
    author, url = db.session.get_one(User, plan.user_id), f"/reviews/plan/{plan.id}"
    notify("plan", supervisors_of(author), subject=plan.id, url=url, title=plan.day.isoformat(), by=author)


@hears(DailyHandedIn)
def tell_of_a_day(fact: DailyHandedIn) -> None:
    daily = fact.daily
    author, url = db.session.get_one(User, daily.user_id), f"/reviews/daily/{daily.id}"
    notify("daily", supervisors_of(author), subject=daily.id, url=url, title=daily.day.isoformat(), by=author)


@every_morning
def tell_of_promises(day: date, living_there: ColumnElement[bool]) -> None:
    """What was promised for today, by us or to us, to whoever gave or took the word, and to the one whose customer it is."""
    due = select(Promise, Customer.owner_id).join(Customer).join(User, User.id == Customer.owner_id)
    due = due.where(Promise.state == "open", Promise.due_on == day, living_there)
    for promise, owner_id in db.session.execute(due.options(joinedload(Promise.customer)).order_by(Promise.id)).all():
        url, title = f"/customers/{promise.customer_id}", promise.customer.title
        people = {promise.by_id, owner_id}
        kind = "promise_due" if promise.direction == "ours" else "word_due"
        notify(kind, people, subject=promise.id, url=url, title=title, text=promise.text, key=day.isoformat())
