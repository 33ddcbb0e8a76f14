"""Complaints and market reports as pages show them."""

from dataclasses import dataclass
from typing import Any

from flask_login import current_user
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from webapp.accounts.access import find_or_404
from webapp.accounts.leaders import leaders_of
from webapp.accounts.models import User
from webapp.customers.models import Customer
from webapp.foundation.db import as_id, db
from webapp.urgent.forms import HandlerForm, SatisfactionForm, StepForm
from webapp.urgent.models import Complaint, ComplaintStep, MarketReport
from webapp.urgent.words import STEPS

MOST, FEW = 50, 20
IN_A_LIST = (joinedload(Complaint.customer), joinedload(Complaint.handler))


def find_complaint(complaint_id: str, user: User) -> Complaint:
    whole = (selectinload(Complaint.steps).joinedload(ComplaintStep.by), joinedload(Complaint.customer))
    mine = Complaint.visible_to(user).where(Complaint.id == complaint_id)
    return find_or_404(mine.options(*whole, joinedload(Complaint.handler), joinedload(Complaint.by)))


def find_market_report(report_id: str, user: User) -> MarketReport:
    mine = MarketReport.visible_to(user).where(MarketReport.id == report_id)
    return find_or_404(mine.options(joinedload(MarketReport.author), joinedload(MarketReport.customer)))


@dataclass(frozen=True)
class Stage:
    """One step of a complaint on its page: what was done, or until when it is to be."""

    code: str
    label: Any
    state: str
    done: list[ComplaintStep]


def stages(complaint: Complaint) -> list[Stage]:
    """All steps in their order: 'done', 'now', 'stuck' (its time is over) or '' (to come)."""
    order = list(STEPS)
    found = []
    for code, label in STEPS.items():
        done = [taken for taken in complaint.steps if taken.step == code]
        if not complaint.is_open or order.index(code) < order.index(complaint.step):
            state = "done" if done else ""
        else:
            state = ("stuck" if complaint.late_at else "now") if code == complaint.step else ""
        found.append(Stage(code, label, state, done))
    return found


def handlers(complaint: Complaint) -> list[User]:
    """Those who may see to it: whose customer it is, and whoever leads him."""
    owner = complaint.customer.owner
    return [owner, *leaders_of(owner)]


def open_complaints(user: User) -> Select[Complaint]:
    """Those that this user may see and that are not settled, the most pressing first."""
    rows = Complaint.visible_to(user).where(Complaint.closed_at.is_(None)).order_by(Complaint.due_at, Complaint.id)
    return rows.limit(MOST)


def mine_to_see_to() -> list[Complaint]:
    """What the person who asks has to see to himself: at the head of his day. One query."""
    mine = open_complaints(current_user).where(Complaint.handler_id == current_user.id)
    return list(db.session.scalars(mine.options(*IN_A_LIST)))


def of_customer(customer_id: str) -> list[Complaint]:
    """All of one customer, the open ones first. One query."""
    rows = select(Complaint).where(Complaint.customer_id == customer_id).options(joinedload(Complaint.handler))
    return list(
        db.session.scalars(rows.order_by(Complaint.closed_at.is_not(None), Complaint.opened_at.desc()).limit(6))
    )


def customer_named(customer_id: str | None, user: User) -> Customer | None:
    """The customer that a form names, if this user may see it; a report on the market stands without."""
    known = as_id(customer_id)
    return db.session.scalar(Customer.visible_to(user).where(Customer.id == known)) if known else None


def market_reports(user: User) -> list[MarketReport]:
    """The latest that this user may read. One query."""
    rows = MarketReport.visible_to(user).options(joinedload(MarketReport.author), joinedload(MarketReport.customer))
    return list(db.session.scalars(rows.order_by(MarketReport.at.desc()).limit(FEW)))


def open_now(user: User) -> list[Complaint]:
    return list(db.session.scalars(open_complaints(user).options(*IN_A_LIST)))


def settled(user: User) -> list[Complaint]:
    """The latest that were closed. One query."""
    rows = Complaint.visible_to(user).where(Complaint.closed_at.is_not(None)).order_by(Complaint.closed_at.desc())
    return list(db.session.scalars(rows.options(*IN_A_LIST).limit(FEW)))


def page_of(complaint: Complaint, user: User, sent: Any = None) -> dict[str, Any]:
    """All that the page of a complaint shows; `sent` is the one of its forms that was refused."""
    people = handlers(complaint) if user.may_review else []
    hand_on = HandlerForm(formdata=None, handler_id=complaint.handler_id).offer(people)
    forms = {
        "step": StepForm(formdata=None).ask(complaint.step),
        "heard": SatisfactionForm(formdata=None),
        "hand_on": hand_on,
    }
    names = {StepForm: "step", SatisfactionForm: "heard", HandlerForm: "hand_on"}
    if type(sent) in names:
        forms[names[type(sent)]] = sent
    return {"complaint": complaint, "stages": stages(complaint), "people": people, **forms}
