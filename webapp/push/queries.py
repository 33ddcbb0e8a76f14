"""The inbox, page by page, and the numbers beside the bell."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import joinedload

from webapp.accounts.models import User
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.push.models import Channel, Notice, Subscription, Wishes

AT_ONCE = 50


@dataclass(frozen=True)
class Inbox:
    notices: list[Notice]
    unread: int
    page: int
    has_more: bool

    @property
    def last_at(self) -> datetime | None:
        return self.notices[0].at if self.notices else None


def inbox(user: User, page: int) -> Inbox:
    """One page of what this person was told, the newest first. Two queries."""
    mine = Notice.visible_to(user).options(joinedload(Notice.by)).order_by(Notice.at.desc(), Notice.id.desc())
    found = list(db.session.scalars(mine.offset((page - 1) * AT_ONCE).limit(AT_ONCE + 1)))
    return Inbox(found[:AT_ONCE], unread(user), page, len(found) > AT_ONCE)


def unread(user: User) -> int:
    """How many wait to be read. One query on an index."""
    mine = select(func.count()).select_from(Notice).where(Notice.user_id == user.id, Notice.read_at.is_(None))
    return db.session.scalar(mine) or 0


def read(user: User, upto: datetime | None, ids: list[str]) -> None:
    """These have been read, or all that came until then."""
    mine = update(Notice).where(Notice.user_id == user.id, Notice.read_at.is_(None))
    which = Notice.id.in_(ids) if ids else Notice.at <= (upto or clock.here())
    db.session.execute(mine.where(which).values(read_at=clock.here()).execution_options(synchronize_session=False))


def wishes_page(user: User, device_id: str) -> dict[str, Any]:
    """What somebody has set for himself: his wishes, and whether this very device is told."""
    here = Subscription.live(user.id).where(Subscription.device_id == device_id).with_only_columns(Subscription.id)
    return {"wishes": Wishes.of(user.id), "is_told": db.session.scalar(here.limit(1)) is not None}


def channels(user: User) -> list[Channel]:
    return list(db.session.scalars(select(Channel).where(Channel.user_id == user.id).order_by(Channel.created_at)))
