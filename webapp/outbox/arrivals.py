"""What comes after the text, and what comes too late: attachments that are still on the phone, visits to customers that
belong to somebody else by now."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import JSON, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.models import User
from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime, db
from webapp.foundation.facts import tell
from webapp.foundation.files import store
from webapp.outbox.facts import AttachmentArrived

MOST_BYTES = 25 * 1024 * 1024
PIECE = 256 * 1024


class Announced(HasId, Base):
    """An attachment that an accepted entry has named. `have` counts the bytes that are here; complete when the digest is right."""

    __tablename__ = "announced_attachment"

    entry_id: Mapped[str] = mapped_column(String(36), index=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("user.id"))
    position: Mapped[int] = mapped_column(Integer, default=0)
    field: Mapped[str] = mapped_column(String(40), default="photos")
    filename: Mapped[str] = mapped_column(String(200), default="")
    media_type: Mapped[str] = mapped_column(String(100), default="")
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(Integer)
    have: Mapped[int] = mapped_column(Integer, default=0)
    announced_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.here)
    complete_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    refused: Mapped[str] = mapped_column(String(40), default="")

    @classmethod
    def of(cls, entry_id: str, user_id: str, id: str, position: int, named: dict[str, Any]) -> "Announced":
        row = cls(id=id, entry_id=entry_id, user_id=user_id, position=position, have=0)
        row.field, row.filename = str(named.get("name", "photos"))[:40], str(named.get("filename", ""))[:200]
        row.media_type, row.sha256 = str(named.get("type", ""))[:100], str(named.get("sha256", ""))[:64]
        row.size = max(0, min(int(named.get("size") or 0), MOST_BYTES))
        return row

    def take_piece(self, offset: int, piece: bytes) -> bool:
        """Add a piece; false if it does not begin where the last one ended. The last piece completes it."""
        if self.complete_at or offset != self.have or len(piece) > PIECE or self.have + len(piece) > self.size:
            return False
        store().write(self.key_of(offset), piece, "application/octet-stream")
        self.have += len(piece)
        if self.have == self.size:
            self.complete()
        return True

    def complete(self) -> None:
        content = self.content()
        if content is None or hashlib.sha256(content).hexdigest() != self.sha256:
            self.have = 0
            return
        self.complete_at = clock.here()
        tell(AttachmentArrived(self, content))

    def content(self) -> bytes | None:
        """All pieces together; None if one is not there (swept, or not in the backup that was restored)."""
        try:
            return b"".join(store().read(self.key_of(offset)) for offset in range(0, self.size, PIECE))
        except KeyError:
            return None

    def sweep(self) -> None:
        """The pieces are not needed any more."""
        for offset in range(0, self.size, PIECE):
            store().delete(self.key_of(offset))

    def key_of(self, offset: int) -> str:
        return f"pieces/{self.id}/{offset}"


class Quarantined(HasId, Base):
    """A visit that happened, to a customer that the author does not see any more. A leader decides whose it is."""

    __tablename__ = "quarantined_entry"

    author_id: Mapped[str] = mapped_column(ForeignKey("user.id"), index=True)
    action: Mapped[str] = mapped_column(String(300))
    fields: Mapped[list[Any]] = mapped_column(JSON, default=list)
    attachments: Mapped[list[Any]] = mapped_column(JSON, default=list)
    made_at: Mapped[str] = mapped_column(String(40), default="")
    arrived_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.here)
    customer_id: Mapped[str] = mapped_column(String(36), default="", index=True)
    device_id: Mapped[str] = mapped_column(String(36), default="")
    seq: Mapped[int] = mapped_column(Integer, default=0)
    decision: Mapped[str] = mapped_column(String(12), default="", index=True)
    reason: Mapped[str] = mapped_column(String(300), default="")
    location: Mapped[str] = mapped_column(String(300), default="")
    decided_by_id: Mapped[str | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    author: Mapped[User] = relationship(foreign_keys=[author_id])
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id])

    @property
    def noun(self) -> str:
        """What kind of thing it is, as its address says: 'reports', 'notes', …"""
        return urlsplit(self.action).path.rsplit("/", 1)[-1]

    @property
    def written_at(self) -> datetime | None:
        """When it was written, by the clock of the phone; None if that is no time."""
        try:
            at = datetime.fromisoformat(self.made_at)
        except ValueError:
            return None
        return at if at.tzinfo else None

    def decide(self, decision: str, by: User, reason: str = "", location: str = "") -> None:
        """'filed' (it lies at `location`) or 'dropped' (for this reason)."""
        self.decision, self.decided_by_id, self.decided_at = decision, by.id, clock.here()
        self.reason, self.location = reason[:300], location[:300]


def of_entries(entry_ids: Iterable[str]) -> dict[str, list[Announced]]:
    """The attachments that these entries announced, by entry. One query."""
    found: dict[str, list[Announced]] = defaultdict(list)
    rows = db.select(Announced).where(Announced.entry_id.in_(list(entry_ids))).order_by(Announced.position)
    for row in db.session.scalars(rows):
        found[row.entry_id].append(row)
    return found


def of_entry(entry_id: str) -> list[Announced]:
    """The attachments that an entry announced, in its order."""
    rows = db.select(Announced).where(Announced.entry_id == entry_id).order_by(Announced.position)
    return list(db.session.scalars(rows))
