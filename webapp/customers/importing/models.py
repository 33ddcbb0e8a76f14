from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, ForeignKey, Integer, Select, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.models import User
from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime, db

STALE = timedelta(minutes=1)


class ImportRun(HasId, Base):
    """One file on its way in. `cursor` counts the rows that are done; a killed run goes on from there.

    `state`: 'mapping', 'running', 'done', 'stopped' or 'failed'; `mapping`: column number (as text) → field; `options`:
    how the file is read (encoding, separator, sheet, header: the row with the headings, from 0, or none) and its
    headings; `duplicates`: what becomes of a row whose company is known; `stored_as`: the key of the file, until it ends.
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

    @classmethod
    def visible_to(cls, user: User) -> Select["ImportRun"]:
        """A file is the business of the one who brought it."""
        return select(cls).where(cls.user_id == user.id)

    @property
    def columns(self) -> dict[int, str]:
        return {int(column): field for column, field in self.mapping.items()}

    @property
    def headings(self) -> list[str]:
        return list(self.options.get("headings", ()))

    @property
    def is_stuck(self) -> bool:
        """Running, and nothing has moved for a minute: the process that carried it was ended."""
        return self.state == "running" and clock.now() - self.advanced_at > STALE

    @property
    def percent(self) -> int:
        return 100 if self.state == "done" else self.cursor * 100 // max(self.total, 1)

    def choose(self, mapping: dict[int, str], **options: Any) -> None:
        """Say what the columns mean, and how the file is to be read."""
        self.mapping = {str(column): field for column, field in mapping.items()}
        self.options = options

    def begin(self, owner_id: str, duplicates: str) -> None:
        """From now on its rows may be taken in."""
        self.owner_id, self.duplicates, self.total = owner_id, duplicates, self.options["rows"]
        self.state, self.advanced_at = "running", clock.now()

    def advance(self, rows: int, added: int, merged: int, skipped: int, faults: list["ImportFault"]) -> None:
        """So many rows further; in the same transaction as what they brought."""
        self.cursor += rows
        self.added += added
        self.merged += merged
        self.skipped += skipped
        self.faulty += len(faults)
        self.advanced_at = clock.now()
        for fault in faults:
            fault.run_id = self.id
            db.session.add(fault)

    def finish(self, state: str = "done") -> None:
        self.state, self.finished_at = state, clock.now()

    def stop(self) -> None:
        """No further rows; those that are in stay in."""
        if self.state == "running":
            self.finish("stopped")


class ImportFault(Base):
    """A row that was left out: its line as a spreadsheet numbers it, which company, and why (`importing.words`)."""

    __tablename__ = "import_fault"

    run_id: Mapped[str] = mapped_column(ForeignKey("import_run.id", ondelete="CASCADE"), primary_key=True)
    line: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(String(200), default="")
    field: Mapped[str] = mapped_column(String(30), default="")
    reason: Mapped[str] = mapped_column(String(30))
    value: Mapped[str] = mapped_column(String(200), default="")
