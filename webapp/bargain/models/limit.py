from sqlalchemy import BigInteger, String, select
from sqlalchemy.orm import Mapped, mapped_column

from webapp.bargain.words import KINDS, LIMITS
from webapp.foundation.db import Base, db


class Limit(Base):
    """Up to how much one role decides by itself; `most` in hundredths of the unit of its kind (bargain.words.UNITS)."""

    __tablename__ = "concession_limit"

    role: Mapped[str] = mapped_column(String(12), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    most: Mapped[int] = mapped_column(BigInteger, default=0)

    @classmethod
    def all(cls) -> dict[str, dict[str, int]]:
        """Role → kind → how much: as it was set, else as the house begins. One query."""
        found = {role: {kind: n * 100 for kind, n in limits.items()} for role, limits in LIMITS.items()}
        for limit in db.session.scalars(select(cls)):
            if limit.role in found and limit.kind in KINDS:
                found[limit.role][limit.kind] = limit.most
        return found

    @classmethod
    def allows(cls, role: str, kind: str, amount: int) -> bool:
        """Whether this role decides it by itself; who stands above all roles that have limits decides everything."""
        limits = cls.all().get(role)
        return limits is None or amount <= limits.get(kind, 0)

    @classmethod
    def set(cls, role: str, kind: str, most: int) -> None:
        limit = db.session.get(cls, (role, kind)) or cls(role=role, kind=kind)
        limit.most = most
        db.session.add(limit)
