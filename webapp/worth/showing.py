"""What a calculation says, as words with holes are filled with it, here and on the phone (static/js/worth/page.js)."""

from dataclasses import dataclass
from typing import Any

from babel.numbers import format_compact_decimal

from webapp.foundation.i18n import get_locale
from webapp.foundation.typed_fields import plain_number
from webapp.foundation.words import money
from webapp.worth.chart import Chart, drawn
from webapp.worth.forms import ROWS, WorthForm
from webapp.worth.rules import Answer, row_worth

Said = dict[str, str]


@dataclass(frozen=True)
class Shown:
    """`said`: name of a hole → what fills it; `states`: what of the page is to be seen; `chart` is drawn when there is a result."""

    said: Said
    states: set[str]
    chart: Chart | None

    def fill(self, words: str) -> str:
        """«{saved} less over {years} years» with the figures in it; a hole that nothing is known of stays empty."""
        parts = str(words).replace("}", "{").split("{")
        return "".join(self.said.get(part, "") if n % 2 else part for n, part in enumerate(parts))


def shown(form: WorthForm) -> Shown:
    said, states, chart = {"title": form.title.data or "", "rival": form.rival.data or ""}, {"empty"}, None
    states.add("named" if form.rival.data else "unnamed")
    if form.answer:
        chart, states = drawn(form.answer), states - {"empty"} | {"full"} | _states(form.answer)
        said |= {"quantity": f"{form.quantity.data or 0:,}", "years": str(form.years.data), **_sums(form.answer)}
        said |= {f"y{n}": _brief(chart.step * n) for n in range(1, 5)}
        said |= {f"x{n}": str(year) for n, year in enumerate(chart.years, 1)}
        states |= {f"x{n}" for n in range(1, len(chart.years) + 1)}
    _rows(form, said, states)
    return Shown(said, states, chart)


def _states(answer: Answer) -> set[str]:
    verdict = "saved" if answer.saved > 0 else "more" if answer.saved < 0 else "same"
    even = "never" if answer.even is None else "even" if answer.even else "at-once"
    found = {verdict, f"{verdict}-{even}", *(["dot"] if answer.even else [])}
    for kind in ("changes", "energy"):
        if getattr(answer.ours, kind) or getattr(answer.theirs, kind):
            found.add(kind)
    return found


def _sums(answer: Answer) -> Said:
    said = {"saved": money(abs(answer.saved)), "even": str(answer.even or 0)}
    for name, bill in (("ours", answer.ours), ("theirs", answer.theirs)):
        said |= {f"{name}_{kind}": money(getattr(bill, kind)) for kind in ("buy", "upkeep", "energy", "total")}
        said |= {f"{name}_changes": f"{bill.changes:,}", f"{name}_brief": _brief(bill.total)}
    return said


def _rows(form: WorthForm, said: Said, states: set[str]) -> None:
    total = None
    for n, row in enumerate(list(form.rows)[:ROWS]):
        words = {name: row.form[name].data or "" for name in ("name", "unit", "ours", "theirs")}
        numbers: list[Any] = [_number(row.form[name].data) for name in ("ours", "theirs", "worth")]
        worth = row_worth(numbers[0], numbers[1], None if numbers[2] is None else round(numbers[2] * 100))
        said |= {f"{name}{n}": words[name] for name in ("name", "unit", "ours", "theirs")}
        said[f"worth{n}"] = "" if worth is None else money(worth)
        states |= {f"row{n}", "rows"} if words["name"] else set()
        if words["name"] and worth is not None:
            total = (total or 0) + worth
    said["worth"] = "" if total is None else money(total)
    states |= set() if total is None else {"worth"}


def _number(text: str | None) -> float | None:
    try:
        return float(plain_number(text)) if text else None
    except ValueError:
        return None


def _brief(cents: int) -> str:
    return format_compact_decimal(cents / 100, locale=get_locale(), fraction_digits=1)
