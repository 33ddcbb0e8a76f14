"""What the codes of privacy are called, and how one asks."""

from typing import Any

from webapp.foundation.i18n import _l, lazy_pgettext

SAID: dict[str, Any] = {
    "told": lazy_pgettext("consent", "告知了"),
    "given": lazy_pgettext("consent", "他同意"),
    "refused": lazy_pgettext("consent", "他不同意"),
}

KINDS: dict[str, Any] = {"contact": _l("一位联系人"), "customer": _l("一家客户")}

ASKED: dict[str, Any] = {
    "": _l(
        "“您的电话和我们聊过的，我记在公司的系统里，只用来拜访和服务您，不给别人。您随时可以看，也可以叫我删掉。行吗？”"
    ),
    "health": _l("“您身体的事，我记一笔，下次好问候，别的不用。行吗？”"),
    "family": _l("“您家里人的事，我记一笔，下次好问候，别的不用。行吗？”"),
    "faith": _l("“您的信仰和忌口，我记一笔，免得我们失礼。行吗？”"),
    "money": _l("“您个人的钱上的事，我只记您让我记的，不给别人看。行吗？”"),
}
"""What one says to the person, before something of the kind is noted."""

WHY_NOT: dict[str, Any] = {
    "silent": _l("跟这家很久没来往"),
    "left": _l("他早不在那儿了"),
    "refused": _l("他不同意我们记"),
}
"""Why somebody need not be kept any longer."""

TERMS: dict[str, Any] = {
    "silent": _l("跟他们公司没来往，满几个月提醒"),
    "left": _l("人走了，满几个月提醒"),
    "refused": _l("他不同意，满几个月提醒"),
}

REASONS: dict[str, Any] = {
    "in_touch": _l("还会来往"),
    "contract": _l("合同、账没完"),
    "law": _l("法律要求留"),
}
"""Why somebody is kept all the same."""
