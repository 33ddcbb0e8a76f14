from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.models import User
from webapp.customers import telling
from webapp.foundation import at_hand, clock
from webapp.foundation.db import Base, HasId, UtcDateTime, new_id

TEXT, URL = 500, 200

if TYPE_CHECKING:
    from webapp.customers.models.customer import Customer


class HistoryEntry(HasId, Base):
    """One line of everything that happened with a customer, written by the room where it happened.

    `kind` picks the icon and the words (customers.words.HISTORY); `url` leads to the whole story. Where the text would
    be ours, codes stand in `detail` instead, so that each reader gets it in his language.
    """

    __tablename__ = "history_entry"
    __table_args__ = (Index("ix_history_entry_customer_id_at", "customer_id", "at"),)

    customer_id: Mapped[str] = mapped_column(ForeignKey("customer.id"))
    kind: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    by_id: Mapped[str | None] = mapped_column(ForeignKey("user.id"))
    text: Mapped[str] = mapped_column(String(TEXT), default="")
    url: Mapped[str] = mapped_column(String(URL), default="")
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    customer: Mapped["Customer"] = relationship()  # so that a new customer is stored before its first line
    by: Mapped[User | None] = relationship()

    @property
    def icon(self) -> str:
        return telling.icon_of(self.kind)

    @property
    def label(self) -> str:
        """What kind of thing happened, in the reader's language."""
        return telling.label_of(self.kind)

    @property
    def said(self) -> str:
        """What happened, in the reader's language where nobody typed it."""
        return telling.told(self.kind, self.text, self.detail or {})


class HasHistory:
    """A customer writes down what happens with it."""

    id: Mapped[str]

    def note_history(
        self,
        kind: str,
        text: str = "",
        by: User | None = None,
        at: datetime | None = None,
        url: str = "",
        id: str | None = None,
        **detail: Any,
    ) -> None:
        """Add a line to the history, now or at that moment; a text that is too long is cut."""
        told = {"kind": kind, "text": _cut(text, TEXT), "url": url[:URL], "detail": detail}
        of = {"customer_id": self.id, "at": at or clock.now(), "by_id": by.id if by else None}
        at_hand.put_by(HistoryEntry, {"id": id or new_id(), **of, **told})


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
