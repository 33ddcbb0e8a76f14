"""What other rooms keep of a visit: the attention list, the openers, the talk track, the promises."""

from typing import Any

from webapp.accounts.models import User
from webapp.attention.models import AttentionItem
from webapp.playbook.models import TrackUse
from webapp.playbook.standing import kind_of
from webapp.visits.models.promise import Promise
from webapp.visits.models.told import Told


def pass_on(report: Any, told: Told, by: User) -> None:
    if told.asked:
        item, answer = told.asked
        item.confirm(answer, by, visit_id=report.id)
    for seen in told.noticed:
        AttentionItem.notice(
            report.customer,
            by,
            seen.category,
            seen.observed,
            seen.opener,
            seen.contact_id,
            report.day,
            visit_id=report.id,
        )
    for item, outcome in told.openers:
        item.use(outcome, by, visit_id=report.id)
    if told.track_id and told.track_outcome:
        said = {"customer_id": report.customer_id, "visit_id": report.id, "kind": kind_of(report.customer, report.met)}
        TrackUse.record(told.track_id, told.track_outcome, by.id, **said)
    for word in told.promised:
        Promise.give(report.customer, by, word.text, word.direction, word.due_on, report_id=report.id)
    for promise, state in told.settled:
        promise.keep(by) if state == "kept" else promise.break_(by)
