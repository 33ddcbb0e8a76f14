"""Both bills over the years as two lines that climb in steps; the phone draws them by the same measures (static/js/worth/chart.js)."""

from dataclasses import dataclass

from webapp.worth.rules import Answer, Bill, rounded

LEFT, WIDTH, FLOOR, HEIGHT = 6, 305, 168, 140
"""Where the field of the chart lies in its viewBox of 326 × 196."""
LINES, MARKS = 4, 5
"""Lines across, and years that are named below, at most."""


@dataclass(frozen=True)
class Chart:
    """`step`: cents between two lines; `years`: those that are named; paths as SVG writes them; `at`: place of a text."""

    step: int
    years: list[int]
    ours: str
    theirs: str
    dot: str
    ours_at: float
    theirs_at: float
    years_at: list[float]


def drawn(answer: Answer) -> Chart:
    span = len(answer.ours.by_year) - 1
    step = _step(max(answer.ours.total, answer.theirs.total))
    apart = -(-span // MARKS)
    years = list(range(apart, span + 1, apart))

    def x(year: int) -> float:
        return _place(LEFT + WIDTH * year / span)

    def y(cents: int) -> float:
        return _place(FLOOR - HEIGHT * cents / (LINES * step))

    def path(bill: Bill) -> str:
        steps = [f"H{x(year):g}V{y(cents):g}" for year, cents in enumerate(bill.by_year) if year]
        return f"M{x(0):g} {y(bill.buy):g}{''.join(steps)}"

    mine, his = y(answer.ours.total), y(answer.theirs.total)
    low = 20 if max(mine, his) < 146 else -6
    ends = (mine + low, his - 8) if mine > his else (mine - 8, his + low)
    dot = _dot(x(answer.even), y(answer.ours.by_year[answer.even])) if answer.even else ""
    ours_at, theirs_at = map(_place, ends)
    return Chart(
        step, years, path(answer.ours), path(answer.theirs), dot, ours_at, theirs_at, [x(year) for year in years]
    )


def _dot(x: float, y: float) -> str:
    return f"M{_place(x - 5.5):g} {y:g}a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0 -11 0"


def _step(most: int) -> int:
    """A round sum of which four reach up to it: 1, 2, 2.5 or 5 with noughts behind."""
    unit = 100
    while True:
        for times in (1, 2, 2.5, 5):
            if unit * times * LINES >= most:
                return int(unit * times)
        unit *= 10


def _place(at: float) -> float:
    return rounded(at * 10) / 10
