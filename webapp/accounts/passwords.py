"""Which passwords are refused, and why; and such as are given for one time."""

import re
import secrets
from typing import Any

from webapp.foundation.i18n import _l

LEAST, MOST = 10, 200
TOO_SHORT = _l("太短了：至少10个字符。")
TOO_LONG = _l("太长了：最多200个字符。")
TOO_COMMON = _l("太好猜了。几个不相干的词连起来，又长又好记。")
TOO_CLOSE = _l("别用自己的名字或手机号。")

# What the thousand commonest passwords, here and abroad, are made of. Written without digits that stand for letters.
PIECES = re.compile(
    r"password|passwort|passwd|pass|word|secret|login|letmein|welcome|admin(?:istrator)?|root|user|guest|test|demo|master|"
    r"qwertyuiop|qwerty|qwert|asdfghjkl|asdfgh|asdf|zxcvbnm|zxcvbn|zxcv|aaa|xyz|abcdefgh|abcdef|abcd|abc|"
    r"q1w2e3r4(?:t5)?(?:y6)?|1q2w3e4r(?:5t)?(?:6y)?(?:7u)?|a1b2c3(?:d4)?(?:e5)?|zaq12wsx|qazwsx|qaz|wsx|edc|rfv|"
    r"iloveyou|ilove|love|sunshine|princess|monkey|dragon|football|baseball|superman|batman|michael|jordan|shadow|hello|"
    r"woaini|woaiwojia|woai|mima|wodemima|zhongguo|china|nihao|wangyut|taobao|weixin|wechat|doorstep|dengmen|"
    r"(?:19|20)\d\d(?:[01]\d(?:[0-3]\d)?)?|123456789\d?|12345678|1234567|123456|12345|1234|123|987654321|87654321|7654321|"
    r"654321|54321|4321|321|147258369|147258|258369|159357|520520|5201314|1314|520|666|888|168|112233|123123|321321"
)
LOOKALIKES = str.maketrans("@$!€", "asie")
LETTERLIKE = str.maketrans("013457", "oieast")
DISTINCT, REST = 5, 5
ONE_TIME = "abcdefghjkmnpqrstuvwxyz23456789"


def fault(password: str, *about: str) -> Any:
    """The sentence that says why this password is refused, or None; `about`: names and numbers of its owner."""
    if len(password) < LEAST:
        return TOO_SHORT
    if len(password) > MOST:
        return TOO_LONG
    if _guessable(password):
        return TOO_COMMON
    said = rest = _bare(password)
    for own in map(_bare, about):
        rest = rest.replace(own, "") if len(own) > 1 else rest
    return TOO_CLOSE if rest != said and len(rest) < REST else None


def _bare(text: str) -> str:
    return re.sub(r"\W|_", "", text.lower())


def _guessable(password: str) -> bool:
    """Whether it is a bare number, or little is left once the well-known pieces, and whatever repeats, are taken out."""
    if len(set(password)) < DISTINCT or password.isdigit():
        return True
    plain = password.lower().translate(LOOKALIKES)
    return any(len(_rest(text)) < REST for text in (plain, plain.translate(LETTERLIKE)))


def _rest(text: str) -> str:
    text = re.sub(r"(.{1,4}?)\1{2,}", "", PIECES.sub("", _bare(text)))
    return PIECES.sub("", text)


def one_time() -> str:
    """A password that can be read out over the phone: three groups of four, 59 bits."""
    return "-".join("".join(secrets.choice(ONE_TIME) for _each in range(4)) for _group in range(3))
