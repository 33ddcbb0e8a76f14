"""How a notice gets from its row to the phones: never in a request, each step a work that may be ended anywhere."""

import json
from datetime import timedelta
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from webapp.foundation import clock, later
from webapp.foundation.db import db
from webapp.outbox import gate
from webapp.outbox.user_hash import user_hash
from webapp.push import posting, robots
from webapp.push.keys import keys
from webapp.push.models import Channel, Delivery, Notice, Subscription, Wishes
from webapp.push.models.delivery import FAILED, GONE, WAITING
from webapp.push.posting import Outcome
from webapp.push.words import KINDS

STALE = timedelta(hours=24)
MOST_TRIES = 7
RESTS = (30, 120, 480, 1800, 3600, 7200)
"""Seconds before the next try."""


@later.work
def carry(ids: list[str], round: int = 0) -> None:
    """Take these notices to all phones and channels of their readers, or put it off to the end of somebody's quiet."""
    with gate.transaction():
        prepared = [delivery_id for notice_id in _newest(ids) for delivery_id in _prepare(notice_id, round)]
    for delivery_id in prepared:
        send(delivery_id)


def _newest(ids: list[str]) -> list[str]:
    """Of many that one person is told of one kind only the last goes out, and says how many there are."""
    unread = select(Notice.user_id, Notice.kind, Notice.id).where(Notice.id.in_(ids), Notice.read_at.is_(None))
    rows = db.session.execute(unread.order_by(Notice.at, Notice.id)).all()
    last = {(user_id, kind): notice_id for user_id, kind, notice_id in rows}
    older = {notice_id for *_whom, notice_id in rows} - set(last.values())
    Delivery.leave(sorted(older), "newer")
    return [notice_id for notice_id in ids if notice_id not in older]


def _prepare(notice_id: str, round: int) -> list[str]:
    notice = db.session.get(Notice, notice_id, options=[joinedload(Notice.user)])
    if notice is None:
        return []
    wishes = Wishes.of(notice.user_id)
    if why := _why_not(notice, wishes):
        Delivery.leave([notice_id], why)
        return []
    zone = ZoneInfo(notice.user.zone or current_app.config["SETTINGS"].default_zone)
    if not KINDS[notice.kind].urgent and (quiet := wishes.quiet_until(clock.here(), zone)):
        later.put_off(carry, [notice_id], round, at=quiet)
        return []
    return Delivery.prepare(notice, round)


def _why_not(notice: Notice, wishes: Wishes) -> str:
    """In a word, why this one need not go out; '' if it should."""
    if notice.read_at or not notice.user.is_active:
        return "read" if notice.read_at else "gone"
    if notice.kind in wishes.off:
        return "off"
    return "newer" if notice.has_a_newer_one() else ""


@later.work
def send(delivery_id: str) -> None:
    """One try; what came of it is noted, and what did not get through is tried again, ever more rarely."""
    delivery = db.session.get(Delivery, delivery_id)
    if delivery is None or delivery.state != WAITING:
        return
    notice, target_id = delivery.notice, delivery.target_id
    if notice.read_at or clock.here() - delivery.made_at > STALE:
        outcome = Outcome(FAILED, "read" if notice.read_at else "late")
    else:
        outcome = _to_phone(notice, target_id) if delivery.target == "phone" else _to_channel(notice, target_id)
    with gate.transaction():
        _note(db.session.get_one(Delivery, delivery_id), outcome)


def _note(delivery: Delivery, outcome: Outcome) -> None:
    delivery.tries += 1
    delivery.state, delivery.outcome, delivery.at = outcome.state, outcome.word[:40], clock.here()
    if outcome.state == WAITING and delivery.tries >= MOST_TRIES:
        delivery.state = FAILED
    elif outcome.state == WAITING:
        rest = max(outcome.rest, RESTS[delivery.tries - 1])
        later.put_off(send, delivery.id, at=clock.here() + timedelta(seconds=rest))
    if delivery.target == "channel" and (channel := db.session.get(Channel, delivery.target_id)):
        channel.note(outcome.word)
    if outcome.state == GONE and (subscription := db.session.get(Subscription, delivery.target_id)):
        db.session.delete(subscription)


def unread(notice: Notice) -> int:
    """How many of this kind the reader has not seen."""
    like = select(func.count()).where(Notice.user_id == notice.user_id, Notice.kind == notice.kind)
    return db.session.scalar(like.where(Notice.read_at.is_(None))) or 1


def _to_phone(notice: Notice, subscription_id: str) -> Outcome:
    own, mine = keys(), Subscription.live(notice.user_id).where(Subscription.id == subscription_id)
    to = db.session.scalar(mine)
    if own is None or to is None:
        return Outcome(GONE, "signed out")
    said = {"id": notice.id, "kind": notice.kind, "n": unread(notice), "user": user_hash(notice.user_id)}
    address, kind = to.address, notice.kind
    db.session.rollback()  # no transaction is held while somebody else's server thinks
    return posting.post(address, json.dumps(said).encode(), kind, KINDS[kind].urgent, own)


def _to_channel(notice: Notice, channel_id: str) -> Outcome:
    channel = db.session.get(Channel, channel_id)
    if channel is None:
        return Outcome(FAILED, "removed")
    kind, secret, letter = channel.kind, channel.secret, robots.letter(notice, unread(notice))
    db.session.rollback()
    return robots.tell(kind, secret, letter)
