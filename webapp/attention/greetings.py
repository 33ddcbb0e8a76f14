"""What one might write to somebody on his day: three tones, the one that suits him first. Wishes only: never a word of
business, nothing that would embarrass whoever has no family or no parents any more."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from flask_babel import force_locale

from webapp.accounts.models import User
from webapp.attention.honorifics import HAN, honorific
from webapp.customers.models import Contact
from webapp.foundation.catalogues import to_traditional
from webapp.foundation.i18n import LANGUAGES, _l, tag

FORMAL, WARM, SHORT = "formal", "warm", "short"
TONES: dict[str, Any] = {FORMAL: _l("正式"), WARM: _l("亲切"), SHORT: _l("简短")}

WORDS: dict[str, dict[str, Any]] = {
    "birthday": {
        FORMAL: _l("%(who)s，您好！今天是您的生日，祝您身体健康，万事顺意，新的一岁一切安好。%(me)s敬贺"),
        WARM: _l("%(who)s，生日快乐！今天早点收工，好好吃顿饭，祝您这一岁顺顺当当、开开心心。"),
        SHORT: _l("%(who)s，祝您生日快乐，一切顺心！"),
    },
    "new_year": {
        FORMAL: _l("%(who)s，您好！新的一年到了，祝您元旦快乐，身体健康，工作顺利。%(me)s敬贺"),
        WARM: _l("%(who)s，元旦快乐！忙了一年，假期好好歇一歇，祝您新的一年顺顺利利。"),
        SHORT: _l("%(who)s，元旦快乐，新年一切顺利！"),
    },
    "spring": {
        FORMAL: _l("%(who)s，您好！给您拜年了。祝您新春快乐，身体健康，阖家安康，新的一年万事如意。%(me)s敬贺"),
        WARM: _l("%(who)s，过年好！忙了一整年，好好歇几天，祝您新的一年平平安安、顺顺当当。"),
        SHORT: _l("%(who)s，给您拜年了，祝您新春快乐、万事如意！"),
    },
    "lantern": {
        FORMAL: _l("%(who)s，您好！元宵佳节，祝您平安喜乐，新的一年诸事圆满。%(me)s敬贺"),
        WARM: _l("%(who)s，元宵节快乐！记得吃碗汤圆，祝您今年开个好头，顺顺利利。"),
        SHORT: _l("%(who)s，元宵节快乐，平安喜乐！"),
    },
    "dragon_boat": {
        FORMAL: _l("%(who)s，您好！时值端午，祝您端午安康，诸事顺遂。%(me)s敬贺"),
        WARM: _l("%(who)s，端午安康！天热起来了，您多保重身体，放假好好歇一歇。"),
        SHORT: _l("%(who)s，祝您端午安康！"),
    },
    "mid_autumn": {
        FORMAL: _l("%(who)s，您好！中秋佳节，祝您平安喜乐，阖家团圆。%(me)s敬贺"),
        WARM: _l("%(who)s，中秋快乐！今晚不忙的话，早点回家吃饭赏月，祝您平安顺心。"),
        SHORT: _l("%(who)s，中秋快乐，平安顺心！"),
    },
    "double_ninth": {
        FORMAL: _l("%(who)s，您好！时值重阳，祝您秋日安好，身体健康，也问候府上长辈。%(me)s敬贺"),
        WARM: _l("%(who)s，今天重阳，天也凉快了，抽空出去走走，祝您和家里长辈都健健康康。"),
        SHORT: _l("%(who)s，重阳安康，问候您家里长辈！"),
    },
    "national": {
        FORMAL: _l("%(who)s，您好！时值国庆，祝您假期愉快，身体健康，诸事顺利。%(me)s敬贺"),
        WARM: _l("%(who)s，国庆快乐！难得的长假，好好歇几天，出门一路平安。"),
        SHORT: _l("%(who)s，国庆快乐，假期愉快！"),
    },
}
"""Occasion → tone → what one writes. `who`: as one addresses him; `me`: who sends it."""
EVERYBODY: dict[str, Any] = {
    "new_year": _l("元旦快乐！祝您新的一年身体健康，工作顺利。"),
    "spring": _l("给您拜年了！祝您新春快乐，身体健康，万事如意。"),
    "lantern": _l("元宵节快乐！祝您平安喜乐，新的一年诸事圆满。"),
    "dragon_boat": _l("祝您端午安康，诸事顺遂！"),
    "mid_autumn": _l("中秋快乐！祝您平安喜乐，阖家团圆。"),
    "double_ninth": _l("重阳安康！祝您秋日安好，身体健康。"),
    "national": _l("国庆快乐！祝您假期愉快，诸事顺利。"),
}
"""What may go to each of them as it stands."""


@dataclass(frozen=True)
class Draft:
    """`lang`: as HTML names the language that it is written in."""

    label: str
    text: str
    lang: str


def tone_for(person: Contact) -> str:
    """Formal to who decides as long as one is not close, warm where one has dealings, short to all others."""
    is_close = person.customer.relation in ("established", "just_sold")
    if person.decision_role == "decision_maker" and not (is_close and person.customer.level == "A"):
        return FORMAL
    return WARM if is_close else SHORT


def drafts(person: Contact, occasion: str, by: User) -> list[Draft]:
    """The one that suits, the other two, and the one that suits in the other language."""
    best = tone_for(person)
    tones = [best, *(tone for tone in TONES if tone != best)]
    said = [Draft(str(TONES[tone]), worded(person, occasion, tone, by), tag()) for tone in tones]
    other = "zh_Hans" if tag() == "en" else "en"
    if other == "en" or HAN.search(person.name):
        with force_locale(other):
            said.append(Draft(LANGUAGES[other], worded(person, occasion, best, by), tag()))
    return said


def worded(person: Contact, occasion: str, tone: str, by: User) -> str:
    """The wish in the language of the page, as one addresses him in it."""
    who = person.name if tag() == "en" else honorific(person.name, person.title or "")
    if tag() == "zh-Hant" and who != person.name:
        who = _turn()(who)
    return str(WORDS[occasion][tone]) % {"who": who, "me": by.name}


@cache
def _turn() -> to_traditional:
    return to_traditional()
