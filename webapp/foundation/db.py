"""The database: base class, column types, and how a transaction begins. Only the gate commits."""

import contextlib
import os
import re
import sqlite3
import time
import uuid
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import cache
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, MetaData, String, event, inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Dialect, Engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

_writing: ContextVar[bool] = ContextVar("writing", default=False)
_SPELLED = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base, session_options={"autoflush": True})


def new_id() -> str:
    """A UUID that sorts by the time it was made (version 7, RFC 9562), as 36 characters."""
    number = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10), "big")
    number = number & ~(0xF << 76) | 0x7 << 76
    number = number & ~(0x3 << 62) | 0x2 << 62
    digits = f"{number:032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def as_id(text: str | None) -> str | None:
    """The id in its one spelling, or None if the text is not a UUID."""
    if text and _SPELLED.fullmatch(text):
        return text  # as every page and phone of ours spells it
    try:
        return str(uuid.UUID(text)) if text and len(text) <= 45 else None
    except ValueError:
        return None


def insert_unless_there(table: Any) -> Any:
    """An insert, in the words of this database, that leaves what is there already as it is."""
    words = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    return words.insert(table).on_conflict_do_nothing()


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC datetime; a naive one is refused at the door."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value else None


class HasId:
    """The id is born where the row is thought of: on the phone, or here."""

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)


@event.listens_for(Base, "init", propagate=True)
def _be_of_this_moment(row: Base, _args: Any, given: dict[str, Any]) -> None:
    """A time that nobody names is that at which a row is thought of, not that at which it reaches the database."""
    for name, now in _moments(type(row)).items():
        if name not in given:
            given[name] = now(None)


@cache
def _moments(model: type[Base]) -> dict[str, Callable[[Any], datetime]]:
    columns = {attribute.key: attribute.columns[0] for attribute in inspect(model).column_attrs}
    times = {name: column.default for name, column in columns.items() if isinstance(column.type, UtcDateTime)}
    return {name: default.arg for name, default in times.items() if default is not None and default.is_callable}


@contextlib.contextmanager
def writing() -> Iterator[None]:
    """Inside, a transaction takes SQLite's write lock when it begins, so it never has to be upgraded."""
    token = _writing.set(True)
    try:
        yield
    finally:
        _writing.reset(token)


def is_writing() -> bool:
    """Whether a transaction that writes is under way."""
    return _writing.get()


def prepare_engine(engine: Engine) -> None:
    """Give SQLite the manners of a server: WAL, foreign keys, patience, and our own BEGIN."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def _manners(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "busy_timeout=15000",
            "foreign_keys=ON",
            "secure_delete=ON",
            "cache_size=-32000",
            "mmap_size=268435456",
            "temp_store=MEMORY",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")
