"""Whether it is still so: each answer is a row, and what follows from them all stands beside the item."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.models import User
from webapp.attention.ageing import stale_on
from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime, db, new_id

ANSWERS = ("still", "changed", "unsure")
REST = timedelta(days=21)
"""How long nobody is asked again after any answer."""


class Confirmation(HasId, Base):
    """Somebody was asked whether it is still so; `outcome` is 'still', 'changed' or 'unsure'. `at`: when he answered."""

    __tablename__ = "confirmation"

    item_id: Mapped[str] = mapped_column(ForeignKey("attention_item.id"), index=True)
    outcome: Mapped[str] = mapped_column(String(8))
    by_id: Mapped[str] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    visit_id: Mapped[str | None] = mapped_column(String(36), index=True)

    item: Mapped[Any] = relationship("AttentionItem", back_populates="confirmations")
    by: Mapped[User] = relationship()


class Confirmable:
    """What is known ages, and is made fresh by looking again. Answers may arrive late and in any order: the newest by the
    time at which it was given counts. What was said of earlier words says nothing of these (`worded_at`)."""

    def confirm(self: Any, outcome: str, by: User, visit_id: str | None = None, id: str | None = None) -> Confirmation:
        """It was asked after: it is 'still' so, has 'changed', or he is 'unsure'."""
        at = clock.now()
        one = Confirmation(
            id=id or new_id(), item_id=self.id, item=self, outcome=outcome, by_id=by.id, at=at, visit_id=visit_id
        )
        db.session.add(one)
        self.asked_on = max(filter(None, (self.asked_on, clock.local(at).date())))
        if self.worded_at is None or at >= self.worded_at:
            if outcome == "still":
                self._stand(at, by)
            elif outcome == "changed":
                self._fade(at)
        if visit_id is None:
            self.tell_history(by, self.observed, answer=outcome)
        return one

    def _stand(self: Any, at: datetime, by: User) -> None:
        if self.confirmed_at is not None and at <= self.confirmed_at:
            return
        item: Any = self
        item.confirmed_at, item.confirmed_by_id = at, by.id
        if self.changed_at is not None and at > self.changed_at:
            self._take_back_the_change()
        self.reckon_age()

    def _fade(self: Any, at: datetime) -> None:
        if any(known is not None and at < known for known in (self.confirmed_at, self.changed_at)):
            return
        item: Any = self
        if item.retired_at in (None, item.changed_at):
            item.retired_at = at
        item.changed_at = at

    def _take_back_the_change(self: Any) -> None:
        """It is no longer so that it is no longer so; what was taken down by hand stays down."""
        item: Any = self
        if item.retired_at == item.changed_at:
            item.retired_at = None
        item.changed_at = None

    def reckon_age(self: Any) -> None:
        self.stale_on = stale_on(self.category, self.sureness, self.noticed_on, self.confirmed_on)

    @property
    def confirmed_on(self: Any) -> date | None:
        return clock.local(self.confirmed_at).date() if self.confirmed_at else None

    @property
    def known_on(self: Any) -> date:
        """The last day on which somebody knew it."""
        return max(filter(None, (self.noticed_on, self.confirmed_on)))

    @property
    def is_stale(self: Any) -> bool:
        return self.stale_on is not None and self.stale_on <= clock.today()

    @property
    def has_changed(self: Any) -> bool:
        """Somebody found that it is no longer so, and nobody took it down by hand."""
        return self.changed_at is not None and self.retired_at == self.changed_at

    @property
    def rests(self: Any) -> bool:
        """It was asked after a short while ago."""
        return self.asked_on is not None and self.asked_on + REST > clock.today()
