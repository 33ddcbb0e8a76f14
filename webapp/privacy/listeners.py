from sqlalchemy import delete, select

from webapp.customers.facts import ContactsMerged
from webapp.customers.following import follow
from webapp.field_pack.facts import PhoneHas
from webapp.foundation import clock, filing
from webapp.foundation.db import db
from webapp.foundation.facts import hears
from webapp.privacy import arriving, finishing, notices, replaying  # noqa: F401 (they register themselves)
from webapp.privacy.models import Carrier, Erasure, KeptOn


@hears(PhoneHas)
def confirm(fact: PhoneHas) -> None:
    """A phone that has come beyond the number of an erasure has let go of him."""
    waiting = select(Carrier).join(Erasure).where(Carrier.device_id == fact.device_id, Carrier.confirmed_at.is_(None))
    if db.session.scalar(waiting.where(Erasure.number <= fact.number).limit(1)) is None:
        return
    with filing.transaction():
        for carrier in db.session.scalars(waiting.where(Erasure.number <= fact.number)):
            carrier.confirmed_at = clock.here()


@hears(ContactsMerged)
def keep_whom_the_later_decision_keeps(fact: ContactsMerged) -> None:
    """Of two decisions to keep the same person the one that reaches further stands."""
    both = select(KeptOn.contact_id).where(KeptOn.contact_id.in_((fact.gone_id, fact.kept_id)))
    decided = list(db.session.scalars(both.order_by(KeptOn.until.desc())))
    db.session.execute(delete(KeptOn).where(KeptOn.contact_id.in_(decided[1:])))
    follow(fact, KeptOn.contact_id)
