"""What happened on visits, for the rooms above."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from webapp.visits.models.promise import Promise
    from webapp.visits.models.report import Report


@dataclass(frozen=True)
class ReportFiled:
    """A visit report was handed in; an urgent one (`report.is_urgent`) is to reach the supervisor at once."""

    report: "Report"


@dataclass(frozen=True)
class ReportCorrected:
    """The author put something right; what it said before is in `report.earlier`."""

    report: "Report"


@dataclass(frozen=True)
class PromiseSettled:
    """A promise was kept or broken (`promise.state`)."""

    promise: "Promise"
