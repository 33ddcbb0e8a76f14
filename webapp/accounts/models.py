from datetime import datetime
from typing import Any

import argon2
from flask_login import UserMixin
from sqlalchemy import JSON, Boolean, ForeignKey, Index, Integer, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime, db, new_id

ROLES = ("rep", "supervisor", "manager", "director", "admin")
REVIEWERS = frozenset({"supervisor", "manager", "director"})
_hasher = argon2.PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


class Team(HasId, Base):
    """A node of the tree of teams. `path` holds the ids from the root down, so a whole branch is one prefix."""

    __tablename__ = "team"

    name: Mapped[str] = mapped_column(String(100))
    region: Mapped[str] = mapped_column(String(100), default="")
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("team.id"))
    path: Mapped[str] = mapped_column(String(700), index=True)

    def __init__(self, parent: "Team | None" = None, **kwargs: Any) -> None:
        kwargs.setdefault("id", new_id())
        super().__init__(parent_id=parent.id if parent else None, **kwargs)
        self.path = f"{parent.path if parent else '/'}{self.id}/"


class User(HasId, UserMixin, Base):
    __tablename__ = "user"

    username: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(64))
    phone: Mapped[str] = mapped_column(String(32), default="")
    role: Mapped[str] = mapped_column(String(16), default="rep")
    team_id: Mapped[str | None] = mapped_column(ForeignKey("team.id"), index=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    must_change_password: Mapped[bool] = mapped_column(Boolean, default=False)
    language: Mapped[str | None] = mapped_column(String(10))
    scheme: Mapped[str] = mapped_column(String(10), default="")
    zone: Mapped[str | None] = mapped_column(String(40))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    disabled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    team: Mapped[Team | None] = relationship(lazy="joined")

    @property
    def is_active(self) -> bool:
        return self.disabled_at is None

    @property
    def may_review(self) -> bool:
        return self.role in REVIEWERS

    @property
    def is_admin(self) -> bool:
        return self.role == "admin"

    @property
    def works_the_field(self) -> bool:
        return self.role in ("rep", "supervisor")

    @property
    def initial(self) -> str:
        return self.name[:1]

    def set_password(self, password: str) -> None:
        self.password_hash = _hasher.hash(password)

    def has_password(self, password: str) -> bool:
        try:
            return _hasher.verify(self.password_hash, password)
        except argon2.exceptions.Argon2Error:
            return False

    def disable(self) -> None:
        """Close the account: all devices are signed out; what the person wrote stays."""
        self.disabled_at = clock.now()
        for device in db.session.scalars(select(Device).where(Device.user_id == self.id, Device.revoked_at.is_(None))):
            device.revoke()

    def enable(self) -> None:
        self.disabled_at = None


class Device(HasId, Base):
    """A signed-in browser. Only the SHA-256 of its token is kept, so the table opens no door."""

    __tablename__ = "device"

    user_id: Mapped[str] = mapped_column(ForeignKey("user.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    label: Mapped[str] = mapped_column(String(100), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)

    def revoke(self) -> None:
        self.revoked_at = self.revoked_at or clock.now()


class SignInAttempt(HasId, Base):
    """One failed try to sign in; `key` is the name tried or the address it came from, hashed."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (Index("ix_sign_in_attempt_key_at", "key", "at"),)

    key: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)


class AuditEntry(HasId, Base):
    """What was done with other people's data: exports, merges, reassignments, changes of accounts."""

    __tablename__ = "audit_entry"

    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now, index=True)
    actor_id: Mapped[str | None] = mapped_column(ForeignKey("user.id"), index=True)
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(200), default="")
    count: Mapped[int | None] = mapped_column(Integer)
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    actor: Mapped[User | None] = relationship(lazy="joined")


def note(action: str, subject: str = "", count: int | None = None, actor_id: str | None = None, **detail: Any) -> None:
    """Write a line into the audit log, in the caller's transaction."""
    db.session.add(AuditEntry(action=action, subject=subject, count=count, actor_id=actor_id, detail=detail))
