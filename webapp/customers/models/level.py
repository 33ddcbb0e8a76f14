from datetime import datetime

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.models import User
from webapp.customers.facts import LevelChanged, LevelProposed
from webapp.customers.models.history import HasHistory
from webapp.customers.words import REASONS
from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime, db, new_id
from webapp.foundation.facts import tell

LEVELS = ("A", "B", "C", "D", "E", "F")


class LevelChange(HasId, Base):
    """A level that was set, raised by itself, or proposed; `reason` is typed, or a code of customers.words.REASONS.

    `state`: 'applied', 'proposed', 'declined', or 'withdrawn' when a later change made the proposal pointless.
    """

    __tablename__ = "level_change"

    customer_id: Mapped[str] = mapped_column(ForeignKey("customer.id"), index=True)
    before: Mapped[str] = mapped_column(String(1), default="")
    after: Mapped[str] = mapped_column(String(1))
    reason: Mapped[str] = mapped_column(String(300), default="")
    by_id: Mapped[str | None] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    state: Mapped[str] = mapped_column(String(12), default="applied", index=True)
    settled_by_id: Mapped[str | None] = mapped_column(ForeignKey("user.id"))
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    customer: Mapped["Customer"] = relationship()  # type: ignore[name-defined] # noqa: F821
    by: Mapped[User | None] = relationship(foreign_keys=[by_id])

    @property
    def reason_words(self) -> str:
        """The reason for reading, in the reader's language if nobody typed it."""
        return str(REASONS.get(self.reason, self.reason))

    def accept(self, by: User) -> bool:
        """Let the proposed level be the level; false if this proposal was settled before."""
        if self.state != "proposed":
            return False
        self._settle("applied", by)
        self.before = self.customer.level
        self.customer._become(self, by)
        return True

    def decline(self, by: User) -> bool:
        """Leave the level as it is; false if this proposal was settled before."""
        if self.state != "proposed":
            return False
        self._settle("declined", by)
        return True

    def _settle(self, state: str, by: User | None) -> None:
        self.state, self.settled_by_id, self.settled_at = state, by.id if by else None, clock.now()


class HasLevel(HasHistory):
    """A customer has a level from A to F; each change has a reason and stays in its history."""

    level: Mapped[str] = mapped_column(String(1), default="E")

    def set_level(
        self, level: str, reason: str, by: User | None, state: str = "applied", id: str | None = None
    ) -> LevelChange:
        """Change the level, or with `state` 'proposed' propose it. Earlier open proposals are withdrawn."""
        for open_one in self.open_proposals():
            open_one._settle("withdrawn", by)
        change = LevelChange(id=id or new_id(), customer_id=self.id, before=self.level or "", after=level, state=state)
        change.reason, change.by_id, change.at = reason[:300], by.id if by else None, clock.now()
        db.session.add(change)
        if state == "applied":
            self._become(change, by)
        else:
            tell(LevelProposed(change.id, self.id, change.by_id or ""))
        return change

    def propose_level(self, level: str, reason: str, by: User, id: str | None = None) -> LevelChange:
        """What a rep does: whoever leads him accepts or declines it."""
        return self.set_level(level, reason, by, state="proposed", id=id)

    def raise_level(self, by: User | None, reason: str) -> LevelChange | None:
        """One step up; None if it is an A already."""
        step = LEVELS.index(self.level or "E")
        return self.set_level(LEVELS[step - 1], reason, by) if step else None

    def open_proposals(self) -> list[LevelChange]:
        mine = select(LevelChange).where(LevelChange.customer_id == self.id, LevelChange.state == "proposed")
        return list(db.session.scalars(mine.order_by(LevelChange.at)))

    def _become(self, change: LevelChange, by: User | None) -> None:
        if self.level == change.after:
            return
        self.level = change.after
        self.note_history("level", by=by, before=change.before, after=change.after, reason=change.reason)
        tell(LevelChanged(self.id, change.before, change.after, by.id if by else None))
