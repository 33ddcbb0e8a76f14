from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from webapp.visits.models.daily import DailyReport


@dataclass(frozen=True)
class DailyHandedIn:
    """A rep has handed in the day."""

    daily: "DailyReport"
