from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import object_session

from webapp.accounts.models import User, note
from webapp.customers.facts import ContactsMerged, CustomersMerged
from webapp.customers.models.contact import Contact
from webapp.customers.models.history import HistoryEntry
from webapp.customers.models.level import LEVELS, LevelChange
from webapp.customers.words import STAGES
from webapp.foundation.db import db
from webapp.foundation.facts import tell

KEPT_OR_TAKEN = (
    "short_name", "code", "industry", "area", "city", "district", "address", "phone", "website", "size", "source",
    "sensitive_to", "prefers_communication", "prefers_product", "personal_interests", "budget_cents", "nps",
    "open_complaint", "complaint_since", "overdue_since",
)  # fmt: skip
JOINED = ("pain", "latent_need", "decision_process", "note")
SUMMED = ("purchase_count", "receivable_cents", "overdue_cents")
LATEST = ("last_contact_at", "last_purchase_at")
TICKED = ("is_strategic", "is_growing")
RELATION_ORDER = ("prospect", "intent", "established", "just_sold")


def richer(kept: Any, gone: Any) -> dict[str, Any]:
    """What the fields of the kept customer will be once the other one is merged into it; only those that change."""
    values: dict[str, Any] = {name: getattr(kept, name) or getattr(gone, name) for name in KEPT_OR_TAKEN}
    values["nps"] = kept.nps if kept.nps is not None else gone.nps
    values |= {name: _joined(getattr(kept, name), getattr(gone, name)) for name in JOINED}
    values |= {name: _known(sum, getattr(kept, name), getattr(gone, name)) for name in SUMMED}
    values |= {name: _known(max, getattr(kept, name), getattr(gone, name)) for name in LATEST}
    values |= {name: getattr(kept, name) or getattr(gone, name) for name in TICKED}
    values["stage"] = max(kept.stage, gone.stage, key=list(STAGES).index)
    values["relation"] = max(kept.relation, gone.relation, key=RELATION_ORDER.index)
    values["key_rank"] = _known(min, kept.key_rank, gone.key_rank)
    if kept.place is None:
        values |= {"latitude": gone.latitude, "longitude": gone.longitude}
    if kept.next_step_on is None and gone.next_step_on is not None:
        values |= {"next_step": gone.next_step, "next_step_on": gone.next_step_on}
    return {name: value for name, value in values.items() if value != getattr(kept, name)}


def higher_level(kept: Any, gone: Any) -> str:
    return min(kept.level, gone.level, key=LEVELS.index)


def _joined(kept: str, gone: str) -> str:
    """Both texts, unless one says what the other says."""
    if not gone or gone in kept:
        return kept
    return gone if kept in gone else f"{kept}\n{gone}"


def _known(choose: Any, *values: Any) -> Any:
    known = [value for value in values if value is not None]
    return choose(known) if known else None


class Mergeable:
    """Two files of one company become one."""

    def merge_into(self: Any, other: Any, by: User) -> None:
        """Give everything of this customer to the other one; this row stays behind and points there."""
        lost = {name: getattr(self, name) for name in ("name", *KEPT_OR_TAKEN[:9])}
        for name, value in richer(other, self).items():
            setattr(other, name, value)
        if (level := higher_level(other, self)) != other.level:
            other.set_level(level, "merged", by)
        for proposal in self.open_proposals():
            proposal._settle("withdrawn", by)
        other.tag_with([tag.word for tag in [*other.tags, *self.tags]])
        self.tags.clear()
        _move_people(self, other)
        _move_rows(type(self), self.id, other.id)
        self.merged_into_id = other.id
        tell(CustomersMerged(other.id, self.id))
        other.note_history("merge", self.name, by, lost={name: value for name, value in lost.items() if value})
        other.tidy()
        note("customers_merged", other, 2, by.id, gone_id=self.id)


def _move_people(gone: Any, kept: Any) -> None:
    for contact in list(gone.contacts):
        twin = next((known for known in kept.contacts if known.is_same_person_as(contact)), None)
        contact.customer = kept
        if twin is not None:
            twin.take_from(contact)
            _fold(contact, twin)


def _fold(contact: Contact, twin: Contact) -> None:
    """Let one person have one entry; the rooms above move what names the other before it is deleted."""
    session = object_session(twin)
    assert session is not None
    session.flush()  # rows that the listeners move may still be waiting
    tell(ContactsMerged(twin.id, contact.id))
    contact.customer.contacts.remove(contact)
    session.delete(contact)


def _move_rows(customer: Any, gone_id: str, kept_id: str) -> None:
    db.session.flush()
    for table in (HistoryEntry, LevelChange):
        db.session.execute(update(table).where(table.customer_id == gone_id).values(customer_id=kept_id))
    db.session.execute(update(customer).where(customer.merged_into_id == gone_id).values(merged_into_id=kept_id))
