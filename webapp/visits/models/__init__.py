from webapp.visits.models.daily import DailyReport
from webapp.visits.models.plan import DayPlan, Stop
from webapp.visits.models.promise import Promise
from webapp.visits.models.report import Attachment, CheckIn, Report, ReportContact

__all__ = ["Attachment", "CheckIn", "DailyReport", "DayPlan", "Promise", "Report", "ReportContact", "Stop"]
