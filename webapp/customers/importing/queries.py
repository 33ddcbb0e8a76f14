from collections.abc import Iterator
from dataclasses import dataclass

from flask import abort, redirect, url_for
from flask_login import current_user
from sqlalchemy import Select, select

from webapp.accounts.access import find_or_404
from webapp.accounts.models import User
from webapp.customers.importing.known import Known
from webapp.customers.importing.models import ImportFault, ImportRun
from webapp.customers.importing.sorting import Survey, survey
from webapp.customers.importing.stored import rows_of
from webapp.customers.queries import people_to_choose
from webapp.foundation.db import db

SHOWN, PREVIEWED = 50, 20


@dataclass(frozen=True)
class Preview:
    """What would happen, and whose the new customers may be."""

    survey: Survey
    owners: list[User]


def find(run_id: str) -> ImportRun:
    """The run of the person who asks; 404 otherwise."""
    return find_or_404(ImportRun.visible_to(current_user).where(ImportRun.id == run_id))


def find_unstarted(run_id: str) -> ImportRun:
    """The same, as long as nothing was taken in yet; later its own page says how far it is."""
    run = find(run_id)
    if run.state != "mapping":
        abort(redirect(url_for("imports.show", run_id=run.id), 303))
    return run


def latest(user: User, most: int = 10) -> list[ImportRun]:
    """The user's last imports, newest first."""
    return list(db.session.scalars(ImportRun.visible_to(user).order_by(ImportRun.created_at.desc()).limit(most)))


def preview(run: ImportRun, user: User) -> Preview:
    """Raises Unreadable if the file is there no more."""
    found = survey(rows_of(run), run.columns, run.headings, Known(user), PREVIEWED)
    return Preview(found, owners_for(user))


def owners_for(user: User) -> list[User]:
    """To whom this user may import: a rep to himself, whoever leads to those he leads and himself if he sells."""
    people = people_to_choose(user)
    return sorted(people, key=lambda person: person.id != user.id)


def faults(run: ImportRun, most: int | None = None) -> Iterator[ImportFault]:
    """The rows that were left out, in the order of the file, read as they are taken."""
    mine = select(ImportFault).where(ImportFault.run_id == run.id).order_by(ImportFault.line).limit(most)
    return _read(mine.execution_options(yield_per=500))


def _read(wanted: Select[ImportFault]) -> Iterator[ImportFault]:
    yield from db.session.scalars(wanted)
