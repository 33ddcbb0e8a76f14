"""What the ten categories are called, what to look for in each, and an opener to start from."""

from webapp.foundation.i18n import _l

CATEGORIES = {
    "hobby": _l("兴趣爱好"),
    "reading": _l("书籍"),
    "style": _l("衣着品味"),
    "admires": _l("推崇的人"),
    "office": _l("办公室摆设"),
    "desk": _l("桌面"),
    "taste": _l("口味"),
    "occasion": _l("重要日子"),
    "channel": _l("沟通方式"),
    "supplier": _l("现用供应商"),
}
ICONS = {
    "hobby": "hobby",
    "reading": "book",
    "style": "watch",
    "admires": "star",
    "office": "frame",
    "desk": "desk",
    "taste": "tea",
    "occasion": "gift",
    "channel": "wechat",
    "supplier": "box",
}
LOOK_FOR = {
    "": _l("先点一类，这里提醒你看什么。"),
    "hobby": _l("看车里、朋友圈、聊天时眼睛亮的地方：钓鱼、球、茶、书法、越野。"),
    "reading": _l("看案头和书架：在读什么，哪本翻旧了。"),
    "style": _l("看牌子、手表、怎么搭：讲究，还是实在。"),
    "admires": _l("听他常提起谁：企业家、球员、老师。"),
    "office": _l("看墙上和茶台：字画、奖杯、茶具、照片。"),
    "desk": _l("看桌上：家人照片、图纸、竞品的杯子。"),
    "taste": _l("记他喝什么、怎么喝：哪家的拿铁，几分糖。"),
    "occasion": _l("记生日（农历还是公历）、纪念日、升职。"),
    "channel": _l("记他爱微信还是电话，什么时候肯回。"),
    "supplier": _l("看库房、铭牌、送货车：现在用谁家的，什么牌子，合同到哪天。"),
}
SUGGESTIONS = {
    "": _l("下次见面怎么开口"),
    "hobby": _l("比如：这周末车友会去东山，一起？"),
    "reading": _l("比如：这本我也在看，您最喜欢哪一段？"),
    "style": _l("比如：这块表有年头了吧，怎么保养的？"),
    "admires": _l("比如：任总那句话，我正想听您的看法。"),
    "office": _l("比如：朋友带了点好茶，请您品品。"),
    "desk": _l("比如：照片里是您女儿？几年级了？"),
    "taste": _l("比如：顺路带了您常喝的拿铁。"),
    "occasion": _l("比如：当天一早发条祝福，不谈生意。"),
    "channel": _l("比如：下午三点后发微信，不打电话。"),
    "supplier": _l("比如：他们现在交期还准吗？"),
}
OUTCOMES = {"worked": _l("灵"), "half": _l("一半"), "flat": _l("没用")}
OUTCOME_ICONS = {"worked": "worked", "half": "half", "flat": "failed"}
SURENESS = {"seen": _l("亲眼所见"), "told": _l("他自己说的"), "heard": _l("听别人说"), "guessed": _l("我猜的")}
ANSWERS = {"still": _l("还是这样"), "changed": _l("变了"), "unsure": _l("不清楚")}
ANSWER_ICONS = {"still": "check", "changed": "retry", "unsure": "more"}
