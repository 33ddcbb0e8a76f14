from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.models import User
from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime, as_id, db
from webapp.foundation.facts import tell
from webapp.reviews.facts import Commented, Mentioned
from webapp.reviews.mentions import named_in, people_of, spelled_out
from webapp.reviews.models.opening import Opening
from webapp.reviews.models.subjects import whose


class Mention(Base):
    """Somebody was named in a comment, and rung for."""

    __tablename__ = "mention"

    comment_id: Mapped[str] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("user.id"), primary_key=True)

    user: Mapped[User] = relationship()


class Comment(HasId, Base):
    """A remark on a plan, a visit, a day, a customer, a complaint …; `parent_id` names the one that it answers."""

    __tablename__ = "comment"
    __table_args__ = (Index("ix_comment_subject_subject_id", "subject", "subject_id"),)

    subject: Mapped[str] = mapped_column(String(10))
    subject_id: Mapped[str] = mapped_column(String(36))
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("comment.id"))
    text: Mapped[str] = mapped_column(Text)
    by_id: Mapped[str] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    by: Mapped[User] = relationship()
    mentions: Mapped[list[Mention]] = relationship()

    @classmethod
    def say(cls, kind: str, subject: Any, text: str, by: User, id: str, answers: str | None = None) -> "Comment":
        """Say something about it; those whom it concerns are told, those who are named by @ are rung for."""
        people = people_of(db.session.get_one(User, whose(subject)))
        named = named_in(text, [person for person in people if person.id != by.id])
        comment = cls(id=id, subject=kind, subject_id=subject.id, text=spelled_out(text, named), by_id=by.id)
        comment.parent_id, comment.at = cls._root(kind, subject.id, answers), clock.now()
        comment.mentions = [Mention(user_id=person.id) for person in named.values()]
        db.session.add(comment)
        Opening.note(kind, subject.id, by)
        db.session.flush()  # whoever is told asks who has spoken
        if named:
            tell(Mentioned(comment, subject, tuple(named.values())))
        tell(Commented(comment, subject))
        return comment

    @classmethod
    def _root(cls, kind: str, subject_id: str, answers: str | None) -> str | None:
        """The comment at the head of the talk that is answered; None if there is no such one here."""
        found = db.session.get(cls, as_id(answers) or "")
        if found is None or (found.subject, found.subject_id) != (kind, subject_id):
            return None
        return found.parent_id or found.id

    @classmethod
    def speakers(cls, kind: str, subject_id: str) -> set[str]:
        return set(db.session.scalars(select(cls.by_id).where(cls.subject == kind, cls.subject_id == subject_id)))
