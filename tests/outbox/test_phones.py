"""What phones say they hold is seen by whoever leads their owners; a phone that sends too much or too often is told so."""

import gzip
import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.counting import count_queries
from tests.outbox.sending import a_batch, an_entry, results, send
from webapp.accounts.handsets import loaded
from webapp.accounts.models import Device
from webapp.accounts.models.device import MOST_BATCHES
from webapp.foundation import clock
from webapp.foundation.db import db, new_id
from webapp.foundation.epoch import epoch
from webapp.outbox import gate
from webapp.outbox.models import Receipt
from webapp.visits.models import Report

OLDEST = "2026-11-23T09:00:00+08:00"


def hold(client, user, count=3, **values):
    return send(client, user, waiting={"count": count, "oldest": OLDEST, "parked": 0}, build="0.1.0", **values)


def test_zhou_sees_what_lies_on_lin_s_phone_and_the_silent_one_first(lin, zhou, cast, client_of):
    hold(lin, cast.lin, 3)
    clock.freeze(clock.now() + timedelta(hours=25))
    hold(client_of(cast.sun), cast.sun, 5)

    for address in ("/reviews", "/insight"):
        page = zhou.get(address).text
        assert "东西还在手机上" in page and "版本0.1.0" in page
        assert page.index("一天多没消息，3件还没送到") < page.index("5件还没送到")
    assert [phone.owner.id for phone in loaded(cast.zhou)] == [cast.lin.id, cast.sun.id]


def test_what_waits_for_a_sign_in_is_counted_among_what_waits(lin, zhou, cast):
    send(lin, cast.lin, waiting={"count": 3, "oldest": OLDEST, "parked": 2})

    page = zhou.get("/reviews/phones").text
    assert page.index("3件还没送到") < page.index("其中2件等他登录")


def test_wu_s_phone_is_not_zhou_s_business_and_lin_sees_nobody_s(cast, client_of):
    hold(client_of(cast.wu), cast.wu)
    hold(client_of(cast.lin), cast.lin)

    assert [phone.owner.id for phone in loaded(cast.zhou)] == [cast.lin.id]
    assert loaded(cast.lin) == []
    assert {phone.owner.id for phone in loaded(cast.director)} == {cast.lin.id, cast.wu.id}


def test_zhou_hears_of_a_report_that_was_refused_until_lin_has_mended_it(lin, zhou, cast, customer):
    bad = an_entry(customer, fields=[["purpose", "service"], ["result", "progress"], ["expense", "-3"]])
    assert results(send(lin, cast.lin, bad, waiting={"count": 1, "oldest": OLDEST, "parked": 0, "refused": 0})) == [
        "rejected"
    ]
    page = zhou.get("/reviews").text
    assert "1件没收下，要他在寄件箱里改" in page and "件还没送到" not in page

    still = {"count": 1, "oldest": OLDEST, "parked": 0, "refused": 1}
    send(lin, cast.lin, an_entry(customer), waiting=still)
    assert "1件没收下" in zhou.get("/reviews").text

    send(lin, cast.lin, an_entry(customer), waiting={**still, "refused": 0})
    assert "件没收下" not in zhou.get("/reviews").text


def test_a_phone_that_has_delivered_everything_holds_nothing(lin, cast, customer):
    hold(lin, cast.lin, 3)
    entries = [an_entry(customer, seq=7), an_entry(customer, seq=8)]

    send(lin, cast.lin, *entries, epoch=epoch(), waiting={"count": 2, "oldest": OLDEST, "parked": 2})

    device = db.session.scalar(select(Device).where(Device.user_id == cast.lin.id))
    assert (device.waiting, device.parked, device.waiting_since, device.settled_seq) == (0, 0, None, 8)
    assert loaded(cast.zhou) == []


def test_after_signing_in_again_the_same_phone_is_listed_once(lin, cast, client_of):
    phone = new_id()
    hold(lin, cast.lin, 3, device=phone)
    hold(client_of(cast.lin), cast.lin, 2, device=phone)

    assert [found.device.waiting for found in loaded(cast.zhou)] == [2]


def test_the_phones_are_found_in_one_query(cast, client_of):
    for _again in range(4):
        hold(client_of(cast.lin), cast.lin)
    assert cast.zhou.team.path  # known before one asks
    with count_queries() as asked:
        assert len(loaded(cast.zhou)) == 4
    assert asked.n == 1


def test_a_receipt_keeps_the_phone_and_the_number_it_has_there(lin, cast, customer):
    entry, phone = an_entry(customer, seq=41), new_id()
    send(lin, cast.lin, entry, device=phone)

    receipt = db.session.get(Receipt, entry["id"])
    assert (receipt.device_id, receipt.seq) == (phone, 41)


def test_more_than_256_kib_is_refused_with_our_header_and_nothing_is_read_twice(lin, cast, customer):
    fat = json.dumps(a_batch(cast.lin, an_entry(customer, build="x" * 300_000))).encode()
    for body, headers in ((fat, {}), (gzip.compress(fat), {"Content-Encoding": "gzip"})):
        answer = lin.post("/outbox", data=body, headers=headers)
        assert answer.status_code == 413
        assert answer.headers["Doorstep-Protocol"] == "1"
    assert db.session.scalar(select(Report)) is None


@pytest.mark.slow
def test_a_phone_in_a_loop_is_told_when_to_come_again_and_loses_nothing(lin, cast, customer):
    for _again in range(MOST_BATCHES):
        assert send(lin, cast.lin).status_code == 200
    entry = an_entry(customer)
    answer = send(lin, cast.lin, entry)

    assert answer.status_code == 429
    assert answer.headers["Doorstep-Protocol"] == "1"
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    clock.freeze(clock.now() + timedelta(seconds=int(answer.headers["Retry-After"])))
    assert results(send(lin, cast.lin, entry)) == ["accepted"]


@pytest.mark.slow
def test_one_phone_in_a_loop_is_not_in_another_s_way(lin, cast, client_of):
    for _again in range(MOST_BATCHES + 1):
        answer = send(lin, cast.lin)
    assert answer.status_code == 429
    assert send(client_of(cast.lin), cast.lin).status_code == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_cannot_send_in_lin_s_name(lin, cast, customer, site):
    answer = lin.post("/outbox", json=a_batch(cast.lin, an_entry(customer)), headers={"Sec-Fetch-Site": site})

    assert answer.status_code == 403
    assert db.session.scalar(select(Report)) is None


def test_another_origin_is_refused_where_the_browser_says_no_more(lin, cast, customer):
    lin.environ_base.pop("HTTP_SEC_FETCH_SITE")
    answer = lin.post("/outbox", json=a_batch(cast.lin, an_entry(customer)), headers={"Origin": "https://example.net"})

    assert answer.status_code == 403


def test_who_still_has_to_choose_a_password_sends_nothing_yet(lin, cast, customer):
    with gate.transaction():
        cast.lin.must_change_password = True
    answer = send(lin, cast.lin, an_entry(customer))

    assert (answer.status_code, results(answer)) == (401, ["unauthorised"])
