"""What was said and decided about a thing, and who has read it."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from webapp.accounts.models import User
from webapp.foundation.db import db
from webapp.reviews import differences
from webapp.reviews.mentions import people_of
from webapp.reviews.models import SIGNED, Comment, HandedIn, Mention, Opening, Review, whose

IN_A_TALK = (joinedload(Comment.by), selectinload(Comment.mentions).joinedload(Mention.user))


@dataclass
class Talk:
    """A decision or a remark, with the answers to it; `changed`: what had changed before a decision arrived."""

    row: Any
    answers: list[Comment] = field(default_factory=list)
    changed: list[differences.Difference] = field(default_factory=list)


@dataclass(frozen=True)
class Thread:
    """`readers`: who has read it besides the one who asks, the latest first; `people`: who can be named by @."""

    kind: str
    subject: Any
    talks: list[Talk]
    readers: list[Opening]
    people: list[User]

    @property
    def is_empty(self) -> bool:
        return not self.talks

    @property
    def owner_id(self) -> str:
        """Whose work it is: those who lead him can be named."""
        return whose(self.subject)

    def readers_of(self, row: Any) -> list[Opening]:
        """Who has read it since this was said, its author aside."""
        return [reader for reader in self.readers if reader.last_at >= row.at and reader.by_id != row.by_id]


def thread(kind: str, subject: Any, user: User, with_people: bool = True) -> Thread:
    """Everything that was said and decided about it, oldest first. The number of queries does not grow; without `people`
    and where nothing was said yet it is one."""
    spoken = select(Comment).where(Comment.subject == kind, Comment.subject_id == subject.id).options(*IN_A_TALK)
    comments = list(db.session.scalars(spoken.order_by(Comment.at, Comment.id)))
    reviews = _decided(kind, subject) if kind in SIGNED else []
    talks = {row.id: Talk(row) for row in comments if row.parent_id is None}
    for row in comments:
        if row.parent_id in talks:
            talks[row.parent_id].answers.append(row)
    versions = _versions(kind, subject) if any(review.is_outdated for review in reviews) else {}
    decided = [Talk(review, changed=_changed(kind, subject, review, versions)) for review in reviews]
    return Thread(
        kind=kind,
        subject=subject,
        talks=sorted([*talks.values(), *decided], key=lambda talk: talk.row.at),
        readers=_readers(kind, subject, user) if comments else [],
        people=_people(subject, user) if with_people else [],
    )


def _decided(kind: str, subject: Any) -> list[Review]:
    rows = select(Review).where(Review.subject == kind, Review.subject_id == subject.id)
    return list(db.session.scalars(rows.options(joinedload(Review.by))))


def _readers(kind: str, subject: Any, user: User) -> list[Opening]:
    rows = select(Opening).where(Opening.subject == kind, Opening.subject_id == subject.id, Opening.by_id != user.id)
    return list(db.session.scalars(rows.options(joinedload(Opening.by)).order_by(Opening.last_at.desc()).limit(12)))


def _people(subject: Any, user: User) -> list[User]:
    owner = db.session.get_one(User, whose(subject))
    return [person for person in people_of(owner) if person.id != user.id]


def _versions(kind: str, subject: Any) -> dict[int, dict[str, Any]]:
    rows = select(HandedIn).where(HandedIn.subject == kind, HandedIn.subject_id == subject.id)
    return {row.version: row.said for row in db.session.scalars(rows)}


def _changed(kind: str, subject: Any, review: Review, versions: dict[int, Any]) -> list[differences.Difference]:
    """Between the version that was seen and what stands now."""
    if kind not in SIGNED or not review.is_outdated or review.version not in versions:
        return []
    return differences.between(kind, versions[review.version], differences.said_by(subject))


def standing_doubt(thread: Thread, user: User) -> Talk | None:
    """One's own decision that came too late, if nothing was decided about the version that stands now."""
    decided = [talk for talk in thread.talks if isinstance(talk.row, Review)]
    mine = [talk for talk in decided if talk.row.is_outdated and talk.row.by_id == user.id]
    settled = [talk for talk in decided if not talk.row.is_outdated and mine and talk.row.at >= mine[-1].row.at]
    return mine[-1] if mine and not settled else None
