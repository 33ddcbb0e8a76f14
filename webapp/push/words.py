"""The kinds of notices: what each says, to whom it may come, and whether it waits for the morning."""

from dataclasses import dataclass
from typing import Any

from webapp.foundation.i18n import _l

REPS, LEADERS, ALL = "reps", "leaders", "all"


@dataclass(frozen=True)
class Kind:
    """`said`: the line of the notice and of its switch; `whom`: who can get one; `urgent`: quiet hours do not hold it."""

    said: Any
    icon: str
    whom: str = ALL
    urgent: bool = False


KINDS: dict[str, Kind] = {
    "complaint": Kind(_l("客户投诉"), "alert", urgent=True),
    "complaint_step": Kind(_l("投诉处理轮到你了"), "alert"),
    "complaint_late": Kind(_l("投诉处理过了时限"), "clock", urgent=True),
    "complaint_closed": Kind(_l("投诉处理完了"), "check"),
    "market_report": Kind(_l("市场状况反映"), "chart", urgent=True),
    "urgent_report": Kind(_l("有份拜访报告加急"), "report", LEADERS, urgent=True),
    "report": Kind(_l("拜访报告交来了"), "report", LEADERS),
    "plan": Kind(_l("拜访计划交来了"), "day", LEADERS),
    "daily": Kind(_l("日报交来了"), "day", LEADERS),
    "quarantined": Kind(_l("有份报告来晚了，等人定"), "clock"),
    "silent_phone": Kind(_l("有手机一直没动静，东西没送到"), "nosignal", LEADERS),
    "approved": Kind(_l("主管核签了"), "stamp"),
    "returned": Kind(_l("退回来了，看看要改什么"), "retry"),
    "commented": Kind(_l("有人给你批示"), "talk"),
    "mentioned": Kind(_l("有人提到你"), "talk"),
    "assigned": Kind(_l("客户交给你了"), "people"),
    "promise_due": Kind(_l("答应的事到期了"), "promise"),
    "step_due": Kind(_l("今天该跟进"), "go"),
    "step_overdue": Kind(_l("跟进过期了"), "clock"),
    "care": Kind(_l("该问候了"), "heart"),
    "churn": Kind(_l("很久没下单了"), "alert"),
    "credit": Kind(_l("信用要小心"), "alert"),
    "arrived": Kind(_l("你写的都送到了"), "check", REPS),
}
