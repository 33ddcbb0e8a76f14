"""What the pages about oneself show."""

from flask import current_app
from sqlalchemy import func, select

from webapp.accounts import words
from webapp.accounts.models import Device, User
from webapp.foundation.db import db
from webapp.foundation.i18n import _


def devices_of(user: User, here: str | None) -> list[Device]:
    """The devices on which this person is signed in: the one he holds, then the one used last."""
    live = select(Device).where(Device.user_id == user.id, Device.signed_in())
    return list(db.session.scalars(live.order_by(Device.id != here, Device.seen_at.desc(), Device.created_at.desc())))


def phone_is_taken(number: str, by_other_than: str | None) -> bool:
    """Whether another person who may come in has this number (in its plain spelling)."""
    kept = func.replace(func.replace(User.phone, " ", ""), "-", "")
    others = select(User.id).where(kept == number, User.disabled_at.is_(None), User.id != (by_other_than or ""))
    return db.session.scalar(others.limit(1)) is not None


def username_is_taken(username: str, by_other_than: str | None = None) -> bool:
    others = select(User.id).where(User.username == username, User.id != (by_other_than or ""))
    return db.session.scalar(others.limit(1)) is not None


def zones(own: str | None) -> list[tuple[str, str]]:
    """The time zones to choose from: the house's, the usual ones, and whatever this person has."""
    house = current_app.config["SETTINGS"].default_zone
    names = [*words.ZONES, *([own] if own and own not in words.ZONES else [])]
    return [("", _("公司的：%(zone)s", zone=words.zone(house))), *((name, words.zone(name)) for name in names)]
