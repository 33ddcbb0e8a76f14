"""What is filed is called, and how far each kind of it travels."""

import re
from datetime import datetime
from typing import Any

from webapp.foundation import clock
from webapp.foundation.i18n import _, lazy_pgettext
from webapp.outbox.models import OPENED, SIGNED

KINDS: dict[str, Any] = {
    "report": lazy_pgettext("filed", "拜访报告"),
    "correction": lazy_pgettext("filed", "报告更正"),
    "daily": lazy_pgettext("filed", "日报"),
    "plan": lazy_pgettext("filed", "拜访计划"),
    "stop": lazy_pgettext("filed", "加进计划"),
    "review": lazy_pgettext("filed", "来晚了的报告"),
    "check_in": lazy_pgettext("filed", "打卡"),
    "promise": lazy_pgettext("filed", "承诺"),
    "settlement": lazy_pgettext("filed", "承诺兑现"),
    "customer": lazy_pgettext("filed", "客户档案"),
    "contact": lazy_pgettext("filed", "联系人"),
    "interaction": lazy_pgettext("filed", "往来"),
    "reassignment": lazy_pgettext("filed", "客户换人"),
    "level": lazy_pgettext("filed", "调等级"),
    "merge": lazy_pgettext("filed", "合并客户"),
    "import": lazy_pgettext("filed", "导入客户"),
    "attention": lazy_pgettext("filed", "注意力清单"),
    "greeting": lazy_pgettext("filed", "问候"),
    "track": lazy_pgettext("filed", "话术"),
    "gap": lazy_pgettext("filed", "缺的话术"),
    "outcome": lazy_pgettext("filed", "话术用得怎样"),
    "product": lazy_pgettext("filed", "产品"),
    "comment": lazy_pgettext("filed", "批示"),
    "sign_off": lazy_pgettext("filed", "核签"),
    "outdated": lazy_pgettext("filed", "没算数的核签"),
    "phrases": lazy_pgettext("filed", "我的常用话"),
    "spin": lazy_pgettext("filed", "四问"),
    "concession": lazy_pgettext("filed", "让步"),
    "concession_request": lazy_pgettext("filed", "让步申请"),
    "complaint": lazy_pgettext("filed", "客诉"),
    "complaint_step": lazy_pgettext("filed", "客诉处理"),
    "market": lazy_pgettext("filed", "市场动静"),
    "comparison": lazy_pgettext("filed", "总账"),
    "erasure": lazy_pgettext("filed", "删资料"),
}


BY_ADDRESS = [
    (r"/reports$", "report"),
    (r"/corrections$", "correction"),
    (r"/report$", "daily"),
    (r"/handing-in$", "plan"),
    (r"/stops|/order$|/copies$", "stop"),
    (r"/check-ins$", "check_in"),
    (r"/comparisons", "comparison"),
    (r"/promises$", "promise"),
    (r"/settlement$", "settlement"),
    (r"/notes$", "interaction"),
    (r"/spin$", "spin"),
    (r"/concessions", "concession"),
    (r"/greetings$", "greeting"),
    (r"/contacts|^/contacts/", "contact"),
    (r"/level$", "level"),
    (r"/attention", "attention"),
    (r"/(uses|misfits)$", "outcome"),
    (r"^/threads/", "comment"),
    (r"^/reviews/phrases", "phrases"),
    (r"^/reviews/", "sign_off"),
    (r"^/complaints/", "complaint_step"),
    (r"/complaints$", "complaint"),
    (r"^/market-reports", "market"),
    (r"^/level-changes", "level"),
    (r"^/playbook/gaps$", "gap"),
    (r"^/playbook", "track"),
    (r"^/customers", "customer"),
    ("", ""),
]
"""What is posted to an address is called; a phone reads the same list (templates/outbox/_on_phone.html)."""


def kind_at(path: str) -> str:
    """What is called what is posted there."""
    return kind(next(code for pattern, code in BY_ADDRESS if re.search(pattern, path)))


def kind(code: str) -> str:
    """What this kind is called; one that has no word yet is simply a form."""
    return str(KINDS.get(code) or _("表单"))


HELD = {
    "reports": "report",
    "attention": "attention",
    "notes": "interaction",
    "promises": "promise",
    "check-ins": "check_in",
    "complaints": "complaint",
    "comparisons": "comparison",
    "spin": "spin",
    "concessions": "concession",
}


def held_kind(row: Any) -> str:
    """What is called what reached the server too late for its customer."""
    return kind(HELD.get(row.noun, ""))


def number(receipt_id: str) -> str:
    """The receipt's number, as one says it on the phone: the end of its id, since ids of one minute begin alike."""
    return receipt_id[-8:].upper()


def steps_of(code: str) -> int:
    """How many steps this kind takes: phone, server, opened, signed off."""
    return 2 + (code in OPENED) + (code in SIGNED)


def steps(receipt: Any) -> list[tuple[str, str, datetime | None, bool]]:
    """How far it got: word, state for `m.tick`, when, and whether that was on the day of filing. Only what is proven
    is done, and only the steps that its kind takes are there."""
    way: list[tuple[str, str, datetime | None]] = [(_("手机"), "done", None), (_("服务器"), "done", None)]
    if receipt.kind in OPENED:
        way.append((_("已打开"), "done" if receipt.opened_at else "", receipt.opened_at))
    if receipt.kind in SIGNED:
        word, state = {"approved": (_("已核签"), "done"), "returned": (_("退回了"), "stuck")}.get(
            receipt.verdict, (_("已核签"), "")
        )
        way.append((word, state, receipt.settled_at))
    filed_on = clock.local(receipt.filed_at).date()
    return [(word, state, at, at is not None and clock.local(at).date() == filed_on) for word, state, at in way]
