"""What may be given and asked for, and up to how much each role decides by itself as long as the house has set nothing else."""

from typing import Any

from webapp.foundation.i18n import _, _l
from webapp.foundation.words import number

KINDS: dict[str, Any] = {
    "discount": _l("折扣"),
    "payment_days": _l("账期"),
    "samples": _l("样品"),
    "freight": _l("运费"),
    "training": _l("培训"),
    "warranty": _l("保修"),
}
UNITS: dict[str, Any] = {
    "discount": _l("%"),
    "payment_days": _l("天"),
    "samples": _l("件"),
    "freight": _l("元"),
    "training": _l("次"),
    "warranty": _l("个月"),
}
MOST = {"discount": 100, "payment_days": 365, "samples": 1000, "freight": 1_000_000, "training": 100, "warranty": 120}
"""More than this is a slip of the finger."""
BROKEN = ("discount", "freight")
"""What need not be a whole number."""
RETURNS: dict[str, Any] = {
    "date": _l("今天就签"),
    "volume": _l("多订一些"),
    "prepay": _l("先付款"),
    "contract": _l("签长一点"),
    "referral": _l("介绍一家"),
    "case": _l("做样板客户"),
}
STATES: dict[str, tuple[Any, str]] = {
    "given": (_l("给了"), "door"),
    "handed_in": (_l("等主管定"), "brass"),
    "approved": (_l("主管同意了"), "door"),
    "returned": (_l("主管没同意"), "flag"),
    "withdrawn": (_l("撤回了"), ""),
}
"""State → (words, tone)."""
ROLES = ("rep", "supervisor", "manager")
"""Whose limits are set; a director decides everything."""
LIMITS = {
    "rep": {"discount": 2, "payment_days": 7, "samples": 2, "freight": 200, "training": 1, "warranty": 0},
    "supervisor": {"discount": 5, "payment_days": 30, "samples": 10, "freight": 1000, "training": 3, "warranty": 6},
    "manager": {"discount": 10, "payment_days": 60, "samples": 50, "freight": 5000, "training": 10, "warranty": 12},
}
"""In the units above."""


def amount_words(kind: str, amount: int) -> str:
    """«折扣3%»: what is given and how much of it; `amount` in hundredths of the unit."""
    whole, rest = divmod(amount, 100)
    n = number(whole) if not rest else f"{number(whole)}.{rest:02d}".rstrip("0")
    said = {
        "discount": _("折扣%(n)s%%", n=n),
        "payment_days": _("账期多%(n)s天", n=n),
        "samples": _("样品%(n)s件", n=n),
        "freight": _("运费%(n)s元", n=n),
        "training": _("培训%(n)s次", n=n),
        "warranty": _("保修多%(n)s个月", n=n),
    }
    return said.get(kind, n)
