"""What came of an opener: each use is a row, and counted beside the item."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.models import User
from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime, db, new_id
from webapp.foundation.proving import ENOUGH

OUTCOMES = ("worked", "half", "flat")


class OpenerUse(HasId, Base):
    """An opener was used; `outcome` is 'worked', 'half' or 'flat'."""

    __tablename__ = "opener_use"

    item_id: Mapped[str] = mapped_column(ForeignKey("attention_item.id"), index=True)
    outcome: Mapped[str] = mapped_column(String(8))
    by_id: Mapped[str] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    visit_id: Mapped[str | None] = mapped_column(String(36))

    item: Mapped[Any] = relationship("AttentionItem")


class Usable:
    """An opener that fell flat is never suggested again, unless it worked after that (`redeemed`)."""

    def use(self: Any, outcome: str, by: User, visit_id: str | None = None, id: str | None = None) -> OpenerUse:
        """The opener was tried: 'worked', 'half' or 'flat'."""
        use = OpenerUse(id=id or new_id(), item_id=self.id, item=self, outcome=outcome, by_id=by.id, visit_id=visit_id)
        db.session.add(use)
        item: Any = self
        setattr(item, outcome, (getattr(item, outcome) or 0) + 1)
        if outcome != "half":
            item.redeemed = outcome == "worked"
        item.last_used_at = clock.now()
        if visit_id is None:
            self.tell_history(by, self.line, outcome=outcome)
        return use

    @property
    def line(self: Any) -> str:
        """What to begin with: the opener, or the thing itself where nobody has thought of one yet."""
        return str(self.opener or self.observed)

    @property
    def used(self: Any) -> int:
        return int(self.worked + self.half + self.flat)

    @property
    def percent(self: Any) -> int | None:
        """Of all its uses, how many worked; none as long as they are too few to say."""
        return round(100 * self.worked / self.used) if self.used >= ENOUGH else None

    @property
    def fell_flat(self: Any) -> bool:
        return bool(self.flat > 0 and not self.redeemed)
