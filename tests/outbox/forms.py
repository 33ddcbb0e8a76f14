"""A form that files one row, and what has come of it."""

from sqlalchemy import func, select

from webapp.accounts.models import Team
from webapp.foundation.db import db, new_id
from webapp.outbox.models import Receipt


def form(name: str = "无锡办事处", id: str | None = None, **more: str) -> dict[str, str]:
    return {"submission_id": id or new_id(), "name": name, "region": "苏南", **more}


def teams() -> list[str]:
    """The teams that were not there in the beginning."""
    return sorted(set(db.session.scalars(select(Team.name))) - {"华东区", "苏州办事处", "南京办事处"})


def receipts() -> int:
    return db.session.scalar(select(func.count()).select_from(Receipt)) or 0
