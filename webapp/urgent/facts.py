"""What happened that cannot wait, for whoever is told of it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from webapp.urgent.models import Complaint, ComplaintStep, MarketReport


@dataclass(frozen=True)
class ComplaintOpened:
    complaint: "Complaint"


@dataclass(frozen=True)
class ComplaintStepTaken:
    """A step was done, or the customer was not satisfied and it goes on (`complaint.step` is the next one)."""

    complaint: "Complaint"
    step: "ComplaintStep"


@dataclass(frozen=True)
class ComplaintHandedOn:
    """Somebody else sees to it from now on."""

    complaint: "Complaint"
    by_id: str


@dataclass(frozen=True)
class ComplaintLate:
    """The clock of a step has run out; told once for each step."""

    complaint: "Complaint"


@dataclass(frozen=True)
class ComplaintClosed:
    """The customer has said that it is settled."""

    complaint: "Complaint"


@dataclass(frozen=True)
class MarketReported:
    report: "MarketReport"
