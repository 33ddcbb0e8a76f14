"""What the storms of tests/outbox/model and people at the phone have brought to light, each as a short story."""

from tests.making import a_customer
from tests.outbox.test_delivery import an_entry, results, send
from webapp.attention.models import AttentionItem
from webapp.customers.models import HistoryEntry
from webapp.foundation import epoch
from webapp.foundation.db import db
from webapp.outbox import gate
from webapp.outbox.arrivals import Quarantined
from webapp.outbox.models import Receipt


def test_what_a_leader_has_to_decide_is_not_filed_beside_it_when_the_customer_comes_back(lin, cast):
    with gate.transaction():
        customer = a_customer(cast.sun)
    entry = an_entry(
        customer, action=f"/customers/{customer.id}/notes", fields=[["kind", "note"], ["text", "门卫姓许"]]
    )
    assert results(send(lin, cast.lin, entry)) == ["quarantined"]
    with gate.transaction():
        db.session.merge(customer).reassign(db.session.merge(cast.lin), db.session.merge(cast.zhou))

    assert results(send(lin, cast.lin, entry)) == ["quarantined"]

    assert db.session.query(HistoryEntry).filter_by(text="门卫姓许").count() == 0
    assert db.session.query(Quarantined).one().decision == ""


def test_a_batch_from_before_a_restore_is_not_taken_in_ahead_of_what_the_restore_has_lost(lin, cast):
    with gate.transaction():
        customer = a_customer(cast.lin)
    before = epoch.epoch()
    epoch.renew()

    answer = send(lin, cast.lin, an_entry(customer), epoch=before)

    assert answer.json["answers"] == [] and answer.json["epoch"] == epoch.epoch() != before
    assert results(send(lin, cast.lin, an_entry(customer), epoch=answer.json["epoch"])) == ["accepted"]


def test_an_entry_that_comes_again_after_its_customer_was_merged_is_the_same_entry(lin, cast):
    with gate.transaction():
        gone, kept = a_customer(cast.lin), a_customer(cast.lin, "宏锦印染")
    entry = an_entry(gone)
    send(lin, cast.lin, entry)
    with gate.transaction():
        db.session.merge(gone).merge_into(db.session.merge(kept), db.session.merge(cast.zhou))

    assert results(send(lin, cast.lin, entry)) == ["duplicate"]


def test_other_words_under_the_id_of_what_a_leader_holds_are_not_said_to_be_there(lin, cast):
    with gate.transaction():
        customer = a_customer(cast.sun)
    entry = an_entry(
        customer, action=f"/customers/{customer.id}/notes", fields=[["kind", "note"], ["text", "门卫姓许"]]
    )
    send(lin, cast.lin, entry)

    again = entry | {"fields": [["kind", "note"], ["text", "门卫姓徐"]]}

    assert results(send(lin, cast.lin, again)) == ["conflict"]
    assert results(send(lin, cast.lin, entry)) == ["quarantined"]
    assert ["text", "门卫姓许"] in db.session.query(Quarantined).one().fields


def test_an_entry_that_the_database_refuses_holds_up_no_other_customer(lin, cast):
    with gate.transaction():
        both = a_customer(cast.lin), a_customer(cast.lin, "宏锦印染")
    said = [["category", "hobby"], ["observed", "桌上摆着越野车模型"]]
    bad, good = (an_entry(one, action=f"/customers/{one.id}/attention", fields=said) for one in both)
    send(lin, cast.lin, bad)
    with gate.transaction():  # the row is there, its receipt is not
        db.session.execute(db.delete(Receipt).where(Receipt.id == bad["id"]))

    assert results(send(lin, cast.lin, bad, good)) == ["retry_later", "accepted"]
    assert db.session.get(AttentionItem, good["id"])
