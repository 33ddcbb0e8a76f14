from typing import Any

from sqlalchemy import update

from webapp.bargain.facts import ConcessionAsked
from webapp.bargain.models import Concession
from webapp.customers.facts import CustomersMerged
from webapp.customers.following import follow
from webapp.foundation.db import db
from webapp.foundation.facts import hears
from webapp.outbox.arrivals import Quarantined
from webapp.reviews import notices  # noqa: F401 (registers itself)
from webapp.reviews.differences import said_by
from webapp.reviews.facts import Decided
from webapp.reviews.models import Comment, HandedIn
from webapp.visits.daily_facts import DailyHandedIn
from webapp.visits.plan_facts import PlanHandedIn


@hears(CustomersMerged)
def wait_at_the_kept_customer(fact: CustomersMerged) -> None:
    """What waits for a decision about a merged customer waits for whoever leads the owner of the kept one; what was said
    about it is said about the kept one."""
    follow(fact, Quarantined.customer_id)
    said = update(Comment).where(Comment.subject == "customer", Comment.subject_id == fact.gone_id)
    db.session.execute(said.values(subject_id=fact.kept_id))


@hears(PlanHandedIn)
def keep_what_the_plan_says(fact: PlanHandedIn) -> None:
    _keep("plan", fact.plan)


@hears(DailyHandedIn)
def keep_what_the_day_says(fact: DailyHandedIn) -> None:
    _keep("daily", fact.daily)


@hears(ConcessionAsked)
def keep_what_was_asked_for(fact: ConcessionAsked) -> None:
    _keep("concession", fact.concession)


@hears(Decided)
def say_why(fact: Decided) -> None:
    """Whoever wanted to give something reads who decided it, and why, where it stands."""
    if isinstance(fact.subject, Concession):
        fact.subject.settled_by_id, fact.subject.reason = fact.review.by_id, fact.review.comment[:2000]


def _keep(kind: str, subject: Any) -> None:
    db.session.flush()  # a plan that was begun and handed in at once has no id before
    if HandedIn.of(kind, subject.id, subject.version) is None:
        told = {"version": subject.version, "said": said_by(subject), "at": subject.handed_in_at}
        db.session.add(HandedIn(subject=kind, subject_id=subject.id, user_id=subject.user_id, **told))
