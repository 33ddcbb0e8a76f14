"""The other channels: a robot in a group of WeCom, DingTalk or Feishu, or mail, all by way of Apprise. They say as little as
a push does: of what kind it is, how many, and where to look."""

import logging
import re
from typing import NamedTuple
from urllib.parse import quote

import apprise
from flask import current_app
from flask_babel import force_locale

from webapp.foundation.i18n import _
from webapp.push.models.channel import CHANNELS
from webapp.push.models.delivery import FAILED, SENT, WAITING
from webapp.push.models.notice import Notice
from webapp.push.posting import Outcome
from webapp.push.words import KINDS

logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)  # its lines hold addresses, and those hold keys

ROBOTS = {
    "wecom": re.compile(r"(?:https://qyapi\.weixin\.qq\.com/cgi-bin/webhook/send\?key=)?([A-Za-z0-9-]{16,64})"),
    "dingtalk": re.compile(r"(?:https://oapi\.dingtalk\.com/robot/send\?access_token=)?([A-Za-z0-9]{16,80})"),
    "feishu": re.compile(r"(?:https://open\.feishu\.cn/open-apis/bot/v2/hook/)?([A-Za-z0-9-]{16,64})"),
    "mail": re.compile(r"([\w.+-]{1,64}@[\w-]+(?:\.[\w-]+){1,6})", re.ASCII),
}
"""What an admin may paste: the robot's whole address or its key alone; the address of the mail."""
SIGNING = re.compile(r"SEC[0-9a-zA-Z]{16,80}")


class Letter(NamedTuple):
    title: str
    text: str


def key_in(kind: str, typed: str) -> str:
    """The key in what an admin typed; '' if it cannot be one."""
    found = ROBOTS[kind].fullmatch(typed.strip()) if kind in CHANNELS else None
    return found[1] if found else ""


def can_mail() -> bool:
    """Whether this house has somebody who takes its mail."""
    return bool(current_app.config["SETTINGS"].mail_url)


def letter(notice: Notice, n: int) -> Letter:
    """In the reader's language: of what kind, how many, and where to look."""
    with force_locale(notice.user.language or "zh_Hans"):
        said = [str(KINDS[notice.kind].said)]
        if n > 1:
            said.append(_("一共%(n)s条没看", n=n))
        if url := current_app.config["SETTINGS"].public_url:
            said.append(f"{url}/inbox")
        return Letter(_("登门"), "\n".join(said))


def trial(language: str | None) -> Letter:
    with force_locale(language or "zh_Hans"):
        return Letter(_("登门"), _("试一下：这里收得到登门的提醒。"))


def tell(kind: str, secret: str, letter: Letter) -> Outcome:
    """Send and say what became of it; nothing that goes wrong raises, and nothing of the secret is in what is said."""
    service = apprise.Apprise()
    if not secret or not service.add(_address(kind, secret)):
        return Outcome(FAILED, "key")
    try:
        done = service.notify(title=letter.title, body=letter.text, body_format=apprise.NotifyFormat.TEXT)
    except Exception as error:
        return Outcome(WAITING, type(error).__name__)
    return Outcome(SENT, "sent") if done else Outcome(WAITING, "refused")


def _address(kind: str, secret: str) -> str:
    """How Apprise spells it."""
    signing, at, key = secret.rpartition("@") if kind == "dingtalk" else ("", "", secret)
    if kind == "mail":
        house = current_app.config["SETTINGS"].mail_url
        return f"{house}{'&' if '?' in house else '?'}to={quote(secret)}" if house else ""
    scheme = {"wecom": "wecombot", "dingtalk": "dingtalk", "feishu": "feishu"}[kind]
    return f"{scheme}://{quote(signing)}{at}{quote(key)}/"
