"""What is known of the people at a customer, for the door card and for whoever writes a report."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import joinedload

from webapp.attention.models import AttentionItem
from webapp.attention.models.confirmation import REST
from webapp.customers.models import Contact, Customer
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.foundation.proving import proved

OPENERS = 3


@dataclass(frozen=True)
class AttentionList:
    """`live`: the proven first, then the untried, among these what may be out of date last and the freshest first; `flat`:
    what fell flat and is not suggested again; `changed`: what is no longer so, of late, and nobody has said yet what it is
    now; `hidden`: how many are not shown because the person did not agree."""

    live: list[AttentionItem]
    flat: list[AttentionItem]
    changed: list[AttentionItem]
    hidden: int = 0

    @property
    def count(self) -> int:
        return len(self.live) + len(self.flat)

    def openers(self, most: int = OPENERS) -> list[AttentionItem]:
        """What is fresh before what may be out of date, however well that did."""
        return sorted((item for item in self.live if may_open(item)), key=lambda item: item.is_stale)[:most]


def items(customer_id: str) -> AttentionList:
    """The whole attention list of one customer. One query."""
    changed = and_(AttentionItem.changed_at.is_not(None), AttentionItem.asked_on > clock.today() - REST)
    noticed = (
        select(AttentionItem)
        .where(AttentionItem.customer_id == customer_id, or_(AttentionItem.retired_at.is_(None), changed))
        .options(*(joinedload(part) for part in (AttentionItem.contact, AttentionItem.by, AttentionItem.confirmed_by)))
        .order_by(AttentionItem.noticed_on.desc(), AttentionItem.created_at.desc())
    )
    noted = list(db.session.scalars(noticed))
    standing = [item for item in noted if item.retired_at is None]
    found = [item for item in standing if item.may_be_shown]
    found.sort(key=_rank)
    return AttentionList(
        live=[item for item in found if not item.fell_flat],
        flat=[item for item in found if item.fell_flat],
        changed=[item for item in noted if item.has_changed and item.may_be_shown and not _is_replaced(item, found)],
        hidden=len(standing) - len(found),
    )


def _rank(item: AttentionItem) -> tuple[float, bool, int]:
    return -proved(item.worked + item.half / 2, item.used), item.is_stale, -item.known_on.toordinal()


def _is_replaced(gone: AttentionItem, found: list[AttentionItem]) -> bool:
    """Whether somebody has said since what it is now."""
    alike = (item for item in found if (item.category, item.contact_id) == (gone.category, gone.contact_id))
    return any(gone.changed_at is not None and item.created_at >= gone.changed_at for item in alike)


def openers(customer_id: str, most: int = OPENERS) -> list[AttentionItem]:
    """What to begin with at this door: the proven first, then the freshest. One query."""
    return items(customer_id).openers(most)


def may_open(item: AttentionItem) -> bool:
    """How somebody likes to be reached is respected, not talked about, and from whom he buys only if somebody has thought
    of a way to; nor is anything of one who left or refused."""
    person = item.contact
    return is_opener(item) and not item.fell_flat and (person is None or person_allows(person))


def is_opener(item: AttentionItem) -> bool:
    return item.category != "channel" and (item.category != "supplier" or bool(item.opener))


def person_allows(person: Contact) -> bool:
    return person.left_at is None and person.consent != "refused"


def turned_between(first: date, last: date) -> ColumnElement[bool]:
    """Whether something is shown otherwise on the last day than on the first, and nobody touched it: it is out of date
    since, the day is over on which it was asked, or it may be asked again."""
    stale, asked = AttentionItem.stale_on, AttentionItem.asked_on
    return or_(
        and_(stale > first, stale <= last),
        and_(asked >= first, asked < last),
        and_(asked > first - REST, asked <= last - REST),
    )


def people(customer: Customer, of: AttentionItem | None = None) -> list[Contact]:
    """Those of whom something may be noted: still there, and not against it; and the one whom this item is of."""
    known = of.contact_id if of else None
    return [person for person in customer.contacts if person_allows(person) or person.id == known]
