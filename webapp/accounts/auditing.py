"""Reading the audit log: what it says, of whom, and whether it is as it was written."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, lazyload

from webapp.accounts.models import AuditEntry, Team, User, audit_lock
from webapp.accounts.models.audit import START
from webapp.foundation import clock
from webapp.foundation.date_chips import as_day
from webapp.foundation.db import as_id, db

AT_ONCE, BATCH = 100, 1000
Names = Callable[[set[str]], Mapping[str, str]]
_names: dict[str, Names] = {}


def names_of(kind: str) -> Callable[[Names], Names]:
    """Register who knows how the things of a kind (the name of their table) are called: ids → id → name."""

    def register(names: Names) -> Names:
        _names[kind] = names
        return names

    return register


@names_of("user")
def _people(ids: set[str]) -> Mapping[str, str]:
    return dict(db.session.execute(select(User.id, User.name).where(User.id.in_(ids))).all())


@names_of("team")
def _teams(ids: set[str]) -> Mapping[str, str]:
    return dict(db.session.execute(select(Team.id, Team.name).where(Team.id.in_(ids))).all())


@dataclass(frozen=True)
class Wanted:
    """What of the log is asked for; empty is all."""

    action: str = ""
    actor: str = ""
    subject: str = ""
    since: date | None = None
    until: date | None = None

    @classmethod
    def read(cls, args: Mapping[str, str]) -> "Wanted":
        actor, subject = (as_id(args.get(name)) or "" for name in ("actor", "subject"))
        return cls(args.get("action", "")[:40], actor, subject, as_day(args.get("since")), as_day(args.get("until")))

    def args(self, **others: Any) -> dict[str, str]:
        said = {
            "action": self.action,
            "actor": self.actor,
            "subject": self.subject,
            "since": self.since,
            "until": self.until,
        }
        return {name: str(value) for name, value in (said | others).items() if value}

    def of(self) -> Select[AuditEntry]:
        found = select(AuditEntry)
        for column, value in (("action", self.action), ("actor_id", self.actor), ("subject_id", self.subject)):
            found = found.where(getattr(AuditEntry, column) == value) if value else found
        found = found.where(AuditEntry.at >= clock.day_bounds(self.since)[0]) if self.since else found
        return found.where(AuditEntry.at < clock.day_bounds(self.until)[1]) if self.until else found


@dataclass(frozen=True)
class Log:
    entries: list[AuditEntry]
    names: dict[tuple[str, str], str]
    """(kind, id) → how it is called today; what is not in it is no more."""
    older: int | None


def page_of(wanted: Wanted, before: str | None) -> Log:
    """A hundred lines, newest first, those before number `before` if it is one; the names in a query a kind."""
    found = wanted.of().options(joinedload(AuditEntry.actor)).order_by(AuditEntry.number.desc()).limit(AT_ONCE + 1)
    if before and before.isdigit():
        found = found.where(AuditEntry.number < int(before[:12]))
    entries = list(db.session.scalars(found))
    older = entries[AT_ONCE - 1].number if len(entries) > AT_ONCE else None
    return Log(entries[:AT_ONCE], _called(entries[:AT_ONCE]), older)


def _called(entries: Iterable[AuditEntry]) -> dict[tuple[str, str], str]:
    ids = defaultdict(set)
    for entry in entries:
        ids[entry.subject_kind].add(entry.subject_id)
    return {(kind, id): name for kind, some in ids.items() if kind in _names for id, name in _names[kind](some).items()}


def actions() -> list[str]:
    """The kinds of action that the log knows."""
    return sorted(db.session.scalars(select(AuditEntry.action).distinct()))


def actors() -> list[tuple[str, str]]:
    """Id and name of everybody of whom there is a line."""
    there = select(User.id, User.name).where(User.id.in_(select(AuditEntry.actor_id)))
    return [(id, name) for id, name in db.session.execute(there.order_by(User.name))]


@dataclass(frozen=True)
class Verdict:
    """`count` lines were read; `broken`: the number of the first that is not as it was written, or does not follow."""

    count: int
    digest: str
    broken: int | None = None


def verify() -> Verdict:
    """Read the whole chain from its beginning."""
    rows = select(AuditEntry).options(lazyload(AuditEntry.actor)).order_by(AuditEntry.number)
    entries = db.session.scalars(rows.execution_options(yield_per=BATCH))
    try:
        return _follow(entries)
    finally:
        entries.close()


def _follow(entries: Iterable[AuditEntry]) -> Verdict:
    count, last = 0, START
    for entry in entries:
        count += 1
        if entry.number != count or entry.before != last or not entry.is_whole():
            return Verdict(count - 1, last, count)
        last = entry.digest
    return Verdict(count, last)


def is_locked() -> bool:
    """Whether the database itself refuses to alter the log."""
    return audit_lock.is_laid(db.session.connection())
