from datetime import datetime
from unicodedata import normalize

import argon2
from flask_login import UserMixin
from sqlalchemy import Boolean, ForeignKey, String, update
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.facts import CustomersHandedOver
from webapp.accounts.models.device import Device
from webapp.accounts.models.team import Team
from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime, db
from webapp.foundation.facts import tell

ROLES = ("rep", "supervisor", "manager", "director", "admin")
REVIEWERS = frozenset({"supervisor", "manager", "director"})
_hasher = argon2.PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_nobody = _hasher.hash("nobody")


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
    def is_authenticated(self) -> bool:
        """Whoever has left is still the author of what is filed in his name; at the door `is_active` is asked."""
        return True

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
        self.password_hash = _hasher.hash(normalize("NFC", password))

    def has_password(self, password: str) -> bool:
        return matches(self.password_hash, password)

    def change_password(self, password: str, keep: str | None = None) -> None:
        """A password of his own choice; all his devices but the one to keep are signed out."""
        self.set_password(password)
        self.must_change_password = False
        self.sign_out_devices(keep)

    def give_one_time_password(self, password: str) -> None:
        """A password that opens the door once: he is signed out everywhere and must choose his own at the next sign-in."""
        self.change_password(password)
        self.must_change_password = True

    def sign_out_devices(self, keep: str | None = None) -> None:
        """Sign out every device of this person except the one with this id."""
        live = update(Device).where(Device.user_id == self.id, Device.revoked_at.is_(None), Device.id != (keep or ""))
        db.session.execute(live.values(revoked_at=clock.now()))

    def disable(self) -> None:
        """Close the account: all devices are signed out; what the person wrote stays."""
        self.disabled_at = self.disabled_at or clock.now()
        self.sign_out_devices()

    def enable(self) -> None:
        self.disabled_at = None

    def hand_customers_to(self, successor: "User", by: "User") -> None:
        """All customers of this person are the successor's from now on; the rooms above see to it."""
        tell(CustomersHandedOver(from_id=self.id, to_id=successor.id, by_id=by.id))


def matches(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, normalize("NFC", password))
    except argon2.exceptions.Argon2Error:
        return False


def matches_nobody(password: str) -> bool:
    """The same work as for a known name, so that the time taken tells nothing; always false."""
    matches(_nobody, password)
    return False
