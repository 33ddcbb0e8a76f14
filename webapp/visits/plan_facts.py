from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from webapp.visits.models.plan import DayPlan


@dataclass(frozen=True)
class PlanHandedIn:
    """A rep has given a plan to the supervisor."""

    plan: "DayPlan"
