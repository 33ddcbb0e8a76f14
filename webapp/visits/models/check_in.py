from dataclasses import dataclass
from datetime import datetime
from math import isfinite

from sqlalchemy import Float, ForeignKey, Index, Select, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.models import User
from webapp.customers.models import Customer
from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime, db
from webapp.foundation.geo import distance_m

FRESH_S = 60
ACCURATE_M, PLACE_M = 200, 100
NEAR_M = 500
"""How far a good fix may lie from the customer's place: maps and addresses in China differ by some hundred metres."""


@dataclass(frozen=True)
class Fix:
    """What a phone says of its position: degrees (WGS 84), metres, seconds; or why it says nothing
    ('denied', 'unavailable', 'timeout', 'unsupported', '')."""

    latitude: float | None = None
    longitude: float | None = None
    accuracy_m: float | None = None
    age_s: float | None = None
    reason: str = ""

    @property
    def is_a_place(self) -> bool:
        if self.latitude is None or self.longitude is None:
            return False
        return (
            isfinite(self.latitude)
            and isfinite(self.longitude)
            and abs(self.latitude) <= 90
            and abs(self.longitude) <= 180
        )


class CheckIn(HasId, Base):
    """«I'm here»: the moment, and the position if the phone gave one. Metres and seconds; WGS 84 degrees.

    `grade`: 'near' (fresh, accurate, at the customer's known place), 'fresh' (fresh, place not known before), 'weak'
    or 'none'; `reason` is the code why: 'old', 'inaccurate', 'far', or the phone's. A position never blocks a report.
    """

    __tablename__ = "check_in"
    __table_args__ = (Index("ix_check_in_user_id_at", "user_id", "at"),)

    user_id: Mapped[str] = mapped_column(ForeignKey("user.id"))
    customer_id: Mapped[str] = mapped_column(ForeignKey("customer.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    latitude: Mapped[float | None] = mapped_column(Float)
    longitude: Mapped[float | None] = mapped_column(Float)
    accuracy_m: Mapped[float | None] = mapped_column(Float)
    age_s: Mapped[float | None] = mapped_column(Float)
    distance_m: Mapped[float | None] = mapped_column(Float)
    grade: Mapped[str] = mapped_column(String(8), default="none")
    reason: Mapped[str] = mapped_column(String(200), default="")

    customer: Mapped[Customer] = relationship()

    @classmethod
    def of(cls, user: User) -> Select["CheckIn"]:
        return select(cls).where(cls.user_id == user.id)

    @classmethod
    def arrive(cls, customer: Customer, by: User, fix: Fix, id: str) -> "CheckIn":
        """Note that this person stands at the customer's door; the first good fix becomes the customer's place."""
        here = cls(id=id, customer_id=customer.id, user_id=by.id, at=clock.now())
        here._note(fix, customer)
        if here.grade == "fresh" and here.accuracy_m is not None and here.accuracy_m <= PLACE_M:
            customer.latitude, customer.longitude = here.latitude, here.longitude
        db.session.add(here)
        return here

    def _note(self, fix: Fix, customer: Customer) -> None:
        if not fix.is_a_place:
            self.grade, self.reason = "none", fix.reason
            return
        self.latitude, self.longitude = fix.latitude, fix.longitude
        self.accuracy_m, self.age_s = _measure(fix.accuracy_m), _measure(fix.age_s)
        if customer.place and fix.latitude is not None and fix.longitude is not None:
            self.distance_m = round(distance_m(customer.place, (fix.latitude, fix.longitude)))
        self.reason = self._doubt()
        self.grade = "weak" if self.reason else "near" if customer.place else "fresh"

    def _doubt(self) -> str:
        if self.age_s is None or self.age_s > FRESH_S:
            return "old"
        if self.accuracy_m is None or self.accuracy_m > ACCURATE_M:
            return "inaccurate"
        if self.distance_m is not None and self.distance_m - self.accuracy_m > NEAR_M:
            return "far"
        return ""


def _measure(value: float | None) -> float | None:
    return value if value is not None and isfinite(value) and value >= 0 else None
