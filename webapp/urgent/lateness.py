"""The clock of complaints: every minute those whose step has run out of time are looked for; each is told of once."""

from sqlalchemy import ColumnElement, select

from webapp.foundation import clock, later
from webapp.foundation.db import db
from webapp.outbox import gate
from webapp.urgent.models import Complaint


@later.work
def say_it_is_late(complaint_id: str, step: str, _due_at: str) -> None:
    """Nothing, if the step has been taken meanwhile or it has been told before. `_due_at` names the time that is over."""
    with gate.transaction():
        rows = select(Complaint).where(Complaint.id == complaint_id, Complaint.step == step, *_late())
        complaint = db.session.scalar(rows.with_for_update())
        if complaint is not None:
            complaint.be_late()


def look_for_late() -> None:
    """Put off one work for each; the same one is not put off twice."""
    late = db.session.execute(select(Complaint.id, Complaint.step, Complaint.due_at).where(*_late()).limit(200)).all()
    for complaint_id, step, due_at in late:
        later.put_off_once(say_it_is_late, complaint_id, step, due_at.isoformat())


def _late() -> tuple[ColumnElement[bool], ...]:
    return Complaint.closed_at.is_(None), Complaint.due_at < clock.now(), Complaint.late_at.is_(None)


later.every_minute.append(look_for_late)
