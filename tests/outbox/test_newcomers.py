"""A customer found on the road: what is written about him goes after him, also when he was refused, or turns out to be known."""

from tests.making import a_customer
from tests.outbox.sending import an_entry, results, send
from webapp.customers.models import Customer, HistoryEntry
from webapp.foundation.db import db, new_id
from webapp.outbox import gate
from webapp.outbox.arrivals import Quarantined


def found(name, **more):
    id = new_id()
    return {"id": id, "scope": id, "action": "/customers", "fields": [["name", name], ["level", "E"]], **more}


def a_note(customer_id, text):
    fields = [["kind", "note"], ["text", text]]
    return {"id": new_id(), "scope": customer_id, "action": f"/customers/{customer_id}/notes", "fields": fields}


def numbered(customer, *entries):
    """Entries as a phone sends them, in their order."""
    return [an_entry(customer, **{**entry, "seq": n}) for n, entry in enumerate(entries, 1)]


def test_what_is_written_about_a_refused_newcomer_waits_and_is_not_put_before_a_leader(lin, cast):
    with gate.transaction():
        known = a_customer(cast.lin, "明川阀门有限公司")
    new = found("明川阀门")
    answer = send(lin, cast.lin, *numbered(known, new, a_note(new["id"], "要换一批阀"), a_note(known.id, "门卫姓许")))
    assert results(answer) == ["rejected", "retry_later", "accepted"]
    assert not db.session.query(Quarantined).count()


def test_a_duplicate_that_is_found_later_takes_in_what_still_comes_for_it(lin, cast):
    with gate.transaction():
        known = a_customer(cast.lin, "苏州明川流体设备有限公司")
    new = found("明川阀门")
    assert results(send(lin, cast.lin, *numbered(known, new, a_note(new["id"], "要换一批阀")))) == ["accepted"] * 2
    with gate.transaction():
        db.session.get_one(Customer, new["id"]).merge_into(
            db.session.get_one(Customer, known.id), db.session.merge(cast.zhou)
        )
    late = an_entry(known, **{**a_note(new["id"], "周五再来"), "seq": 3})
    assert results(send(lin, cast.lin, late)) == ["accepted"]
    texts = db.session.scalars(db.select(HistoryEntry.text).where(HistoryEntry.customer_id == known.id)).all()
    assert {"要换一批阀", "周五再来"} <= set(texts)
