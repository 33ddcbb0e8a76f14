"""How the demo's people keep to the law on personal data: one agreed to a sensitive note, one said no, one left long ago,
one was erased on request."""

from datetime import timedelta

from webapp.accounts.models import User
from webapp.attention.models import AttentionItem
from webapp.customers.models import Customer
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.privacy import erasing, recording


def behave(customers: dict[str, Customer], lin: User) -> None:
    hengrun, away = customers["恒润纺机"], customers["远成电机"]
    person = hengrun.people[0]
    person.record_consent("given", lin)
    person.record_consent("given", lin, "family")
    opener = "问一句：孩子考得怎么样？"
    AttentionItem.notice(hengrun, lin, "occasion", "女儿今年高考", opener, person.id, sensitive="family")
    gone = away.add_contact(lin, name="谭卫东", title="前采购")
    gone.leave(lin)
    gone.left_at = clock.here() - timedelta(days=430)
    asked = away.add_contact(lin, name="祁海峰", title="仓管", phone="13911112222")
    db.session.flush()
    recording.note_erasure(erasing.erase_contact(asked, lin), lin)
