"""What the codes of this room are called."""

from webapp.customers.words import DECISION_ROLES
from webapp.foundation.i18n import _l, lazy_pgettext

SITUATIONS = {
    "opening": _l("开场"),
    "spin": _l("提问"),
    "pain": _l("痛点"),
    "objection": _l("异议"),
    "comparison": _l("竞品对比"),
    "closing": _l("临门签单"),
    "after_sales": _l("售后"),
    "complaint": _l("客诉"),
    "care": _l("关怀"),
}
SITUATION_ICONS = {
    "opening": "door",
    "spin": "search",
    "pain": "alert",
    "objection": "talk",
    "comparison": "scales",
    "closing": "case",
    "after_sales": "box",
    "complaint": "phone",
    "care": "gift",
}
STAGES = {
    "search": lazy_pgettext("stage", "搜索"),
    "approach": lazy_pgettext("stage", "接触"),
    "persuade": lazy_pgettext("stage", "说服"),
    "negotiate": lazy_pgettext("stage", "谈判"),
    "sign": lazy_pgettext("stage", "签单"),
    "after_sales": lazy_pgettext("stage", "售后"),
}
OUTCOMES = {"worked": _l("灵"), "half": _l("一半"), "flat": _l("没用")}
OUTCOME_ICONS = {"worked": "worked", "half": "half", "flat": "failed"}
PARTS = {
    "pain": lazy_pgettext("two characters", "痛点"),
    "selling_point": lazy_pgettext("two characters", "卖点"),
    "solution": lazy_pgettext("two characters", "方案"),
    "call_to_action": lazy_pgettext("two characters", "行动"),
}
PARTS_OF = {
    "spin": {
        "pain": lazy_pgettext("two characters", "现状"),
        "selling_point": lazy_pgettext("two characters", "后果"),
        "solution": lazy_pgettext("two characters", "愿望"),
    },
    "complaint": {
        "pain": lazy_pgettext("two characters", "倾听"),
        "selling_point": lazy_pgettext("two characters", "道歉"),
        "solution": lazy_pgettext("two characters", "解决"),
        "call_to_action": lazy_pgettext("two characters", "回访"),
    },
    "care": {
        "pain": lazy_pgettext("two characters", "时机"),
        "selling_point": lazy_pgettext("two characters", "问候"),
        "solution": lazy_pgettext("two characters", "心意"),
        "call_to_action": lazy_pgettext("two characters", "之后"),
    },
}
"""Where the four steps are other ones than those of a sale."""
PERSONAS = DECISION_ROLES
FIELDS = {
    "title": _l("名字"),
    "situation": _l("什么时候用"),
    "heard": _l("他怎么说"),
    "line": _l("一句话"),
    **PARTS,
    "product": _l("产品"),
    "industries": _l("哪些行业"),
    "stages": _l("哪几步"),
    "levels": _l("哪几级客户"),
    "personas": _l("对谁说"),
    "next_slugs": _l("他接着说，就用"),
    "figures": _l("数字和来源"),
    "figures_valid_until": _l("数字管到哪天"),
}
LANGUAGES = {"zh": _l("中文"), "en": _l("英文")}

OFTEN_HEARD = (
    _l("太贵"),
    _l("再考虑"),
    _l("要比较"),
    _l("有供应商了"),
    _l("要请示"),
    _l("没预算"),
    _l("没空"),
    _l("不需要"),
)
"""The chips for what customers say most. In each language they are words that the starter library was made to find."""
HEARD = {
    "too_expensive": OFTEN_HEARD[0],
    "think_about_it": OFTEN_HEARD[1],
    "compare": OFTEN_HEARD[2],
    "ask_boss": OFTEN_HEARD[4],
}
"""By what a report calls it."""


def parts(situation: str) -> dict[str, object]:
    """What the four parts are called in a track for this situation."""
    return PARTS | PARTS_OF.get(situation, {})


def span(levels: list[str]) -> str:
    """B, C, D → B–D; those that do not follow on are named one by one."""
    row = sorted(levels)
    follow_on = [chr(ord(row[0]) + n) for n in range(len(row))] if row else []
    return f"{row[0]}–{row[-1]}" if row == follow_on and len(row) > 2 else " ".join(row)
