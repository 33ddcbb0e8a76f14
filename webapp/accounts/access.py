"""Who may see and do what. One rule of sight for all rooms: a rep sees his own, whoever leads a team sees its whole
branch, an admin sees everything; what one may not see does not exist (404)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import Any, TypeVar

from flask import abort
from flask_login import current_user
from sqlalchemy import ColumnElement, Select, or_, select, true
from sqlalchemy.orm import aliased

from webapp.accounts.models import Team, User
from webapp.foundation.db import db

M = TypeVar("M")
View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Loan:
    """One row of one table that one person sees beyond his own."""

    user_id: str
    table: str
    row_id: str


_loan: ContextVar[Loan | None] = ContextVar("loan", default=None)


def public(view: View) -> View:
    """This view may be asked without having signed in."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def only(*roles: str) -> Callable[[View], View]:
    """This view is for these roles; to all others it does not exist."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if current_user.role not in roles:
                abort(404)
            return view(*args, **kwargs)

        guarded.roles = roles  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return guard


def people_seen_by(user: User) -> Select[str]:
    """The ids of the people whose work this user may see, himself included, as a subquery."""
    return _people_seen(user.role, user.id, user.team.path if user.team else None)


@lru_cache(maxsize=1024)
def _people_seen(role: str, user_id: str, path: str | None) -> Select[str]:
    """The question, not its answer: most pages ask it many times."""
    owner = aliased(User)
    ids = select(owner.id)
    if role == "admin":
        return ids
    if role == "rep" or path is None:
        return ids.where(owner.id == user_id)
    branch = select(Team.id).where(Team.path.startswith(path, autoescape=True))
    return ids.where(owner.team_id.in_(branch))


def visible_to(user: User, owner_column: Any) -> ColumnElement[bool]:
    """The condition under which a row belonging to the person in this column may be seen by this user."""
    rule, lent = _rule_of_sight(user, owner_column), _lent(user, owner_column)
    return rule if lent is None else or_(rule, lent)


def _rule_of_sight(user: User, owner_column: Any) -> ColumnElement[bool]:
    if user.role == "admin":
        return true()
    if user.role == "rep" or user.team is None:
        return owner_column == user.id
    return owner_column.in_(people_seen_by(user))


@contextmanager
def lending(user: User, table: str, row_id: str) -> Iterator[None]:
    """Inside, and nowhere else, this person sees this one row of this table too, whoever it belongs to.

    For a leader who files what somebody wrote while the customer was still his. The loan lives in the context of the
    one who works (no other request, thread or person has it) and ends with the block, whatever happens in it.
    """
    token = _loan.set(Loan(user.id, table, row_id))
    try:
        yield
    finally:
        _loan.reset(token)


def _lent(user: User, owner_column: Any) -> ColumnElement[bool] | None:
    """The condition of being the row that is lent to this user, if one is, and if it is of the table asked for."""
    loan = _loan.get()
    if loan is None or loan.user_id != user.id:
        return None
    asked = owner_column.parent
    return asked.entity.id == loan.row_id if asked.mapper.local_table.name == loan.table else None


def find_or_404(query: Select[M]) -> M:
    """The one row of this query; an unknown one and one that is not yours are answered alike."""
    row = db.session.scalars(query.limit(1)).first()
    if row is None:
        abort(404)
    return row


def may_see(user: User, owner_id: str | None) -> bool:
    """Whether this user may see what belongs to that person."""
    if owner_id is not None and owner_id == user.id:
        return True
    return db.session.scalar(select(User.id).where(User.id == owner_id, visible_to(user, User.id))) is not None
