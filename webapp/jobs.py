"""The job queue: Huey in a SQLite file beside the data by default, in Redis by HUEY_URL. The consumer is started by
bin/start; a job opens the app once and works in its context. In tests (HUEY_IMMEDIATE=1) a job runs where it is asked for.
"""

import os
from collections.abc import Callable
from functools import cache, wraps
from typing import Any

from flask import Flask, current_app, has_app_context
from huey import RedisHuey, SqliteHuey, crontab

from webapp.foundation import later
from webapp.foundation.settings import from_environment


def _queue() -> SqliteHuey | RedisHuey:
    settings = from_environment()
    immediate = os.environ.get("HUEY_IMMEDIATE") == "1"
    if settings.huey_url:
        return RedisHuey("doorstep", url=settings.huey_url, immediate=immediate)
    return SqliteHuey("doorstep", filename=str(settings.data / "jobs.sqlite3"), fsync=True, immediate=immediate)


huey = _queue()


@cache
def _app() -> Flask:
    from webapp.factory import create_app

    return create_app()


def job(work: Callable[..., Any]) -> Any:
    """Make this function a job: `work.enqueue(...)` puts it into the queue, it runs inside an app context."""

    @wraps(work)
    def in_context(*args: Any, **kwargs: Any) -> Any:
        if has_app_context() and current_app:
            return work(*args, **kwargs)
        with _app().app_context():
            return work(*args, **kwargs)

    task = huey.task()(in_context)
    work.enqueue = task  # type: ignore[attr-defined]
    return work


@job
def carry_out(job_id: str) -> None:
    """Do a work that a room has put off (webapp.foundation.later)."""
    later.carry_out(job_id)


@huey.periodic_task(crontab(minute="*"))
def sweep() -> None:
    """Every minute: what waits and was lost on its way here, and what the clock asks for."""
    with _app().app_context():
        for job_id in later.sweep():
            carry_out.enqueue(job_id)


@huey.on_startup()
def take_up_again() -> None:
    with _app().app_context():
        for again in later.at_start:
            again()


def prepare(app: Flask) -> None:
    app.extensions["queue"] = carry_out.enqueue
