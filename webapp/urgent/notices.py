"""Who is told at once: whoever sees to it, the supervisor, and when its time is over the manager too."""

from typing import Any

from webapp.accounts.leaders import leaders_of, supervisors_of
from webapp.accounts.models import User
from webapp.foundation.facts import hears
from webapp.push.models import notify
from webapp.urgent.facts import (
    ComplaintClosed,
    ComplaintHandedOn,
    ComplaintLate,
    ComplaintOpened,
    ComplaintStepTaken,
    MarketReported,
)
from webapp.urgent.models import Complaint


def _of(complaint: Complaint, text: str, **more: Any) -> dict[str, Any]:
    return {"subject": complaint.id, "title": complaint.customer.title, "text": text, **more}


def _tell(kind: str, complaint: Complaint, handler: bool, leaders: list[User], text: str, **more: Any) -> None:
    """Whoever sees to it opens its own page, his leaders the one of the review."""
    told = _of(complaint, text, **more)
    if handler:
        notify(kind, [complaint.handler], url=complaint.url, **told)
    others = [leader for leader in leaders if leader.id != complaint.handler_id or not handler]
    notify(kind, others, url=f"/reviews/complaint/{complaint.id}", **told)


@hears(ComplaintOpened)
def tell_of_a_complaint(fact: ComplaintOpened) -> None:
    complaint = fact.complaint
    _tell("complaint", complaint, True, supervisors_of(complaint.customer.owner), complaint.said, by=complaint.by)


@hears(ComplaintStepTaken)
def tell_of_a_step(fact: ComplaintStepTaken) -> None:
    """If somebody else has taken it: it is the handler's turn."""
    complaint, step = fact.complaint, fact.step
    notify("complaint_step", [complaint.handler], url=complaint.url, by=step.by_id, **_of(complaint, step.text))


@hears(ComplaintHandedOn)
def tell_who_sees_to_it_now(fact: ComplaintHandedOn) -> None:
    complaint = fact.complaint
    notify("complaint_step", [complaint.handler], url=complaint.url, by=fact.by_id, **_of(complaint, complaint.said))


@hears(ComplaintLate)
def tell_the_manager_too(fact: ComplaintLate) -> None:
    complaint = fact.complaint
    owner = complaint.customer.owner
    boss = supervisors_of(owner)
    above = [leader for one in boss for leader in supervisors_of(one)] or leaders_of(owner)
    key = complaint.due_at.isoformat()[:40]
    _tell("complaint_late", complaint, True, [*boss, *above], complaint.gist, key=key)


@hears(ComplaintClosed)
def tell_that_it_is_settled(fact: ComplaintClosed) -> None:
    complaint = fact.complaint
    _tell("complaint_closed", complaint, True, supervisors_of(complaint.customer.owner), complaint.gist)


@hears(MarketReported)
def tell_of_the_market(fact: MarketReported) -> None:
    report = fact.report
    title = report.customer.title if report.customer else report.who
    told: dict[str, Any] = {"subject": report.id, "title": title, "text": report.what, "by": report.author}
    notify("market_report", supervisors_of(report.author), url=f"/reviews/market/{report.id}", **told)
