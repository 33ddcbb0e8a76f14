"""From what was typed and tapped to what is filed."""

from webapp.attention.models import AttentionItem
from webapp.foundation.i18n import _
from webapp.visits import baggage
from webapp.visits.models import Promise
from webapp.visits.models.told import Noticed, Promised, Told
from webapp.visits.report_forms import UNUSED, ReportForm
from webapp.visits.report_question import read
from webapp.visits.report_rows import rows


def told_by(form: ReportForm) -> Told:
    """What was said in a valid form."""
    desk, outcome = form.desk, form.track_outcome.data or ""
    outcome = "" if outcome == UNUSED else outcome
    return Told(
        day=form.visit_day,
        purpose=form.purpose.data or "other",
        result=form.result.data,
        words=form.words(),
        arrived_at=form.arrived_at,
        left_at=form.left_at,
        stop_id=desk.stop.id if desk.stop else None,
        check_in_id=desk.check_in.id if desk.check_in else None,
        met=[person for person in desk.people if person.id in (form.met.data or ())],
        met_new=form.met_new.data or "",
        objections=list(form.objections.data or ()),
        track_id=form.track_id.data if outcome else None,
        track_outcome=outcome,
        next=form.next(),
        noticed=_noticed(form),
        openers=_openers(form),
        asked=_asked(form),
        promised=_promised(form),
        settled=_settled(form),
        level=form.level.data or "",
        level_reason=form.level_reason.data or "",
        complaint_words=_("在处理客诉"),
        complaint_settled=form.complaint_settled.data,
        is_urgent=form.is_urgent.data,
        is_hallway=form.is_short,
        attachments=baggage.of_this_request().take(),
    )


def _noticed(form: ReportForm) -> list[Noticed]:
    return [
        Noticed(row.category.data, row.observed.data, row.opener.data or "", row.contact_id.data or None)
        for row in rows(form.seen)
        if not row.is_empty
    ]


def _openers(form: ReportForm) -> list[tuple[AttentionItem, str]]:
    tried = [(form.desk.opener(row.item_id.data), row.outcome.data) for row in rows(form.openers) if row.outcome.data]
    return [(item, outcome) for item, outcome in tried if item]


def _asked(form: ReportForm) -> tuple[AttentionItem, str] | None:
    return (form.asked_of, read(form.asked.data)[0]) if form.asked_of and form.asked.data else None


def _promised(form: ReportForm) -> list[Promised]:
    said = [row for row in rows(form.promises) if row.text.data]
    return [Promised(row.text.data, row.direction.data or "ours", row.due_on.data) for row in said]


def _settled(form: ReportForm) -> list[tuple[Promise, str]]:
    told = [(form.desk.promise(row.promise_id.data), row.state.data) for row in rows(form.settled) if row.state.data]
    return [(promise, state) for promise, state in told if promise]
