"""What may be reviewed and talked about: code → table, and whose work each is."""

from typing import Any

from flask import abort

from webapp.accounts.access import find_or_404
from webapp.accounts.models import User
from webapp.bargain.models import Concession
from webapp.customers.models import Customer
from webapp.urgent.models import Complaint, MarketReport
from webapp.visits.models import DailyReport, DayPlan, Report

SUBJECTS: dict[str, Any] = {
    "plan": DayPlan,
    "daily": DailyReport,
    "visit": Report,
    "complaint": Complaint,
    "market": MarketReport,
    "customer": Customer,
    "concession": Concession,
}
SIGNED = ("plan", "daily", "concession")
OWNER = {
    "plan": "user_id",
    "daily": "user_id",
    "visit": "author_id",
    "complaint": "handler_id",
    "market": "author_id",
    "customer": "owner_id",
    "concession": "by_id",
}
"""The column that names the person whose work it is."""


def find(kind: str, subject_id: str, user: User) -> Any:
    """The thing that this user may see; aborts with 404."""
    model = SUBJECTS.get(kind) or abort(404)
    return find_or_404(model.visible_to(user).where(model.id == subject_id))


def kind_of(subject: Any) -> str:
    return next(kind for kind, model in SUBJECTS.items() if isinstance(subject, model))


def whose(subject: Any) -> str:
    """The id of the person whose work it is."""
    return str(getattr(subject, OWNER[kind_of(subject)]))


def title_of(subject: Any) -> str:
    """What it is called where no words are ours: a name as it was typed, or a day in ISO."""
    if isinstance(subject, Customer):
        return subject.title
    customer = getattr(subject, "customer", None)
    if customer is not None:
        return str(customer.title)
    return str(subject.gist if isinstance(subject, MarketReport) else subject.day.isoformat())
