"""The one question of a visit: is that still so? Of all that may be out of date the fact that is worth most."""

from dataclasses import dataclass

from webapp.attention.models import AttentionItem
from webapp.attention.queries import AttentionList, person_allows
from webapp.attention.wording import still_so
from webapp.customers.models import Customer
from webapp.foundation import clock

CATEGORY = {
    "supplier": 3.0,
    "channel": 2.0,
    "taste": 1.6,
    "hobby": 1.6,
    "admires": 1.2,
    "reading": 1.2,
    "office": 1.0,
    "desk": 1.0,
    "style": 1.0,
}
"""What it is worth to know: with whom one competes, how to be let in, what to bring, what to begin with."""
ROLE = {"decision_maker": 2.0, "influencer": 1.6, "gatekeeper": 1.2}
OF_THE_COMPANY = 1.4
LEVEL = {"A": 2.0, "B": 1.6, "C": 1.3, "D": 1.1, "F": 0.6}
OPENS, FELL_FLAT = 1.5, 0.6


@dataclass(frozen=True)
class Question:
    item: AttentionItem
    text: str


def question(known: AttentionList, customer: Customer) -> Question | None:
    """What to find out on this visit; None if all is fresh, or something was asked today."""
    today, noted = clock.today(), [*known.live, *known.flat]
    if any(item.asked_on == today for item in (*noted, *known.changed)):
        return None
    open_ = [item for item in noted if may_be_asked(item)]
    if not open_:
        return None
    best = max(open_, key=lambda item: (worth(item, customer), -(item.stale_on or today).toordinal(), item.id))
    return Question(best, still_so(best))


def may_be_asked(item: AttentionItem) -> bool:
    """Not of one who left or refused, not of what touches his family or his health, and not again within weeks."""
    person = item.contact
    return item.is_stale and not item.rests and not item.sensitive and (person is None or person_allows(person))


def worth(item: AttentionItem, customer: Customer) -> float:
    """By what questions are put in order; what is said of a person weighs as much as his word does."""
    role = ROLE.get(item.contact.decision_role or "", 1.0) if item.contact else OF_THE_COMPANY
    opener = FELL_FLAT if item.fell_flat else OPENS if item.worked else 1.0
    return CATEGORY.get(item.category, 1.0) * role * LEVEL.get(customer.level or "", 1.0) * opener
