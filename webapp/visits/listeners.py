from sqlalchemy import delete, select

from webapp.customers import telling
from webapp.customers.facts import ContactsMerged, CustomersMerged
from webapp.customers.following import follow
from webapp.foundation.db import db
from webapp.foundation.facts import hears
from webapp.outbox.facts import AttachmentArrived
from webapp.visits import baggage, laying_out, notices, reading  # noqa: F401 (they register themselves)
from webapp.visits.models import CheckIn, Promise, Report, ReportContact, Stop
from webapp.visits.words import PURPOSES, RESULTS


@telling.tells("visit")
def say_what_a_visit_was(text: str, detail: telling.Detail) -> str:
    """What for, how it went, and the one line that was heard; in the reader's language where nobody typed it."""
    known = (PURPOSES.get(str(detail.get("purpose"))), RESULTS.get(str(detail.get("result"))), text)
    return " · ".join(str(part) for part in known if part)


@hears(CustomersMerged)
def move_to_the_kept_customer(fact: CustomersMerged) -> None:
    follow(fact, Report.customer_id, CheckIn.customer_id, Promise.customer_id, Stop.customer_id)


@hears(ContactsMerged)
def move_to_the_kept_person(fact: ContactsMerged) -> None:
    """Who was met under both names was met once."""
    met_anyway = select(ReportContact.report_id).where(ReportContact.contact_id == fact.kept_id)
    gone = ReportContact.contact_id == fact.gone_id
    db.session.execute(delete(ReportContact).where(gone, ReportContact.report_id.in_(met_anyway)))
    follow(fact, ReportContact.contact_id, Promise.contact_id)


@hears(AttachmentArrived)
def take_into_the_report(fact: AttachmentArrived) -> None:
    """A photo or voice note that followed its report; the report's id is its entry's."""
    report = db.session.get(Report, fact.announced.entry_id)
    if report is not None:
        baggage.follow(report, fact.announced, fact.content)
