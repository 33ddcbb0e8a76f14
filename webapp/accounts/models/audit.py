from datetime import datetime
from typing import Any

from flask_login import current_user
from sqlalchemy import JSON, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.models.user import User
from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime, db


class AuditEntry(HasId, Base):
    """What was done with other people's data: exports, merges, reassignments, changes of accounts."""

    __tablename__ = "audit_entry"

    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.here, index=True)
    actor_id: Mapped[str | None] = mapped_column(ForeignKey("user.id"), index=True)
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(200), default="")
    count: Mapped[int | None] = mapped_column(Integer)
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    actor: Mapped[User | None] = relationship(lazy="joined")


def note(action: str, subject: str = "", count: int | None = None, actor_id: str | None = None, **detail: Any) -> None:
    """Write a line into the audit log, in the caller's transaction; who did it is who asks, unless said otherwise."""
    actor_id = actor_id or (current_user.get_id() if current_user else None)
    db.session.add(AuditEntry(action=action, subject=subject[:200], count=count, actor_id=actor_id, detail=detail))
