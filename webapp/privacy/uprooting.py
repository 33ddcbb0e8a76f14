"""Deleting rows with all that hangs on them, whatever tables there are: read from the foreign keys themselves."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Column, Table, delete, or_, select, update

from webapp.foundation.db import Base, db

KEPT = {"market_report", "erasure"}
"""Tables whose rows stay although what they name goes: they are about more than this one."""
AT_ONCE = 400


def models() -> dict[Any, Any]:
    return {mapper.local_table: mapper.class_ for mapper in Base.registry.mappers}


def uproot(model: Any, ids: Iterable[str]) -> set[str]:
    """Delete these rows; what must name one of them goes too, what may name one names none. The ids of all that went."""
    gone, wanted = set(), sorted(set(ids))
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        gone.update(some)
        for table, column in _pointing_to(model.__table__):
            gone |= _let_go(models()[table], column, some)
        db.session.flush()
        db.session.execute(delete(model).where(model.id.in_(some)).execution_options(synchronize_session="fetch"))
    return gone


def _let_go(child: Any, column: Column[Any], ids: list[str]) -> set[str]:
    points = getattr(child, column.key).in_(ids)
    if column.nullable or child.__tablename__ in KEPT:
        _do(update(child).where(points).values({column.key: None}))
        return set()
    if hasattr(child, "id"):
        return uproot(child, db.session.scalars(select(child.id).where(points)))
    _do(delete(child).where(points))
    return set()


def _do(statement: Any) -> None:
    db.session.execute(statement.execution_options(synchronize_session="fetch"))


def _pointing_to(table: Table) -> list[tuple[Table, Column[Any]]]:
    return [
        (other, key.parent)
        for other in Base.metadata.sorted_tables
        for key in other.foreign_keys
        if key.column.table is table and other in models()
    ]


def uproot_talk(ids: set[str]) -> set[str]:
    """What was said, decided and told about these things: rows that name one as their subject."""
    gone = set()
    for model in set(models().values()):
        columns = [getattr(model, name) for name in ("subject_id", "subject") if hasattr(model, name)]
        if (
            columns
            and hasattr(model, "id")
            and model.__tablename__ not in ("receipt", "audit_entry", "erasure", "pack_item")
        ):
            for start in range(0, len(some := sorted(ids)), AT_ONCE):
                about = or_(*(column.in_(some[start : start + AT_ONCE]) for column in columns))
                gone |= uproot(model, db.session.scalars(select(model.id).where(about)))
    return gone
