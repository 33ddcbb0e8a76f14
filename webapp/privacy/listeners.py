from sqlalchemy import select

from webapp.field_pack.facts import PhoneHas
from webapp.foundation import clock, filing
from webapp.foundation.db import db
from webapp.foundation.facts import hears
from webapp.privacy import arriving, finishing, notices, replaying  # noqa: F401 (they register themselves)
from webapp.privacy.models import Carrier, Erasure


@hears(PhoneHas)
def confirm(fact: PhoneHas) -> None:
    """A phone that has come beyond the number of an erasure has let go of him."""
    waiting = select(Carrier).join(Erasure).where(Carrier.device_id == fact.device_id, Carrier.confirmed_at.is_(None))
    if db.session.scalar(waiting.where(Erasure.number <= fact.number).limit(1)) is None:
        return
    with filing.transaction():
        for carrier in db.session.scalars(waiting.where(Erasure.number <= fact.number)):
            carrier.confirmed_at = clock.here()
