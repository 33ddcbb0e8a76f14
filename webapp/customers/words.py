"""What the codes of the customer file are called. Labels are lazy: they are worded when the page is written."""

from webapp.foundation.i18n import _l, lazy_pgettext

STAGES = {
    "search": lazy_pgettext("stage", "搜索客户"),
    "approach": lazy_pgettext("stage", "接触客户"),
    "persuade": lazy_pgettext("stage", "说服客户"),
    "negotiate": lazy_pgettext("stage", "搞定难缠客户"),
    "sign": lazy_pgettext("stage", "完成签单"),
    "after_sales": lazy_pgettext("stage", "售后维护"),
}
STAGES_SHORT = {
    "search": lazy_pgettext("stage", "搜索"),
    "approach": lazy_pgettext("stage", "接触"),
    "persuade": lazy_pgettext("stage", "说服"),
    "negotiate": lazy_pgettext("stage", "谈判"),
    "sign": lazy_pgettext("stage", "签单"),
    "after_sales": lazy_pgettext("stage", "售后"),
}
STAGE_MARKS = dict(zip(STAGES, "①②③④⑤⑥", strict=True))


def stage_names() -> dict[str, str]:
    """code → «③ 说服客户» in the reader's language, worded once for a whole list."""
    return {code: f"{STAGE_MARKS[code]} {label}" for code, label in STAGES.items()}


LEVELS = {
    "A": _l("买过，常走动"),
    "B": _l("快成了，随时变A"),
    "C": _l("很想要，差一件小事"),
    "D": _l("有点想，对产品或公司还有疑问"),
    "E": _l("还不了解产品，离买还远"),
    "F": _l("眼下没有意向"),
}
LEVEL_RULES = {
    "A": _l("留住，每月至少走一次"),
    "B": _l("推一把"),
    "C": _l("把那件小事办了"),
    "D": _l("把长处和价格讲明白，不催"),
    "E": _l("多走，多问"),
    "F": _l("看着就行，不丢"),
}

LIFECYCLES = {
    "introduction": _l("引入期"),
    "growth": _l("成长期"),
    "maturity": _l("成熟期"),
    "decline": _l("衰退期"),
    "lost": _l("流失"),
}

RELATIONS = {
    "prospect": _l("潜在客户"),
    "intent": _l("意向客户"),
    "just_sold": _l("刚成交"),
    "established": _l("老客户"),
}
RHYTHM_DAYS = {"prospect": 7, "intent": 2, "just_sold": 1, "established": 30}
"""How many days may pass between two contacts (DOMAIN.md §7)."""
RHYTHMS = {
    "prospect": _l("每周一次，不多打扰"),
    "intent": _l("两天一次"),
    "just_sold": _l("送到24小时内"),
    "established": _l("每月一次"),
}

SENSITIVITIES = {
    "price": lazy_pgettext("sensitive", "价格"),
    "quality": lazy_pgettext("sensitive", "质量"),
    "service": lazy_pgettext("sensitive", "服务"),
}

DECISION_ROLES = {
    "decision_maker": _l("拍板人"),
    "influencer": _l("影响者"),
    "user": _l("使用者"),
    "gatekeeper": _l("把关人"),
}

CHANNELS = {
    "phone": lazy_pgettext("channel", "电话"),
    "wechat": lazy_pgettext("channel", "微信"),
    "email": lazy_pgettext("channel", "邮件"),
    "visit": lazy_pgettext("channel", "上门"),
}

SIZES = {
    "micro": _l("20人以下"),
    "small": _l("20–99人"),
    "medium": _l("100–499人"),
    "large": _l("500–1999人"),
    "huge": _l("2000人以上"),
}

SOURCES = {
    "cold_visit": _l("陌生拜访"),
    "cold_call": _l("电话开发"),
    "referral": _l("转介绍"),
    "fair": _l("展会"),
    "website": _l("网上询盘"),
    "listed": _l("名录"),
    "colleague": _l("同事转来"),
    "other": lazy_pgettext("source", "其他"),
}

CONSENT = {
    "not_asked": _l("还没告知"),
    "told": _l("告知过用途"),
    "given": _l("同意了"),
    "refused": lazy_pgettext("consent", "不同意"),
}

TOPICS = {
    "health": _l("身体"),
    "family": lazy_pgettext("topic", "家里人"),
    "faith": _l("信仰、忌口"),
    "money": _l("个人的钱"),
}
"""What is noted only with a yes of its own."""

HISTORY = {
    "created": ("building", lazy_pgettext("history", "建档")),
    "imported": ("export", lazy_pgettext("history", "导入")),
    "visit": ("door", lazy_pgettext("history", "拜访")),
    "call": ("phone", lazy_pgettext("history", "电话")),
    "mail": ("report", lazy_pgettext("history", "邮件")),
    "meeting": ("people", lazy_pgettext("history", "会面")),
    "note": ("edit", lazy_pgettext("history", "随记")),
    "order": ("box", lazy_pgettext("history", "订货")),
    "collection": ("yuan", lazy_pgettext("history", "收款")),
    "complaint": ("alert", lazy_pgettext("history", "客诉")),
    "spin": ("talk", lazy_pgettext("history", "四问")),
    "concession": ("scales", lazy_pgettext("history", "让步")),
    "level": ("star", lazy_pgettext("history", "等级")),
    "stage": ("go", lazy_pgettext("history", "阶段")),
    "owner": ("retry", lazy_pgettext("history", "换人负责")),
    "merge": ("case", lazy_pgettext("history", "合并")),
    "contact": ("person", lazy_pgettext("history", "联系人")),
    "attention": ("bulb", lazy_pgettext("history", "注意力")),
    "greeting": ("gift", lazy_pgettext("history", "问候")),
    "promise": ("promise", lazy_pgettext("history", "承诺")),
    "plan": ("calendar", lazy_pgettext("history", "下一步")),
    "comparison": ("calc", lazy_pgettext("history", "算总账")),
    "consent": ("lock", lazy_pgettext("history", "告知与同意")),
    "erased": ("lock", lazy_pgettext("history", "删除资料")),
}
"""kind → (icon, label)."""

INTERACTIONS = ("call", "mail", "meeting", "note")
"""What a rep may write down by hand; all but a note count as contact."""

REASONS = {"second_purchase": _l("第二次下单，自动升一级"), "merged": _l("两份档案合成一份"), "first": _l("建档时定的")}
"""Reasons that nobody typed, by the code that is stored in their place."""
