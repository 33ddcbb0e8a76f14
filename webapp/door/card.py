"""One door card, gathered from all rooms below by a number of queries that does not grow with what they hold."""

from dataclasses import dataclass
from functools import cached_property

from webapp.attention import queries as attention
from webapp.attention.asking import Question, question
from webapp.attention.queries import AttentionList
from webapp.bargain.models import Concession
from webapp.bargain.queries import of_customer
from webapp.customers.histories import announced_with
from webapp.customers.models import Contact, Customer, HistoryEntry, LevelChange
from webapp.door import portrait, queries, talking
from webapp.door.queries import Figures, Promises
from webapp.outbox.arrivals import Announced
from webapp.playbook.suggesting import Suggestion, line_for
from webapp.visits.models import Report
from webapp.visits.putting_off import heard_in


@dataclass(frozen=True)
class DoorCard:
    customer: Customer
    people: list[Contact]
    attention: AttentionList
    promises: Promises
    concessions: list[Concession]
    reports: list[Report]
    points: list[str]
    line: Suggestion | None
    levels: list[LevelChange]
    history: list[HistoryEntry]
    history_count: int
    announced: dict[str, list[Announced]]
    figures: Figures

    @property
    def met(self) -> Contact | None:
        """Whom one spoke with last: most likely also the person of whom one notices something now."""
        return next((person for report in self.reports for person in report.met if person.left_at is None), None)

    @property
    def lines(self) -> list[Suggestion]:
        """The line for this door, and what takes its place on the phone when somebody has said that it is not for him."""
        return [line for line in (self.line, self.line and self.line.next) if line]

    @property
    def noted_people(self) -> list[Contact]:
        """Those of whom something was noted."""
        items = [*self.attention.live, *self.attention.flat]
        return list({item.contact.id: item.contact for item in items if item.contact}.values())

    @cached_property
    def question(self) -> Question | None:
        """What to find out on this visit."""
        return question(self.attention, self.customer)

    @property
    def portrait(self) -> portrait.Rows:
        return portrait.portrait(self.customer)

    @property
    def level_changes(self) -> list[LevelChange]:
        return [change for change in self.levels if change.state == "applied"]

    @property
    def proposals(self) -> list[LevelChange]:
        return [change for change in self.levels if change.state == "proposed"]


def card_of(customer: Customer) -> DoorCard:
    """All that the page of one customer shows."""
    reports = queries.latest_reports(customer.id)
    history, history_count = queries.latest_history(customer.id)
    return DoorCard(
        customer=customer,
        people=customer.people,
        attention=attention.items(customer.id),
        promises=queries.promises(customer.id),
        concessions=of_customer(customer.id),
        reports=reports,
        points=talking.points(customer, reports),
        line=line_for(customer, heard_in(reports)),
        levels=queries.level_changes(customer.id),
        history=history,
        history_count=history_count,
        announced=announced_with(history),
        figures=queries.figures(customer.id),
    )
