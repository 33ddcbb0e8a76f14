"""Visit reports as their pages need them."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from webapp.accounts.access import may_see, visible_to
from webapp.accounts.models import User
from webapp.attention.models import AttentionItem, Confirmation, OpenerUse
from webapp.customers.models import Customer
from webapp.foundation.db import db
from webapp.outbox.arrivals import Announced, of_entry
from webapp.outbox.models import Receipt
from webapp.visits.models import Attachment, DailyReport, Report

A_PAGE = 40
WHOLE = (
    joinedload(Report.customer),
    joinedload(Report.author),
    joinedload(Report.check_in),
    joinedload(Report.track),
    joinedload(Report.level_change),
    selectinload(Report.met),
    selectinload(Report.promises),
    selectinload(Report.attachments),
)
"""What a report's own page loads with it."""


def last_report(customer: Customer) -> Report | None:
    """The latest visit to this customer, with whom was met."""
    query = select(Report).where(Report.customer_id == customer.id).options(selectinload(Report.met))
    return db.session.scalar(query.order_by(Report.day.desc(), Report.filed_at.desc()).limit(1))


def latest(customer_id: str, most: int = 3) -> list[Report]:
    """The last visits to a customer, newest first. One query."""
    query = select(Report).where(Report.customer_id == customer_id).order_by(Report.day.desc(), Report.filed_at.desc())
    return list(db.session.scalars(query.options(joinedload(Report.author)).limit(most)))


@dataclass(frozen=True)
class Shown:
    """A report and all that came with it."""

    report: Report
    noticed: list[AttentionItem]
    openers: list[tuple[AttentionItem, str]]
    asked: list[tuple[AttentionItem, str]]
    receipt: Receipt | None
    may_correct: bool
    sees_author: bool
    sees_customer: bool
    announced: list[Announced]

    @property
    def coming(self) -> list[Announced]:
        """What a phone has announced and not sent yet."""
        return [piece for piece in self.announced if not piece.complete_at]

    @property
    def refused(self) -> list[Announced]:
        """What came and could not be taken."""
        return [piece for piece in self.announced if piece.refused]

    @property
    def photos(self) -> list[Attachment]:
        return [piece for piece in self.report.attachments if piece.kind == "photo"]

    @property
    def voices(self) -> list[Attachment]:
        return [piece for piece in self.report.attachments if piece.kind == "voice"]


def shown(report: Report, user: User) -> Shown:
    """All of one report; as many queries for a long one as for a short one."""
    noticed = (
        select(AttentionItem).where(AttentionItem.visit_id == report.id).options(joinedload(AttentionItem.contact))
    )
    used = select(AttentionItem, OpenerUse.outcome).join(OpenerUse, OpenerUse.item_id == AttentionItem.id)
    asked = select(AttentionItem, Confirmation.outcome).join(Confirmation, Confirmation.item_id == AttentionItem.id)
    asked = asked.where(Confirmation.visit_id == report.id).options(joinedload(AttentionItem.contact))
    return Shown(
        report=report,
        noticed=list(db.session.scalars(noticed.order_by(AttentionItem.created_at))),
        openers=[(item, outcome) for item, outcome in db.session.execute(used.where(OpenerUse.visit_id == report.id))],
        asked=[(item, answer) for item, answer in db.session.execute(asked) if item.may_be_shown],
        receipt=db.session.get(Receipt, report.id),
        may_correct=may_correct(report, user),
        sees_author=may_see(user, report.author_id),
        sees_customer=report.customer.merged_into_id is None and may_see(user, report.customer.owner_id),
        announced=of_entry(report.id),
    )


def attachments_for(user: User) -> Select[Attachment]:
    """The photos and voice notes of the reports that this user may read."""
    return select(Attachment).where(Attachment.report_id.in_(Report.readable_by(user).with_only_columns(Report.id)))


def may_correct(report: Report, user: User) -> bool:
    """The author may put a report right until the daily report of its day is signed off."""
    if report.author_id != user.id:
        return False
    signed = select(DailyReport.id).where(
        DailyReport.user_id == user.id, DailyReport.day == report.day, DailyReport.state == "approved"
    )
    return db.session.scalar(signed) is None


def people_for(user: User, most: int = 40) -> list[User]:
    """Those whose visits this user may read, himself first."""
    seen = select(User).where(
        visible_to(user, User.id), User.disabled_at.is_(None), User.role.in_(("rep", "supervisor"))
    )
    return list(db.session.scalars(seen.order_by(User.id != user.id, User.name).limit(most)))


@dataclass(frozen=True)
class ReportsPage:
    """Reports by day, newest first; `more` if there are older ones."""

    days: list[tuple[date, list[Report]]]
    more: bool


def reports_page(user: User, person: User, page: int = 1) -> ReportsPage:
    """One page of a person's visit reports, as far as this user may see them. Two queries."""
    mine = Report.visible_to(user).where(Report.author_id == person.id)
    query = mine.options(joinedload(Report.customer), selectinload(Report.attachments))
    ordered = query.order_by(Report.day.desc(), Report.filed_at.desc()).offset((page - 1) * A_PAGE).limit(A_PAGE + 1)
    found = list(db.session.scalars(ordered))
    by_day = groupby(found[:A_PAGE], key=lambda report: report.day)
    return ReportsPage(days=[(day, list(reports)) for day, reports in by_day], more=len(found) > A_PAGE)
