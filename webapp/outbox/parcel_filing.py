"""A parcel is taken in: each entry as if its author's phone had sent it, each file whole; what is here already stays once."""

import hashlib
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from webapp.accounts.access import may_see
from webapp.accounts.models import User, note
from webapp.accounts.sessions import in_the_name_of
from webapp.foundation import filing, later
from webapp.foundation.db import as_id, db
from webapp.foundation.files import store
from webapp.outbox import screening
from webapp.outbox.arrivals import PIECE, Announced
from webapp.outbox.entries import Entry
from webapp.outbox.parcel import Parcel
from webapp.outbox.quarantine import a_desk_of_its_own
from webapp.outbox.user_hash import user_hash


@dataclass
class Taken:
    """What became of a parcel: (entry, answer) pairs in the order of writing, and how many files came."""

    author: User
    answers: list[tuple[Entry, dict[str, Any]]]
    files: int

    def count(self, *results: str) -> int:
        return sum(answer["result"] in results for _entry, answer in self.answers)


class Foreign(Exception):
    """Nobody here wrote it: it is another server's."""


class NotYours(Exception):
    """Its author is somebody whose work this person does not see."""


def author_of(parcel: Parcel, by: User) -> User:
    """Who wrote it; raises Foreign, NotYours."""
    ids = db.session.scalars(select(User.id))
    known = next((user_id for user_id in ids if user_hash(user_id) == parcel.user), None)
    if known is None:
        raise Foreign(parcel.origin)
    if not may_see(by, known):
        raise NotYours
    return db.session.get_one(User, known)


def take_in(parcel: Parcel, by: User) -> Taken:
    """File it in its author's name; raises Foreign, NotYours."""
    author = author_of(parcel, by)
    entries = sorted(parcel.entries, key=lambda entry: entry.seq)
    with a_desk_of_its_own(), in_the_name_of(author):
        answers = list(screening.deliver(entries, as_id(parcel.device) or ""))
    note("parcel_taken", author, len(entries), by.id)
    return Taken(author, list(zip(entries, answers, strict=True)), _take_files(parcel, author))


def _take_files(parcel: Parcel, author: User) -> int:
    """Lay down the files that are still lacking; they are looked at after the transaction, as they are slow."""
    came = 0
    for file_id, content in parcel.files.items():
        announced = db.session.get(Announced, as_id(file_id) or "")
        if announced is None or announced.user_id != author.id or announced.complete_at:
            continue
        if len(content) != announced.size or hashlib.sha256(content).hexdigest() != announced.sha256:
            continue
        for offset in range(0, len(content), PIECE):
            store().write(announced.key_of(offset), content[offset : offset + PIECE], "application/octet-stream")
        announced.have = announced.size
        later.put_off(look_at, announced.id)
        came += 1
    return came


@later.work
def look_at(announced_id: str) -> None:
    """All bytes of this attachment are here: check them and hand it to its report."""
    with filing.transaction():
        announced = db.session.get(Announced, announced_id)
        if announced is not None and announced.complete_at is None and announced.have == announced.size:
            announced.complete()
