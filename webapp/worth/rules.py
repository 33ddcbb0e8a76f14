"""What a thing costs over the years, and from which year on ours is the cheaper one. Pure; sums are whole cents.

The phone follows the same rules while one types (static/js/worth/rules.js); tests/worth/cases.json, worked by hand, holds
both to them. They are:

- A thing runs `hours` a year and wears out after `life` hours (0: not within these years). Each time it costs the change
  itself, the hours that the machine stands still, and a new one, unless it can be mended (`renews`).
- What falls due on the last day of a year is that year's; on the very last day nothing is done any more.
- With a `rate` (per cent a year) what is paid in a year counts as paid at its end and is worth that much less today.
- Parts of a cent are rounded half up, once for a change's standstill and once a year for each kind of cost.
- Ours pays for itself in the first year from whose end on it never stands above theirs again; 0: from the start.
"""

from dataclasses import dataclass
from math import ceil, floor

MOST = 2**53 - 1
"""Cents; beyond it the phone no longer counts exactly, and somebody has typed too many noughts."""


@dataclass(frozen=True)
class Side:
    """`price`, `change` (each time it is worn out) and `energy` (a year) in cents; `life` and `stop` (each time) in hours."""

    price: int
    life: int = 0
    change: int = 0
    stop: float = 0
    energy: int = 0


@dataclass(frozen=True)
class Sums:
    """What is reckoned with; `stop_cost`: cents for one hour of standstill."""

    ours: Side
    theirs: Side
    quantity: int = 1
    hours: int = 8000
    years: int = 10
    stop_cost: int = 0
    rate: float = 0
    renews: bool = True


@dataclass(frozen=True)
class Bill:
    """`changes`: how often each one is changed; `by_year`: paid until the end of year 0 (the purchase), 1, 2 …"""

    buy: int
    changes: int
    upkeep: int
    energy: int
    total: int
    by_year: list[int]


@dataclass(frozen=True)
class Answer:
    """`saved`: by how much theirs costs more in the end, below nought if ours does; `even`: the year in which ours has
    paid for itself, 0 if it never stood above theirs, None if it does not within these years."""

    ours: Bill
    theirs: Bill
    saved: int
    even: int | None


def reckon(sums: Sums) -> Answer | None:
    """None if the sums are too large to be true."""
    ours, theirs = bill(sums.ours, sums), bill(sums.theirs, sums)
    if ours is None or theirs is None:
        return None
    dearer = [year for year in range(sums.years + 1) if ours.by_year[year] > theirs.by_year[year]]
    even = dearer[-1] + 1 if dearer else 0
    return Answer(ours, theirs, theirs.total - ours.total, even if even <= sums.years else None)


def bill(side: Side, sums: Sums) -> Bill | None:
    each = (side.price if sums.renews else 0) + side.change + rounded(side.stop * sums.stop_cost)
    paid = [side.price * sums.quantity]
    upkeep, energy, share = 0, 0, 1.0
    for year in range(1, sums.years + 1):
        share /= 1 + sums.rate / 100
        work = (worn(side, sums, year) - worn(side, sums, year - 1)) * each * sums.quantity
        if work + side.energy * sums.quantity + paid[-1] > MOST:
            return None
        upkeep += rounded(work * share)
        energy += rounded(side.energy * sums.quantity * share)
        paid.append(paid[0] + upkeep + energy)
    return Bill(paid[0], worn(side, sums, sums.years), upkeep, energy, paid[-1], paid)


def worn(side: Side, sums: Sums, year: int) -> int:
    """How often one has been changed by the end of that year."""
    if not side.life:
        return 0
    lives = year * sums.hours / side.life
    return floor(lives) if year < sums.years else max(0, ceil(lives) - 1)


def rounded(amount: float) -> int:
    return floor(amount + 0.5)


def row_worth(ours: float | None, theirs: float | None, cents: int | None) -> int | None:
    """What it means in money that ours has more of something (or less of what costs him: `cents` below nought), of which one
    unit is worth so many cents; None where it is no matter of numbers."""
    if ours is None or theirs is None or cents is None:
        return None
    return rounded((ours - theirs) * cents)
