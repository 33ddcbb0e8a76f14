from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime
from webapp.foundation.files import store

if TYPE_CHECKING:
    from webapp.visits.models.report import Report

THUMB = ".thumb"
Content = bytes


class Attachment(HasId, Base):
    """A photo (re-encoded JPEG without metadata) or a voice note; the bytes lie in the file store under `key`.

    `kind` is 'photo' or 'voice'; a photo's small brother lies beside it. `bytes` is the size, width and height are pixels.
    """

    __tablename__ = "attachment"

    report_id: Mapped[str] = mapped_column(ForeignKey("report.id"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    position: Mapped[int] = mapped_column(Integer, default=0)
    key: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(60))
    bytes: Mapped[int] = mapped_column(Integer)
    sha256: Mapped[str] = mapped_column(String(64))
    width: Mapped[int | None] = mapped_column(Integer)
    height: Mapped[int | None] = mapped_column(Integer)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)

    report: Mapped["Report"] = relationship(back_populates="attachments")

    def read(self, small: bool = False) -> Content:
        """The file itself, or a photo's small one; raises KeyError if the store has lost it."""
        return store().read(self.key + (THUMB if small and self.kind == "photo" else ""))

    @property
    def filename(self) -> str:
        return f"{self.created_at:%Y%m%d-%H%M}-{self.position + 1}.{self.key.rsplit('.', 1)[-1]}"
