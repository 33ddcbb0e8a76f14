"""How far what was tried has proved itself: few uses prove nothing, many are worth what the cautious would say of them."""

from dataclasses import dataclass
from math import sqrt

ENOUGH = 5
UNTRIED = 0.2
Z2 = 1.96**2


def proved(yes: float, n: int) -> float:
    """0 … 1, to be put in order by; `yes` of `n` uses worked, one by half counts ½.

    With five uses and more: the lower end of the 95 % Wilson interval. Below that nothing is proved: what is untried is
    worth UNTRIED, a few good uses lift it a hair's breadth, a few bad ones let it sink.
    """
    if n < ENOUGH:
        hope = (yes + 1) / (n + 2)
        return 2 * UNTRIED * hope if hope < 0.5 else UNTRIED + (hope - 0.5) / 10
    share = yes / n
    return (share + Z2 / 2 / n - sqrt(Z2 * (share * (1 - share) + Z2 / 4 / n) / n)) / (1 + Z2 / n)


@dataclass
class Ratio:
    """So many of so many; `percent` is None of nothing."""

    n: int = 0
    of: int = 0

    @property
    def percent(self) -> int | None:
        return round(100 * self.n / self.of) if self.of else None
