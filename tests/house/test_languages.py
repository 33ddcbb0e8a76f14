"""Three languages, nothing left out: every string is known in English, and the Traditional one is really traditional."""

import re
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from types import SimpleNamespace

import opencc
import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.house.routes import address, page_rules
from webapp.foundation import wording
from webapp.foundation.catalogues import to_traditional
from webapp.foundation.wording import placeholders
from webapp.foundation.wording_faults import HAN, unreadable, unwrapped

NOT_SHOWN = {
    "webapp/attention/honorifics.py": "surnames, and what titles are called after one",
    "webapp/customers/exporting.py": "how several things stand in one cell of a list",
    "webapp/customers/importing/headings.py": "how headings of lists are spelled",
    "webapp/customers/importing/columns.py": "numbers in such headings",
    "webapp/customers/importing/meaning.py": "how cells of lists are spelled",
    "webapp/customers/importing/rows.py": "how cells of lists are spelled",
    "webapp/customers/identity.py": "legal forms that do not tell companies apart",
    "webapp/customers/forms/parts.py": "how phone numbers are spelled",
    "webapp/attention/wording.py": "how what was noticed begins",
    "webapp/door/reach.py": "how phone numbers and places are spelled",
    "webapp/foundation/typed_fields.py": "how sums and dates are typed",
    "webapp/foundation/i18n.py": "the languages by their own names",
    "webapp/foundation/lunar.py": "a library's spelling of months",
    "webapp/foundation/pinyin.py": "readings of characters",
    "webapp/worth/starts.py": "how a library calls the life of a thing",
    "webapp/foundation/polyphones.py": "readings of characters",
    "webapp/foundation/wording_faults.py": "what Chinese is known by",
    "webapp/foundation/words.py": "patterns of dates, one for each language",
    "webapp/playbook/forms.py": "how several words are typed in one field",
    "webapp/playbook/models/lines.py": "how words and reminders are stored",
    "webapp/playbook/history.py": "how words and lists are compared",
    "webapp/playbook/models/version.py": "how lists are kept in one line",
    "webapp/playbook/texts/headed.py": "how text files are spelled",
    "webapp/playbook/texts/plain.py": "how text files are spelled",
    "webapp/playbook/texts/spelling.py": "how lists and dates are spelled in files",
    "webapp/playbook/texts/taking.py": "how lists are spelled in files",
    "webapp/playbook/ranking.py": "names of industries that are data, and what they are part of",
    "templates/accounts/_languages.html": "the languages by their own names",
}
OWN_NAMES = set("简体中文繁體")
strings = cache(wording.strings)  # read when the first test asks, and not by every worker that only looks for tests
english = cache(wording.english)
TURN = to_traditional()
TO_TRADITIONAL_FORM = opencc.OpenCC("s2t").convert


def test_every_string_has_its_english() -> None:
    assert wording.untranslated(strings()) == {}, "bin/flask i18n lists them"


def test_every_string_stands_where_gettext_finds_it() -> None:
    found = [f"{place}  {text!r}" for place, text in bare() if place.path not in NOT_SHOWN]
    assert found == []
    assert [f"{place}  {text}" for place, text in unreadable()] == []


def test_what_is_not_shown_still_has_a_reason_to_be_chinese() -> None:
    assert {place.path for place, _text in bare()} >= set(NOT_SHOWN) - {"webapp/foundation/pinyin.py"}


def test_no_translation_is_unsure_or_still_chinese() -> None:
    assert [entry for entry in english() if entry.is_fuzzy] == []
    chinese = [(entry.file, entry.texts) for entry in english() if any(HAN.search(text) for text in entry.texts)]
    assert chinese == []


def test_a_translation_leaves_open_what_the_string_leaves_open() -> None:
    different = [
        (entry.file, entry.key[1], text)
        for entry in english()
        for text in entry.texts
        if _open(text, entry) != _open(entry.key[1], entry)
    ]
    assert different == []


def _open(text: str, entry: wording.Translation) -> list[str]:
    """The names left open; a plural may leave its number out (“one visit”)."""
    return [name for name in placeholders(text) if len(entry.texts) == 1 or not re.fullmatch(r"%\((num|n)\)[sd]", name)]


def test_one_string_has_one_translation() -> None:
    told = defaultdict(set)
    for entry in english():
        told[entry.key].add(entry.texts)
    assert {key: texts for key, texts in told.items() if len(texts) > 1} == {}, "two meanings take a context: pgettext"


def test_no_translation_is_of_a_string_that_is_gone() -> None:
    gone = defaultdict(list)
    for entry in english():
        if entry.key not in strings():
            gone[entry.file].append(entry.key[1])
    assert gone == {}


@cache
def traditional() -> dict[wording.Key, str]:
    return {key: TURN(key[1]) for key in strings()}


@cache
def bare() -> list[tuple[wording.Place, str]]:
    return list(unwrapped())


SAME_HERE = re.compile("公里|漏斗|相干|[台群准才了念着峰污秘床線腳吃]")
"""Characters that OpenCC's dictionary would still change, and a reader of Traditional would not."""


def test_traditional_holds_no_simplified_character() -> None:
    left = {}
    for text in traditional().values():
        wrong = {character for character in SAME_HERE.sub("", text) if TO_TRADITIONAL_FORM(character) != character}
        if wrong:
            left[text] = wrong
    assert left == {}


WRONG = {
    "核籤": "核簽",
    "微訊號": "微信號",
    "天后": "天後",
    "許可權": "權限",
    "程式碼": "代碼",
    "質量": "品質",
    "賬": "帳",
    "臺": "台",
    "裝置部": "設備部",
    "演示": "示範",
    "郵箱": "電子信箱",
    "第%(n)s周": "第%(n)s週",
    "領導": "主管",
    "網上": "線上",
    "信息": "資訊",
    "軟件": "軟體",
    "默認": "預設",
    "屏幕": "螢幕",
    "視頻": "影片",
    "短信": "簡訊",
    "裏": "裡",
    "麵": "面",
    "髮": "發",
    "復印": "影印",
    "導入": "匯入",
    "瞭解": "了解",
}


@pytest.mark.parametrize("wrong", WRONG)
def test_traditional_says_it_as_people_there_do(wrong: str) -> None:
    assert [text for text in traditional().values() if wrong in text] == [], f"people say {WRONG[wrong]}"


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("3天后到期", "3天後到期"),
        ("交主管核签", "交主管核簽"),
        ("公里", "公里"),
        ("账号在这里", "帳號在這裡"),
        ("微信号", "微信號"),
        ("只给你看，发给主管", "只給你看，發給主管"),
        ("里面有价格", "裡面有價格"),
        ("权限", "權限"),
        ("认出了%(known)s列，共%(rows)s行", "認出了%(known)s欄，共%(rows)s列"),
        ("产品代码", "產品代碼"),
        ("银行卡号", "銀行卡號"),
        ("哪些行业", "哪些行業"),
    ],
)
def test_words_that_a_machine_gets_wrong_are_put_right(simplified: str, traditional: str) -> None:
    assert TURN(simplified) == traditional


class Words(HTMLParser):
    """What a page says to its reader: texts and the attributes that are shown or read aloud."""

    SAID = ("alt", "title", "placeholder", "aria-label", "content", "value", "label")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.foreign = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        said = dict(attributes)
        if tag in ("html", "input", "meta", "link"):
            self.said += [said.get(name) or "" for name in self.SAID]
        else:
            self.said += [value or "" for name, value in attributes if name in self.SAID or name.startswith("data-")]

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def pages(app: Flask, office: SimpleNamespace) -> list[tuple[str, str]]:
    """Who opens which page: everyone what is his to open."""
    return [(who, address(app, rule, office)) for rule in page_rules(app) for who in ("", "lin", "zhou", "admin")]


def chinese_of(client: FlaskClient, path: str) -> list[str]:
    answer = client.get(path)
    if answer.mimetype != "text/html" or answer.status_code >= 500:
        assert answer.status_code < 500, path
        return []
    said = [text.strip() for text in Words(answer.text).said]
    return [text for text in said if HAN.search(text) and not set(HAN.findall(text)) <= OWN_NAMES]


@pytest.mark.slow
def test_an_english_page_says_nothing_in_chinese(
    app: Flask, office: SimpleNamespace, enter: Callable[..., FlaskClient]
) -> None:
    found = {}
    for who, path in pages(app, office):
        if chinese := chinese_of(enter(who, "en"), path):
            found[who, path] = chinese
    assert found == {}


@pytest.mark.slow
def test_a_traditional_page_holds_nothing_simplified(
    app: Flask, office: SimpleNamespace, enter: Callable[..., FlaskClient]
) -> None:
    found = {}
    for who, path in pages(app, office):
        said = chinese_of(enter(who, "zh-TW"), path)
        wrong = [
            text
            for text in said
            if any(TO_TRADITIONAL_FORM(c) != c for c in SAME_HERE.sub("", text) if c not in OWN_NAMES)
        ]
        if wrong:
            found[who, path] = wrong
    assert found == {}


@pytest.mark.parametrize(("wish", "tag"), [("zh-CN", "zh-CN"), ("zh-TW", "zh-Hant"), ("en-GB", "en"), ("fr", "zh-CN")])
def test_a_page_names_the_language_it_is_in(enter: Callable[..., FlaskClient], wish: str, tag: str) -> None:
    assert f'<html lang="{tag}"' in enter("lin", wish).get("/customers").text
