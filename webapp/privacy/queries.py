"""What the pages of privacy show."""

from dataclasses import dataclass

from flask_login import current_user
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from webapp.accounts.access import find_or_404
from webapp.customers.models import Contact, Customer
from webapp.customers.queries import find_contact
from webapp.customers.reads import note_read
from webapp.foundation.db import db
from webapp.privacy.models import Carrier, Erasure
from webapp.visits.models import Attachment
from webapp.visits.models.report import ReportContact

AT_ONCE = 100


def person(contact_id: str) -> Contact:
    """A contact whom the person who asks may see; that he looks is on record if the file is not his."""
    contact = find_contact(contact_id)
    note_read(contact.customer)
    return contact


@dataclass(frozen=True)
class AtStake:
    """What would go with a person: photos and voice notes of the visits at which he was met."""

    files: int


def at_stake(contact: Contact) -> AtStake:
    files = (
        select(func.count())
        .select_from(Attachment)
        .join(ReportContact, ReportContact.report_id == Attachment.report_id)
    )
    return AtStake(db.session.scalar(files.where(ReportContact.contact_id == contact.id)) or 0)


def people_of(customer: Customer) -> list[Contact]:
    return list(db.session.scalars(select(Contact).where(Contact.customer_id == customer.id).order_by(Contact.name)))


def erasures() -> list[Erasure]:
    """The latest that the person who asks may see, those that are not done yet among them; devices in one query more."""
    seen = Erasure.visible_to(current_user).options(
        joinedload(Erasure.by), joinedload(Erasure.owner), selectinload(Erasure.carriers).joinedload(Carrier.device)
    )
    return list(db.session.scalars(seen.order_by(Erasure.at.desc()).limit(AT_ONCE)))


def erasure(erasure_id: str) -> Erasure:
    return find_or_404(Erasure.visible_to(current_user).where(Erasure.id == erasure_id))
