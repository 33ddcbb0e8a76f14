"""The work of an import as the queue does it: some seconds at a time, so that a big file holds nobody else up."""

from sqlalchemy import select

from webapp.customers.importing.models import ImportRun
from webapp.customers.importing.stored import clear_away
from webapp.customers.importing.taking import go_on
from webapp.foundation import later
from webapp.foundation.db import db
from webapp.outbox import gate

AT_ONCE = 200
"""Rows that are taken in while one waits."""
PATIENCE = 5.0


def start(run: ImportRun) -> None:
    """Once this is committed: a small file at once, a big one in the queue."""
    run_id = run.id
    if run.total <= AT_ONCE:
        later.after_commit(lambda: go_on(run_id))
    else:
        later.put_off(carry_on, run_id)


def start_again(run: ImportRun) -> None:
    """For a run that got stuck: some of it here and now, whatever became of the queue, and the rest there."""
    run_id = run.id
    later.after_commit(lambda: go_on(run_id, PATIENCE))
    later.put_off(carry_on, run_id)


@later.work
def carry_on(run_id: str) -> None:
    if not go_on(run_id):
        later.put_off(carry_on, run_id)


def take_up_again() -> None:
    """The queue starts: what was running when everything ended goes on, and what nobody needs is thrown away."""
    with gate.transaction():
        clear_away()
    for run_id in db.session.scalars(select(ImportRun.id).where(ImportRun.state == "running")).all():
        later.put_off(carry_on, run_id)


later.at_start.append(take_up_again)
