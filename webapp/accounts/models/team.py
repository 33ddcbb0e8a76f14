from typing import Any

from sqlalchemy import ForeignKey, String, func, literal, select, update
from sqlalchemy.orm import Mapped, mapped_column

from webapp.foundation.db import Base, HasId, db, new_id

DEEPEST = 12


class Team(HasId, Base):
    """A node of the tree of teams. `path` holds the ids from the root down, so a whole branch is one prefix."""

    __tablename__ = "team"

    name: Mapped[str] = mapped_column(String(100))
    region: Mapped[str] = mapped_column(String(100), default="")
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("team.id"))
    path: Mapped[str] = mapped_column(String(700), index=True)

    def __init__(self, parent: "Team | None" = None, **kwargs: Any) -> None:
        kwargs.setdefault("id", new_id())
        super().__init__(parent_id=parent.id if parent else None, **kwargs)
        self.path = f"{parent.path if parent else '/'}{self.id}/"

    @property
    def depth(self) -> int:
        """1 for a root, 2 for what stands under it …"""
        return self.path.count("/") - 1

    def holds(self, other: "Team") -> bool:
        """Whether the other stands in this team's branch (a team holds itself)."""
        return other.path.startswith(self.path)

    def has_room_for(self, other: "Team | None") -> bool:
        """Whether the other's whole branch (a new team, if none) can stand under this one without growing too deep."""
        if other is None:
            return self.depth < DEEPEST
        longest = (
            db.session.scalar(select(func.max(func.length(Team.path))).where(Team.path.startswith(other.path))) or 0
        )
        height = (longest - len(other.path)) // 37 + 1
        return not other.holds(self) and self.depth + height <= DEEPEST

    def move_under(self, parent: "Team | None") -> None:
        """Hang this team and its whole branch elsewhere; whoever leads the new place sees it from now on."""
        old = self.path
        self.parent_id = parent.id if parent else None
        new = f"{parent.path if parent else '/'}{self.id}/"
        if new != old:
            db.session.flush()  # the branch is moved in the database, this row's parent with it
            branch = update(Team).where(Team.path.startswith(old, autoescape=True))
            moved = literal(new).concat(func.substr(Team.path, len(old) + 1))
            db.session.execute(branch.values(path=moved).execution_options(synchronize_session=False))
            db.session.expire_all()
