"""What happened at a customer that is somebody else's by now: a leader files it in its author's name, or says why not."""

import threading
from types import SimpleNamespace

import pytest
from sqlalchemy import func, select

from tests.making import a_contact, a_customer
from tests.outbox.sending import a_photo, an_entry, announced, bring, results, send
from webapp.accounts.access import lending
from webapp.customers.models import Customer
from webapp.foundation.db import db, new_id
from webapp.outbox import gate
from webapp.outbox.arrivals import Quarantined
from webapp.outbox.models import Receipt
from webapp.reviews import queries
from webapp.visits.models import Attachment, Promise, Report


@pytest.fixture
def customer(cast: SimpleNamespace) -> Customer:
    """Lin's until this morning, wu's (of another office) from now on."""
    with gate.transaction():
        customer = a_customer(cast.lin, "恒润纺机")
        a_contact(customer, "陈国栋")
        db.session.flush()
        customer.reassign(cast.wu, cast.director)
    return customer


@pytest.fixture
def entry(lin, cast, customer):
    contact = customer.people[0]
    words = [["purpose", "service"], ["result", "progress"], ["needs", "一年一换"], ["order", ""], ["met", contact.id]]
    entry = an_entry(customer, fields=words, made_at="2026-11-24T01:30:00+00:00")
    assert results(send(lin, cast.lin, entry)) == ["quarantined"]
    return entry


def decide(client, entry, noun="filing", **fields):
    return client.post(f"/reviews/quarantine/{entry['id']}/{noun}", data={"submission_id": new_id(), **fields})


def test_zhou_who_leads_lin_and_the_director_who_leads_wu_find_it_in_their_queue(zhou, cast, entry, client_of):
    for reader in (zhou, client_of(cast.director)):
        page = reader.get("/reviews").text
        assert f"/reviews/quarantine/{entry['id']}" in page and "林晓岚" in page
    assert queries.waiting(cast.zhou) == 1


def test_the_page_says_what_was_written_in_words(entry, cast, client_of):
    page = client_of(cast.director).get(f"/reviews/quarantine/{entry['id']}").text

    for words in ("痛点和需求", "一年一换", "来做什么", "服务", "有进展", "陈国栋", "恒润纺机", "林晓岚", "吴俊"):
        assert words in page


def test_it_is_read_in_the_reader_s_language(entry, cast, client_of):
    page = client_of(cast.director, language="en").get(f"/reviews/quarantine/{entry['id']}").text

    assert 'lang="en"' in page and "Written by" in page
    assert "谁写的" not in page and "一年一换" in page


def test_zhou_who_does_not_see_wu_s_customer_reads_neither_its_name_nor_its_people(zhou, entry):
    page = zhou.get(f"/reviews/quarantine/{entry['id']}").text + zhou.get("/reviews").text

    assert "一年一换" in page
    assert "恒润" not in page and "陈国栋" not in page and "吴俊" not in page


def test_filed_it_is_lin_s_report_at_wu_s_customer(zhou, lin, cast, customer, entry):
    assert decide(zhou, entry).status_code == 303

    report = db.session.get(Report, entry["id"])
    assert (report.author_id, report.customer_id, report.needs) == (cast.lin.id, customer.id, "一年一换")
    assert db.session.get(Customer, customer.id).owner_id == cast.wu.id
    assert db.session.get(Receipt, entry["id"]).user_id == cast.lin.id
    assert "周建国收下了" in lin.get("/outbox").text
    assert lin.get(f"/reports/{entry['id']}").status_code == 200
    assert queries.waiting(cast.zhou) == 0
    assert "恒润" not in zhou.get("/reviews").text


def test_filed_twice_it_is_one_report_and_the_phone_hears_the_same(zhou, lin, cast, entry, client_of):
    decide(zhou, entry)
    assert decide(zhou, entry).status_code == 303
    again = decide(client_of(cast.director), entry, "dismissal", reason="不收")

    assert again.location.endswith(f"/reviews/quarantine/{entry['id']}")
    assert db.session.get(Quarantined, entry["id"]).decision == "filed"
    assert db.session.scalar(select(func.count()).select_from(Report)) == 1
    assert results(send(lin, cast.lin, entry)) == ["duplicate"]


def test_put_aside_it_says_why_to_lin_and_stays_aside(zhou, lin, cast, entry):
    assert decide(zhou, entry, "dismissal").status_code == 422
    assert decide(zhou, entry, "dismissal", reason="吴俊那天也写了").status_code == 303

    assert "周建国没收：吴俊那天也写了" in lin.get("/outbox").text
    decide(zhou, entry)
    assert db.session.get(Report, entry["id"]) is None
    assert results(send(lin, cast.lin, entry)) == ["quarantined"]
    assert queries.waiting(cast.zhou) == 0


def test_it_is_nobody_else_s_business(entry, cast, client_of, lin):
    for stranger in (cast.lin, cast.sun, cast.wu, cast.admin):
        client = client_of(stranger)
        assert client.get(f"/reviews/quarantine/{entry['id']}").status_code == 404
        assert decide(client, entry).status_code == 404
        assert decide(client, entry, "dismissal", reason="不收").status_code == 404
    assert db.session.get(Quarantined, entry["id"]).decision == ""


def test_nobody_decides_about_his_own(cast, customer, client_of):
    zhou = client_of(cast.zhou)
    own = an_entry(customer)
    send(zhou, cast.zhou, own)

    assert decide(zhou, own).status_code == 404
    assert decide(client_of(cast.director), own).status_code == 303


def test_the_photos_that_came_before_the_decision_come_along(zhou, lin, cast, customer):
    photos = [announced(a_photo()), announced(a_photo("brown"))]
    entry = an_entry(customer, attachments=photos)
    send(lin, cast.lin, entry)
    bring(lin, photos[0], a_photo())

    decide(zhou, entry)
    bring(lin, photos[1], a_photo("brown"))

    kept = db.session.scalars(select(Attachment).where(Attachment.report_id == entry["id"])).all()
    assert [piece.kind for piece in kept] == ["photo", "photo"]


@pytest.mark.parametrize(
    ("noun", "fields", "said"),
    [
        ("attention", [["category", "taste"], ["observed", "凤凰单丛"]], "凤凰单丛"),
        ("notes", [["kind", "call"], ["text", "问了交期"]], "问了交期"),
        ("promises", [["text", "周五前给样品"]], "周五前给样品"),
        ("check-ins", [["latitude", "31.27"]], "打卡"),
        ("reports", [["mode", "hallway"], ["result", "refused"], ["objections", "too_expensive"]], "碰了钉子"),
    ],
)
def test_every_kind_is_read_in_words_and_filed(zhou, lin, cast, customer, noun, fields, said):
    entry = an_entry(customer, noun=noun, fields=fields)
    assert results(send(lin, cast.lin, entry)) == ["quarantined"]

    assert said in zhou.get(f"/reviews/quarantine/{entry['id']}").text
    assert decide(zhou, entry).status_code == 303
    assert db.session.get(Receipt, entry["id"]).user_id == cast.lin.id


def test_a_form_that_says_nothing_sound_is_not_filed_and_says_why(zhou, lin, cast, customer):
    entry = an_entry(customer, noun="promises", fields=[["text", ""]])
    send(lin, cast.lin, entry)

    answer = decide(zhou, entry)

    assert answer.status_code == 422
    assert "写一下答应了什么" in answer.text
    assert db.session.scalar(select(Promise)) is None
    assert db.session.get(Quarantined, entry["id"]).decision == ""


def test_a_report_on_a_customer_that_is_not_there_yet_waits_for_it(zhou, lin, cast):
    entry = an_entry(SimpleNamespace(id=new_id()))
    send(lin, cast.lin, entry)

    assert "建客户的那张表没送到" in zhou.get(f"/reviews/quarantine/{entry['id']}").text
    assert decide(zhou, entry).status_code == 422


def test_what_waits_about_a_merged_customer_is_filed_at_the_kept_one(zhou, lin, cast, customer, entry):
    with gate.transaction():
        kept = a_customer(cast.wu, "恒润集团")
        db.session.flush()
        customer.merge_into(kept, cast.director)

    decide(zhou, entry)

    assert db.session.get(Report, entry["id"]).customer_id == kept.id


def test_the_loan_is_lin_s_alone_of_one_customer_and_ends_with_the_filing(app, zhou, lin, cast, customer, entry):
    with gate.transaction():
        a_customer(cast.wu, "另一家")

    def seen_by_lin() -> list[str]:
        return list(db.session.scalars(Customer.visible_to(cast.lin).with_only_columns(Customer.id)))

    with lending(cast.lin, "customer", customer.id):
        assert seen_by_lin() == [customer.id]
        assert db.session.scalar(Customer.visible_to(cast.sun).with_only_columns(func.count())) == 0
        assert db.session.scalar(Report.visible_to(cast.lin).where(Report.author_id == cast.wu.id)) is None
        seen_elsewhere: list[int] = []

        def ask() -> None:
            with app.app_context():
                seen_elsewhere.append(lin.get(f"/customers/{customer.id}").status_code)

        asking = threading.Thread(target=ask)
        asking.start()
        asking.join()
    assert seen_elsewhere == [404]
    assert seen_by_lin() == []

    decide(zhou, entry)

    assert seen_by_lin() == []
    for address in (
        f"/customers/{customer.id}",
        f"/customers/{customer.id}/edit",
        f"/customers/{customer.id}/reports/new",
    ):
        assert lin.get(address).status_code == 404
    assert results(send(lin, cast.lin, an_entry(customer))) == ["quarantined"]


def test_the_loan_ends_even_if_the_filing_breaks(cast, customer):
    with pytest.raises(RuntimeError), lending(cast.lin, "customer", customer.id):
        raise RuntimeError
    assert db.session.scalars(Customer.visible_to(cast.lin)).all() == []


def test_the_leader_s_own_receipt_is_his_and_says_what_he_did(zhou, cast, entry):
    form = new_id()
    zhou.post(f"/reviews/quarantine/{entry['id']}/filing", data={"submission_id": form})

    receipt = db.session.get(Receipt, form)
    assert (receipt.user_id, receipt.kind, receipt.title) == (cast.zhou.id, "review", "林晓岚")


def test_zhou_opens_an_urgent_visit_from_his_queue(zhou, lin, cast):
    with gate.transaction():
        own = a_customer(cast.lin, "新民纺织")
    entry = an_entry(
        own, fields=[["purpose", "service"], ["result", "progress"], ["needs", "停机"], ["is_urgent", "y"]]
    )
    send(lin, cast.lin, entry)

    page = zhou.get(f"/reviews/visit/{entry['id']}")

    assert page.status_code == 200 and "停机" in page.text
    assert f"/reviews/visit/{entry['id']}/opening" in page.text
