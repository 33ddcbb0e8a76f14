"""How many customers there are of each level and of each urgency: one grouped query for all the chips of a list."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from sqlalchemy import func, select

from webapp.accounts.access import visible_to
from webapp.accounts.models import User
from webapp.customers.filters import Filters, end_of_week
from webapp.customers.models import Customer
from webapp.foundation import clock
from webapp.foundation.db import db

OVERDUE, TODAY, THIS_WEEK, LATER, UNPLANNED = BUCKETS = ("overdue", "today", "week", "later", "none")
_TOGETHER = {"overdue": (OVERDUE,), "today": (TODAY,), "week": (OVERDUE, TODAY, THIS_WEEK), "none": (UNPLANNED,)}


class Counts:
    """Of the customers a list is about, before level and urgency narrow it."""

    def __init__(self, rows: Iterable[tuple[date | None, str, int]] = ()) -> None:
        today = clock.today()
        self._by: Counter[tuple[str, str]] = Counter()
        for next_step_on, level, number in rows:
            self._by[level, bucket_of(next_step_on, today)] += number

    @property
    def total(self) -> int:
        return self._by.total()

    def bucket(self, bucket: str, level: str = "") -> int:
        """So many lie in this group of the list, of one level if one is wanted."""
        return sum(n for (of, lies_in), n in self._by.items() if lies_in == bucket and level in ("", of))

    def due(self, when: str, level: str = "") -> int:
        """So many answer to a `due` of the filters; to none of them, all do."""
        return sum(self.bucket(bucket, level) for bucket in _TOGETHER.get(when, BUCKETS))

    def level(self, letter: str, due: str = "") -> int:
        return self.due(due, letter)


def counts(user: User, filters: Filters) -> Counts:
    """One query."""
    wanted = (visible_to(user, Customer.owner_id), Customer.merged_into_id.is_(None), *filters.base())
    by_day = (Customer.next_step_on, Customer.level)
    # in the order of ix_customer_due, so that nothing is sorted: a third of the time of a leader's 100,000
    in_order = (Customer.owner_id, Customer.merged_into_id, *by_day)
    return Counts(db.session.execute(select(*by_day, func.count()).where(*wanted).group_by(*in_order)))


def bucket_of(on: date | None, today: date) -> str:
    """The group of a list in which a next step on this day lies."""
    if on is None:
        return UNPLANNED
    if on <= today:
        return TODAY if on == today else OVERDUE
    return THIS_WEEK if on <= end_of_week(today) else LATER
