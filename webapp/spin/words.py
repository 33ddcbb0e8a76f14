"""The four questions: what each is called, what it is for, and how it is put where no talk track of ours knows the trade."""

from typing import Any

from webapp.foundation.i18n import _, _l

STEPS: dict[str, tuple[Any, Any]] = {
    "situation": (_l("现状"), _l("他现在怎么做")),
    "problem": (_l("难处"), _l("哪里不顺")),
    "implication": (_l("后果"), _l("不顺要花多少")),
    "need_payoff": (_l("好处"), _l("解决了值不值")),
}
"""Step → (what it is called, what one learns by it)."""


def general(product: str) -> dict[str, str]:
    """The questions as one puts them to anybody; `product`: what he likes to buy of us, if that is known."""
    return {
        "situation": _("%(what)s现在用的是哪家？用了多久？", what=product)
        if product
        else _("这一块现在用的是哪家？用了多久？"),
        "problem": _("用下来，哪一点最不顺手？"),
        "implication": _("这一点，一年下来要多花多少钱、多费多少工夫？"),
        "need_payoff": _("要是这个解决了，对你们最要紧的是哪一样？"),
    }
