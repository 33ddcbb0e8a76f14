from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, Select, String, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.access import visible_to
from webapp.accounts.models import User
from webapp.bargain.facts import ConcessionAsked
from webapp.bargain.models.limit import Limit
from webapp.bargain.words import amount_words
from webapp.customers.models import Customer
from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime, db
from webapp.foundation.facts import tell


class Concession(HasId, Base):
    """A small step towards a customer, and what is asked in return. `amount`: hundredths of the unit of its kind.

    `state`: 'given' by whoever may decide it; above his limit 'handed_in', until it is 'approved' or 'returned' (declined)
    by somebody who may, or 'withdrawn'. `version` counts what was asked; a decision names the version that was seen.
    """

    __tablename__ = "concession"
    __table_args__ = (Index("ix_concession_customer_id_at", "customer_id", "at"),)

    customer_id: Mapped[str] = mapped_column(ForeignKey("customer.id"))
    kind: Mapped[str] = mapped_column(String(16))
    amount: Mapped[int] = mapped_column(BigInteger)
    what: Mapped[str] = mapped_column(String(300), default="")
    in_return: Mapped[str] = mapped_column(String(16))
    return_words: Mapped[str] = mapped_column(String(200), default="")
    by_id: Mapped[str] = mapped_column(ForeignKey("user.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    state: Mapped[str] = mapped_column(String(10), index=True)
    version: Mapped[int] = mapped_column(Integer, default=1)
    handed_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_by_id: Mapped[str | None] = mapped_column(ForeignKey("user.id"))
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(String(2000), default="")

    customer: Mapped[Customer] = relationship()
    by: Mapped[User] = relationship(foreign_keys=[by_id])
    settled_by: Mapped[User | None] = relationship(foreign_keys=[settled_by_id])

    @classmethod
    def visible_to(cls, user: User) -> Select["Concession"]:
        """What was given or asked for at the customers whom this user may see, and what he asked for himself."""
        living = select(cls).join(Customer).where(Customer.merged_into_id.is_(None))
        return living.where(or_(visible_to(user, Customer.owner_id), cls.by_id == user.id))

    @classmethod
    def offer(cls, customer: Customer, by: User, id: str, **told: Any) -> "Concession":
        """Give it at once if he may; else it goes to whoever leads him."""
        concession = cls(id=id, customer=customer, by_id=by.id, by=by, at=clock.now(), version=1, reason="")
        concession._say(told, by)
        return concession

    def revise(self, by: User, **told: Any) -> bool:
        """Ask for something else; false if it was settled for good before."""
        if not self.is_open:
            return False
        self.version, self.settled_at, self.settled_by_id, self.reason = self.version + 1, None, None, ""
        self._say(told, by)
        return True

    def withdraw(self) -> bool:
        """It is not wanted any more; false if it was settled for good before."""
        if not self.is_open:
            return False
        self.state, self.version = "withdrawn", self.version + 1
        return True

    def settle(self, verdict: str) -> None:
        """Whoever leads him has decided: 'approved', or 'returned' which means no."""
        self.state, self.settled_at = verdict, clock.now()
        self._note(self.by)

    def may_be_approved_by(self, user: User) -> bool:
        return Limit.allows(user.role, self.kind, self.amount)

    @property
    def is_open(self) -> bool:
        return self.state in ("handed_in", "returned")

    @property
    def user(self) -> User:
        """Whose work it is, as of everything that is reviewed."""
        return self.by

    @property
    def user_id(self) -> str:
        return self.by_id

    @property
    def url(self) -> str:
        return f"/concessions/{self.id}"

    @property
    def gist(self) -> str:
        """What is given, in the reader's words."""
        return amount_words(self.kind, self.amount)

    def _say(self, told: dict[str, Any], by: User) -> None:
        may = Limit.allows(by.role, told["kind"], told["amount"])
        for name, value in told.items():
            setattr(self, name, value)
        self.state = "given" if may else "handed_in"
        self.handed_in_at = self.handed_in_at if may else clock.now()
        db.session.add(self)
        self._note(by)
        if not may:
            db.session.flush()  # who is told of it is told by its id
            tell(ConcessionAsked(self))

    def _note(self, by: User) -> None:
        said: dict[str, Any] = {"what": self.kind, "amount": self.amount, "for": self.in_return, "state": self.state}
        self.customer.note_history("concession", self.what, by, url=self.url, **said)
