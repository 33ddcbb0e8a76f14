"""Who is told of what was decided and said: the author, whoever is named, and whoever has spoken in the thread before."""

from typing import Any

from sqlalchemy import select

from webapp.accounts.models import User
from webapp.foundation.db import db
from webapp.foundation.facts import hears
from webapp.push.models import notify
from webapp.reviews.facts import Commented, Decided, DecidedTooLate, Mentioned
from webapp.reviews.models import Comment, Review, title_of, whose


@hears(Decided)
def tell_the_author(fact: Decided) -> None:
    review, subject = fact.review, fact.subject
    told = {"subject": subject.id, "title": title_of(subject), "text": review.comment}
    notify(review.verdict, [whose(subject)], url=own_page(review.subject, subject), by=review.by_id, **told)


@hears(DecidedTooLate)
def tell_both(fact: DecidedTooLate) -> None:
    """The supervisor looks again; the rep reads what was said of the version before."""
    review, subject = fact.review, fact.subject
    told = {"subject": subject.id, "title": title_of(subject), "key": review.id}
    notify("outdated", [review.by_id], url=f"/reviews/{review.subject}/{subject.id}", **told)
    notify("outdated", [whose(subject)], url=own_page(review.subject, subject), text=review.comment, **told)


@hears(Mentioned)
def ring(fact: Mentioned) -> None:
    comment, subject, author = fact.comment, fact.subject, whose(fact.subject)
    for person in fact.people:
        url = own_page(comment.subject, subject) if person.id == author else _their_page(comment.subject, subject)
        told = {"subject": subject.id, "title": title_of(subject), "text": comment.text, "by": comment.by_id}
        notify("mentioned", [person], url=url, **told)


@hears(Commented)
def tell_who_takes_part(fact: Commented) -> None:
    """Who is named has been rung for already."""
    comment, subject = fact.comment, fact.subject
    kind, author = comment.subject, whose(subject)
    decided = select(Review.by_id).where(Review.subject == kind, Review.subject_id == subject.id)
    named = {mention.user_id for mention in comment.mentions}
    others = (Comment.speakers(kind, subject.id) | set(db.session.scalars(decided))) - {author} - named
    told = {"subject": subject.id, "title": title_of(subject), "text": comment.text, "by": comment.by_id}
    notify("commented", {author} - named, url=own_page(kind, subject), **told)
    notify("commented", others, url=_their_page(kind, subject), **told)


def own_page(kind: str, subject: Any) -> str:
    """Where its author reads it."""
    plain = {"visit": "/reports", "daily": "/daily-reports", "complaint": "/complaints", "market": "/market-reports"}
    plain["concession"] = "/concessions"
    if kind == "complaint" and db.session.get_one(User, subject.handler_id).may_review:
        return _their_page(kind, subject)
    if kind == "customer":
        return f"/customers/{subject.id}"
    return f"{plain[kind]}/{subject.id}" if kind in plain else f"/days/{subject.day}"


def _their_page(kind: str, subject: Any) -> str:
    return f"/customers/{subject.id}" if kind == "customer" else f"/reviews/{kind}/{subject.id}"
