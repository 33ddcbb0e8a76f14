"""What the codes of complaints and market reports are called, and how long each step of a complaint may take."""

from typing import Any

from webapp.foundation.i18n import _l, lazy_pgettext

ABOUT: dict[str, Any] = {
    "quality": lazy_pgettext("complaint", "质量"),
    "delivery": lazy_pgettext("complaint", "交货"),
    "service": lazy_pgettext("complaint", "服务"),
    "billing": lazy_pgettext("complaint", "价格和账"),
    "other": lazy_pgettext("complaint", "别的"),
}
STEPS: dict[str, Any] = {
    "listen": lazy_pgettext("step", "听他说完"),
    "apologise": lazy_pgettext("step", "道歉"),
    "solution": lazy_pgettext("step", "给办法"),
    "follow_up": lazy_pgettext("step", "回访"),
    "root_cause": lazy_pgettext("step", "找根子"),
    "satisfied": lazy_pgettext("step", "客户满意"),
}
"""In their order; the last one is the customer's word, and nothing else closes a complaint."""
ASKS: dict[str, Any] = {
    "listen": _l("他怎么说的？别打断，照原话记。"),
    "apologise": _l("跟谁道的歉，他怎么回？"),
    "solution": _l("换货、补偿还是别的？什么时候到？"),
    "follow_up": _l("办法到位了吗？他现在怎么说？"),
    "root_cause": _l("为什么会出？以后怎么不再出？"),
    "satisfied": _l("他原话怎么说？"),
}
HOURS = {"listen": 4, "apologise": 8, "solution": 24, "follow_up": 72, "root_cause": 168, "satisfied": 48}
"""How many hours each step may take, from the end of the one before."""
ICONS = {
    "listen": "talk",
    "apologise": "person",
    "solution": "case",
    "follow_up": "phone",
    "root_cause": "search",
    "satisfied": "worked",
}
OUTCOMES: dict[str, Any] = {
    "satisfied": lazy_pgettext("satisfaction", "满意"),
    "accepts": lazy_pgettext("satisfaction", "能接受"),
    "unsatisfied": lazy_pgettext("satisfaction", "还不满意"),
}
OUTCOME_ICONS = {"satisfied": "worked", "accepts": "half", "unsatisfied": "failed"}
MARKET: dict[str, Any] = {
    "promotion": lazy_pgettext("market", "对手促销"),
    "new_product": lazy_pgettext("market", "对手出新品"),
    "price": lazy_pgettext("market", "价格变动"),
    "dealers": lazy_pgettext("market", "经销商有意见"),
    "personnel": lazy_pgettext("market", "人事变动"),
    "other": lazy_pgettext("market", "别的"),
}
MARKET_ICONS = {
    "promotion": "yuan",
    "new_product": "box",
    "price": "scales",
    "dealers": "people",
    "personnel": "person",
    "other": "chart",
}
