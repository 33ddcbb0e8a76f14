"""Numbers that no free text may hold: identity cards, passports and bank cards (个人信息保护法: sensitive personal information).

Pure functions; `no_secret_numbers` is the validator that every field has in which a person types what he likes (foundation.forms).
The phone follows the same rules before it keeps a form (static/js/phone/secret.js); tests/foundation/secret_numbers.json
holds both to them.
"""

import re
import unicodedata
from datetime import date
from typing import Any

from wtforms.validators import ValidationError

from webapp.foundation.i18n import _

_GAP = r"[ \t\u00a0\-–—_·]{1,2}"
_ID_CARD = re.compile(rf"(?<!\d)(\d{{6}})(?:{_GAP})?(\d{{8}})(?:{_GAP})?(\d{{3}}[\dXx])(?![\dA-WYZa-wyz])")
_OLD_ID_CARD = re.compile(r"(?<![\dA-Za-z])(\d{6})(\d{6})\d{3}(?![\dA-Za-z])")
_IN_GROUPS = (
    rf"\d{{4}}(?:{_GAP}\d{{4}}){{2,3}}(?:{_GAP}\d{{1,4}})?|\d{{6}}{_GAP}\d{{7,13}}|\d{{6}}(?:{_GAP}\d{{3,6}}){{2,3}}"
)
_BANK_CARD = re.compile(rf"(?<![\dA-Za-z+])(?:\d{{13,19}}|{_IN_GROUPS})(?![\dA-Za-z])")
_PASSPORT = re.compile(
    r"(?:\u62a4\u7167|\u901a\u884c\u8bc1|passport)[^\n]{0,12}?(?<![\dA-Za-z])[A-Za-z]{1,2}\d{7,8}(?![\dA-Za-z])",
    re.IGNORECASE,
)
_DIGITS, _FEWEST = re.compile(r"\d"), 7
"""The shortest of them is a passport's."""
_PROVINCE = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def no_secret_numbers(_form: Any, field: Any) -> None:
    """A WTForms validator: refuses text that holds the number of an identity card or a bank card."""
    kind = secret_number_in(field.data if isinstance(field.data, str) else "")
    if kind == "id_card":
        raise ValidationError(_("这里像有身份证号。证件号码不能写进来，删掉再存。"))
    if kind == "passport":
        raise ValidationError(_("这里像有护照号。证件号码不能写进来，删掉再存。"))
    if kind == "bank_card":
        raise ValidationError(_("这里像有银行卡号。卡号不能写进来，删掉再存。"))


def secret_number_in(text: str | None) -> str:
    """'id_card', 'passport', 'bank_card' or '' — what kind of number a text holds that must not be kept. Full-width digits count."""
    text = unicodedata.normalize("NFKC", text or "")
    if len(_DIGITS.findall(text)) < _FEWEST:
        return ""
    if any(is_id_card("".join(found.groups())) for found in _ID_CARD.finditer(text)):
        return "id_card"
    if any(is_id_card(found[0]) for found in _OLD_ID_CARD.finditer(text)):
        return "id_card"
    if _PASSPORT.search(text):
        return "passport"
    if any(is_bank_card(re.sub(r"\D", "", found[0])) for found in _BANK_CARD.finditer(text)):
        return "bank_card"
    return ""


def is_id_card(number: str) -> bool:
    """GB 11643: province, birthday and check digit (ISO 7064 MOD 11-2); the 15 digits of before 1999 have no check digit."""
    if not _PROVINCE.match(number):
        return False
    if len(number) == 15:
        return _is_birthday("19" + number[6:12])
    if len(number) != 18 or not _is_birthday(number[6:14]):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False))
    return "10X98765432"[total % 11] == number[17].upper()


def is_bank_card(number: str) -> bool:
    """13 to 19 digits that pass the Luhn check and begin as payment cards do (ISO/IEC 7812: 3–6, 9, 22–27).

    Thirteen digits are only a card if they begin with 4: others are barcodes (69…) or phone numbers with 86.
    """
    if not re.fullmatch(r"4\d{12}|(?:[3-69]|2[2-7])\d{13,18}", number) or len(number) > 19:
        return False
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _is_birthday(digits: str) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return 1900 <= born.year <= 2100
