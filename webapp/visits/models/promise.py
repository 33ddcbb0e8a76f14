from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, Select, String, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.access import visible_to
from webapp.accounts.models import User
from webapp.customers.models import Contact, Customer
from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime, db, new_id
from webapp.foundation.facts import tell
from webapp.visits.facts import PromiseSettled

DIRECTIONS = ("ours", "theirs")


class Promise(HasId, Base):
    """A word given: `ours` to them, or theirs to us. `state`: 'open', 'kept' or 'broken'."""

    __tablename__ = "promise"
    __table_args__ = (Index("ix_promise_customer_id_state", "customer_id", "state"),)

    customer_id: Mapped[str] = mapped_column(ForeignKey("customer.id"))
    contact_id: Mapped[str | None] = mapped_column(ForeignKey("contact.id"))
    direction: Mapped[str] = mapped_column(String(6), default="ours")
    text: Mapped[str] = mapped_column(String(300))
    due_on: Mapped[date | None] = mapped_column(Date, index=True)
    report_id: Mapped[str | None] = mapped_column(ForeignKey("report.id"), index=True)
    by_id: Mapped[str] = mapped_column(ForeignKey("user.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    state: Mapped[str] = mapped_column(String(6), default="open")
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    customer: Mapped[Customer] = relationship()
    contact: Mapped[Contact | None] = relationship()
    by: Mapped[User] = relationship()

    @classmethod
    def visible_to(cls, user: User) -> Select["Promise"]:
        """What was promised at the customers that this user may see, and what he promised himself."""
        living = select(cls).join(Customer).where(Customer.merged_into_id.is_(None))
        return living.where(or_(visible_to(user, Customer.owner_id), cls.by_id == user.id))

    @classmethod
    def give(
        cls,
        customer: Customer,
        by: User,
        text: str,
        direction: str = "ours",
        due_on: date | None = None,
        contact_id: str | None = None,
        report_id: str | None = None,
        id: str | None = None,
    ) -> "Promise":
        """A word is given. With a report the visit's own entry tells of it in the history."""
        promise = cls(id=id or new_id(), customer=customer, by_id=by.id, text=text, direction=direction)
        promise.due_on, promise.contact_id, promise.report_id = due_on, contact_id, report_id
        promise.state, promise.made_at = "open", clock.now()
        db.session.add(promise)
        if report_id is None:
            customer.note_history("promise", text, by, direction=direction, on=due_on.isoformat() if due_on else "")
        return promise

    def keep(self, by: User) -> bool:
        """The word was kept; false if it was settled before."""
        return self._settle("kept", by)

    def break_(self, by: User) -> bool:
        """The word was not kept; false if it was settled before."""
        return self._settle("broken", by)

    @property
    def is_open(self) -> bool:
        return self.state == "open"

    def _settle(self, state: str, by: User) -> bool:
        if not self.is_open:
            return False
        self.state, self.settled_at = state, clock.now()
        self.customer.note_history("promise", self.text, by, direction=self.direction, state=state)
        tell(PromiseSettled(self))
        return True
