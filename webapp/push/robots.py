"""The other channels: a robot in a group of WeCom, DingTalk or Feishu, or mail, all by way of Apprise. They say as little as
a push does: of what kind it is, how many, and where to look."""

import logging
import re
import warnings
from importlib import import_module
from typing import Any, NamedTuple
from urllib.parse import quote

from flask import current_app
from flask_babel import force_locale

from webapp.foundation.i18n import _
from webapp.push.models.channel import CHANNELS
from webapp.push.models.delivery import FAILED, SENT, WAITING
from webapp.push.models.notice import Notice
from webapp.push.posting import Outcome
from webapp.push.words import KINDS

for talker in ("apprise", "urllib3.connectionpool"):  # their lines hold addresses, and those hold keys
    logging.getLogger(talker).setLevel(logging.CRITICAL + 1)

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
    try:
        service = _service(kind, secret) if secret else None
        if service is None:
            return Outcome(FAILED, "key")
        done = service.notify(title=letter.title, body=letter.text)
    except Exception as error:
        return Outcome(WAITING, type(error).__name__)
    return Outcome(SENT, "sent") if done else Outcome(WAITING, "refused")


def _service(kind: str, secret: str) -> Any:
    """Apprise's own for this kind, loaded when it is needed: there are a hundred more. None if it will not have the key."""
    signing, _at, key = secret.rpartition("@") if kind == "dingtalk" else ("", "", secret)
    try:
        if kind == "wecom":
            return import_module("apprise.plugins.wecombot").NotifyWeComBot(key=key)
        if kind == "dingtalk":
            return import_module("apprise.plugins.dingtalk").NotifyDingTalk(token=key, secret=signing or None)
        if kind == "feishu":
            return import_module("apprise.plugins.feishu").NotifyFeishu(token=key)
        return _mail(key)
    except TypeError:  # how Apprise says that a key cannot be one
        return None


def _mail(to: str) -> Any:
    house = current_app.config["SETTINGS"].mail_url
    if not house:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of what Apprise's mail imports
        mail = import_module("apprise.plugins.email.base").NotifyEmail
    return mail(**mail.parse_url(f"{house}{'&' if '?' in house else '?'}to={quote(to)}"))
