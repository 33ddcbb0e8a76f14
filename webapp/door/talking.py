"""What was said last: the few points of the latest visits with which a talk goes on."""

from collections.abc import Iterator, Sequence
from datetime import date

from webapp.customers.models import Customer
from webapp.customers.words import DECISION_ROLES
from webapp.foundation.i18n import _
from webapp.foundation.packing import is_packing
from webapp.foundation.proving import ENOUGH
from webapp.playbook.suggesting import Suggestion
from webapp.visits.models import Report

POINTS = 3


def points(customer: Customer, reports: Sequence[Report], most: int = POINTS) -> list[str]:
    """The latest visit's points before those of the one before; of one who was not visited yet what he is said to need."""
    found = list(dict.fromkeys(text for report in reports for text in _of(report)))
    if not found:
        found = list(dict.fromkeys(text for text in _known(customer) if text))
    return found[:most]


def _of(report: Report) -> Iterator[str]:
    """What weighs most in the next talk first: the objection, the need, the word on us, what comes next."""
    for text in (report.objection_said, report.needs, report.customer_said, report.next_step, report.competitor_news):
        if line := first_line(text):
            yield line


def _known(customer: Customer) -> Iterator[str]:
    yield from (text for _day, text in pains(customer)[:1])
    yield from (text for _day, text in dated_lines(customer.latent_need)[:1])
    yield first_line(customer.next_step)


def pains(customer: Customer) -> list[tuple[date | None, str]]:
    """What hurts, each once: first what was typed into the file, then what was heard on visits, the latest first."""
    return dated_lines(customer.pain)


def dated_lines(text: str | None) -> list[tuple[date | None, str]]:
    """The lines of a text of the file, each once. Who hears something adds a line that begins with its day (ISO 8601)."""
    found = [_dated(line.strip()) for line in (text or "").splitlines() if line.strip()]
    found.sort(key=lambda pain: pain[0] or date.max, reverse=True)
    once: dict[str, tuple[date | None, str]] = {}
    for day, text in found:
        once.setdefault(text, (day, text))
    return list(once.values())


def _dated(line: str) -> tuple[date | None, str]:
    try:
        return date.fromisoformat(line[:10]), line[10:].strip()
    except ValueError:
        return None, line


def first_line(text: str | None) -> str:
    return (text or "").strip().split("\n")[0].strip()


def such(line: Suggestion) -> str:
    """The customers with whom a line was tried, in words: those of his kind, or all."""
    kind, alike = line.kind, line.went.alike
    said = {
        "level": _("%(level)s级", level=kind.level),
        "industry": kind.industry,
        "role": DECISION_ROLES.get(kind.role, ""),
    }
    parts = [str(said[name]) for name in alike]
    return _("跟他一样的客户（%(kind)s）", kind=" · ".join(parts)) if parts else _("所有客户")


def record(line: Suggestion) -> str:
    """How it went, in words. On a page that is carried only about how often: it is not sent anew for every use of a track."""
    went, who = line.went.outcomes, such(line)
    if is_packing():
        return about(line)
    if not went.total:
        return _("还没人用过，你来试第一回。")
    return _("%(who)s：用过%(n)s次，灵%(w)s次，一半%(h)s次。", who=who, n=went.total, w=went.worked, h=went.half)


def about(line: Suggestion) -> str:
    went = line.went.outcomes
    if went.total < ENOUGH:
        return _("用过的人还少，试试看。")
    return _("%(who)s：十次里灵%(n)s次上下。", who=such(line), n=round(10 * went.worked / went.total))
