"""What the codes of a visit are called: code → label, in the order in which one chooses."""

from webapp.foundation.i18n import _l

PURPOSES = {
    "service": _l("服务"),
    "new_customer": _l("开发"),
    "research": _l("调研"),
    "collection": _l("收款"),
    "complaint": _l("客诉"),
    "order": _l("订货"),
    "other": _l("其他"),
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
PROMISE_STATES = {"open": _l("还没办"), "kept": _l("办到了"), "broken": _l("没办到")}

RESULT_ICONS = {"ordered": "yuan", "progress": "worked", "unchanged": "half", "refused": "failed", "absent": "door"}
OUTCOME_ICONS = {"worked": "worked", "half": "half", "flat": "failed"}
