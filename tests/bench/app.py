"""The app with a bare page beside it, the measure of everything else; what each answer cost is noted in the data folder."""

import time
from collections.abc import Iterable, Iterator
from typing import Any

from flask import render_template

from webapp.accounts.access import public
from webapp.factory import create_app

app = create_app()
ROW = '<li class="item"><div class="grow"><h3><a href="/nowhere">{{ "bare" }} {{ n }}</a></h3><p class="note">{{ n * 7 }}</p></div></li>\n'
BARE = f'<!doctype html><title>bare</title><ul class="rows">{{% for n in range(52) %}}{ROW}{{% endfor %}}</ul>'

PAGE = app.jinja_env.from_string(BARE)  # compiled once, as a template in a file is


@app.get("/bare")
@public
def bare() -> str:
    """About 6 KB."""
    return render_template(PAGE)


def costed(answer: Any, note: Any) -> Any:
    """Note the path of each request and the processor's time (ms of its thread) until its last byte, on a machine that
    does other things besides."""

    def told(environ: dict[str, Any], start_response: Any) -> Iterator[bytes]:
        begun = time.thread_time()
        said: Iterable[bytes] = answer(environ, start_response)
        yield from said
        if hasattr(said, "close"):
            said.close()
        with note.open("a") as file:
            file.write(f"{environ['PATH_INFO']} {(time.thread_time() - begun) * 1000:.3f}\n")

    return told


app.wsgi_app = costed(app.wsgi_app, app.config["SETTINGS"].data / "costs")  # type: ignore[method-assign]
