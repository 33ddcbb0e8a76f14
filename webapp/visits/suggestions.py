"""Who is worth adding to a day: due, promised, complaining, or living along the way; nobody more often than his rhythm
allows, unless there is a reason to go."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, case, func, or_, select

from webapp.accounts.models import User
from webapp.customers.models import Customer
from webapp.customers.rhythm import is_his_turn, may_be_called_on
from webapp.foundation.db import db
from webapp.foundation.geo import distance_m
from webapp.visits.models import Promise, Stop
from webapp.visits.reminders import Reminder
from webapp.visits.route import Place

NEAR_M = 6000
MOST_SUGGESTED = 8


@dataclass(frozen=True)
class Suggestion:
    """A customer worth adding to the day. `detour_m`: how much longer the way becomes."""

    customer: Customer
    reminder: Reminder | None
    is_near: bool
    detour_m: float | None


def candidates(user: User, day: date, stops: Sequence[Stop]) -> list[Customer]:
    """Own customers that are due by this day, have a promise due, complain, or live along the way."""
    planned = [stop.customer_id for stop in stops]
    mine = select(Customer).where(
        Customer.owner_id == user.id, Customer.merged_into_id.is_(None), Customer.id.not_in(planned)
    )
    promised = select(Promise.customer_id).where(
        Promise.by_id == user.id, Promise.state == "open", Promise.due_on <= day
    )
    pressing = or_(Customer.next_step_on <= day, Customer.open_complaint != "", Customer.id.in_(promised))
    rank = (case((pressing, 0), else_=1), Customer.level, Customer.next_step_on, Customer.last_contact_at)
    order = (*rank, Customer.id)  # of equals always the same ones
    found = list(db.session.scalars(mine.where(or_(pressing, is_his_turn(day))).order_by(*order).limit(30)))
    known = {c.id for c in found}
    return found + [c for c in _neighbours(mine.where(may_be_called_on(day)), stops) if c.id not in known]


def _neighbours(mine: Select[Customer], stops: Sequence[Stop]) -> list[Customer]:
    places = [stop.customer.place for stop in stops if stop.customer.place]
    if not places:
        return []
    latitudes, longitudes = [p[0] for p in places], [p[1] for p in places]
    edge = 0.05  # about 5 km
    box = (
        Customer.latitude.between(min(latitudes) - edge, max(latitudes) + edge),
        Customer.longitude.between(min(longitudes) - edge, max(longitudes) + edge),
    )
    near = mine.where(*box).order_by(func.coalesce(Customer.last_contact_at, Customer.created_at), Customer.id)
    near = near.limit(30)
    return [c for c in db.session.scalars(near) if c.place and min(distance_m(c.place, p) for p in places) <= NEAR_M]


def ranked(
    customers: list[Customer], reminders: dict[str, Reminder], stops: Sequence[Stop], day: date
) -> list[Suggestion]:
    way = [stop.customer.place for stop in stops if stop.customer.place]
    rows = []
    for customer in customers:
        detour = detour_m(way, customer.place) if way and customer.place else None
        rows.append(
            Suggestion(customer, reminders.get(customer.id), detour is not None and detour <= 2 * NEAR_M, detour)
        )
    return sorted(rows, key=lambda s: _urgency(s, day))[:MOST_SUGGESTED]


PRESSING = {"complaint": 0, "promise": 1, "owed": 2, "overdue": 3, "birthday": 4, "step": 5}


def _urgency(suggestion: Suggestion, day: date) -> tuple[int, str, float]:
    """Complaints and promises first, then money and birthdays, then what is due; the better level and the shorter
    detour decide between equals."""
    kind = suggestion.reminder.kind if suggestion.reminder else ""
    return PRESSING.get(kind, 6), suggestion.customer.level, suggestion.detour_m or 1e9


def detour_m(way: list[Place], place: Place) -> float:
    """How many metres longer the way becomes when this place is put in where it costs least."""
    ends = [distance_m(way[0], place), distance_m(way[-1], place)]
    between = [distance_m(a, place) + distance_m(place, b) - distance_m(a, b) for a, b in itertools.pairwise(way)]
    return min(ends + between)
