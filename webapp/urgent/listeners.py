from sqlalchemy import select

from webapp.accounts.models import User
from webapp.customers import telling
from webapp.customers.facts import CustomerReassigned, CustomersMerged
from webapp.customers.following import follow
from webapp.foundation import at_hand
from webapp.foundation.db import db, new_id
from webapp.foundation.facts import hears
from webapp.outbox.together import Entries, lays_out
from webapp.urgent import lateness, notices, reading  # noqa: F401 (they register themselves)
from webapp.urgent.models import Complaint, MarketReport, Said
from webapp.urgent.words import MARKET
from webapp.visits.facts import ReportFiled


@telling.tells("market")
def say_what_stirs(text: str, detail: telling.Detail) -> str:
    return " · ".join(str(part) for part in (MARKET.get(str(detail.get("market"))), text) if part)


@hears(ReportFiled)
def take_it_from_the_report(fact: ReportFiled) -> None:
    """A visit for a complaint opens one where none is open; the customer's «satisfied» in a report closes the oldest."""
    report, customer = fact.report, fact.report.customer
    open_ones = at_hand.take("complaints", customer.id, lambda: Complaint.open_at(customer.id))
    if open_ones and not customer.open_complaint:
        open_ones[0].hear("satisfied", report.gist, report.author, new_id(), is_noted=True)
    elif customer.open_complaint and not open_ones and report.purpose == "complaint" and report.result != "absent":
        Complaint.open(customer, report.author, Said(report.gist), report=report)


@lays_out("reports")
def open_complaints(entries: Entries) -> None:
    """What is open at the customers of whom a run of reports tells."""
    rows = select(Complaint).where(Complaint.customer_id.in_(entries), Complaint.closed_at.is_(None))
    found: dict[str, list[Complaint]] = {customer_id: [] for customer_id in entries}
    for complaint in db.session.scalars(rows.order_by(Complaint.opened_at, Complaint.id)):
        found[complaint.customer_id].append(complaint)
    at_hand.lay("complaints", found)


@hears(CustomersMerged)
def move_to_the_kept_customer(fact: CustomersMerged) -> None:
    follow(fact, Complaint.customer_id, MarketReport.customer_id)


@hears(CustomerReassigned)
def go_with_the_customer(fact: CustomerReassigned) -> None:
    """Whose customer it is now sees to what is open, unless a leader has taken it on himself."""
    by, to = (db.session.get_one(User, id) for id in (fact.by_id, fact.to_id))
    for complaint in Complaint.open_at(fact.customer_id):
        if complaint.handler_id == fact.from_id:
            complaint.hand_to(to, by)
