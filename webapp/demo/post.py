"""The inbox of the demo office: what came in nine weeks has been read, but for the latest and for what this morning brings."""

from datetime import timedelta

from sqlalchemy import delete, update

from webapp.foundation import clock, later
from webapp.foundation.db import db
from webapp.push import mornings
from webapp.push.models import Notice

LATEST = timedelta(hours=40)


def hand_out() -> None:
    """In the story's transaction. Nobody here has a phone yet, so nothing needs to be carried anywhere."""
    mornings.tell_all(clock.today())
    old = update(Notice).where(Notice.at < clock.here() - LATEST).values(read_at=Notice.at)
    db.session.execute(old.execution_options(synchronize_session=False))
    db.session.execute(delete(later.Job).where(later.Job.work == "webapp.push.carrying.carry"))
