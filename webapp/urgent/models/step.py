from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Boolean, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.models import User
from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime

if TYPE_CHECKING:
    from webapp.urgent.models.complaint import Complaint


class ComplaintStep(HasId, Base):
    """What somebody did about a complaint. `outcome` is the customer's word at the last step; `was_late`: after its time."""

    __tablename__ = "complaint_step"

    complaint_id: Mapped[str] = mapped_column(ForeignKey("complaint.id", ondelete="CASCADE"), index=True)
    step: Mapped[str] = mapped_column(String(12))
    text: Mapped[str] = mapped_column(Text, default="")
    outcome: Mapped[str] = mapped_column(String(12), default="")
    by_id: Mapped[str] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    was_late: Mapped[bool] = mapped_column(Boolean, default=False)

    complaint: Mapped["Complaint"] = relationship(back_populates="steps")
    by: Mapped[User] = relationship()
