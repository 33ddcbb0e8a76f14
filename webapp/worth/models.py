from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, ForeignKey, Integer, Select, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.access import visible_to
from webapp.accounts.models import User
from webapp.customers.models import Customer
from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime, db
from webapp.worth.rules import Answer, Side, Sums

Row = dict[str, Any]
"""One attribute: `name`, `unit`, `ours` and `theirs` as typed, `cents_per_unit` (what one unit is worth to the customer)."""


@dataclass(frozen=True)
class Worked:
    """A comparison as somebody worked it out."""

    title: str
    rival: str
    sums: Sums
    rows: list[Row]
    answer: Answer


class Comparison(HasId, Base):
    """Ours and theirs for one customer: what is compared, and each version of the figures; the last one holds.

    `rival`: whose the other side is, as the customer calls it."""

    __tablename__ = "comparison"

    customer_id: Mapped[str] = mapped_column(ForeignKey("customer.id"), index=True)
    by_id: Mapped[str] = mapped_column(ForeignKey("user.id"), index=True)
    title: Mapped[str] = mapped_column(String(60))
    rival: Mapped[str] = mapped_column(String(40), default="")
    version: Mapped[int] = mapped_column(Integer, default=0)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    customer: Mapped[Customer] = relationship()
    by: Mapped[User] = relationship()
    versions: Mapped[list["ComparisonVersion"]] = relationship(
        back_populates="comparison", order_by="ComparisonVersion.number", lazy="selectin"
    )

    @classmethod
    def visible_to(cls, user: User) -> Select["Comparison"]:
        """Those at the customers that this user may see."""
        return select(cls).join(Customer).where(Customer.merged_into_id.is_(None), visible_to(user, Customer.owner_id))

    @classmethod
    def lay(cls, customer: Customer, by: User, worked: Worked, id: str) -> "Comparison":
        """Put it into the customer's file."""
        comparison = cls(id=id, customer=customer, by_id=by.id, version=0)
        db.session.add(comparison)
        comparison.revise(by, worked, id)
        return comparison

    def revise(self, by: User, worked: Worked, id: str) -> None:
        """Let these figures hold from now on; those before stay readable. The customer's history gets a line."""
        self.title, self.rival, self.at = worked.title, worked.rival, clock.now()
        self.version += 1
        self.versions.append(
            ComparisonVersion(
                id=id,
                number=self.version,
                by_id=by.id,
                at=self.at,
                sums=asdict(worked.sums),
                rows=worked.rows,
                saved_cents=worked.answer.saved,
                is_even=worked.answer.even is not None,
                even_year=worked.answer.even or 0,
            )
        )
        years, saved = worked.sums.years, worked.answer.saved
        self.customer.note_history("comparison", worked.title, by, url=self.url, years=years, saved=saved)

    @property
    def url(self) -> str:
        return f"/comparisons/{self.id}"

    @property
    def now(self) -> "ComparisonVersion":
        return self.versions[-1]


class ComparisonVersion(HasId, Base):
    """The figures as they stood once, and what they came to then: `saved_cents` over `sums["years"]`; `even_year` counts
    only where `is_even`."""

    __tablename__ = "comparison_version"

    comparison_id: Mapped[str] = mapped_column(ForeignKey("comparison.id", ondelete="CASCADE"), index=True)
    number: Mapped[int] = mapped_column(Integer)
    by_id: Mapped[str] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    sums: Mapped[dict[str, Any]] = mapped_column(JSON)
    rows: Mapped[list[Row]] = mapped_column(JSON, default=list)
    saved_cents: Mapped[int] = mapped_column(BigInteger)
    is_even: Mapped[bool] = mapped_column(Boolean)
    even_year: Mapped[int] = mapped_column(Integer)

    comparison: Mapped[Comparison] = relationship(back_populates="versions")
    by: Mapped[User] = relationship()

    @property
    def as_sums(self) -> Sums:
        return Sums(**{**self.sums, "ours": Side(**self.sums["ours"]), "theirs": Side(**self.sums["theirs"])})
