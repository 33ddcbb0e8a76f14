from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index, Select, String, Text, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.access import visible_to
from webapp.accounts.models import User, note
from webapp.customers.facts import CustomerReassigned
from webapp.customers.identity import derived_keys
from webapp.customers.models.company import Company
from webapp.customers.models.contact import Contact
from webapp.customers.models.level import LevelChange
from webapp.customers.models.merging import Mergeable
from webapp.customers.models.portrait import Portrait, Trading
from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime, db, new_id
from webapp.foundation.facts import tell

_WHOSE = ("owner_id", "merged_into_id")
_MERGED = text("merged_into_id IS NOT NULL")


class Customer(HasId, Company, Mergeable, Portrait, Trading, Base):
    """A company and all that is known of it as a whole. Sums are cents, positions WGS 84 degrees.

    `search_key`, `name_key`, `phone_key` and `sort_key` are derived (customers.identity) and kept true by `tidy()`.
    A merged customer keeps its row and points to the one it became: late entries still land.
    """

    __tablename__ = "customer"
    __table_args__ = (
        # a list and its counts, and what it can be narrowed by, are answered from these two alone, whoever asks
        Index("ix_customer_due", *_WHOSE, "next_step_on", "level", "id", "last_contact_at", "latitude", "longitude"),
        Index("ix_customer_kind", *_WHOSE, "industry", "area", "city", "stage"),
        Index("ix_customer_owner_id_sort_key", "owner_id", "sort_key"),
        Index("ix_customer_merged_into_id", "merged_into_id", sqlite_where=_MERGED, postgresql_where=_MERGED),
    )

    owner_id: Mapped[str] = mapped_column(ForeignKey("user.id"))
    name_key: Mapped[str] = mapped_column(String(200), default="", index=True)
    phone_key: Mapped[str] = mapped_column(String(20), default="", index=True)
    sort_key: Mapped[str] = mapped_column(String(60), default="")
    search_key: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now, onupdate=clock.now)
    merged_into_id: Mapped[str | None] = mapped_column(ForeignKey("customer.id"))

    owner: Mapped[User] = relationship()
    contacts: Mapped[list[Contact]] = relationship(
        back_populates="customer", order_by="(Contact.decision_rank, Contact.created_at)"
    )
    tags: Mapped[list["Tag"]] = relationship(cascade="all, delete-orphan", order_by="Tag.word")

    MOST_TAGS: ClassVar[int] = 20

    @classmethod
    def visible_to(cls, user: User) -> Select["Customer"]:
        """The living customers that this user may see."""
        return select(cls).where(cls.merged_into_id.is_(None), visible_to(user, cls.owner_id))

    @property
    def people(self) -> list[Contact]:
        """The contacts that still work there."""
        return [contact for contact in self.contacts if contact.left_at is None]

    @classmethod
    def begin(cls, owner: User, by: User, id: str | None = None, **values: Any) -> "Customer":
        """Open a file; its level stands until someone says why it should be another."""
        customer = cls(id=id or new_id(), owner=owner, **values)
        customer.level = customer.level or "E"
        db.session.add(customer)
        customer.tidy()
        customer.note_history("created", "", by)
        first = LevelChange(customer=customer, after=customer.level, reason="first", by_id=by.id, state="applied")
        db.session.add(first)
        return customer

    def revise(self, **values: Any) -> None:
        """Let these columns hold these values; what is derived follows."""
        for column, value in values.items():
            setattr(self, column, value)
        self.tidy()

    def add_contact(self, by: User, id: str | None = None, **values: Any) -> Contact:
        """Somebody new to ask for, with a line in the history."""
        contact = Contact(id=id or new_id(), **values)
        contact.created_at = clock.now()
        self.contacts.append(contact)
        contact.tidy()
        self.tidy()
        self.note_history("contact", contact.name, by, did="added")
        return contact

    def record_interaction(self, kind: str, text: str, by: User, at: datetime, id: str | None = None) -> None:
        """A call, a mail, a meeting or a note (customers.words.INTERACTIONS); all but a note count as contact."""
        self.note_history(kind, text, by, at, id=id)
        if kind != "note":
            self.record_contact(at)

    def tidy(self) -> None:
        """Keep what is derived true, after the name, a phone, the code or a contact has changed."""
        people = [(contact.name, contact.phone) for contact in self.people]
        keys = derived_keys(self.name, self.short_name or "", self.code or "", self.phone or "", people)
        for column, key in keys.items():
            setattr(self, column, key)

    def tag_with(self, words: list[str]) -> None:
        """Let these be the tags, in place of those before."""
        wanted = list(dict.fromkeys(word.strip()[:30] for word in words if word.strip()))[: self.MOST_TAGS]
        kept = [tag for tag in self.tags if tag.word in wanted]
        known = {tag.word for tag in kept}
        self.tags = kept + [Tag(word=word) for word in wanted if word not in known]

    def reassign(self, to: User, by: User) -> bool:
        """Give it to another person; false if it is his already."""
        before = self.owner
        if before.id == to.id:
            return False
        self.owner = to
        self.note_history("owner", by=by, before=before.name, after=to.name)
        note("customer_reassigned", self, 1, by.id, from_id=before.id, to_id=to.id)
        tell(CustomerReassigned(self.id, before.id, to.id, by.id))
        return True


class Tag(Base):
    __tablename__ = "customer_tag"

    customer_id: Mapped[str] = mapped_column(ForeignKey("customer.id", ondelete="CASCADE"), primary_key=True)
    word: Mapped[str] = mapped_column(String(30), primary_key=True, index=True)
