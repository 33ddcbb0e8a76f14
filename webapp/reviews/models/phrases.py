from collections.abc import Sequence

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.accounts.models import User
from webapp.foundation.db import Base, db
from webapp.reviews.words import PHRASES


class Phrases(Base):
    """What one supervisor says often about one kind of thing, for one tap."""

    __tablename__ = "phrases"

    user_id: Mapped[str] = mapped_column(ForeignKey("user.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    words: Mapped[list[str]] = mapped_column(JSON, default=list)

    @classmethod
    def of(cls, user: User, kind: str) -> Sequence[object]:
        """His own, or those of the house as long as he has none."""
        own = db.session.get(cls, (user.id, kind))
        return own.words if own is not None else PHRASES.get(kind, ())

    @classmethod
    def keep(cls, user: User, kind: str, words: list[str]) -> None:
        own = db.session.get(cls, (user.id, kind)) or cls(user_id=user.id, kind=kind)
        own.words = words
        db.session.add(own)
