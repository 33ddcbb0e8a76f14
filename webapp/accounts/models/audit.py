import hashlib
import json
from datetime import datetime
from typing import Any

from flask_login import current_user
from sqlalchemy import JSON, ForeignKey, Integer, String, insert, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.models.user import User
from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime, db, new_id

HASHED = ("number", "id", "actor_id", "action", "subject_kind", "subject_id", "count", "detail", "before")
START = "0" * 64
_CHAIN = 7_254_011
"""The name of PostgreSQL's lock under which the chain grows; SQLite has one writer anyway."""


class AuditEntry(HasId, Base):
    """What was done with other people's data: who read it, took it out, merged, erased or handed it on.

    Rows are only ever added (accounts.models.audit_lock) and each holds the digest of the one `before`, so that a row that
    was altered or taken out by hand shows (accounts.auditing). They name ids, never people: names are looked up when the
    log is read, and of who was erased nothing is left to look up.
    """

    __tablename__ = "audit_entry"

    number: Mapped[int] = mapped_column(Integer, unique=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    actor_id: Mapped[str | None] = mapped_column(ForeignKey("user.id"), index=True)
    action: Mapped[str] = mapped_column(String(40), index=True)
    subject_kind: Mapped[str] = mapped_column(String(20), default="")
    subject_id: Mapped[str] = mapped_column(String(36), default="", index=True)
    count: Mapped[int | None] = mapped_column(Integer)
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    before: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))

    actor: Mapped[User | None] = relationship(lazy="joined")

    def is_whole(self) -> bool:
        """Whether it still says what it said when it was written."""
        return self.digest == digest_of({name: getattr(self, name) for name in (*HASHED, "at")})


def digest_of(row: dict[str, Any]) -> str:
    said = [row["at"].isoformat(), *(row[name] for name in HASHED)]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def note(
    action: str, subject: Any = None, count: int | None = None, actor_id: str | None = None, id: str = "", **detail: Any
) -> None:
    """Add a line to the audit log, in the caller's transaction: `subject` is the row that it is about, or (kind, id); who
    did it is who asks, unless said otherwise. `detail` holds ids, codes and numbers, nothing that somebody typed."""
    db.session.flush()  # whom it names must be there before it
    kind, subject_id = subject if isinstance(subject, tuple) else _named(subject)
    said = {"id": id or new_id(), "action": action, "subject_kind": kind, "subject_id": subject_id, "count": count}
    _append(
        {**said, "actor_id": actor_id or (current_user.get_id() if current_user else None), "detail": _plain(detail)}
    )


def _append(row: dict[str, Any]) -> None:
    """Lay one more row upon the last."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text(f"SELECT pg_advisory_xact_lock({_CHAIN})"))
    last = db.session.execute(
        select(AuditEntry.number, AuditEntry.digest).order_by(AuditEntry.number.desc()).limit(1)
    ).one_or_none()
    row |= {"at": clock.here(), "number": last.number + 1 if last else 1, "before": last.digest if last else START}
    db.session.execute(insert(AuditEntry).values(**row, digest=digest_of(row)))


def _named(subject: Any) -> tuple[str, str]:
    return (subject.__tablename__, subject.id) if subject is not None else ("", "")


def _plain(detail: dict[str, Any]) -> dict[str, Any]:
    """As JSON will give it back, so that the digest is the same when it is read."""
    return dict(json.loads(json.dumps(detail, default=str)))
