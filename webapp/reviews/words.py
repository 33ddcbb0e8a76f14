"""What a supervisor says often, and what the things under review are called."""

from typing import Any

from webapp.foundation.i18n import _l
from webapp.foundation.pinyin import search_key

SUBJECTS: dict[str, Any] = {
    "plan": _l("计划"),
    "daily": _l("日报"),
    "visit": _l("拜访报告"),
    "complaint": _l("客诉"),
    "market": _l("市场动静"),
    "customer": _l("客户"),
    "concession": _l("让步"),
}
PHRASES: dict[str, tuple[Any, ...]] = {
    "daily": (_l("心得写得好"), _l("款要盯紧"), _l("我陪你去一趟"), _l("约拍板人")),
    "plan": (_l("路线排得好"), _l("先去收款"), _l("多排两家新的"), _l("带上样品")),
    "visit": (_l("谈得好"), _l("追下一步"), _l("这件我来办"), _l("报价先给我看")),
    "complaint": (_l("先上门道歉"), _l("今天给办法"), _l("换货，我去批"), _l("这件我来办")),
    "concession": (_l("换一个准日子"), _l("先付一部分"), _l("下不为例"), _l("价格守住，别的可以让")),
    "market": (_l("再打听细一点"), _l("我报给经理"), _l("价格先别跟"), _l("写得清楚")),
}
"""Those of the house; each supervisor may have his own (reviews.models.Phrases)."""
VERDICTS = {"approved": _l("核签"), "returned": _l("退回")}


def keys_of(name: str) -> str:
    """By what somebody is found behind an @: name, pinyin, initials."""
    return search_key(name)
