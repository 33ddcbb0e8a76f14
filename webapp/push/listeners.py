from datetime import timedelta

from sqlalchemy import select

from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.foundation.facts import hears
from webapp.outbox.facts import LateArrival
from webapp.push import carrying, mornings, trials  # noqa: F401 (their works register themselves)
from webapp.push.models import Notice, notify

SAME = timedelta(minutes=15)


@hears(LateArrival)
def say_that_it_is_here(fact: LateArrival) -> None:
    """After hours without a signal one wants to know; batch after batch makes one notice."""
    recent = select(Notice).where(Notice.user_id == fact.user_id, Notice.kind == "arrived", Notice.read_at.is_(None))
    known = db.session.scalar(recent.where(Notice.at > clock.here() - SAME).limit(1))
    if known is None:
        notify("arrived", [fact.user_id], url="/outbox", title=str(fact.count))
    else:
        known.title = str(int(known.title) + fact.count)
