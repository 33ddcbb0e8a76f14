"""Fitting a pack: what belongs to it, against what it holds."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    Select,
    Table,
    bindparam,
    exists,
    func,
    insert,
    literal,
    select,
    true,
    union_all,
    update,
)

from webapp.accounts.models import User
from webapp.field_pack import belongings, contents, holding
from webapp.field_pack.models import Feed, PackItem
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.foundation.packing import STRANGER

EACH = frozenset((*contents.OF_CUSTOMER, "person"))
"""Kinds of pages of which every customer, or every person, has his."""


def fit(user: User, today: date, settled: set[str]) -> tuple[list[str], list[str]]:
    """Add what is missing in its order, bury what does not belong; the addresses that the pack holds now and did not, and
    those that it held. `settled`: kinds that are known to be right."""
    wanted = list(contents.pages(user, today, settled))
    held = _held(user, sorted(settled), [page.url for page in wanted if page.subject == STRANGER])
    belongs = {page.url for page in wanted}
    new = [page for page in wanted if page.url not in held]
    back = [page.url for page in wanted if held.get(page.url)]
    gone = [url for url, gone_at in held.items() if gone_at is None and url not in belongs]
    if not (new or back or gone):
        return [], []
    let_go = list(holding.among(user.id, gone))
    number = Feed.raise_by(len(new) + 1) - len(new)
    _change(user, gone, number, gone_at=clock.here(), content="")
    _change(user, back, number, gone_at=None, content="")
    rows = [{"user_id": user.id, **page._asdict(), "number": number + n} for n, page in enumerate(new, 1)]
    if rows:
        db.session.execute(insert(PackItem), rows)
    return [page.url for page in new] + back, let_go


def _held(user: User, settled: list[str], strangers: list[str]) -> dict[str, datetime | None]:
    """Address → since when it is gone, of what is not of these kinds (in their order), and of a stranger's pages. The kinds
    between them are asked for one after the other: their index finds the few pages there are of them among all."""
    held = select(PackItem.url, PackItem.gone_at).where(PackItem.user_id == user.id)
    between = [
        held.where(PackItem.kind > before if before else true(), PackItem.kind < after if after else true())
        for before, after in zip(["", *settled], [*settled, ""], strict=True)
    ]
    return dict(db.session.execute(union_all(*between, held.where(PackItem.url.in_(strangers)))).all())


def _change(user: User, urls: Iterable[str], number: int, **values: Any) -> None:
    table = cast(Table, PackItem.__table__)
    mine = update(table).where(table.c.user_id == user.id, table.c.url == bindparam("page"))
    if rows := [{"page": url} for url in urls]:
        db.session.connection().execute(mine.values(number=number, **values), rows)


def settled(user: User) -> Iterator[str]:
    """Kinds of pages of which there are as many as customers, or people, and each of these has his."""
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
