"""The delta: everything that has changed for one person since the number on his phone, or all of it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from flask import Flask, current_app
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import Select, Table, bindparam, case, func, select, tuple_, update

from webapp.accounts.models import User
from webapp.field_pack import holding, keeping, moulds, search_index
from webapp.field_pack.facts import PhoneHas
from webapp.field_pack.models import Feed, Forgotten, Pack, PackItem
from webapp.field_pack.moulds import Moulds
from webapp.field_pack.rendering import Reader, render, together
from webapp.field_pack.versions import Version
from webapp.foundation import clock, packing
from webapp.foundation.db import db
from webapp.foundation.epoch import epoch
from webapp.foundation.facts import tell
from webapp.outbox import gate
from webapp.outbox.durable import durable_for

PROTOCOL = 1
AT_ONCE = 50
"""Pages looked up and noted together."""
FEW = 40
"""Up to so many pages it pays to squeeze harder."""


@dataclass(frozen=True)
class Pull:
    """What one phone asks for. `since`: the number on it, None for all; `upto`: the number that it will have."""

    reader: Reader
    edition: str
    cursor: str | None
    since: int | None
    upto: int
    total: int
    moulds: Moulds
    edits: bool


def begin(app: Flask, user: User, reader: Reader, edition: str, asked: Mapping[str, str]) -> Pull:
    """Look at the cursor and edition that the phone says it has; what is wrong with them makes the pull a reset, never an error."""
    cursor, theirs = asked.get("cursor"), asked.get("edition")
    keeping.tidy(user, wholly=theirs != edition or not cursor)
    upto = Feed.now()
    cast = moulds.of(app, reader)
    since = _number(cursor, [user.id, edition, epoch(), cast.mark], upto) if theirs in (None, edition) else None
    if since is not None and reader.device_id:
        tell(PhoneHas(reader.device_id, since))
    wanted = _wanted(user.id, since).with_only_columns(func.count())
    total = db.session.scalar(wanted) or 0
    return Pull(reader, edition, cursor if since is not None else None, since, upto, total, cast, "edits" in asked)


def _wanted(user_id: str, since: int | None) -> Select[Any]:
    mine = select(PackItem).where(PackItem.user_id == user_id)
    return mine.where(PackItem.gone_at.is_(None)) if since is None else mine.where(PackItem.number > since)


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="field pack")


def _signed(pull: Pull) -> str:
    said = [pull.reader.user_id, pull.edition, epoch(), pull.moulds.mark, pull.upto]
    return str(_signer().dumps(said))


def _number(cursor: str | None, of: list[str], newest: int) -> int | None:
    """The number that a cursor `of` this person, edition, epoch and moulds stands for; None for every other."""
    try:
        said = _signer().loads(cursor or "")
    except BadSignature:
        return None
    if not isinstance(said, list) or len(said) != 5 or said[:4] != of:
        return None
    horizon = db.session.scalar(select(Pack.horizon).where(Pack.user_id == of[0])) or 0
    return said[4] if horizon <= said[4] <= newest else None


def stream(app: Flask, pull: Pull) -> Iterator[str]:
    """The lines of the answer, as docs/protocol.md has them. Renders fifty pages of one state of the house and holds no
    transaction while they are said."""
    yield _line(_head(app, pull))
    yield from map(_line, _forgotten(app, pull))
    after: tuple[int, str] = (pull.since if pull.since is not None else -1, "\uffff")
    while items := _next(app, pull, after):
        with together(app):
            told = [_page(app, pull, item) for item in items]
        both = zip(items, told, strict=True)
        seen = [(item, content) for item, (_said, content) in both if content != item["content"]]
        _note(app, pull, seen)  # before it is said: a phone never holds what is not noted here
        yield from (line for line, _content in told if line)
        after = (items[-1]["number"], items[-1]["url"])
        if len(items) < AT_ONCE:
            break
    with app.app_context():
        tail = {"kind": "tail", "cursor": _signed(pull), "held": _held(pull, after[0])}
    yield _line(tail)


def _head(app: Flask, pull: Pull) -> dict[str, Any]:
    with app.app_context():
        now = clock.here()
        lease = now + timedelta(days=app.config["SETTINGS"].lease_days)
        return {
            "kind": "head",
            "protocol": PROTOCOL,
            "user": packing.mark(pull.reader.user_id),
            "edition": pull.edition,
            "from": pull.cursor,
            "reset": pull.since is None,
            "total": pull.total,
            "lease": lease.isoformat(),
            "now": now.isoformat(),
            "epoch": epoch(),
            "durable": durable_for(pull.reader.user_id),
            **(
                {"simple": search_index.simple(), "moulds": pull.moulds.told(), "customers": _customers(pull)}
                if pull.since is None
                else {}
            ),
        }


def _customers(pull: Pull) -> int:
    """How many of the pages to come are cards of customers of his."""
    cards = _wanted(pull.reader.user_id, None).where(PackItem.kind == "card", PackItem.subject != packing.STRANGER)
    return db.session.scalar(cards.with_only_columns(func.count())) or 0


def _forgotten(app: Flask, pull: Pull) -> list[dict[str, Any]]:
    """Who was erased since this phone was here last: it lets go of what it keeps beside its pages too."""
    with app.app_context():
        known = select(Forgotten.ids).where(Forgotten.number > (pull.since or 0), Forgotten.number <= pull.upto)
        recent = Forgotten.at > clock.here() - keeping.TOMBSTONES
        return [{"kind": "forget", "ids": ids} for ids in db.session.scalars(known.where(recent))]


def _next(app: Flask, pull: Pull, after: tuple[int, str]) -> list[dict[str, Any]]:
    """The next pages in the order of their numbers; one that changes meanwhile comes (again) at its new place."""
    columns = (PackItem.url, PackItem.kind, PackItem.number, PackItem.gone_at, PackItem.content, PackItem.since)
    mine = select(*columns).where(PackItem.user_id == pull.reader.user_id)
    rest = mine.where(tuple_(PackItem.number, PackItem.url) > after)
    if pull.since is None:
        rest = rest.where(PackItem.gone_at.is_(None) | (PackItem.number > pull.upto))
    with app.app_context():
        found = db.session.execute(rest.order_by(PackItem.number, PackItem.url).limit(AT_ONCE))
        return [dict(row._mapping) for row in found]


def _page(app: Flask, pull: Pull, item: dict[str, Any]) -> tuple[str, str]:
    """The line of a page, empty if the phone has it as it is; and what is to be kept of what it says."""
    html, beside = (None, {}) if item["gone_at"] else render(app, item["url"], pull.reader, item["kind"])
    if html is None:
        content = "" if item["gone_at"] else holding.UNPACKABLE
        return _line({"kind": "gone", "url": item["url"]}), content
    page = Version(item["url"], html, pull.moulds.pressed(html), beside)
    content = page.content()
    if pull.since is None or item["since"] > pull.since:
        return _line(page.line()), content
    if content == item["content"]:
        return "", content
    return _line((pull.edits and page.edits(item["content"])) or page.line()), content


def _note(app: Flask, pull: Pull, seen: list[tuple[dict[str, Any], str]]) -> None:
    """Remember what the pages say, so that a change that does not show is not sent; and that the phone is to hold others,
    if there is one that could not be rendered (or can be again). A page that has changed since the pull began is known to
    be so only from its new number on."""
    if not seen:
        return
    table, user_id = cast(Table, PackItem.__table__), pull.reader.user_id
    mine = update(table).where(table.c.user_id == user_id, table.c.url == bindparam("page"))
    since = case((table.c.number > pull.upto, table.c.number), else_=pull.upto)
    values = [{"page": item["url"], "found": content} for item, content in seen]
    with app.app_context(), gate.transaction():
        if any(holding.UNPACKABLE in (content, item["content"]) for item, content in seen):
            holding.look(user_id, {item["url"]: content for item, content in seen})
        else:
            mine = mine.where(table.c.content != holding.UNPACKABLE)  # of which another pull knows
        db.session.connection().execute(mine.values(content=bindparam("found"), since=since), values)


def _held(pull: Pull, last: int) -> holding.Held | str:
    """What is held when all has come up to the `last` number; nothing, if a page has changed since."""
    told = holding.told(pull.reader.user_id)
    return "" if holding.has_changed(pull.reader.user_id, max(last, pull.upto)) else told


def _line(said: dict[str, Any]) -> str:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))
