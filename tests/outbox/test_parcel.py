"""What a phone could not send comes as a sealed file: filed in its author's name, once, and only by whom it concerns."""

import base64
import hashlib
import io
import json
import os
from functools import cache
from types import SimpleNamespace
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tests.outbox.sending import a_photo, an_entry, announced, send
from webapp.accounts.models import User
from webapp.customers.models import Customer
from webapp.foundation.db import db, new_id
from webapp.outbox import gate
from webapp.outbox.arrivals import Announced, Quarantined
from webapp.outbox.models import Receipt
from webapp.outbox.parcel import MAGIC
from webapp.outbox.user_hash import user_hash
from webapp.visits.models import Report

pytestmark = pytest.mark.slow  # to weigh a code takes a while, on purpose
CODE = "K7M2-Q9XW-4TPA"
SALT = b"sixteen bytes ok"


@cache
def key(code: str) -> bytes:
    return hashlib.pbkdf2_hmac("sha256", code.replace("-", "").encode(), SALT, 600_000)


def a_parcel(author: str, entries: list[dict[str, Any]], files: dict[str, bytes] | None = None, **told: Any) -> bytes:
    """As static/js/phone/seal.js makes it."""
    files, nonce = files or {}, os.urandom(12)
    about = {"protocol": 1, "user": author, "device": new_id(), "origin": "https://doors.example", "entries": entries}
    sizes = [{"id": name, "size": len(content)} for name, content in files.items()]
    plain = json.dumps({**about, "files": sizes, **told}).encode() + b"\n" + b"".join(files.values())
    parameters = {"salt": base64.b64encode(SALT).decode(), "iv": base64.b64encode(nonce).decode()}
    head = MAGIC + json.dumps({"kdf": "PBKDF2-SHA256", "iterations": 600_000, **parameters}).encode() + b"\n"
    sealed = AESGCM(key(CODE)).encrypt(nonce, plain, head)
    return head + hashlib.sha256(sealed).hexdigest().encode() + b"\n" + sealed


def give(client: Any, content: bytes, code: str = CODE) -> Any:
    data = {"file": (io.BytesIO(content), "a.unsent"), "code": code}
    return client.post("/outbox/import", data=data, content_type="multipart/form-data")


@pytest.fixture
def parcel(cast: SimpleNamespace, customer: Customer) -> bytes:
    """Lin's report with a photo, and one that says too little."""
    photo = announced(content := a_photo())
    entries = [an_entry(customer, attachments=[photo]), an_entry(customer, seq=2, noun="promises", fields=[])]
    return a_parcel(user_hash(cast.lin.id), entries, {photo["id"]: content})


def reports() -> list[Report]:
    return list(db.session.scalars(db.select(Report)))


def test_zhou_takes_in_what_lins_phone_could_not_send_and_it_is_lins(zhou, cast, parcel):
    answer = give(zhou, parcel)

    assert answer.status_code == 200
    assert "收下了1件" in answer.text and "1件没收下" in answer.text and "写一下答应了什么。" in answer.text
    [report] = reports()
    assert report.author_id == cast.lin.id and len(report.attachments) == 1
    assert db.session.get_one(Receipt, report.id).user_id == cast.lin.id


def test_the_same_file_twice_is_one_report_and_one_photo(zhou, admin, parcel):
    give(zhou, parcel)
    again = give(admin, parcel)

    assert "1件先前就到了" in again.text
    [report] = reports()
    assert len(report.attachments) == 1


def test_what_the_phone_sends_later_all_the_same_is_a_duplicate(lin, cast, customer):
    entry = an_entry(customer)
    give(lin, a_parcel(user_hash(cast.lin.id), [entry]))

    assert send(lin, cast.lin, entry).json["answers"][0]["result"] == "duplicate"
    assert len(reports()) == 1


def test_what_a_leaver_could_not_send_is_his_once_however_often_it_comes(admin, lin, cast, customer):
    entries = [an_entry(customer), an_entry(customer, seq=2, noun="promises", fields=[["text", "周五前带报告"]])]
    with gate.transaction():
        db.session.get_one(User, cast.lin.id).disable()
    parcel = a_parcel(user_hash(cast.lin.id), entries)

    assert "收下了2件" in give(admin, parcel).text
    assert "2件先前就到了" in give(admin, parcel).text
    assert {row.user_id for row in db.session.scalars(db.select(Receipt))} == {cast.lin.id}
    assert len(reports()) == 1


def test_photos_of_a_report_that_had_arrived_follow_it(lin, cast, customer):
    entry = an_entry(customer, attachments=[photo := announced(content := a_photo())])
    send(lin, cast.lin, entry)
    give(lin, a_parcel(user_hash(cast.lin.id), [entry], {photo["id"]: content}))

    assert len(reports()[0].attachments) == 1
    assert db.session.get_one(Announced, photo["id"]).complete_at


def test_what_was_lins_customer_waits_for_a_leaders_word_as_if_the_phone_had_sent_it(zhou, cast, customer):
    entry = an_entry(customer)
    with gate.transaction():
        customer.owner_id = cast.sun.id
    answer = give(zhou, a_parcel(user_hash(cast.lin.id), [entry]))

    assert "等主管定" in answer.text
    assert db.session.get_one(Quarantined, entry["id"]).author_id == cast.lin.id and not reports()


@pytest.mark.parametrize("name", ["sun", "wu"])
def test_a_colleague_who_does_not_lead_lin_is_told_to_ask_who_does(name, cast, client_of, parcel):
    answer = give(client_of(getattr(cast, name)), parcel)

    assert answer.status_code == 422 and "写它的人不归你管" in answer.text and not reports()


def test_the_code_may_be_typed_as_it_was_heard(lin, parcel):
    assert give(lin, parcel, " k7m2q9xw 4tpa").status_code == 200


def test_a_file_of_another_server_says_whose_it_is(admin, customer):
    answer = give(admin, a_parcel(user_hash(new_id()), [an_entry(customer)]))

    assert answer.status_code == 422 and "https://doors.example" in answer.text


@pytest.mark.parametrize(
    ("spoil", "code", "words"),
    [
        (lambda parcel: parcel, "AAAA-AAAA-AAAA", "密码不对"),
        (lambda parcel: parcel, "", "填上密码"),
        (lambda parcel: parcel[:-1], CODE, "这个文件不完整"),
        (lambda parcel: parcel[:40], CODE, "这个文件不完整"),
        (lambda parcel: parcel.replace(b"600000", b"999999999"), CODE, "这个文件不完整"),
        (lambda parcel: parcel.replace(b'"iv"', b'"vi"'), CODE, "这个文件不完整"),
        (lambda _parcel: b"\x89PNG", CODE, "这个文件不完整"),
    ],
    ids=["wrong code", "no code", "cut", "cut in the head", "endless rounds", "no nonce", "a picture"],
)
def test_what_cannot_be_opened_says_why_and_changes_nothing(spoil, code, words, admin, parcel):
    answer = give(admin, spoil(parcel), code)

    assert answer.status_code == 422 and words in answer.text and not reports()


def test_without_a_file_one_is_asked_for_it(admin):
    answer = admin.post("/outbox/import", data={"code": CODE})

    assert answer.status_code == 422 and "选一下那个文件。" in answer.text


def test_nobody_writes_under_anothers_name_by_a_file_of_his_own_making(lin, cast, customer):
    """Lin can seal what he likes; in it is only what he might have sent himself."""
    give(lin, a_parcel(user_hash(cast.zhou.id), [an_entry(customer)]))

    assert not reports() and db.session.get_one(User, cast.zhou.id)
