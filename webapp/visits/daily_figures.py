"""The day builds itself: figures and lists out of the visits, as plain values that can be frozen with the report."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from webapp.accounts.models import User
from webapp.foundation.db import db
from webapp.visits.models import DayPlan, Report, Stop

MOVED = ("ordered", "progress")


def figures_of(user: User, day: date) -> dict[str, Any]:
    """All that the visits of this day say (sums in cents); an effective visit is one that moved something."""
    reports = _reports(user, day)
    month = _month(user, day)
    return {
        "visits": len(reports),
        "effective": sum(report.result in MOVED for report in reports),
        "orders": sum(report.order_cents or 0 for report in reports),
        "collections": sum(report.collection_cents or 0 for report in reports),
        "expenses": sum(report.expense_cents or 0 for report in reports),
        "results": dict(Counter(report.result for report in reports)),
        "objections": _objections(reports),
        "missed": _missed(user, day, reports),
        "month_orders": month[0],
        "month_collections": month[1],
        "lines": [_line(report) for report in reports],
        "competitors": _told(reports, "competitor_news"),
        "opinions": _told(reports, "customer_said"),
        "insights": _told(reports, "insight"),
        "complaints": [_told_of(report, report.needs) for report in reports if report.purpose == "complaint"],
    }


def _reports(user: User, day: date) -> list[Report]:
    query = select(Report).options(joinedload(Report.customer)).where(Report.author_id == user.id, Report.day == day)
    return list(db.session.scalars(query.order_by(Report.arrived_at, Report.filed_at)))


def _month(user: User, day: date) -> tuple[int, int]:
    """Orders and collections of the month up to and with this day, in cents."""
    sums = select(func.coalesce(func.sum(Report.order_cents), 0), func.coalesce(func.sum(Report.collection_cents), 0))
    row = db.session.execute(sums.where(Report.author_id == user.id, Report.day.between(day.replace(day=1), day))).one()
    return int(row[0] or 0), int(row[1] or 0)


def _objections(reports: Sequence[Report]) -> dict[str, int]:
    heard = Counter(code for report in reports for code in report.objections or () if code != "none")
    return dict(heard.most_common())


def _missed(user: User, day: date, reports: Sequence[Report]) -> list[dict[str, str]]:
    """The planned visits that have no report, with their customers."""
    seen = {report.customer_id for report in reports}
    stops = select(Stop).join(DayPlan).where(DayPlan.user_id == user.id, DayPlan.day == day).order_by(Stop.position)
    return [
        {"id": s.customer_id, "name": s.customer.title} for s in db.session.scalars(stops) if s.customer_id not in seen
    ]


def _line(report: Report) -> dict[str, Any]:
    return {
        "report": report.id,
        "name": report.customer.title,
        "level": report.customer.level,
        "purpose": report.purpose,
        "result": report.result,
        "order": report.order_cents,
        "collection": report.collection_cents,
        "minutes": report.minutes,
        "version": report.version,
    }


def _told(reports: Sequence[Report], field: str) -> list[dict[str, str]]:
    return [_told_of(report, getattr(report, field)) for report in reports if getattr(report, field)]


def _told_of(report: Report, text: str) -> dict[str, str]:
    return {"report": report.id, "name": report.customer.title, "text": text}
