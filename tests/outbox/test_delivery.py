"""A phone sends what it kept: each entry once, in order, one bad one never in the way of the rest."""

import gzip
import hashlib
import io
import json
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import func, select

from tests.making import a_customer
from webapp.attention.models import AttentionItem
from webapp.customers.models import Customer
from webapp.foundation.db import db, new_id
from webapp.outbox import gate
from webapp.outbox.arrivals import Announced, Quarantined
from webapp.outbox.models import Receipt
from webapp.outbox.user_hash import user_hash
from webapp.visits.models import Attachment, Report


def an_entry(customer: Customer, **values: Any) -> dict[str, Any]:
    fields = values.pop("fields", [["purpose", "service"], ["result", "progress"], ["needs", "一年一换"]])
    return {
        "id": new_id(),
        "seq": 1,
        "scope": customer.id,
        "action": f"/customers/{customer.id}/reports",
        "fields": fields,
        **values,
    }


def send(client: Any, user: Any, *entries: dict[str, Any], **values: Any) -> Any:
    batch = {
        "protocol": 1,
        "batch_id": new_id(),
        "user": user_hash(user.id),
        "device": new_id(),
        "entries": list(entries),
        **values,
    }
    body = gzip.compress(json.dumps(batch).encode())
    answer = client.post("/outbox", data=body, headers={"Content-Encoding": "gzip", "Content-Type": "application/json"})
    if answer.status_code == 200:
        assert answer.json["batch_id"] == batch["batch_id"]
        assert answer.headers["Doorstep-Protocol"] == "1"
    return answer


def results(answer: Any) -> list[str]:
    return [one["result"] for one in answer.json["answers"]]


def reports() -> int:
    return db.session.scalar(select(func.count()).select_from(Report)) or 0


def test_an_entry_is_filed_as_a_browser_s_post_would_be(lin, cast, customer):
    entry = an_entry(customer)

    answer = send(lin, cast.lin, entry).json["answers"][0]

    assert (answer["result"], answer["location"]) == ("accepted", f"/reports/{entry['id']}")
    assert db.session.get(Report, entry["id"]).needs == "一年一换"
    assert db.session.get(Receipt, entry["id"]).title == customer.title


def test_a_lost_answer_is_answered_again_and_nothing_is_doubled(lin, cast, customer):
    entry = an_entry(customer)
    send(lin, cast.lin, entry)

    assert results(send(lin, cast.lin, entry)) == ["duplicate"]
    assert reports() == 1


def test_the_same_form_by_browser_and_by_batch_is_one_report(lin, cast, customer):
    entry = an_entry(customer)
    lin.post(entry["action"], data={"submission_id": entry["id"], **dict(entry["fields"])})

    assert results(send(lin, cast.lin, entry)) == ["duplicate"]
    assert reports() == 1


def test_one_bad_entry_never_blocks_the_rest_and_says_which_field(lin, cast, customer):
    bad = an_entry(customer, fields=[["purpose", "service"], ["result", "progress"], ["expense", "-3"]])

    answer = send(lin, cast.lin, an_entry(customer), bad, an_entry(customer))

    assert results(answer) == ["accepted", "rejected", "accepted"]
    assert list(answer.json["answers"][1]["errors"]) == ["expense"]
    assert reports() == 2
    assert db.session.get(Receipt, bad["id"]) is None


def test_another_body_under_the_same_id_is_a_conflict(lin, cast, customer):
    entry = an_entry(customer)
    send(lin, cast.lin, entry)

    answer = send(lin, cast.lin, {**entry, "fields": [["purpose", "order"], ["result", "unchanged"]]})

    assert results(answer) == ["conflict"]
    assert db.session.get(Report, entry["id"]).purpose == "service"


def test_a_visit_to_a_customer_that_is_sun_s_by_now_is_kept_for_a_leader(lin, cast, customer):
    with gate.transaction():
        customer.reassign(cast.wu, cast.director)
    entry = an_entry(customer)

    assert results(send(lin, cast.lin, entry)) == ["quarantined"]
    assert results(send(lin, cast.lin, entry)) == ["quarantined"]
    assert db.session.scalars(select(Quarantined.id)).all() == [entry["id"]]


def test_an_entry_for_a_merged_customer_lands_with_the_one_that_was_kept(lin, cast, customer):
    with gate.transaction():
        kept = a_customer(cast.lin, "苏州恒润")
        db.session.flush()  # a merge looks for both
        customer.merge_into(kept, cast.zhou)
    entry = an_entry(customer)

    assert results(send(lin, cast.lin, entry)) == ["accepted"]
    assert db.session.get(Report, entry["id"]).customer_id == kept.id


def test_a_batch_of_another_user_is_not_taken_in(lin, cast, customer):
    answer = send(lin, cast.sun, an_entry(customer))

    assert answer.status_code == 401
    assert results(answer) == ["unauthorised"]
    assert reports() == 0


def test_signed_out_everything_stays_on_the_phone(app, cast, customer):
    client = app.test_client()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"

    assert results(send(client, cast.lin, an_entry(customer))) == ["unauthorised"]


@pytest.mark.parametrize("body", [b"", b"[]", b"<html>", b'{"protocol": 2}', b"\x1f\x8b broken"])
def test_what_is_no_batch_is_refused_with_our_header(lin, body):
    headers = {"Content-Encoding": "gzip"} if body.startswith(b"\x1f") else {}
    answer = lin.post("/outbox", data=body, headers=headers)

    assert answer.status_code == 400
    assert answer.headers["Doorstep-Protocol"] == "1"


def test_a_batch_that_unpacks_to_more_than_256_kib_is_refused(lin):
    bomb = gzip.compress(b" " * 50_000_000)

    assert lin.post("/outbox", data=bomb, headers={"Content-Encoding": "gzip"}).status_code == 413


def test_several_kinds_go_in_one_batch(lin, cast, customer):
    noticed = an_entry(
        customer, action=f"/customers/{customer.id}/attention", fields=[["category", "taste"], ["observed", "凤凰单丛"]]
    )

    assert results(send(lin, cast.lin, an_entry(customer), noticed)) == ["accepted", "accepted"]
    assert db.session.get(AttentionItem, noticed["id"]).observed == "凤凰单丛"


def a_photo() -> bytes:
    file = io.BytesIO()
    Image.effect_noise((900, 700), 90).convert("RGB").save(file, "JPEG", quality=95)
    return file.getvalue()


def announced(content: bytes) -> dict[str, Any]:
    digest = hashlib.sha256(content).hexdigest()
    return {
        "id": new_id(),
        "name": "photos",
        "filename": "铭牌.jpg",
        "sha256": digest,
        "size": len(content),
        "type": "image/jpeg",
    }


def patch(client: Any, photo: dict[str, Any], content: bytes, offset: int, most: int = 256 * 1024) -> Any:
    piece = content[offset : offset + most]
    return client.patch(f"/attachments/{photo['id']}/pieces", data=piece, headers={"Upload-Offset": str(offset)})


def test_a_photo_follows_its_report_by_pieces_and_goes_on_where_it_stopped(lin, cast, customer):
    content = a_photo()
    photo = announced(content)
    entry = an_entry(customer, attachments=[photo])
    send(lin, cast.lin, entry)
    assert len(content) > 256 * 1024

    assert patch(lin, photo, content, 0).headers["Upload-Offset"] == str(256 * 1024)
    assert patch(lin, photo, content, 0).status_code == 409
    offset = int(lin.head(f"/attachments/{photo['id']}/pieces").headers["Upload-Offset"])
    while offset < len(content):
        offset = int(patch(lin, photo, content, offset).headers["Upload-Offset"])

    attachment = db.session.scalar(select(Attachment))
    assert (attachment.report_id, attachment.kind, attachment.width) == (entry["id"], "photo", 900)
    assert patch(lin, photo, content, 0).headers["Upload-Complete"] == "?1"


def test_a_photo_that_arrives_damaged_begins_again(lin, cast, customer):
    content = b"x" * 1000
    photo = announced(b"y" * 1000)
    send(lin, cast.lin, an_entry(customer, attachments=[photo]))

    patch(lin, photo, content, 0)

    assert db.session.get(Announced, photo["id"]).have == 0
    assert db.session.scalar(select(Attachment)) is None


def test_sun_cannot_add_to_lin_s_photo(lin, cast, customer, client_of):
    photo = announced(b"x" * 10)
    send(lin, cast.lin, an_entry(customer, attachments=[photo]))

    assert patch(client_of(cast.sun), photo, b"x" * 10, 0).status_code == 404
