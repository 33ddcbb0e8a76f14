"""Who is told of what was decided and said: the author, and whoever has spoken in the thread before."""

from typing import Any

from sqlalchemy import select, union

from webapp.foundation.db import db
from webapp.foundation.facts import hears
from webapp.push.models import notify
from webapp.reviews.facts import Commented, Decided
from webapp.reviews.models import Comment, Review, whose


@hears(Decided)
def tell_the_author(fact: Decided) -> None:
    review, subject = fact.review, fact.subject
    told = {"subject": subject.id, "title": _title(review.subject, subject), "text": review.comment}
    notify(review.verdict, [whose(subject)], url=_own_page(review.subject, subject), by=review.by_id, **told)


@hears(Commented)
def tell_who_takes_part(fact: Commented) -> None:
    comment, subject = fact.comment, fact.subject
    kind, author = comment.subject, whose(subject)
    spoken = [
        select(model.by_id).where(model.subject == kind, model.subject_id == subject.id) for model in (Comment, Review)
    ]
    others = set(db.session.scalars(union(*spoken))) - {author}
    told = {"subject": subject.id, "title": _title(kind, subject), "text": comment.text, "by": comment.by_id}
    notify("commented", [author], url=_own_page(kind, subject), **told)
    notify("commented", others, url=f"/reviews/{kind}/{subject.id}", **told)


def _title(kind: str, subject: Any) -> str:
    return str(subject.customer.title) if kind == "visit" else str(subject.day.isoformat())


def _own_page(kind: str, subject: Any) -> str:
    """Where its author reads it."""
    return {"visit": f"/reports/{subject.id}", "daily": f"/daily-reports/{subject.id}"}.get(kind) or f"/days/{subject.day}"
