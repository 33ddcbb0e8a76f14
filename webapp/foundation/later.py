"""Work that is put off: a room says what, the job queue on the roof (webapp.jobs) says when.

A work that is put off is a row, written in the transaction of what it is about: refused with it or kept with it. The queue
only carries its number; if that is lost (a kill between commit and queue), the sweeper finds the row. Whoever carries it
out claims the row first, so of two schedulers one does it. A work may run twice or be ended anywhere, and must stand that.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from flask import current_app
from sqlalchemy import JSON, Index, Integer, String, and_, delete, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from webapp.foundation import clock, filing
from webapp.foundation.db import Base, HasId, UtcDateTime, db, insert_unless_there, is_writing, new_id

works: dict[str, Callable[..., Any]] = {}
at_start: list[Callable[[], None]] = []
"""Called when the queue is taken up again: put back what was under way when everything ended."""
every_minute: list[Callable[[], None]] = []
"""Called by the sweeper: put off what the clock asks for, under a name of its own (`put_off_once`)."""

LEASE = timedelta(minutes=10)
"""How long a work that says nothing is left alone before another may take it up."""
SOON = timedelta(seconds=20)
"""So long the queue itself has the first try."""
KEPT = timedelta(days=7)
MOST_TRIES = 12
_AFTER = "after commit"


class Job(HasId, Base):
    """A work that was put off. It waits until `due_at`, is claimed until `claimed_until`, and done at `done_at`;
    `error` is the name of what went wrong at the last try, never its words."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_done_at_due_at", "done_at", "due_at"),)

    work: Mapped[str] = mapped_column(String(120))
    args: Mapped[list[Any]] = mapped_column(JSON, default=list)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.here)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.here)
    claimed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    tries: Mapped[int] = mapped_column(Integer, default=0)
    error: Mapped[str] = mapped_column(String(80), default="")
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


def work(do: Callable[..., Any]) -> Callable[..., Any]:
    """Make this function a work that can be put off."""
    works[name_of(do)] = do
    return do


def name_of(do: Callable[..., Any]) -> str:
    return f"{do.__module__}.{do.__qualname__}"


def put_off(do: Callable[..., Any], *args: Any, at: datetime | None = None) -> None:
    """Queue a work with arguments that JSON can hold, in the caller's transaction or in one of its own; not before `at`."""
    _write({"id": new_id(), "work": name_of(do), "args": list(args), "due_at": at or clock.here()})


def put_off_once(do: Callable[..., Any], *args: Any) -> None:
    """The same, but for one set of arguments only once, whoever says so and however often."""
    _write({"id": str(uuid5(NAMESPACE_URL, f"{name_of(do)} {args}")), "work": name_of(do), "args": list(args)})


def _write(row: dict[str, Any]) -> None:
    if not is_writing():
        with filing.transaction():
            _write(row)
        return
    now = clock.here()
    row = {"made_at": now, "due_at": now, "tries": 0, "error": "", **row}
    new = insert_unless_there(Job).values(row).returning(Job.id)
    enqueue, due = current_app.extensions["queue"], row["due_at"] <= now
    if db.session.scalar(new) and due:
        after_commit(lambda: enqueue(row["id"]))


def after_commit(do: Callable[[], Any]) -> None:
    """Do this when the transaction that is under way has been committed, not at all if it is refused; else at once."""
    if is_writing():
        db.session.info.setdefault(_AFTER, []).append(do)
    else:
        do()


def forget_what_waited() -> None:
    """The transaction begins, or was refused: nothing is to be done after it."""
    db.session.info.pop(_AFTER, None)


def do_what_waited() -> None:
    """The transaction has been committed."""
    for do in db.session.info.pop(_AFTER, ()):
        do()


def carry_out(job_id: str) -> None:
    """Do this work if it is due and nobody else is at it; what goes wrong is tried again later, ever more rarely."""
    with filing.transaction():
        claimed = _claim(job_id)
    if claimed is None:
        return
    name, args, tries = claimed
    try:
        works[name](*args)
    except Exception as error:
        again = clock.here() + min(timedelta(seconds=15) * 2**tries, timedelta(hours=2))
        _note(job_id, claimed_until=None, due_at=again, error=type(error).__name__)
        raise
    _note(job_id, claimed_until=None, done_at=clock.here(), error="")


def _claim(job_id: str) -> tuple[str, list[Any], int] | None:
    now = clock.here()
    free = and_(Job.id == job_id, _open(), Job.due_at <= now, or_(Job.claimed_until.is_(None), Job.claimed_until < now))
    mine = update(Job).where(free).values(claimed_until=now + LEASE, tries=Job.tries + 1)
    row = db.session.execute(
        mine.returning(Job.work, Job.args, Job.tries).execution_options(synchronize_session=False)
    ).one_or_none()
    return (row.work, row.args, row.tries) if row else None


def _open() -> Any:
    return and_(Job.done_at.is_(None), Job.tries < MOST_TRIES)


def _note(job_id: str, **values: Any) -> None:
    with filing.transaction():
        mine = update(Job).where(Job.id == job_id).values(**values)
        db.session.execute(mine.execution_options(synchronize_session=False))


def sweep() -> list[str]:
    """What the clock asks for is put off; the ids of all that is due and that nobody is at. Old rows go."""
    for ask in every_minute:
        ask()
    now = clock.here()
    free = or_(Job.claimed_until.is_(None), Job.claimed_until < now)
    due = select(Job.id).where(_open(), Job.due_at <= now - SOON, free).order_by(Job.due_at).limit(500)
    found = list(db.session.scalars(due))
    with filing.transaction():
        old = delete(Job).where(Job.done_at < now - KEPT)
        db.session.execute(old.execution_options(synchronize_session=False))
    return found
