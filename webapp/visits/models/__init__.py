from webapp.visits.models.attachment import Attachment
from webapp.visits.models.check_in import CheckIn, Fix
from webapp.visits.models.daily import DailyReport
from webapp.visits.models.plan import DayPlan, Stop
from webapp.visits.models.promise import Promise
from webapp.visits.models.report import Report, ReportContact

__all__ = ["Attachment", "CheckIn", "DailyReport", "DayPlan", "Fix", "Promise", "Report", "ReportContact", "Stop"]
