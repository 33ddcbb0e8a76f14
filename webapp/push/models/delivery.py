from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Integer, String, UniqueConstraint, literal, select, union_all, update
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime, db, insert_unless_there, new_id
from webapp.push.models.channel import Channel
from webapp.push.models.subscription import Subscription

if TYPE_CHECKING:
    from webapp.push.models.notice import Notice

WAITING, SENT, GONE, FAILED = "waiting", "sent", "gone", "failed"


class Delivery(HasId, Base):
    """One notice on its way to one phone or channel, and what became of it. `outcome`: the status of the push service
    or the name of what went wrong; never an address."""

    __tablename__ = "push_delivery"
    __table_args__ = (UniqueConstraint("notice_id", "target_id", "round"),)

    notice_id: Mapped[str] = mapped_column(ForeignKey("notice.id", ondelete="CASCADE"))
    target: Mapped[str] = mapped_column(String(8))
    target_id: Mapped[str] = mapped_column(String(36), index=True)
    round: Mapped[int] = mapped_column(Integer, default=0)
    state: Mapped[str] = mapped_column(String(8), default=WAITING, index=True)
    tries: Mapped[int] = mapped_column(Integer, default=0)
    outcome: Mapped[str] = mapped_column(String(40), default="")
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.here)
    at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    notice: Mapped["Notice"] = relationship()

    @classmethod
    def leave(cls, notice_ids: list[str], why: str) -> None:
        """What of these was on its way when it became needless (its carrier was ended, then came another notice) stays behind."""
        waiting = update(cls).where(cls.notice_id.in_(notice_ids), cls.state == WAITING)
        db.session.execute(waiting.values(state=FAILED, outcome=why, at=clock.here()))

    @classmethod
    def prepare(cls, notice: "Notice", round: int) -> list[str]:
        """One for each phone and channel of the person, if there is none yet in this round; the ids of those that wait."""
        phones = Subscription.live(notice.user_id).with_only_columns(literal("phone"), Subscription.id)
        channels = select(literal("channel"), Channel.id).where(Channel.user_id == notice.user_id)
        said = {
            "notice_id": notice.id,
            "round": round,
            "state": WAITING,
            "tries": 0,
            "outcome": "",
            "made_at": clock.here(),
        }
        targets = db.session.execute(union_all(phones, channels)).all()
        rows = [{"id": new_id(), "target": target, "target_id": id, **said} for target, id in targets]
        if not rows:
            return []
        db.session.execute(insert_unless_there(cls).values(rows))
        waiting = select(cls.id).where(cls.notice_id == notice.id, cls.round == round, cls.state == WAITING)
        return list(db.session.scalars(waiting))
