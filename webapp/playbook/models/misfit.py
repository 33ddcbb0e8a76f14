from datetime import datetime

from sqlalchemy import ForeignKey, String, delete, exists
from sqlalchemy.orm import Mapped, mapped_column

from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime, db


class Misfit(HasId, Base):
    """Somebody has said that this track is not for this customer: it is not suggested for him again, until it has worked
    with him after all."""

    __tablename__ = "track_misfit"

    track_id: Mapped[str] = mapped_column(ForeignKey("talk_track.id"))
    customer_id: Mapped[str] = mapped_column(String(36), index=True)
    by_id: Mapped[str] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    @classmethod
    def say(cls, track_id: str, customer_id: str, by_id: str, id: str) -> None:
        """Said twice is said once."""
        said = exists().where(cls.track_id == track_id, cls.customer_id == customer_id)
        if not db.session.scalar(said.select()):
            db.session.add(cls(id=id, track_id=track_id, customer_id=customer_id, by_id=by_id))

    @classmethod
    def take_back(cls, track_id: str, customer_id: str) -> None:
        db.session.execute(delete(cls).where(cls.track_id == track_id, cls.customer_id == customer_id))
