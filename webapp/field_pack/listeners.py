"""Hearing every change of the rooms below as it goes to the database, whoever makes it: objects that are flushed, and
statements that change many rows at once. Before the commit the pages that show it get their numbers."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction
from sqlalchemy.orm.attributes import get_history

from webapp.field_pack import marking, shows_desk  # noqa: F401 (adds to what is shown where)
from webapp.field_pack.shows import SHOWS
from webapp.foundation.db import db
from webapp.outbox.arrivals import Announced
from webapp.outbox.models import Receipt
from webapp.reviews.models import Comment, Review

Row = dict[str, Any]
_MARKS = "field_pack"


def _marks(session: Session) -> marking.Marks:
    marks: marking.Marks = session.info.setdefault(_MARKS, marking.Marks())
    return marks


@event.listens_for(db.session, "after_flush")
def _flushed(session: Session, context: UOWTransaction) -> None:
    # what its parent lets go of is deleted by the flush itself, and not in session.deleted
    gone = [state.obj() for state, (is_deleted, listed) in context.states.items() if is_deleted and not listed]
    with session.no_autoflush:
        for thing in (*session.new, *gone):
            if type(thing) in SHOWS:
                _note(session, type(thing), _row(thing))
        for thing in session.dirty:
            if type(thing) in SHOWS and thing not in gone:
                row = _row(thing)
                before, changed = _before(thing, row)
                if changed or session.is_modified(thing):  # it looks through every column once more
                    _note(session, type(thing), row, before, changed)


def _note(session: Session, model: Any, row: Row, before: Row | None = None, changed: set[str] | None = None) -> None:
    """A row came or went, or (with `changed` columns) was another one `before`."""
    concerned = [
        shown for shown in SHOWS[model] if changed is None or not shown.columns or changed & _named(shown.columns)
    ]
    for state in (row, before) if concerned else ():
        if state is not None:
            whole, marks = _whole(model, state), _marks(session)
            for shown in concerned:
                marks.add(shown, whole)


@cache
def _named(columns: str) -> frozenset[str]:
    return frozenset(columns.split())


@cache
def _columns(model: Any) -> frozenset[str]:
    return frozenset(column.key for column in inspect(model).column_attrs)


@cache
def _abroad(model: Any) -> list[str]:
    """What is asked of a row of this table that stands in another: `report.author_id`."""
    asked = {name for shown in SHOWS[model] for name in (shown.of, shown.at, shown.about, shown.on, shown.about_day)}
    return sorted(name for name in asked if "." in name)


def _row(thing: Any) -> Row:
    model: Any = type(thing)
    columns = _columns(model)
    return {name: value for name, value in thing.__dict__.items() if name in columns}


def _before(thing: Any, row: Row) -> tuple[Row, set[str]]:
    """The row as it was, and the names of what has changed."""
    model: Any = type(thing)
    row, changed = dict(row), set()
    for name in _columns(model).intersection(inspect(thing).committed_state):
        history = get_history(thing, name)
        if history.has_changes():
            changed.add(name)
            if history.deleted and name in row:
                row[name] = history.deleted[0]
    return row, changed


def _whole(model: Any, row: Row) -> Row:
    """The row with what stands in another table: `report.author_id` of a photo, whose plan a review is of."""
    if model in (Review, Comment):
        row = {**row, "subject": marking.whose(row["subject"], row["subject_id"])}
    if model is Announced:
        row = {**row, "customer": marking.customer_of(row["entry_id"])}
    for name in _abroad(model):
        parent, _dot, column = name.partition(".")
        if name not in row:
            relation = inspect(model).relationships[parent]
            key = next(iter(relation.local_columns)).key
            found = relation.mapper.class_
            with db.session.no_autoflush:
                wanted = select(getattr(found, column)).where(found.id == row.get(key))
                row = {**row, name: db.session.scalar(wanted)}
    return row


@event.listens_for(db.session, "do_orm_execute")
def _executed(state: ORMExecuteState) -> None:
    model = state.bind_mapper.class_ if state.bind_mapper else None
    if model not in SHOWS:
        return
    if state.is_insert:
        for row in _inserted(state):
            if model is not Receipt or "location" in row:  # one that is only claimed says nothing yet
                _note(state.session, model, row)
    elif state.is_update or state.is_delete:
        values = _values(state.statement) if state.is_update else {}
        for row in _concerned(state, model):
            after = {**row, **values}
            _note(state.session, model, after, row, set(values) if state.is_update else None)


def _inserted(state: ORMExecuteState) -> Iterator[Row]:
    parameters = state.parameters
    if isinstance(parameters, Mapping):
        yield dict(parameters)
    elif parameters:
        yield from map(dict, parameters)
    else:
        yield _values(state.statement)


def _values(statement: Any) -> Row:
    """The columns that a statement sets; of one that is calculated only the name is known."""
    given = statement._values or {}
    return {column.key: getattr(value, "value", None) for column, value in given.items()}


def _concerned(state: ORMExecuteState, model: Any) -> list[Row]:
    """The rows that a statement is about to change."""
    columns = [getattr(model, attribute.key) for attribute in inspect(model).column_attrs]
    criteria = state.statement._where_criteria  # type: ignore[attr-defined]
    with state.session.no_autoflush:
        found = state.session.execute(select(*columns).where(*criteria), state.parameters or {})
    return [dict(row._mapping) for row in found]


@event.listens_for(db.session, "before_commit")
def _committing(session: Session) -> None:
    if session.in_nested_transaction():
        return
    session.flush()
    if marks := session.info.pop(_MARKS, None):
        marking.write(marks)


@event.listens_for(db.session, "after_soft_rollback")
def _rolled_back(session: Session, _previous: Any) -> None:
    """What was rolled back as a whole never happened; marks of a savepoint may stay, they only cost a look."""
    if not session.in_transaction():
        session.info.pop(_MARKS, None)
