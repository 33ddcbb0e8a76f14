"""What a pack holds, in two numbers: how many addresses, and the sum of a number made of each. So both follow with each one that
comes and goes, in whatever order, and a phone can reckon them of what it truly has (service_worker/held.js says the same).
Whoever changes what is held has raised the feed's counter, so that nobody else does meanwhile."""

from collections.abc import Iterable, Iterator, Mapping
from zlib import crc32

from sqlalchemy import ColumnElement, select

from webapp.field_pack.marking import batches
from webapp.field_pack.models import Feed, Pack, PackItem
from webapp.foundation.db import db

UNPACKABLE = "!"
"""What is kept of a page that could not be rendered: it belongs to the pack, but no phone holds it."""

Held = tuple[int, int]


def held(urls: Iterable[str]) -> Held:
    """How many addresses, and their sum; of two million it is still exact as a number of JavaScript."""
    numbers = [_number(url) for url in urls]
    return len(numbers), sum(numbers)


def _number(url: str) -> int:
    """The checksums of addresses that are alike go together, so that two may stand for two others; multiplied with themselves
    they do not."""
    checksum = crc32(url.encode())
    return (checksum ^ checksum >> 15) * (checksum | 1) & 0xFFFFFFFF


def reckon(pack: Pack) -> None:
    """Of all that it holds."""
    urls = db.session.connection().execute(select(PackItem.url).where(*_in_hand(pack.user_id)))
    pack.digest = _written(held(url for (url,) in urls))


def follow(pack: Pack, come: Iterable[str], gone: Iterable[str]) -> None:
    """These are held now and were not, and those were; of a pack that nobody has reckoned nothing is known."""
    if before := _read(pack.digest):
        (n, total), (more, added), (fewer, taken) = before, held(come), held(gone)
        pack.digest = _written((n + more - fewer, total + added - taken))


def among(user_id: str, urls: Iterable[str]) -> Iterator[str]:
    """Those of these addresses that this person's phones hold."""
    for some in batches(urls):
        yield from db.session.scalars(select(PackItem.url).where(*_in_hand(user_id), PackItem.url.in_(some)))


def look(user_id: str, contents: Mapping[str, str]) -> None:
    """These pages of his, by their addresses, turn out to be so: one that cannot be rendered is held no longer, one that can
    be again is."""
    Feed.raise_by(0)
    pack = db.session.get_one(Pack, user_id, populate_existing=True)
    there = select(PackItem.url, PackItem.content).where(PackItem.user_id == user_id, PackItem.gone_at.is_(None))
    before = dict(db.session.execute(there.where(PackItem.url.in_(contents))).all())
    come = [url for url, content in before.items() if content == UNPACKABLE != contents[url]]
    gone = [url for url, content in before.items() if content != UNPACKABLE == contents[url]]
    follow(pack, come, gone)


def told(user_id: str) -> Held | str:
    """What a phone is told of it; empty where nobody has reckoned it."""
    return _read(db.session.scalar(select(Pack.digest).where(Pack.user_id == user_id)) or "") or ""


def has_changed(user_id: str, since: int) -> bool:
    """Whether a page of his pack has a number above this one."""
    later = select(PackItem.number).where(PackItem.user_id == user_id, PackItem.number > since)
    return db.session.scalar(later.limit(1)) is not None


def _in_hand(user_id: str) -> tuple[ColumnElement[bool], ...]:
    return PackItem.user_id == user_id, PackItem.gone_at.is_(None), PackItem.content != UNPACKABLE


def _written(numbers: Held) -> str:
    return "{} {}".format(*numbers)


def _read(digest: str) -> Held | None:
    n, _space, total = digest.partition(" ")
    return (int(n), int(total)) if total else None
