"""What a plan or daily report says, kept at each hand-in; and what has changed between two of them, line by line."""

from dataclasses import dataclass
from typing import Any

from webapp.bargain.models import Concession
from webapp.bargain.words import RETURNS, amount_words
from webapp.foundation.i18n import _
from webapp.foundation.words import money, number
from webapp.reviews.models import HandedIn
from webapp.visits.models import DailyReport, DayPlan
from webapp.visits.words import ATTENDANCE, PURPOSES, RESULTS

Lines = dict[str, str]


@dataclass(frozen=True)
class Difference:
    """One line that says something else now; empty: it was not there, or is gone."""

    label: str
    before: str
    after: str


def said_by(subject: DayPlan | DailyReport | Concession) -> dict[str, Any]:
    """All that a supervisor reads, as it is now; codes and sums, no words of ours."""
    if isinstance(subject, DayPlan):
        stops = [[stop.customer.title, stop.at, stop.purpose, stop.objective] for stop in subject.stops]
        return {"message": subject.message, "stops": stops}
    if isinstance(subject, Concession):
        return {name: getattr(subject, name) for name in ("kind", "amount", "what", "in_return", "return_words")}
    figures = subject.figures
    lines = [
        [line["name"], line["purpose"], line["result"], line["order"], line["collection"]] for line in figures["lines"]
    ]
    sums = {name: figures[name] for name in ("visits", "effective", "orders", "collections", "expenses")}
    return {
        **sums,
        "attendance": subject.attendance,
        "changes": subject.changes,
        "insight": subject.insight,
        "lines": lines,
    }


def between(kind: str, before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    """What differs, in the order in which it is read, in the reader's words."""
    old, new = _lines(kind, before), _lines(kind, after)
    labels = [*new, *(label for label in old if label not in new)]
    found = [Difference(label, old.get(label, ""), new.get(label, "")) for label in labels]
    return [one for one in found if one.before != one.after]


def since(kind: str, subject: DayPlan | DailyReport | Concession, version: int) -> list[Difference]:
    """What has changed since that version; nothing if it is not on record."""
    seen = HandedIn.of(kind, subject.id, version)
    return between(kind, seen.said, said_by(subject)) if seen else []


def _lines(kind: str, said: dict[str, Any]) -> Lines:
    return _concession(said) if kind == "concession" else _plan(said) if kind == "plan" else _daily(said)


def _concession(said: dict[str, Any]) -> Lines:
    return {
        _("让什么"): amount_words(said["kind"], said["amount"]),
        _("换回什么"): _joined(RETURNS.get(said["in_return"]), said["return_words"]),
        _("哪一单"): said["what"],
    }


def _plan(said: dict[str, Any]) -> Lines:
    lines = {_("附言"): said["message"]}
    for n, (name, at, purpose, objective) in enumerate(said["stops"], 1):
        lines[name] = _joined(at or _("第%(n)s家", n=n), PURPOSES.get(purpose), objective)
    return lines


def _daily(said: dict[str, Any]) -> Lines:
    lines = {
        _("出勤"): str(ATTENDANCE.get(said["attendance"], "")),
        _("拜访"): _("%(n)s家，%(e)s家往前走了", n=number(said["visits"]), e=number(said["effective"])),
        _("订货"): money(said["orders"]),
        _("收款"): money(said["collections"]),
        _("花费"): money(said["expenses"]),
        _("今天的心得"): said["insight"],
        _("客户和市场有什么变化"): said["changes"],
    }
    for name, purpose, result, order, collection in said["lines"]:
        what = _joined(
            PURPOSES.get(purpose), RESULTS.get(result), order and money(order), collection and money(collection)
        )
        lines[name] = _("%(one)s；%(other)s", one=lines[name], other=what) if name in lines else what
    return lines


def _joined(*parts: Any) -> str:
    return " · ".join(str(part) for part in parts if part)


__all__ = ["Difference", "between", "said_by", "since"]
