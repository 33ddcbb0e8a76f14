import hashlib
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ForeignKey, Select, String, Text, delete, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.models import Device, User
from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime, db, new_id


class Address(NamedTuple):
    endpoint: str
    p256dh: str
    auth: str


class Subscription(HasId, Base):
    """Where the push service of a browser takes what is for one signed-in device, and the keys to seal it with.
    It is worth as much as the sign-in: once the device is signed out, nothing is sent."""

    __tablename__ = "push_subscription"

    user_id: Mapped[str] = mapped_column(ForeignKey("user.id"), index=True)
    device_id: Mapped[str] = mapped_column(ForeignKey("device.id"), index=True)
    endpoint: Mapped[str] = mapped_column(Text)
    endpoint_hash: Mapped[str] = mapped_column(String(64), unique=True)
    p256dh: Mapped[str] = mapped_column(String(120))
    auth: Mapped[str] = mapped_column(String(60))
    checked_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.here)

    device: Mapped[Device] = relationship()

    @property
    def address(self) -> Address:
        return Address(self.endpoint, self.p256dh, self.auth)

    @classmethod
    def keep(cls, user: User, device_id: str, endpoint: str, p256dh: str, auth: str) -> "Subscription":
        """This browser can be reached here; whoever had it before is reached here no more, nor is this device elsewhere."""
        mark = digest(endpoint)
        elsewhere = delete(cls).where(cls.device_id == device_id, cls.endpoint_hash != mark)
        db.session.execute(elsewhere.execution_options(synchronize_session=False))
        known = db.session.scalar(select(cls).where(cls.endpoint_hash == mark))
        if known is None:
            known = cls(id=new_id(), endpoint=endpoint, endpoint_hash=mark)
            db.session.add(known)
        known.user_id, known.device_id = user.id, device_id
        known.p256dh, known.auth, known.checked_at = p256dh, auth, clock.here()
        return known

    @classmethod
    def drop(cls, user_id: str, endpoint: str) -> None:
        mine = delete(cls).where(cls.user_id == user_id, cls.endpoint_hash == digest(endpoint))
        db.session.execute(mine.execution_options(synchronize_session=False))

    @classmethod
    def live(cls, user_id: str) -> Select["Subscription"]:
        """Where this person can be reached: his devices that are signed in."""
        return select(cls).join(Device).where(cls.user_id == user_id, Device.user_id == user_id, Device.signed_in())


def digest(endpoint: str) -> str:
    return hashlib.sha256(endpoint.encode(errors="replace")).hexdigest()
