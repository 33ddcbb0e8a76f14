from datetime import datetime

from sqlalchemy import ForeignKey, Select, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.access import visible_to
from webapp.accounts.models import User
from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime, db


class Gap(HasId, Base):
    """Somebody heard these words at a door and found no track that answers them."""

    __tablename__ = "track_gap"

    said: Mapped[str] = mapped_column(String(200))
    customer_id: Mapped[str | None] = mapped_column(String(36), index=True)
    by_id: Mapped[str] = mapped_column(ForeignKey("user.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    by: Mapped[User] = relationship()

    @classmethod
    def visible_to(cls, user: User) -> Select["Gap"]:
        return select(cls).where(visible_to(user, cls.by_id))

    @classmethod
    def note(cls, said: str, by: User, customer_id: str | None, id: str) -> "Gap":
        gap = cls(id=id, said=said, by_id=by.id, customer_id=customer_id)
        db.session.add(gap)
        return gap
