"""Every page is rendered here and nowhere else."""

import re
import unicodedata
from datetime import timedelta
from functools import lru_cache
from typing import Any

from flask import Flask, Response, current_app, make_response, render_template, request
from flask_babel import ngettext as babel_ngettext
from flask_login import current_user
from markupsafe import Markup, escape

from webapp.foundation import clock, i18n, packing, words


def page(template: str, status: int = 200, **context: Any) -> Response:
    """Render a template as an answer; a browser that has this very page already is told so (304)."""
    response = make_response(render_template(template, **context), status)
    if status == 200 and request.method == "GET" and not packing.is_packing():
        response.add_etag()
        response.make_conditional(request)
    return response


def prepare(app: Flask) -> None:
    """Give every template its words, filters and the few facts that each page shows."""
    app.jinja_env.filters.update(words.FILTERS, lines=lines)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(now=clock.now, new_id=packing.form_id, ahead=packing.ahead)
    app.jinja_env.globals.update(timedelta=timedelta, LANGUAGES=i18n.LANGUAGES, user_mark=packing.mark)
    app.jinja_env.globals.update(STRANGER=packing.STRANGER, SIGNS=SIGNS)
    app.jinja_env.globals.update(pgettext=i18n.pgettext, ngettext=babel_ngettext)
    app.jinja_env.globals.update(standing=standing, kept=kept)
    app.context_processor(_everywhere)


def _everywhere() -> dict[str, Any]:
    return {
        **i18n.spoken(),
        "locale": i18n.tag(),
        "packing": packing.is_packing(),
        "scheme": getattr(current_user, "scheme", "") or "",
        "today": clock.today(),
        "zone": clock.zone().key,
        "production": current_app.config["SETTINGS"].production,
    }


def standing(template: str, **facts: bool) -> Markup:
    """A part that says the same on every page where these facts are the same: rendered once in each language."""
    said: dict[tuple[Any, ...], Markup] = current_app.extensions.setdefault("standing", {})
    key = (template, i18n.tag(), *facts.items())
    if key not in said:
        said[key] = Markup(render_template(template, **facts))
    return said[key]


def kept(template: str, **facts: Any) -> Markup:
    """A part that hangs on nothing but these facts (plain values), the language, and the reader's zone and day: of many the
    latest are remembered as they were rendered."""
    build, zone = current_app.config["BUILD"], clock.zone().key
    return _kept(template, (build, i18n.tag(), zone, clock.today()), tuple(facts.items()))


@lru_cache(maxsize=4000)
def _kept(template: str, _where: tuple[Any, ...], facts: tuple[tuple[str, Any], ...]) -> Markup:
    return Markup(current_app.jinja_env.get_template(template).render(i18n.spoken() | dict(facts)))


def lines(text: str | None) -> Markup:
    """Typed text with its line breaks, each paragraph free to run in its own direction."""
    parts = (text or "").splitlines()
    return Markup("<br>").join(escape(part) for part in parts)


_UNSPEAKABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")

SIGNS = "[^" + _UNSPEAKABLE.pattern[1:]
"""What is left of a text, and counts: as JavaScript reads it, too."""


def clean(text: str | None) -> str:
    """What a person typed, without NUL, control and direction-override characters and halves of characters (surrogates),
    composed (NFC) and trimmed."""
    text = (text or "").replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _UNSPEAKABLE.sub("", text)).strip()
