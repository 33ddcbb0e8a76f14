from webapp.urgent.models.complaint import Complaint
from webapp.urgent.models.market_report import MarketReport
from webapp.urgent.models.said import Said
from webapp.urgent.models.step import ComplaintStep

__all__ = ["Complaint", "ComplaintStep", "MarketReport", "Said"]
