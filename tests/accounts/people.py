"""What the tests about people ask and send."""

from sqlalchemy import select

from webapp.accounts.models import AuditEntry, User
from webapp.foundation.db import db

NEW = {"name": "郑敏", "username": "zhengmin", "phone": "13700001111", "role": "rep"}


def person(username: str) -> User:
    return db.session.scalars(select(User).where(User.username == username)).one()


def done() -> list[tuple[str, str | None]]:
    """What the log holds: each action and who did it."""
    entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.number))
    return [(entry.action, entry.actor.username if entry.actor else None) for entry in entries]
