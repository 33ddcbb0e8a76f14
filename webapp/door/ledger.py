"""The six answers before one knocks, cut to one screen."""

from dataclasses import dataclass

from webapp.attention.models import AttentionItem
from webapp.customers.models import Contact
from webapp.customers.words import CHANNELS
from webapp.door.card import DoorCard
from webapp.door.fitting import ROOM, Room
from webapp.foundation import i18n
from webapp.foundation.i18n import _
from webapp.visits.models import Promise

DECIDERS, OPEN_PROMISES, ASKED = 2, 2, 2
"""The last: lines that a question takes, with the rule above it."""
DECIDING = ("decision_maker", "influencer")
DUE, RECORD, NUMBER, BAR = 13, 10, 3, 2
"""Columns that are taken by an icon and a day, by a number and «灵2次», by a number alone, by the bar of what is said."""


@dataclass(frozen=True)
class Ledger:
    """What each row shows; `roomy` holds the texts that may run over two lines; `question` is empty where there is no room."""

    complaint: str
    deciders: list[Contact]
    open_promises: list[Promise]
    settled: list[Promise]
    openers: list[AttentionItem]
    points: list[str]
    question: str
    roomy: frozenset[str]


def ledger(card: DoorCard) -> Ledger:
    customer, line, room = card.customer, card.line, ROOM.get(i18n.tag(), Room())
    complaint = _("客诉：%(what)s", what=customer.open_complaint) if customer.open_complaint else ""
    openers = card.attention.openers()
    deciders = [person for person in card.people if person.decision_role in DECIDING][:DECIDERS]
    due = card.promises.open[:OPEN_PROMISES]
    settled = card.promises.settled[: max(0, 2 - len(due))]
    best = room.lines_of(line.track.line, BAR) if line else 0
    wanted = [
        bool(complaint) + bool(customer.overdue_cents),
        max(1, len(deciders)),
        len(due) + len(settled),
        max(1, len(openers)),
        max(1, len(card.points)),
        best,
        ASKED if card.question else 0,
    ]
    keep = room.give_way(wanted, least=[2, 1, 2, 2, 2, best, 0])
    question = card.question.text if card.question and keep[6] == ASKED else ""
    keep[6] = ASKED if question else 0
    deciders, openers, points = deciders[: keep[1]], openers[: keep[3]], card.points[: keep[4]]
    texts = [(text, DUE) for text in (complaint, *(promise.text for promise in due))]
    texts += [(item.line, RECORD) for item in openers] + [(text, NUMBER) for text in points]
    texts += [(person_line(person), 0) for person in deciders]
    texts += [(question, 0)]
    return Ledger(complaint, deciders, due, settled, openers, points, question, room.roomy(texts, sum(keep)))


def person_line(person: Contact) -> str:
    """What one has to know of a person before one asks for him: title, then when or how he likes to be reached."""
    how = person.best_time or str(CHANNELS.get(person.preferred_channel, ""))
    return f"{person.name} " + " · ".join(part for part in (person.title, how or person.note) if part)
