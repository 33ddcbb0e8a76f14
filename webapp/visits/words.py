"""What the codes of a visit are called: code → label, in the order in which one chooses."""

from typing import Any

from webapp.attention import words as attention
from webapp.foundation.i18n import _, _l, lazy_pgettext
from webapp.foundation.words import km, number
from webapp.visits.pictures import MOST_PHOTOS as MOST_PHOTOS

PURPOSES = {
    "service": lazy_pgettext("purpose", "服务"),
    "new_customer": lazy_pgettext("purpose", "开发"),
    "research": lazy_pgettext("purpose", "调研"),
    "collection": lazy_pgettext("purpose", "收款"),
    "complaint": lazy_pgettext("purpose", "客诉"),
    "order": lazy_pgettext("purpose", "订货"),
    "other": lazy_pgettext("purpose", "其他"),
}
RESULTS = {
    "ordered": _l("下单了"),
    "progress": _l("有进展"),
    "unchanged": _l("没变化"),
    "refused": _l("碰钉子"),
    "absent": _l("没见到人"),
}
OBJECTIONS = {
    "too_expensive": _l("太贵"),
    "think_about_it": _l("再考虑"),
    "compare": _l("要比较"),
    "ask_boss": _l("要请示"),
    "none": _l("没推脱"),
}
ATTENDANCE = {"field": _l("跑外勤"), "office": _l("在办公室"), "training": _l("培训"), "leave": _l("请假")}
OUTCOMES = {"worked": _l("灵"), "half": _l("一半"), "flat": _l("没用")}
GRADES = {
    "near": _l("就在客户门口"),
    "fresh": _l("位置刚定好，客户的地点还没记过"),
    "weak": _l("位置不太准"),
    "none": _l("没有位置"),
}
DIRECTIONS = {"ours": _l("我们答应的"), "theirs": _l("对方答应的")}
PROMISE_STATES = {"open": _l("还没办"), "kept": _l("做到了"), "broken": _l("没做到")}

CATEGORY_ICONS = attention.ICONS
SURENESS, ANSWERS, ANSWER_ICONS = attention.SURENESS, attention.ANSWERS, attention.ANSWER_ICONS
RESULT_ICONS = {"ordered": "yuan", "progress": "worked", "unchanged": "half", "refused": "failed", "absent": "door"}
OUTCOME_ICONS = {"worked": "worked", "half": "half", "flat": "failed"}

HALLWAY = {
    "result": {**RESULTS, "refused": _l("碰了钉子")},
    "objections": {
        "too_expensive": _l("太贵"),
        "think_about_it": _l("再考虑考虑"),
        "compare": _l("跟别家比比"),
        "ask_boss": _l("要请示领导"),
        "none": _l("没推脱"),
    },
}
HALLWAY_ICONS = {
    "too_expensive": "yuan",
    "think_about_it": "clock",
    "compare": "scales",
    "ask_boss": "person",
    "none": "check",
    "unused": "talk",
    **RESULT_ICONS,
    **OUTCOME_ICONS,
}
HALLWAY_HINTS = {
    "ordered": _l("金额回头补"),
    "progress": _l("往前走了一步"),
    "unchanged": _l("照旧"),
    "refused": _l("被推脱"),
    "absent": _l("白跑一趟"),
    "worked": _l("接上话了"),
}

FILE_REFUSALS = {
    ("photos", "many"): _l("一次最多9张照片，少选几张。"),
    ("photos", "heavy"): _l("有一张照片超过16MB，换一张小点的。"),
    ("photos", "huge"): _l("有一张照片尺寸太大，读不进来。换一张。"),
    ("photos", "unreadable"): _l("有一个文件不是照片，或者坏了。只收JPG、PNG、WebP。"),
    ("photos", "empty"): _l("有一张照片是空的，重新选一张。"),
    ("voice", "heavy"): _l("录音超过5MB，说短一点。"),
    ("voice", "unreadable"): _l("这不是录音，或者坏了。只收WebM、M4A、OGG、WAV。"),
    ("voice", "empty"): _l("这段录音是空的，重新录一段。"),
}


def refusals(kind: str) -> dict[str, str]:
    """Why files of this kind are not taken: {why: words}."""
    return {why: str(words) for (name, why), words in FILE_REFUSALS.items() if name == kind}


NO_POSITION = {
    "denied": _l("没允许用位置"),
    "unavailable": _l("手机定不到位"),
    "timeout": _l("等了8秒没定到位"),
    "unsupported": _l("这个浏览器给不了位置"),
    "": _l("手机没给位置"),
}


def position_words(here: Any) -> str:
    """How good a check-in's position is, in words: its grade, and the reason with its figure."""
    if here.grade == "none":
        why = str(NO_POSITION.get(here.reason, NO_POSITION[""]))
    elif here.reason == "old":
        why = (
            _("是%(n)s分钟前的位置", n=number(max(1, round(here.age_s / 60))))
            if here.age_s
            else _("不知道是多久前的位置")
        )
    elif here.reason == "inaccurate":
        why = _("误差%(far)s", far=km(here.accuracy_m)) if here.accuracy_m else _("不知道误差多大")
    elif here.reason == "far":
        why = _("离客户%(far)s", far=km(here.distance_m))
    else:
        why = _("误差%(far)s", far=km(here.accuracy_m))
    return _("%(grade)s：%(why)s", grade=GRADES[here.grade], why=why)


LEVEL_STATES = {
    "applied": _l("已同意"),
    "proposed": lazy_pgettext("report", "等主管定"),
    "declined": _l("没同意"),
    "withdrawn": _l("后来另定了"),
}
SAID_LABELS = {
    "needs": _l("需求"),
    "objection_said": _l("原话"),
    "competitor_news": _l("竞品"),
    "customer_said": _l("评价"),
    "insight": _l("心得"),
    "order_cents": lazy_pgettext("report", "订货"),
    "collection_cents": lazy_pgettext("report", "收款"),
    "expense_cents": _l("花费"),
    "expense_for": _l("用途"),
    "next_step": _l("下次"),
    "next_step_on": _l("日子"),
}
