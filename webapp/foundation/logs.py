"""Structured logs without personal data: what was asked, how it went, how long it took; never who or what about."""

import logging
import re
import sys
import time
from collections.abc import MutableMapping
from typing import Any

import structlog
from flask import Flask, Response, g, request

log = structlog.get_logger()
_ROW = re.compile(r"^DETAIL: .*?(?=^\[SQL: |^The above exception |\Z)", re.S | re.M)
"""How PostgreSQL quotes the row that it does not take."""


def prepare(app: Flask) -> None:
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            without_rows,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )

    @app.before_request
    def _start() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def _say(response: Response) -> Response:
        took = (time.perf_counter() - g.get("started", time.perf_counter())) * 1000
        if not app.testing:
            log.info(
                "request",
                method=request.method,
                endpoint=request.endpoint,
                status=response.status_code,
                ms=round(took, 1),
            )
        return response


def without_rows(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A fault as it is logged: what broke and where, without the rows that a database quotes."""
    if "exception" in event:
        event["exception"] = _ROW.sub("DETAIL: …\n", event["exception"])
    return event
