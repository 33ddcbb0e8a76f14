"""How far a line has proved itself with customers like this one.

The rule is written a second time for the phone (service_worker/standing.js); both are held to the cases of
tests/playbook/standing_table.json. It is read in this order:

1. A use that worked counts 1, one that worked by half ½, one that fell flat 0.
2. Of whom one reckons: customers of the same level, industry and role of who decides there; if a line was used with
   fewer than five (ENOUGH) of these, those of the same level and industry; then the industry; then the level; then all.
   What is not known of a customer makes him like nobody: that step is left out.
3. With five uses and more a line is worth the lower end of the 95 % Wilson interval of its share.
4. Below five nothing is proved. An untried line is worth UNTRIED, as much as one that works every other time; a few good
   ones lift it a hair's breadth, a few bad ones let it sink. So it gets its chance behind what is proved and before what
   has failed, and a lucky one never stands above what works.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

from webapp.foundation.proving import ENOUGH, UNTRIED, proved
from webapp.playbook.models.use import Kind
from webapp.playbook.ranking import Outcomes

ROLES = ("decision_maker", "influencer", "user", "gatekeeper")
"""Of several people the one who has most to say counts."""


__all__ = ["ENOUGH", "ROLES", "UNTRIED", "Cells", "Kind", "Standing", "kind_of", "standing", "together", "worth"]

Cells = Mapping[Kind, Outcomes]
"""What came of a line with each kind of customer."""
STEPS = (("level", "industry", "role"), ("level", "industry"), ("industry",), ("level",), ())


class Standing(NamedTuple):
    """How a line did, and with whom: one of STEPS."""

    outcomes: Outcomes
    alike: tuple[str, ...]


class Person(Protocol):
    @property
    def decision_role(self) -> str: ...


class Company(Protocol):
    @property
    def level(self) -> str: ...
    @property
    def industry(self) -> str: ...
    @property
    def people(self) -> Sequence[Person]: ...


def kind_of(company: Company, people: Iterable[Person] | None = None) -> Kind:
    """What kind of customer this is, by those whom one met there, else by all who work there."""
    roles = {person.decision_role for person in people or ()} or {person.decision_role for person in company.people}
    role = next((role for role in ROLES if role in roles), "")
    return Kind(company.level or "", (company.industry or "").strip(), role)


def standing(cells: Cells, kind: Kind = Kind()) -> Standing:  # noqa: B008 (it cannot be changed)
    """The uses with the customers most like this one, as soon as they are enough; else those with all."""
    for step in STEPS:
        if not all(getattr(kind, name) for name in step):
            continue
        like = (
            went for other, went in cells.items() if all(getattr(other, name) == getattr(kind, name) for name in step)
        )
        outcomes = together(like)
        if outcomes.total >= ENOUGH or not step:
            break
    return Standing(outcomes, step)


def worth(outcomes: Outcomes) -> float:
    """By what lines are put in order, the best first: 0 … 1."""
    return proved(outcomes.worked + outcomes.half / 2, outcomes.total)


def together(outcomes: Iterable[Outcomes]) -> Outcomes:
    worked = half = flat = 0
    for one in outcomes:
        worked, half, flat = worked + one.worked, half + one.half, flat + one.flat
    return Outcomes(worked, half, flat)
