from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, ForeignKey, Integer, Select, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.models import User
from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime

DUPLICATES = ("merge", "skip", "add")
STALE = timedelta(minutes=1)


class ImportRun(HasId, Base):
    """One file on its way in. `cursor` counts the rows that are done; a killed run goes on from there.

    `state`: 'mapping', 'running', 'done' or 'failed'; `mapping`: column number (as text) → field; `options`: encoding,
    delimiter, sheet and header line, as chosen; `duplicates`: what becomes of a row whose company is known.
    """

    __tablename__ = "import_run"

    user_id: Mapped[str] = mapped_column(ForeignKey("user.id"), index=True)
    owner_id: Mapped[str] = mapped_column(ForeignKey("user.id"))
    filename: Mapped[str] = mapped_column(String(200))
    stored_as: Mapped[str] = mapped_column(String(200), default="")
    mapping: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    options: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    duplicates: Mapped[str] = mapped_column(String(10), default="merge")
    state: Mapped[str] = mapped_column(String(10), default="mapping", index=True)
    total: Mapped[int] = mapped_column(Integer, default=0)
    cursor: Mapped[int] = mapped_column(Integer, default=0)
    added: Mapped[int] = mapped_column(Integer, default=0)
    merged: Mapped[int] = mapped_column(Integer, default=0)
    skipped: Mapped[int] = mapped_column(Integer, default=0)
    faulty: Mapped[int] = mapped_column(Integer, default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    advanced_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship(foreign_keys=[user_id])
    owner: Mapped[User] = relationship(foreign_keys=[owner_id])
    faults: Mapped[list["ImportFault"]] = relationship(
        back_populates="run", order_by="ImportFault.line", cascade="all, delete-orphan"
    )

    @classmethod
    def visible_to(cls, user: User) -> Select["ImportRun"]:
        """A file is the business of the one who brought it."""
        return select(cls).where(cls.user_id == user.id)

    @property
    def is_open(self) -> bool:
        return self.state in ("mapping", "running")

    @property
    def is_stuck(self) -> bool:
        """Running, and nothing has moved for a minute: the process that carried it was ended."""
        return self.state == "running" and clock.now() - self.advanced_at > STALE

    @property
    def percent(self) -> int:
        return 100 if self.state == "done" else self.cursor * 100 // max(self.total, 1)

    def choose(self, mapping: dict[str, str], **options: Any) -> None:
        """Say what the columns mean, and how the file is to be read."""
        self.mapping = mapping
        self.options = {**self.options, **options}

    def begin(self, owner: User, duplicates: str, total: int) -> None:
        self.owner_id, self.duplicates, self.total = owner.id, duplicates, total
        self.state, self.advanced_at = "running", clock.now()

    def advance(self, rows: int, added: int, merged: int, skipped: int, faults: Iterable["ImportFault"]) -> None:
        """So many rows further; in the same transaction as what they brought."""
        self.cursor += rows
        self.added += added
        self.merged += merged
        self.skipped += skipped
        self.advanced_at = clock.now()
        for fault in faults:
            self.faulty += 1
            self.faults.append(fault)

    def finish(self, state: str = "done") -> None:
        self.state, self.finished_at, self.stored_as = state, clock.now(), ""


class ImportFault(Base):
    """A row that was left out: its line as a spreadsheet numbers it, which company, and why (`importing.words`)."""

    __tablename__ = "import_fault"

    run_id: Mapped[str] = mapped_column(ForeignKey("import_run.id", ondelete="CASCADE"), primary_key=True)
    line: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(String(200), default="")
    field: Mapped[str] = mapped_column(String(30), default="")
    reason: Mapped[str] = mapped_column(String(30))
    value: Mapped[str] = mapped_column(String(200), default="")

    run: Mapped[ImportRun] = relationship(back_populates="faults")
