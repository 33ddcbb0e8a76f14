from datetime import date, datetime
from typing import Any

from sqlalchemy import Boolean, Date, ForeignKey, Integer, Select, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.access import visible_to
from webapp.accounts.models import User
from webapp.attention.facts import Noticed
from webapp.attention.models.confirmation import Confirmable, Confirmation
from webapp.attention.models.use import Usable
from webapp.customers.models import Contact, Customer
from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime, db, new_id
from webapp.foundation.facts import tell


class AttentionItem(Usable, Confirmable, HasId, Base):
    """Something noticed about a person, and the opener that it suggests. `visit_id` names the report it came with;
    `sensitive` what it touches that needs a yes of its own (customers.models.consent.TOPICS); `sureness` is one of
    ageing.SURENESS; from `stale_on` on it may be out of date (None: never).

    The counts, and what the answers came to, are kept beside the item so that a list is one query. Who confirmed it last
    is no foreign key: for that SQLite would have to copy the table.
    """

    __tablename__ = "attention_item"

    customer_id: Mapped[str] = mapped_column(ForeignKey("customer.id"), index=True)
    contact_id: Mapped[str | None] = mapped_column(ForeignKey("contact.id"), index=True)
    category: Mapped[str] = mapped_column(String(12))
    observed: Mapped[str] = mapped_column(String(300))
    opener: Mapped[str] = mapped_column(String(300), default="")
    sensitive: Mapped[str] = mapped_column(String(10), default="")
    sureness: Mapped[str] = mapped_column(String(8), default="seen", server_default="seen")
    noticed_on: Mapped[date] = mapped_column(Date)
    stale_on: Mapped[date | None] = mapped_column(Date, index=True)
    asked_on: Mapped[date | None] = mapped_column(Date)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    confirmed_by_id: Mapped[str | None] = mapped_column(String(36))
    changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    worded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    visit_id: Mapped[str | None] = mapped_column(String(36), index=True)
    by_id: Mapped[str] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    worked: Mapped[int] = mapped_column(Integer, default=0)
    half: Mapped[int] = mapped_column(Integer, default=0)
    flat: Mapped[int] = mapped_column(Integer, default=0)
    redeemed: Mapped[bool] = mapped_column(Boolean, default=False)
    last_used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    customer: Mapped[Customer] = relationship()
    contact: Mapped[Contact | None] = relationship()
    by: Mapped[User] = relationship()
    confirmed_by: Mapped[User | None] = relationship(
        primaryjoin=lambda: User.id == AttentionItem.confirmed_by_id,
        foreign_keys=lambda: AttentionItem.confirmed_by_id,
        viewonly=True,
    )
    confirmations: Mapped[list[Confirmation]] = relationship(back_populates="item", order_by=Confirmation.at)

    @classmethod
    def visible_to(cls, user: User) -> Select["AttentionItem"]:
        """What was noticed at the customers that this user may see."""
        return select(cls).join(Customer).where(Customer.merged_into_id.is_(None), visible_to(user, Customer.owner_id))

    @classmethod
    def notice(
        cls,
        customer: Customer,
        by: User,
        category: str,
        observed: str,
        opener: str = "",
        contact_id: str | None = None,
        noticed_on: date | None = None,
        visit_id: str | None = None,
        id: str | None = None,
        sensitive: str = "",
        sureness: str = "seen",
    ) -> "AttentionItem":
        """Put something on a customer's list. With a `visit_id` the visit's own entry tells of it in the history."""
        item = cls(id=id or new_id(), customer_id=customer.id, customer=customer, by_id=by.id, visit_id=visit_id)
        item._say(category, observed, opener, contact_id, noticed_on or clock.today(), sensitive, sureness)
        db.session.add(item)
        if visit_id is None:
            item.tell_history(by, observed)
        tell(Noticed(item_id=item.id, customer_id=customer.id, by_id=by.id))
        return item

    def revise(
        self,
        category: str,
        observed: str,
        opener: str,
        contact_id: str | None,
        noticed_on: date,
        sensitive: str = "",
        sureness: str = "seen",
    ) -> None:
        """Say it better. A new opener starts with a clean slate: how the old words went says nothing of it. Whoever writes
        something else where it had changed has put it right."""
        if opener != self.opener:
            self.worked = self.half = self.flat = 0
            self.redeemed, self.last_used_at = False, None
        if (category, observed) != (self.category, self.observed):
            self.worded_at = clock.now()
            if self.changed_at is not None:
                self._take_back_the_change()
        self._say(category, observed, opener, contact_id, noticed_on, sensitive, sureness)

    def _say(self, *said: Any) -> None:
        self.category, self.observed, self.opener, self.contact_id = said[:4]
        self.noticed_on, self.sensitive, self.sureness = said[4:]
        self.reckon_age()

    def retire(self) -> None:
        """It was wrong, or is not to be spoken of: out of sight, not out of the record."""
        self.retired_at, self.changed_at = self.retired_at or clock.now(), None

    def tell_history(self, by: User, text: str, **detail: str) -> None:
        known: dict[str, Any] = {"category": self.category, "item_id": self.id, **detail}
        self.customer.note_history("attention", text, by, **known)

    @property
    def may_be_shown(self) -> bool:
        """Whether the person lets it be used; where he said no it is out of everybody's sight until he says yes."""
        return self.contact is None or self.contact.allows(self.sensitive or "")
