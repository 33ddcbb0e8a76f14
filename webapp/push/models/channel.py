import base64
import hashlib
from datetime import datetime

from cryptography.fernet import Fernet, InvalidToken
from flask import current_app
from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.models import User
from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime

CHANNELS = ("wecom", "dingtalk", "feishu", "mail")


class Channel(HasId, Base):
    """Another way to reach a person, set by an admin: a robot in a group of WeCom, DingTalk or Feishu, or mail. The key
    of the robot is sealed with the house's own, so that a copy of the database alone opens nothing."""

    __tablename__ = "push_channel"

    user_id: Mapped[str] = mapped_column(ForeignKey("user.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(60), default="")
    sealed: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.here)
    outcome: Mapped[str] = mapped_column(String(40), default="")
    at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship()

    @property
    def secret(self) -> str:
        """The robot's key (with its signing secret before an @, if it has one), or the address of the mail; '' if the
        house's own key is another one now."""
        try:
            return _seal().decrypt(self.sealed.encode()).decode()
        except InvalidToken:
            return ""

    @secret.setter
    def secret(self, key: str) -> None:
        self.sealed = _seal().encrypt(key.encode()).decode()

    def note(self, outcome: str) -> None:
        self.outcome, self.at = outcome[:40], clock.here()


def _seal() -> Fernet:
    own = current_app.config["SECRET_KEY"].encode()
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"channels" + own).digest()))
