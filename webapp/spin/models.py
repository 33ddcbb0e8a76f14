from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.models import User
from webapp.customers.models import Contact, Customer
from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime, db
from webapp.foundation.i18n import _
from webapp.visits.models.file_keeping import add_to_pain

STEPS = ("situation", "problem", "implication", "need_payoff")


class SpinTalk(HasId, Base):
    """What somebody at a customer's answered to the four questions; what was not asked or not answered is empty."""

    __tablename__ = "spin_talk"

    customer_id: Mapped[str] = mapped_column(ForeignKey("customer.id"), index=True)
    contact_id: Mapped[str | None] = mapped_column(ForeignKey("contact.id"), index=True)
    by_id: Mapped[str] = mapped_column(ForeignKey("user.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    track_title: Mapped[str] = mapped_column(String(100), default="")
    situation: Mapped[str] = mapped_column(Text, default="")
    problem: Mapped[str] = mapped_column(Text, default="")
    implication: Mapped[str] = mapped_column(Text, default="")
    need_payoff: Mapped[str] = mapped_column(Text, default="")

    customer: Mapped[Customer] = relationship()
    contact: Mapped[Contact | None] = relationship()
    by: Mapped[User] = relationship()

    @classmethod
    def hear(
        cls,
        customer: Customer,
        by: User,
        answers: dict[str, str],
        contact: Contact | None,
        id: str,
        track_title: str = "",
    ) -> "SpinTalk":
        """Keep what was answered: what hurts and what it costs as the customer's pain, what he would gain as his need."""
        talk = cls(id=id, customer=customer, contact=contact, by_id=by.id, at=clock.now(), track_title=track_title)
        for step in STEPS:
            setattr(talk, step, answers.get(step, ""))
        db.session.add(talk)
        customer.pain = add_to_pain(customer.pain or "", talk._line(talk.problem, talk.implication))
        customer.latent_need = add_to_pain(customer.latent_need or "", talk._line(talk.need_payoff))
        customer.record_contact(talk.at)
        customer.note_history("spin", talk._joined(*talk.answers.values()), by, who=contact.name if contact else "")
        return talk

    @property
    def answers(self) -> dict[str, str]:
        """What was answered, by its step, in the order in which one asks."""
        return {step: text for step in STEPS if (text := getattr(self, step))}

    def _joined(self, *texts: str) -> str:
        return _("；").join(" ".join(text.split()) for text in texts if text)

    def _line(self, *texts: str) -> str:
        """A line of the customer's file: the day (ISO 8601), what was said, and who said it; empty if nothing was."""
        said = self._joined(*texts)
        if said and self.contact:
            said = _("%(what)s（%(who)s）", what=said, who=self.contact.name)
        return f"{clock.local(self.at).date().isoformat()} {said}" if said else ""
