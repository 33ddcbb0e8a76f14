"""A line of the history in the reader's language: what was typed as it stands, what we know as codes in words."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from webapp.customers.words import CONSENT, HISTORY, REASONS, STAGES, TOPICS
from webapp.foundation.i18n import _
from webapp.foundation.words import day_short, money

Detail = Mapping[str, Any]
Teller = Callable[[str, Detail], str]
UNKNOWN = ("clock", "")


def icon_of(kind: str) -> str:
    return str(HISTORY.get(kind, UNKNOWN)[0])


def label_of(kind: str) -> str:
    return str(HISTORY.get(kind, UNKNOWN)[1])


def told(kind: str, text: str, detail: Detail) -> str:
    """What this entry says, beside its label."""
    say = _SAY.get(kind)
    return say(text, detail) if say else text


def tells(kind: str) -> Callable[[Teller], Teller]:
    """For the rooms above: this function says what their entries of this kind mean, from their text and codes."""

    def register(say: Teller) -> Teller:
        _SAY[kind] = say
        return say

    return register


def _joined(*parts: Any) -> str:
    return " · ".join(str(part) for part in parts if part)


def _from_to(before: Any, after: Any) -> str:
    return f"{before} → {after}" if before else str(after or "")


def _level(text: str, detail: Detail) -> str:
    reason = str(detail.get("reason", ""))
    return _joined(_from_to(detail.get("before"), detail.get("after")), REASONS.get(reason, reason), text)


def _stage(text: str, detail: Detail) -> str:
    before, after = (STAGES.get(str(detail.get(name)), "") for name in ("before", "after"))
    return _joined(_from_to(before, after), text)


def _owner(text: str, detail: Detail) -> str:
    return _joined(_from_to(detail.get("before"), detail.get("after")), text)


def _contact(text: str, detail: Detail) -> str:
    did = {
        "added": _("认识了%(name)s", name=text),
        "left": _("%(name)s不在那儿了", name=text),
        "back": _("%(name)s又回来了", name=text),
    }
    return did.get(str(detail.get("did")), text)


def _merge(text: str, detail: Detail) -> str:
    return _("%(name)s的档案并进来了", name=text) if text else ""


def _sum(text: str, detail: Detail) -> str:
    cents = detail.get("cents")
    return _joined(money(cents) if isinstance(cents, int) else "", text)


def _plan(text: str, detail: Detail) -> str:
    return _joined(text, _day(detail.get("on")))


def _promise(text: str, detail: Detail) -> str:
    state = {"kept": _("做到了"), "broken": _("没做到")}.get(str(detail.get("state")), "")
    whose = {"ours": _("我们答应"), "theirs": _("对方答应")}.get(str(detail.get("direction")), "")
    return _joined(whose, text, _day(detail.get("on")), state)


def _attention(text: str, detail: Detail) -> str:
    if detail.get("hidden"):
        return _("他没点头，不显示")
    outcome = {"worked": _("灵"), "half": _("一半"), "flat": _("没用")}.get(str(detail.get("outcome")), "")
    answer = {"still": _("还是这样"), "changed": _("变了"), "unsure": _("不清楚")}.get(str(detail.get("answer")), "")
    return _joined(text, outcome, answer)


def _complaint(text: str, detail: Detail) -> str:
    return _joined(text, {"settled": _("了结了")}.get(str(detail.get("state")), ""))


def _consent(text: str, detail: Detail) -> str:
    return _joined(text, TOPICS.get(str(detail.get("topic")), ""), CONSENT.get(str(detail.get("said")), ""))


def _erased(_text: str, _detail: Detail) -> str:
    return _("一位联系人的资料按本人要求删掉了")


def _day(iso: Any) -> str:
    return day_short(date.fromisoformat(iso)) if isinstance(iso, str) and iso else ""


_SAY: dict[str, Teller] = {
    "level": _level,
    "stage": _stage,
    "owner": _owner,
    "contact": _contact,
    "merge": _merge,
    "order": _sum,
    "collection": _sum,
    "plan": _plan,
    "promise": _promise,
    "complaint": _complaint,
    "attention": _attention,
    "consent": _consent,
    "erased": _erased,
}
