"""Words that a URL may hold: <id:…> for a UUID, <day:…> for a date; anything else is an unknown address."""

from datetime import date

from flask import Flask
from werkzeug.routing import BaseConverter, ValidationError

from webapp.foundation.db import as_id


class IdConverter(BaseConverter):
    regex = r"[0-9a-fA-F-]{32,36}"

    def to_python(self, value: str) -> str:
        if (known := as_id(value)) is None:
            raise ValidationError
        return known


class DayConverter(BaseConverter):
    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise ValidationError from error

    def to_url(self, value: date | str) -> str:
        return value if isinstance(value, str) else value.isoformat()


def prepare(app: Flask) -> None:
    app.url_map.converters.update(id=IdConverter, day=DayConverter)
