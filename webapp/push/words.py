"""The kinds of notices: what each says, to whom it may come, and whether it waits for the morning."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from webapp.accounts.models import User
from webapp.foundation import words
from webapp.foundation.i18n import _, _l

REPS, LEADERS, ALL = "reps", "leaders", "all"


@dataclass(frozen=True)
class Kind:
    """`said`: the line of the notice and of its switch; `whom`: who can get one; `urgent`: quiet hours do not hold it."""

    said: Any
    icon: str
    whom: str = ALL
    urgent: bool = False


KINDS: dict[str, Kind] = {
    "complaint": Kind(_l("客诉"), "alert", urgent=True),
    "complaint_step": Kind(_l("客诉轮到你办了"), "alert"),
    "complaint_late": Kind(_l("客诉过了时限"), "clock", urgent=True),
    "complaint_closed": Kind(_l("客诉了结了"), "check"),
    "market_report": Kind(_l("市场动静"), "chart", urgent=True),
    "urgent_report": Kind(_l("有份拜访报告加急"), "report", LEADERS, urgent=True),
    "report": Kind(_l("拜访报告交来了"), "report", LEADERS),
    "plan": Kind(_l("拜访计划交来了"), "day", LEADERS),
    "daily": Kind(_l("日报交来了"), "day", LEADERS),
    "concession": Kind(_l("有人想让一步，等你定"), "scales", LEADERS),
    "track": Kind(_l("有话术等你核准"), "talk", LEADERS),
    "quarantined": Kind(_l("有份报告来晚了，等人定"), "clock", LEADERS),
    "silent_phone": Kind(_l("有手机一直没动静，东西没送到"), "nosignal", LEADERS),
    "approved": Kind(_l("主管核签了"), "stamp"),
    "returned": Kind(_l("退回来了，看看要改什么"), "retry"),
    "commented": Kind(_l("有人给你批示"), "talk"),
    "outdated": Kind(_l("核签没算数，那版又改过了"), "retry"),
    "mentioned": Kind(_l("有人提到你"), "talk"),
    "assigned": Kind(_l("客户交给你了"), "people"),
    "promise_due": Kind(_l("答应的事到期了"), "promise"),
    "word_due": Kind(_l("对方答应的到期了，问一句"), "person"),
    "step_due": Kind(_l("今天该跟进"), "calendar"),
    "step_overdue": Kind(_l("跟进过期了"), "clock"),
    "care": Kind(_l("该问候了"), "gift"),
    "arrived": Kind(_l("你写的都送到了"), "check", REPS),
}

FESTIVALS: dict[str, tuple[Any, Any]] = {
    "new_year": (_l("元旦"), _l("给A、B类客户道声新年好，顺便把一月的拜访约下来。")),
    "spring": (_l("春节"), _l("今天只拜年，不谈生意。")),
    "lantern": (_l("元宵节"), _l("问问年过得怎么样，哪天开工。")),
    "dragon_boat": (_l("端午节"), _l("一句问候比礼盒强：问问家里怎么过节。")),
    "mid_autumn": (_l("中秋节"), _l("打个电话道声中秋好，比群发一条强。")),
    "double_ninth": (_l("重阳节"), _l("家里有老人的客户，问候一声长辈。")),
    "national": (_l("国庆节"), _l("祝假期愉快，顺便问节后哪天方便。")),
}
"""What a title that is a code stands for, and the opener that comes with it."""
AHEAD = " ahead"
"""How the key of a notice ends that tells of a day to come; the day stands before it."""

CHANNELS: dict[str, Any] = {
    "wecom": _l("企业微信机器人"),
    "dingtalk": _l("钉钉机器人"),
    "feishu": _l("飞书机器人"),
    "mail": _l("邮件"),
}
TROUBLES: dict[str, Any] = {
    "key": _l("密钥不对，重新填一遍"),
    "refused": _l("对方没收，看看密钥和机器人的安全设置"),
}


def said(notice: Any) -> str:
    """Of what kind it is, in one line; of a day to come, which."""
    if _is_ahead(notice):
        return _("%(day)s该问候", day=words.day(date.fromisoformat(notice.key[:10])))
    return str(KINDS[notice.kind].said)


def heading(notice: Any) -> str:
    """What it is about: a name as it was typed, a day or festival in the reader's words, else of what kind it is."""
    if notice.title in FESTIVALS:
        return str(FESTIVALS[notice.title][0])
    if notice.kind == "arrived" and notice.title.isdigit():
        return _("离线时写的%(n)s份报告都送到了", n=notice.title)
    try:
        return words.day(date.fromisoformat(notice.title))
    except ValueError:
        return notice.title or said(notice)


def text(notice: Any) -> str:
    """What somebody wrote, or the opener that a festival suggests."""
    if notice.text or notice.title not in FESTIVALS:
        return str(notice.text)
    return _("草稿备好了，看看先问候谁。") if _is_ahead(notice) else str(FESTIVALS[notice.title][1])


def _is_ahead(notice: Any) -> bool:
    return notice.kind == "care" and notice.key.endswith(AHEAD)


def kinds_for(user: User) -> dict[str, Kind]:
    """The kinds that this person can get."""
    hidden = REPS if user.may_review or user.is_admin else LEADERS
    return {code: kind for code, kind in KINDS.items() if kind.whom != hidden}


def trouble(outcome: str) -> str:
    return str(TROUBLES.get(outcome) or _("没送到，过一会儿自动再试"))
