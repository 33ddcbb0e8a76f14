"""The customer's file after a visit: contact, next step, stage, needs, trade, level."""

from datetime import datetime
from typing import Any

from webapp.accounts.models import User
from webapp.visits.models.file_keeping import add_to_pain, take_off_debts
from webapp.visits.models.told import NextStep, Told

BEFORE_SIGNING = ("search", "approach", "persuade", "negotiate")


def keep_the_file(report: Any, told: Told, by: User) -> None:
    """Let the customer's file say what this visit came to."""
    customer, at = report.customer, report.happened_at
    is_latest = customer.last_contact_at is None or at >= customer.last_contact_at
    if report.result != "absent":
        customer.record_contact(at)
        advance(report, by)
    if is_latest:
        _plan(report, told.next)
    customer.pain = add_to_pain(customer.pain or "", report.pain_line)
    customer.note_history("visit", report.gist, by, at, report.url, purpose=report.purpose, result=report.result)
    _trade(report, told, by, at)
    if told.level and told.level != customer.level:
        report.level_change = customer.propose_level(told.level, told.level_reason, by)


def advance(report: Any, by: User) -> None:
    stage = report.customer.stage or "search"
    if report.result == "ordered" and stage in BEFORE_SIGNING:
        report.customer.move_to_stage("sign", by)
    elif stage == "search":
        report.customer.move_to_stage("approach", by)


def _plan(report: Any, step: NextStep) -> None:
    """A next step that was due by this visit is done with it, unless nobody was there."""
    due = report.customer.next_step_on
    if step.is_said:
        report.customer.plan_next_step(step.text, step.on)
    elif due and due <= report.day and report.result != "absent":
        report.customer.plan_next_step("", None)


def _trade(report: Any, told: Told, by: User, at: datetime) -> None:
    customer = report.customer
    if report.result == "ordered":
        customer.record_purchase(at, report.order_cents, by, report.url)
    if report.collection_cents:
        report.paid = take_off_debts(customer, report.collection_cents)
        customer.note_history("collection", "", by, at, report.url, cents=report.collection_cents)
    if opens_complaint(report):
        customer.open_complaint, customer.complaint_since = (report.gist or told.complaint_words)[:200], report.day
        customer.note_history("complaint", report.gist, by, at, report.url, state="open")
    elif told.complaint_settled and customer.open_complaint:
        customer.note_history("complaint", customer.open_complaint, by, at, report.url, state="settled")
        customer.open_complaint, customer.complaint_since = "", None


def opens_complaint(report: Any) -> bool:
    return report.purpose == "complaint" and report.result != "absent" and not report.customer.open_complaint
