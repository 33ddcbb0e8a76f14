from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, Index, Select, String, Text, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.access import visible_to
from webapp.accounts.models import User
from webapp.customers.models import Customer
from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime, db, new_id
from webapp.foundation.facts import tell
from webapp.urgent.facts import ComplaintClosed, ComplaintHandedOn, ComplaintLate, ComplaintOpened, ComplaintStepTaken
from webapp.urgent.models.said import Said
from webapp.urgent.models.step import ComplaintStep
from webapp.urgent.words import HOURS, STEPS
from webapp.visits.models import Report

ORDER = tuple(STEPS)
LAST = ORDER[-1]


class Complaint(HasId, Base):
    """A customer is angry, and somebody sees to it (`handler`) until the customer says that it is settled.

    `step` is what is to be done now (urgent.words.STEPS), `due_at` until when; `late_at`: when that was found to be over.
    `satisfaction`: the customer's word, without which it stays open.
    """

    __tablename__ = "complaint"
    __table_args__ = (Index("ix_complaint_closed_at_due_at", "closed_at", "due_at"),)

    customer_id: Mapped[str] = mapped_column(ForeignKey("customer.id"), index=True)
    report_id: Mapped[str | None] = mapped_column(ForeignKey("report.id"))
    by_id: Mapped[str] = mapped_column(ForeignKey("user.id"))
    handler_id: Mapped[str] = mapped_column(ForeignKey("user.id"), index=True)
    about: Mapped[str] = mapped_column(String(12), default="other")
    product: Mapped[str] = mapped_column(String(100), default="")
    said: Mapped[str] = mapped_column(Text, default="")
    wants: Mapped[str] = mapped_column(Text, default="")
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    step: Mapped[str] = mapped_column(String(12), default=ORDER[0])
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    late_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    satisfaction: Mapped[str] = mapped_column(String(12), default="")
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    customer: Mapped[Customer] = relationship()
    by: Mapped[User] = relationship(foreign_keys=by_id)
    handler: Mapped[User] = relationship(foreign_keys=handler_id)
    report: Mapped[Report | None] = relationship()
    steps: Mapped[list[ComplaintStep]] = relationship(
        order_by="(ComplaintStep.at, ComplaintStep.id)", back_populates="complaint"
    )

    @classmethod
    def visible_to(cls, user: User) -> Select["Complaint"]:
        """Those of the customers that this user may see, and those that he or his people see to."""
        seen = select(Customer.id).where(visible_to(user, Customer.owner_id))
        return select(cls).where(or_(cls.customer_id.in_(seen), visible_to(user, cls.handler_id)))

    @classmethod
    def open_at(cls, customer_id: str) -> list["Complaint"]:
        """Those of this customer that are not settled, the oldest first."""
        rows = select(cls).where(cls.customer_id == customer_id, cls.closed_at.is_(None))
        return list(db.session.scalars(rows.order_by(cls.opened_at, cls.id)))

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def gist(self) -> str:
        """The one line that stands for it elsewhere."""
        return self.said.strip().split("\n")[0][:200]

    @property
    def url(self) -> str:
        return f"/complaints/{self.id}"

    @classmethod
    def open(
        cls, customer: Customer, by: User, said: Said, id: str | None = None, report: Report | None = None
    ) -> "Complaint":
        """Take it down; whoever wrote down what the customer said has listened, and the next step is his to take. With a
        report that tells of it: the first that is open there."""
        one = cls(id=id or new_id(), customer=customer, by=by, handler=customer.owner, report=report)
        one.handler_id, one.satisfaction = customer.owner_id, ""
        one.about, one.product, one.said, one.wants = said.about, said.product, said.words, said.wants
        one.opened_at = clock.now()
        one._begin(ORDER[0])
        db.session.add(one)
        if said.words:
            one._note(ORDER[0], said.words, by, new_id())
            one._begin(ORDER[1])
        one._flag([one] if report else None)
        if report is None:
            customer.note_history("complaint", said.words, by, url=one.url, state="open")
        tell(ComplaintOpened(one))
        return one

    def take(self, step: str, text: str, by: User, id: str) -> ComplaintStep:
        """Note what was done; if it is the step of now (or a later one), the clock of the next begins. Nothing is lost: a
        step that another has taken meanwhile stays beside his."""
        taken = self._note(step, text, by, id)
        if self.is_open and ORDER.index(step) >= ORDER.index(self.step):
            self._begin(ORDER[min(ORDER.index(step) + 1, len(ORDER) - 1)])
        tell(ComplaintStepTaken(self, taken))
        return taken

    def hear(self, outcome: str, text: str, by: User, id: str, is_noted: bool = False) -> None:
        """The customer's word: settled and closed, or back to looking for a solution. `is_noted`: in the history, already."""
        taken = self._note(LAST, text, by, id, outcome)
        if not self.is_open:
            return
        if outcome == "unsatisfied":
            self._begin("solution")
            tell(ComplaintStepTaken(self, taken))
            return
        self.satisfaction, self.closed_at, self.late_at = outcome, clock.now(), None
        if not is_noted:
            self.customer.note_history("complaint", self.gist, by, url=self.url, state="settled")
        self._flag()
        tell(ComplaintClosed(self))

    def hand_to(self, person: User, by: User) -> None:
        if person.id != self.handler_id:
            self.handler = person
            self.handler_id = person.id
            tell(ComplaintHandedOn(self, by.id))

    def be_late(self) -> None:
        """The clock has run out: said once for each step."""
        self.late_at = clock.now()
        tell(ComplaintLate(self))

    def _begin(self, step: str) -> None:
        self.step, self.due_at, self.late_at = step, clock.now() + timedelta(hours=HOURS[step]), None

    def _note(self, step: str, text: str, by: User, id: str, outcome: str = "") -> ComplaintStep:
        late = self.is_open and step == self.step and clock.now() > self.due_at
        taken = ComplaintStep(id=id, complaint=self, step=step, text=text, by_id=by.id, at=clock.now())
        taken.outcome, taken.was_late = outcome, late
        db.session.add(taken)
        return taken

    def _flag(self, open_ones: list["Complaint"] | None = None) -> None:
        """The customer's file shows the oldest that is open, everywhere."""
        first = next(iter(Complaint.open_at(self.customer.id) if open_ones is None else open_ones), None)
        shown = self.customer.open_complaint
        self.customer.open_complaint = (first.gist or first.product or shown or first.about) if first else ""
        self.customer.complaint_since = clock.local(first.opened_at).date() if first else None
