"""What the filing of a visit report sets in motion, all in the gate's transaction."""

from typing import Any

from webapp.accounts.models import User
from webapp.attention.models import AttentionItem
from webapp.customers.models import Contact, Customer
from webapp.foundation import clock
from webapp.foundation.db import db, new_id
from webapp.foundation.facts import tell
from webapp.playbook.models import TalkTrack, TrackUse
from webapp.playbook.standing import kind_of
from webapp.visits.facts import ReportFiled
from webapp.visits.models.file_keeping import add_to_pain, take_off_debts
from webapp.visits.models.promise import Promise
from webapp.visits.models.told import SAID, SUMS, NextStep, Told

BEFORE_SIGNING = ("search", "approach", "persuade", "negotiate")


class Fileable:
    """A report is filed once, with all that follows from it."""

    @classmethod
    def file(cls: Any, customer: Customer, by: User, told: Told, id: str) -> Any:
        """Take in what the rep tells of a visit to this customer."""
        report: Any = cls(id=id, customer=customer, author=by, filed_at=clock.now(), version=1, earlier=[], paid={})
        report.customer_id, report.author_id = customer.id, by.id  # for who asks before all is written down
        report._write_down(told)
        report._meet(told, by)
        db.session.add(report)
        if told.is_passed_on:
            db.session.flush()  # what other rooms keep of it names this report
        report._keep_the_file(told, by)
        report._pass_on(told, by)
        tell(ReportFiled(report))
        return report

    @property
    def url(self: Any) -> str:
        return f"/reports/{self.id}"

    def _write_down(self: Any, told: Told) -> None:
        plain = (
            "day",
            "arrived_at",
            "left_at",
            "purpose",
            "result",
            "stop_id",
            "check_in_id",
            "objections",
            "is_hallway",
        )
        for name in plain:
            setattr(self, name, getattr(told, name))
        for name in (*SAID, *SUMS):
            setattr(self, name, getattr(told.words, name))
        self.track_id, self.track_outcome = told.track_id, told.track_outcome
        self.track_version = _version_said(told)
        self.next_step, self.next_step_on = told.next.text, told.next.on
        self.attachments = list(told.attachments)
        self.is_urgent = told.is_urgent or self._opens_complaint()

    def _opens_complaint(self: Any) -> bool:
        return self.purpose == "complaint" and self.result != "absent" and not self.customer.open_complaint

    def _meet(self: Any, told: Told, by: User) -> None:
        self.met = list(told.met)
        name = told.met_new.strip()
        if not name:
            return
        person = next((one for one in self.customer.people if one.name == name), None)
        if person is None:
            person = Contact(id=new_id(), name=name, customer=self.customer)
            person.tidy()
            self.customer.tidy()
            self.customer.note_history("contact", name, by, did="added")
        if person not in self.met:
            self.met.append(person)

    def _keep_the_file(self: Any, told: Told, by: User) -> None:
        """The customer's file after this visit: contact, next step, stage, needs, trade, level."""
        customer, at = self.customer, self.happened_at
        is_latest = customer.last_contact_at is None or at >= customer.last_contact_at
        if self.result != "absent":
            customer.record_contact(at)
            self._advance(by)
        if is_latest:
            self._plan(told.next)
        customer.pain = add_to_pain(customer.pain or "", self.pain_line)
        customer.note_history("visit", self.gist, by, at, self.url, purpose=self.purpose, result=self.result)
        self._trade(told, by)
        if told.level and told.level != customer.level:
            self.level_change = customer.propose_level(told.level, told.level_reason, by)

    def _advance(self: Any, by: User) -> None:
        stage = self.customer.stage or "search"
        if self.result == "ordered" and stage in BEFORE_SIGNING:
            self.customer.move_to_stage("sign", by)
        elif stage == "search":
            self.customer.move_to_stage("approach", by)

    def _plan(self: Any, step: NextStep) -> None:
        """A next step that was due by this visit is done with it, unless nobody was there."""
        due = self.customer.next_step_on
        if step.is_said:
            self.customer.plan_next_step(step.text, step.on)
        elif due and due <= self.day and self.result != "absent":
            self.customer.plan_next_step("", None)

    def _trade(self: Any, told: Told, by: User) -> None:
        customer, at = self.customer, self.happened_at
        if self.result == "ordered":
            customer.record_purchase(at, self.order_cents, by, self.url)
        if self.collection_cents:
            self.paid = take_off_debts(customer, self.collection_cents)
            customer.note_history("collection", "", by, at, self.url, cents=self.collection_cents)
        if self._opens_complaint():
            customer.open_complaint, customer.complaint_since = (self.gist or told.complaint_words)[:200], self.day
            customer.note_history("complaint", self.gist, by, at, self.url, state="open")
        elif told.complaint_settled and customer.open_complaint:
            customer.note_history("complaint", customer.open_complaint, by, at, self.url, state="settled")
            customer.open_complaint, customer.complaint_since = "", None

    def _pass_on(self: Any, told: Told, by: User) -> None:
        """What other rooms keep of it: the attention list, the openers, the track, the promises."""
        for seen in told.noticed:
            AttentionItem.notice(
                self.customer,
                by,
                seen.category,
                seen.observed,
                seen.opener,
                seen.contact_id,
                self.day,
                visit_id=self.id,
            )
        for item, outcome in told.openers:
            item.use(outcome, by, visit_id=self.id)
        if told.asked:
            item, answer = told.asked
            item.confirm(answer, by, visit_id=self.id)
        if told.track_id and told.track_outcome:
            said = {"customer_id": self.customer_id, "visit_id": self.id, "kind": kind_of(self.customer, self.met)}
            TrackUse.record(told.track_id, told.track_outcome, by.id, **said)
        for word in told.promised:
            Promise.give(self.customer, by, word.text, word.direction, word.due_on, report_id=self.id)
        for promise, state in told.settled:
            promise.keep(by) if state == "kept" else promise.break_(by)

    @property
    def gist(self: Any) -> str:
        """The one line that stands for the visit elsewhere; empty if nothing was written."""
        return next((text for text in (self.needs, self.customer_said, self.objection_said, self.insight) if text), "")

    @property
    def pain_line(self: Any) -> str:
        return f"{self.day.isoformat()} {' '.join(self.needs.split())}" if self.needs else ""


def _version_said(told: Told) -> int | None:
    """The version of the talk track that everybody read when it was said; None if none was."""
    if not (told.track_id and told.track_outcome):
        return None
    return db.session.get_one(TalkTrack, told.track_id).version_at(clock.now())
