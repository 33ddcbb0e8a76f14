"""What each level asks for (DOMAIN.md §5), in words a rep can act on today."""

from dataclasses import dataclass
from typing import Any

from webapp.foundation.i18n import _l


@dataclass(frozen=True)
class Strategy:
    """`sign`: by what one knows this level; `deeds`: what brings such a customer on; `never`: what spoils it."""

    sign: Any
    deeds: tuple[Any, ...]
    never: Any


STRATEGIES = {
    "A": Strategy(
        _l("付过款，还在买，有事先想到你。"),
        (_l("每月至少去一次，没事也去。"), _l("先问用得怎样，再谈下一单。"), _l("问他还缺哪样配套，身边谁也用得上。")),
        _l("只在要单的时候露面。"),
    ),
    "B": Strategy(
        _l("价钱、交期都谈过，就等签字或付款。"),
        (_l("见到拍板的人，条件一次说清。"), _l("让一小步，就要一个准日子。"), _l("出门前定好哪天签、谁来签。")),
        _l("从头再讲产品，没定日子就走。"),
    ),
    "C": Strategy(
        _l("说了想要，卡在一件事上：一组数、一件样品、一个人点头。"),
        (_l("问清差哪一件，当面写下来。"), _l("答应一个日子，办成它。"), _l("办完当场约签单。")),
        _l("事还没办，先催单。"),
    ),
    "D": Strategy(
        _l("愿意听，可对产品或公司还有疑问。"),
        (
            _l("先问清：疑问在产品，还是在我们公司。"),
            _l("拿一家像他的客户、一组数给他看。"),
            _l("长处和价格照实说，不合适的地方也说。"),
        ),
        _l("催他，或者说对手坏话。"),
    ),
    "E": Strategy(
        _l("听过名字，不知道我们能帮上什么。"),
        (
            _l("用四问弄清他现在用什么、哪里不顺。"),
            _l("弄清谁用、谁管、谁拍板。"),
            _l("留一样摸得着的：样品、试用、小册子。"),
        ),
        _l("一上来就报价。"),
    ),
    "F": Strategy(
        _l("眼下不缺，也没打算。"),
        (
            _l("隔一阵看一眼：换人、换设备、换供应商没有。"),
            _l("过节问候一声，行业消息捎一条。"),
            _l("问他同行里谁会用得上。"),
        ),
        _l("隔三差五上门，或者干脆丢掉。"),
    ),
}
