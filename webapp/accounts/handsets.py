"""What still lies on the phones of one's people, as the phones themselves have told it."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, Select, or_, select

from webapp.accounts.access import visible_to
from webapp.accounts.models import Device, User
from webapp.foundation import clock
from webapp.foundation.db import db

SILENT = timedelta(hours=24)
MOST = 100


@dataclass(frozen=True)
class Handset:
    """A phone with its owner; `is_silent`: it holds something and was not heard of for a day."""

    device: Device
    is_silent: bool

    @property
    def owner(self) -> User:
        return self.device.user


def loaded(user: User) -> list[Handset]:
    """The phones that still hold something, the silent ones first, then the longest waiting. One query."""
    return _in_order(_of_the_people_of(user).where(_holds_something()))


def all_of(user: User) -> list[Handset]:
    """Every phone that keeps in touch or should: what is signed in, and what holds something still. One query."""
    return _in_order(_of_the_people_of(user).where(or_(_holds_something(), Device.signed_in())))


def _holds_something() -> ColumnElement[bool]:
    """The condition under which something lies on a phone that is not in the house: unsent, or refused and not yet mended."""
    return or_(Device.waiting > 0, Device.parked > 0, Device.refused > 0)


def _of_the_people_of(user: User) -> Select[Device]:
    """Phones that have told of their outbox; not one's own. A closed account's phone may hold something still."""
    told = select(Device).where(
        Device.contact_at.is_not(None), Device.user_id != user.id, visible_to(user, Device.user_id)
    )
    return told.order_by(Device.waiting_since.is_(None), Device.waiting_since, Device.contact_at).limit(MOST)


def _in_order(phones: Select[Device]) -> list[Handset]:
    found = [Handset(device, _is_silent(device)) for device in db.session.scalars(phones)]
    return sorted(found, key=lambda phone: (not phone.is_silent, not phone.device.waiting))


def _is_silent(device: Device) -> bool:
    return device.waiting > 0 and device.contact_at is not None and clock.now() - device.contact_at > SILENT
