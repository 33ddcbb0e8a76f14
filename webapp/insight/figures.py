"""What a week comes to: the figures of one person, and of all together."""

from dataclasses import dataclass, field, fields
from datetime import date, timedelta

from webapp.accounts.models import User
from webapp.customers.models import Customer


@dataclass
class Figures:
    """Of one person, or of all together. Sums in cents; rates as whole percent, None without visits."""

    visits: int = 0
    effective: int = 0
    ordered: int = 0
    orders: int = 0
    collections: int = 0
    expenses: int = 0
    promised: int = 0
    kept: int = 0

    @property
    def effective_rate(self) -> int | None:
        """Visits that moved something ÷ visits (有效访问率)."""
        return round(100 * self.effective / self.visits) if self.visits else None

    @property
    def close_rate(self) -> int | None:
        """Visits that ended in an order ÷ visits (交易率)."""
        return round(100 * self.ordered / self.visits) if self.visits else None

    @property
    def kept_rate(self) -> int | None:
        """Of what we promised and what was settled or ran out, the part that was kept."""
        return round(100 * self.kept / self.promised) if self.promised else None

    def add(self, other: "Figures") -> None:
        for field_ in fields(self):
            setattr(self, field_.name, getattr(self, field_.name) + getattr(other, field_.name))


@dataclass
class Person:
    """One rep's week."""

    user: User
    week: Figures = field(default_factory=Figures)
    month_orders: int = 0
    new_customers: int = 0
    dailies: int = 0


@dataclass
class Week:
    monday: date
    people: list[Person]
    total: Figures
    history: list[tuple[date, int | None]]
    funnel: list[tuple[str, int]]
    watch: list[Customer]

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)
