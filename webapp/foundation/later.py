"""Work that is put off: a room says what, the job queue on the roof (webapp.jobs) says when. The queue knows a work by
its dotted name, so what waits in it outlives a restart and an update."""

from collections.abc import Callable
from typing import Any

from flask import Response, after_this_request, current_app, has_request_context

works: dict[str, Callable[..., Any]] = {}
at_start: list[Callable[[], None]] = []
"""Called when the queue is taken up again: put back what was under way when everything ended."""


def work(do: Callable[..., Any]) -> Callable[..., Any]:
    """Make this function a work that can be put off. It may run twice, or be ended anywhere, and must stand that."""
    works[f"{do.__module__}.{do.__qualname__}"] = do
    return do


def put_off(do: Callable[..., Any], *args: Any) -> None:
    """Queue a work with arguments that JSON can hold; in a request, once its transaction has been committed."""
    enqueue, name = current_app.extensions["queue"], f"{do.__module__}.{do.__qualname__}"
    after_commit(lambda: enqueue(name, args))


def after_commit(do: Callable[[], Any]) -> None:
    """Do this when the transaction of this request has been committed, not at all if it is refused; else at once."""
    if not has_request_context():
        do()
        return

    @after_this_request
    def _committed(response: Response) -> Response:
        if response.status_code < 400:
            do()
        return response
