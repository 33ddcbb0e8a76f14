from datetime import date, datetime, timedelta

from sqlalchemy import Date, ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.models import User
from webapp.attention.facts import Greeted
from webapp.customers.models import Contact
from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime, db, new_id
from webapp.foundation.facts import tell

SAME_TIME = timedelta(days=90)
"""A greeting of so few days from the day is of this year's: somebody was early, or the birthday was put right since."""


class Greeting(HasId, Base):
    """Somebody was greeted: for which `occasion` (a birthday, a festival), and on which `day` that was kept. What was said
    is not kept."""

    __tablename__ = "greeting"
    __table_args__ = (UniqueConstraint("contact_id", "occasion", "day"),)

    contact_id: Mapped[str] = mapped_column(ForeignKey("contact.id"))
    occasion: Mapped[str] = mapped_column(String(20))
    day: Mapped[date] = mapped_column(Date)
    by_id: Mapped[str] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    contact: Mapped[Contact] = relationship()
    by: Mapped[User] = relationship()

    @classmethod
    def give(cls, person: Contact, by: User, occasion: str, day: date, id: str | None = None) -> "Greeting | None":
        """He was greeted; None if somebody has done so for this day before."""
        if cls.of(person, occasion, day):
            return None
        greeting = cls(id=id or new_id(), contact_id=person.id, contact=person, occasion=occasion, day=day)
        greeting.by_id, greeting.at = by.id, clock.now()
        db.session.add(greeting)
        person.customer.note_history("greeting", person.name, by, occasion=occasion)
        tell(Greeted(person.id, occasion))
        return greeting

    @classmethod
    def of(cls, person: Contact, occasion: str, day: date) -> "Greeting | None":
        """How he was greeted this time."""
        his = select(cls).where(cls.contact_id == person.id, cls.occasion == occasion)
        return db.session.scalars(his.where(cls.day.between(day - SAME_TIME, day + SAME_TIME)).limit(1)).first()

    def is_of(self, occasion: str, day: date) -> bool:
        """Whether it was given for this day, and not for that of another year."""
        return self.occasion == occasion and abs(self.day - day) <= SAME_TIME
