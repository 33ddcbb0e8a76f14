"""The app with a bare page beside it, the measure of everything else."""

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
