"""What the parts of a track and a product are called in files, in every language of the house; and the words for codes."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from flask_babel import force_locale

from webapp.customers.models import LEVELS
from webapp.customers.words import DECISION_ROLES
from webapp.foundation.folding import fold
from webapp.foundation.i18n import LANGUAGES, _l
from webapp.playbook import words

TRACK: dict[str, Any] = {
    "slug": _l("代号"),
    "language": _l("语言"),
    "title": _l("名字"),
    "situation": _l("什么时候用"),
    "heard": _l("他怎么说"),
    "line": _l("一句话"),
    "pain": _l("痛点"),
    "selling_point": _l("卖点"),
    "solution": _l("方案"),
    "call_to_action": _l("行动"),
    "figures": _l("数字和来源"),
    "figures_valid_until": _l("数字管到哪天"),
    "product": _l("产品"),
    "industries": _l("哪些行业"),
    "stages": _l("哪几步"),
    "levels": _l("哪几级客户"),
    "personas": _l("对谁说"),
    "next_slugs": _l("他接着说，就用"),
    "coach_note": _l("带教提示"),
}
"""These words, in every language, are how files are headed: another wording keeps out the files that were handed out before."""
PRODUCT: dict[str, Any] = {
    "group": _l("跟什么比"),
    "name": _l("名字"),
    "side": _l("谁家的"),
    "maker": _l("厂家"),
    "price": _l("价格（元）"),
    "unit": _l("单位"),
    "attributes": _l("特性"),
    "source": _l("数字哪儿来的"),
    "valid_until": _l("数字管到哪天"),
    "note": _l("备注"),
}
SIDES = {"ours": _l("我们的"), "theirs": _l("对手的")}
CODES: dict[str, Mapping[str, Any]] = {
    "language": words.LANGUAGES,
    "situation": words.SITUATIONS,
    "stages": words.STAGES,
    "personas": DECISION_ROLES,
    "levels": {level: level for level in LEVELS},
    "side": SIDES,
}
LISTS = ("industries", "stages", "levels", "personas", "next_slugs")
TALL = {"heard", "pain", "selling_point", "solution", "call_to_action", "figures", "attributes", "note", "coach_note"}
_MARKS = re.compile(r"[\W_]+")


@lru_cache(1000)
def plain(text: str) -> str:
    """A heading or word without what does not count: width, case, spaces and marks."""
    return _MARKS.sub("", fold(text))


@lru_cache
def headings(kind: str) -> dict[str, str]:
    """Plain heading → field; `kind`: 'track' or 'product'."""
    return _in_all_languages(TRACK if kind == "track" else PRODUCT)


@lru_cache
def codes(field: str) -> dict[str, str]:
    """Plain word → code, for a field whose words are ours."""
    return {plain(code): code for code in CODES[field]} | _in_all_languages(CODES[field])


def _in_all_languages(labels: Mapping[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for language in LANGUAGES:
        with force_locale(language):
            found |= {plain(str(label)): name for name, label in labels.items()}
    return found
