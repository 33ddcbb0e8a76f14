import base64
import hashlib
import hmac
import secrets
from datetime import datetime

from flask import current_app
from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.models import User
from webapp.foundation import clock
from webapp.foundation.db import Base, UtcDateTime, db


class CalendarFeed(Base):
    """The secret address of one person's calendar. The row alone does not open it: the house's own key is in it too."""

    __tablename__ = "calendar_feed"

    user_id: Mapped[str] = mapped_column(ForeignKey("user.id"), primary_key=True)
    number: Mapped[str] = mapped_column(String(32), unique=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.here)

    user: Mapped[User] = relationship()

    @classmethod
    def make(cls, user: User) -> "CalendarFeed":
        """A new address; the one before leads nowhere any more."""
        feed = db.session.get(cls, user.id) or cls(user_id=user.id)
        feed.number, feed.made_at = secrets.token_hex(12), clock.here()
        db.session.add(feed)
        return feed

    @classmethod
    def opened_by(cls, key: str) -> "CalendarFeed | None":
        """The feed that this key opens, if its owner is still here."""
        feed = db.session.scalar(select(cls).where(cls.number == key[:24]))
        if feed is None or not feed.user.is_active or not hmac.compare_digest(feed.key.encode(), key.encode()):
            return None
        return feed

    @property
    def key(self) -> str:
        own = f"calendar {current_app.config['SECRET_KEY']}".encode()
        mark = hmac.digest(own, f"{self.number} {self.user_id}".encode(), hashlib.sha256)[:18]
        return self.number + base64.urlsafe_b64encode(mark).decode()

    def withdraw(self) -> None:
        """It leads nowhere any more."""
        db.session.delete(self)
