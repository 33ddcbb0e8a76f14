import hmac
from datetime import datetime, timedelta
from ipaddress import ip_address
from math import ceil

from flask import current_app
from sqlalchemy import Index, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime, db

WINDOW = timedelta(minutes=15)
PER_NAME, PER_ADDRESS = 10, 50


class SignInAttempt(HasId, Base):
    """One failed try to sign in; `key` is the name tried or the address it came from, hashed."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (Index("ix_sign_in_attempt_key_at", "key", "at"),)

    key: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    @classmethod
    def failed(cls, name: str, address: str) -> None:
        """Count a wrong try for the name and for the address, and sweep out what counts no more."""
        db.session.execute(delete(cls).where(cls.at <= clock.now() - WINDOW))
        db.session.add_all([cls(key=_key("name", name)), cls(key=_key("address", neighbourhood(address)))])

    @classmethod
    def forgive(cls, name: str) -> None:
        """The right password was given: earlier slips under this name count no more."""
        db.session.execute(delete(cls).where(cls.key == _key("name", name)))

    @classmethod
    def minutes_to_wait(cls, name: str, address: str) -> int:
        """In how many minutes this name may be tried again from this address; 0 is now."""
        free = [
            cls._free_at(_key("name", name), PER_NAME),
            cls._free_at(_key("address", neighbourhood(address)), PER_ADDRESS),
        ]
        return max(0, *(ceil((at - clock.now()).total_seconds() / 60) for at in free))

    @classmethod
    def _free_at(cls, key: str, most: int) -> datetime:
        counted = select(cls.at).where(cls.key == key, cls.at > clock.now() - WINDOW)
        decisive = db.session.scalar(counted.order_by(cls.at.desc()).offset(most - 1).limit(1))
        return decisive + WINDOW if decisive else clock.now()


def neighbourhood(address: str) -> str:
    """The address, or for IPv6 the /64 that one household has to itself."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    return known.exploded[:19] if known.version == 6 else address


def _key(kind: str, value: str) -> str:
    return hmac.digest(str(current_app.secret_key).encode(), f"{kind}:{value}".encode(errors="replace"), "sha256").hex()
