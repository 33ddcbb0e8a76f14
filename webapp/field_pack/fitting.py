"""Fitting a pack: what belongs to it, against what it holds."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, Table, bindparam, exists, func, insert, literal, select, update

from webapp.accounts.models import User
from webapp.field_pack import belongings, contents
from webapp.field_pack.models import Feed, PackItem
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.foundation.packing import STRANGER


def fit(user: User, today: date, hurried: bool) -> bool:
    """Add what is missing in its order, bury what does not belong; whether there was anything. `hurried`: what every customer
    and every person has is not looked through if there are as many of them as were carried, and no other."""
    settled = set(_settled(user)) if hurried else set()
    wanted = list(contents.pages(user, today, settled))
    mine = (PackItem.user_id == user.id, PackItem.kind.not_in(settled) | (PackItem.subject == STRANGER))
    held = dict(db.session.execute(select(PackItem.url, PackItem.gone_at).where(*mine)).all())
    belongs = {page.url for page in wanted}
    new = [page for page in wanted if page.url not in held]
    back = [page.url for page in wanted if held.get(page.url)]
    gone = [url for url, gone_at in held.items() if gone_at is None and url not in belongs]
    if not (new or back or gone):
        return False
    number = Feed.raise_by(len(new) + 1) - len(new)
    _change(user, gone, number, gone_at=clock.here(), content="")
    _change(user, back, number, gone_at=None, content="")
    rows = [{"user_id": user.id, **page._asdict(), "number": number + n} for n, page in enumerate(new, 1)]
    if rows:
        db.session.execute(insert(PackItem), rows)
    return True


def _change(user: User, urls: Iterable[str], number: int, **values: Any) -> None:
    table = cast(Table, PackItem.__table__)
    mine = update(table).where(table.c.user_id == user.id, table.c.url == bindparam("page"))
    if rows := [{"page": url} for url in urls]:
        db.session.connection().execute(mine.values(number=number, **values), rows)


def _settled(user: User) -> Iterator[str]:
    """Kinds of pages of which each customer, or each person, has his, and nobody else has one."""
    customers, people = belongings.living(user), belongings.there(user)
    if _is_settled(user, "card", customers, "/customers/", ""):
        yield from contents.OF_CUSTOMER
    if _is_settled(user, "person", people, "/contacts/", "/edit"):
        yield "person"


def _is_settled(user: User, kind: str, ids: Select[*tuple[Any, ...]], before: str, after: str) -> bool:
    """No id without a page under its address, and as many pages as ids."""
    id = ids.selected_columns[0]
    held: tuple[ColumnElement[bool], ...] = (PackItem.user_id == user.id, PackItem.gone_at.is_(None))
    its = exists().where(*held, PackItem.url == literal(before) + id + literal(after)).correlate(id.table)
    if db.session.scalar(ids.with_only_columns(id).where(~its).limit(1)) is not None:
        return False
    pages = select(func.count()).where(*held, PackItem.kind == kind, PackItem.subject != STRANGER)
    return db.session.scalar(pages) == db.session.scalar(select(func.count()).select_from(ids.subquery()))
