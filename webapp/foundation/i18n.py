"""Three languages from one source. Every string is written in Simplified Chinese where it is used; English is
translated by hand, one catalogue a room; Traditional is made from the Simplified (catalogues.py).
"""

from collections.abc import Callable
from functools import cache

from babel import support
from flask import Flask, g, request
from flask_babel import Babel, get_locale, get_translations, lazy_ngettext, lazy_pgettext, ngettext, pgettext
from flask_babel.speaklater import LazyString
from flask_login import current_user
from markupsafe import Markup
from wtforms.i18n import messages_path

from webapp.foundation.catalogues import HERE, compile_catalogues

__all__ = [
    "LANGUAGES",
    "OfForms",
    "_",
    "_l",
    "get_locale",
    "lazy_ngettext",
    "lazy_pgettext",
    "ngettext",
    "pgettext",
    "tag",
]

LANGUAGES = {"zh_Hans": "简体中文", "zh_Hant": "繁體中文", "en": "English"}
TAGS = {"zh_Hans": "zh-CN", "zh_Hant": "zh-Hant", "en": "en"}
SPOKEN = {"zh-cn": "zh_Hans", "zh-sg": "zh_Hans", "zh-hans": "zh_Hans", "zh-tw": "zh_Hant", "zh-hk": "zh_Hant"}
SPOKEN |= {"zh-mo": "zh_Hant", "zh-hant": "zh_Hant", "zh": "zh_Hans", "en": "en"}


def _(text: str, /, **named: object) -> str:
    """The text in the language of this page, with what it names put in."""
    said = str(catalogue().ugettext(text))
    return said % named if named else said


def _l(text: str, /, **named: object) -> LazyString:
    """The same, worded when it is read."""
    return LazyString(_, text, **named)


def catalogue() -> support.NullTranslations:
    """The words of this page's language, looked for once as long as it is spoken: a page asks hundreds of times."""
    if not g:
        return get_translations()
    locale = get_locale()
    known: tuple[object, support.NullTranslations] | None = g.get("catalogue")
    if known is None or known[0] is not locale:
        known = g.catalogue = (locale, get_translations())
    return known[1]


def spoken() -> dict[str, Callable[..., str]]:
    """What a template says things with, for as long as it is rendered: it asks hundreds of times, so the words of its language
    are looked for once. What `_` says is HTML (what is put in, is escaped)."""
    words = catalogue()

    def _(text: str, /, **named: object) -> Markup:
        said = words.ugettext(text)
        return Markup(said) % named if named or "%" in said else Markup(said)

    def pgettext(context: str, text: str, /, **named: object) -> str:
        said = str(words.upgettext(context, text))
        return said % named if named else said

    return {"_": _, "pgettext": pgettext}


def prepare(app: Flask) -> None:
    """Compile what is stale and let every request find its language and zone."""
    compile_catalogues()
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(HERE)
    app.config["BABEL_DEFAULT_LOCALE"] = "zh_Hans"
    app.config["BABEL_DEFAULT_TIMEZONE"] = app.config["SETTINGS"].default_zone
    Babel(app, locale_selector=choose, timezone_selector=lambda: getattr(current_user, "zone", None))
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda text: catalogue().ugettext(text),
        ngettext=lambda one, many, n: catalogue().ungettext(one, many, n),
        pgettext=lambda context, text: catalogue().upgettext(context, text),
        newstyle=True,
    )


def choose() -> str:
    """The language of the person, then of this browser's last choice, then of its wishes; Simplified otherwise."""
    if not request:
        return "zh_Hans"
    chosen = getattr(current_user, "language", None) or request.cookies.get("language")
    if chosen in LANGUAGES:
        return str(chosen)
    for wish, _quality in request.accept_languages:
        if known := _known(wish.lower()):
            return known
    return "zh_Hans"


def _known(wish: str) -> str | None:
    parts = wish.split("-")
    return SPOKEN.get(wish) or SPOKEN.get("-".join(parts[:2])) or SPOKEN.get(parts[0])


class OfForms:
    """What WTForms itself says, read once for each language."""

    @property
    def gettext(self) -> Callable[[str], str]:
        return _of_forms(str(get_locale())).gettext

    @property
    def ngettext(self) -> Callable[[str, str, int], str]:
        return _of_forms(str(get_locale())).ngettext


@cache
def _of_forms(locale: str) -> support.NullTranslations:
    return support.Translations.load(messages_path(), [locale], domain="wtforms")


def tag() -> str:
    """The language of this page as HTML names it: zh-CN, zh-Hant or en."""
    return TAGS[str(get_locale() or "zh_Hans")]
