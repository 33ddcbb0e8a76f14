"""The filing of a visit report and what it sets in motion, all in the gate's transaction."""

from typing import Any

from webapp.accounts.models import User
from webapp.customers.models import Contact, Customer
from webapp.foundation import clock
from webapp.foundation.db import db, new_id
from webapp.foundation.facts import tell
from webapp.playbook.models import TalkTrack
from webapp.visits.facts import ReportFiled
from webapp.visits.models.file_after import keep_the_file, opens_complaint
from webapp.visits.models.passing_on import pass_on
from webapp.visits.models.told import SAID, SUMS, Told

PLAIN = ("day", "arrived_at", "left_at", "purpose", "result", "stop_id", "check_in_id", "objections", "is_hallway")
"""What the report keeps under the name under which it is told."""


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
        keep_the_file(report, told, by)
        pass_on(report, told, by)
        tell(ReportFiled(report))
        return report

    @property
    def url(self: Any) -> str:
        return f"/reports/{self.id}"

    def _write_down(self: Any, told: Told) -> None:
        for name in PLAIN:
            setattr(self, name, getattr(told, name))
        for name in (*SAID, *SUMS):
            setattr(self, name, getattr(told.words, name))
        self.track_id, self.track_outcome = told.track_id, told.track_outcome
        self.track_version = _version_said(told)
        self.next_step, self.next_step_on = told.next.text, told.next.on
        if told.attachments:
            self.attachments = list(told.attachments)
        self.is_urgent = told.is_urgent or opens_complaint(self)

    def _meet(self: Any, told: Told, by: User) -> None:
        if told.met:
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
