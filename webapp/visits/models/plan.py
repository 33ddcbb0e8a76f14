from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKey, Integer, Select, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.access import visible_to
from webapp.accounts.models import User
from webapp.customers.models import Customer
from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime, db, new_id
from webapp.foundation.facts import tell
from webapp.visits.plan_facts import PlanHandedIn
from webapp.visits.route import Place, shortest


class DayPlan(HasId, Base):
    """The visits that a rep means to make on one day. `state`: 'draft', 'handed_in', 'approved' or 'returned'.

    `version` counts every change of what a supervisor reads; a sign-off names the version that was seen.
    """

    __tablename__ = "day_plan"
    __table_args__ = (UniqueConstraint("user_id", "day"),)

    user_id: Mapped[str] = mapped_column(ForeignKey("user.id"))
    day: Mapped[date] = mapped_column(Date, index=True)
    state: Mapped[str] = mapped_column(String(10), default="draft", index=True)
    version: Mapped[int] = mapped_column(Integer, default=1)
    message: Mapped[str] = mapped_column(String(500), default="")
    handed_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    user: Mapped[User] = relationship()
    stops: Mapped[list["Stop"]] = relationship(
        back_populates="plan", cascade="all, delete-orphan", order_by="(Stop.position, Stop.id)"
    )

    @classmethod
    def visible_to(cls, user: User) -> Select["DayPlan"]:
        """The plans of the people whose work this user may see."""
        return select(cls).where(visible_to(user, cls.user_id))

    @classmethod
    def of(cls, user: User, day: date) -> "DayPlan":
        """This person's plan for this day; begun if there is none yet."""
        plan = db.session.scalar(select(cls).where(cls.user_id == user.id, cls.day == day))
        if plan is None:
            plan = cls(id=new_id(), user_id=user.id, user=user, day=day, state="draft", version=1, message="")
            db.session.add(plan)
        return plan

    @property
    def is_settled(self) -> bool:
        return self.state == "approved"

    def add(self, customer: Customer, **values: Any) -> "Stop":
        """Put a visit at the end of the day; a customer is visited once a day."""
        for stop in self.stops:
            if stop.customer_id == customer.id:
                return stop
        values.setdefault("id", new_id())
        stop = Stop(customer_id=customer.id, customer=customer, position=len(self.stops), **values)
        self.stops.append(stop)
        self._changed()
        return stop

    def drop(self, stop: "Stop") -> None:
        self.stops.remove(stop)
        self._changed()

    def revise(self, stop: "Stop", at: str, purpose: str, objective: str) -> None:
        """Change when, what for and to what end; a time moves the visit to its place in the day."""
        moved = stop.at != at
        stop.at, stop.purpose, stop.objective = at, purpose, objective
        if moved and at:
            timed = iter(sorted((s for s in self.stops if s.at), key=lambda s: s.at))
            self._lay([next(timed) if s.at else s for s in self.stops])
        self._changed()

    def reorder(self, ids: Sequence[str]) -> None:
        """Lay the visits in this order; those not named stay behind. The times of the day are dealt out anew."""
        rank = {stop_id: n for n, stop_id in enumerate(ids)}
        slots = [s.at for s in self.stops]
        self._lay(sorted(self.stops, key=lambda s: rank.get(s.id, len(rank))))
        times = iter(sorted(at for at in slots if at))
        for stop, had_time in zip(self.stops, slots, strict=True):
            stop.at = next(times) if had_time else ""
        self._changed()

    def move(self, stop: "Stop", steps: int) -> None:
        """One place earlier (-1) or later (+1)."""
        ids = [s.id for s in self.stops]
        here = ids.index(stop.id)
        there = min(max(here + steps, 0), len(ids) - 1)
        ids.insert(there, ids.pop(here))
        self.reorder(ids)

    def shorten(self, start: Place | None) -> None:
        """Order the visits by the shortest way from where one stands (or from the first of them)."""
        self.reorder(shortest([(s.id, s.customer.place) for s in self.stops], start))

    def copy_from(self, other: "DayPlan") -> int:
        """Take over the visits of another day whose customers are still one's own; returns how many were new."""
        before = len(self.stops)
        for stop in other.stops:
            if stop.customer.owner_id == self.user_id and stop.customer.merged_into_id is None:
                self.add(stop.customer, at=stop.at, purpose=stop.purpose, objective=stop.objective)
        return len(self.stops) - before

    def hand_in(self, message: str) -> None:
        """Give the plan to the supervisor for sign-off."""
        self.message = message
        self.state = "handed_in"
        self.handed_in_at = clock.now()
        self.version += 1
        tell(PlanHandedIn(self))

    def settle(self, verdict: str) -> None:
        """What the supervisor decided: 'approved' or 'returned'."""
        self.state = verdict

    def _lay(self, stops: list["Stop"]) -> None:
        for position, stop in enumerate(stops):
            stop.position = position
        self.stops.sort(key=lambda s: s.position)

    def _changed(self) -> None:
        """A plan that was handed in or signed off and is then changed has to be handed in again."""
        self._lay(list(self.stops))
        self.version = (self.version or 0) + 1
        self.state = "draft"


class Stop(HasId, Base):
    """One visit of a plan: whom, when ('HH:MM' in the rep's zone, or empty), what for."""

    __tablename__ = "stop"

    plan_id: Mapped[str] = mapped_column(ForeignKey("day_plan.id", ondelete="CASCADE"), index=True)
    customer_id: Mapped[str] = mapped_column(ForeignKey("customer.id"), index=True)
    position: Mapped[int] = mapped_column(Integer, default=0)
    at: Mapped[str] = mapped_column(String(5), default="")
    purpose: Mapped[str] = mapped_column(String(20), default="service")
    objective: Mapped[str] = mapped_column(String(200), default="")

    plan: Mapped[DayPlan] = relationship(back_populates="stops")
    customer: Mapped[Customer] = relationship(lazy="joined", innerjoin=True)
