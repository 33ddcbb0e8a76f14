"""One phone and its pack: everything at first, then only what has changed."""

import gzip
from dataclasses import replace
from datetime import timedelta

import brotli
import pytest

from tests.field_pack.phone import Phone, read
from tests.making import a_contact, a_customer, an_attention_item
from webapp.field_pack import keeping
from webapp.field_pack.models import Feed, PackItem
from webapp.foundation import clock, epoch, packing
from webapp.foundation.db import db
from webapp.outbox import gate

pytestmark = pytest.mark.slow  # each of them lays whole packs


@pytest.fixture
def hengrun(cast):
    with gate.transaction():
        customer = a_customer(cast.lin, next_step_on=clock.today())
        a_contact(customer)
        an_attention_item(customer, cast.lin)
    return customer


@pytest.fixture
def phone(lin, hengrun):
    phone = Phone(lin)
    phone.pull()
    return phone


def test_the_first_pull_brings_days_lists_customers_and_forms(lin, hengrun):
    phone = Phone(lin)
    came = phone.pull()
    assert came.head["reset"] and came.head["from"] is None
    assert came.head["total"] == len(came.urls) == len(phone.pages)
    today = clock.today()
    for url in (
        *(f"/days/{today + timedelta(days=n)}" for n in range(15)),
        "/customers", "/customers/new", "/playbook", "/outbox", "/promises", "/offline", "/settings",
        f"/customers/{hengrun.id}", f"/customers/{hengrun.id}/reports/new", f"/customers/{hengrun.id}/reports/new?mode=hallway",
    ):  # fmt: skip
        assert url in phone.pages, url
    assert f"/days/{today + timedelta(days=18)}" not in phone.pages


def test_what_is_missed_first_comes_first(lin, hengrun):
    urls = Phone(lin).pull().urls
    assert urls[0] == f"/days/{clock.today()}"
    assert urls.index(f"/customers/{hengrun.id}") < urls.index(f"/customers/{hengrun.id}/reports/new")


def test_nothing_comes_twice(phone):
    came = phone.pull()
    assert not came.head["reset"] and came.lines == [] and came.head["total"] == 0


def test_a_stored_page_is_the_one_that_is_answered_online_but_for_its_placeholders(phone, lin, hengrun):
    for url in (f"/days/{clock.today()}", "/customers", "/settings", f"/customers/{hengrun.id}/contacts/new"):
        online = lin.get(url).text.splitlines()
        stored = phone.pages[url].splitlines()
        assert len(online) == len(stored)
        for ours, theirs in zip(stored, online, strict=True):
            assert ours == theirs or packing.BLANK_ID in ours or packing.TODAY in ours, ours


def test_no_fresh_id_is_frozen_into_a_page(phone, hengrun):
    for page in phone.pages.values():
        assert page.count('name="submission_id"') <= page.count(packing.BLANK_ID)


def test_a_form_that_is_filled_in_days_later_means_that_later_day(phone, hengrun):
    report = phone.pages[f"/customers/{hengrun.id}/reports/new"]
    assert f'value="{packing.TODAY}"' in report and 'value="0000-00-00~1d"' in report
    tomorrow = clock.today() + timedelta(days=1)
    for form in ("reports/new", "notes/new", "attention/new", "contacts/new", "level"):
        assert tomorrow.isoformat() not in phone.pages[f"/customers/{hengrun.id}/{form}"]
    assert f"/days/0000-00-00~1d/stops/new?add={hengrun.id}" in phone.pages[f"/customers/{hengrun.id}"]


def test_a_page_names_the_phones_database_and_nobody(phone, cast):
    mark = packing.mark(cast.lin.id)
    assert phone.pull().head["user"] == mark
    assert f'data-user="{mark}"' in phone.pages["/customers"]
    assert cast.lin.id not in phone.pages["/customers"]


def test_a_notice_for_the_next_page_is_neither_stored_nor_lost(phone, lin, hengrun):
    data = {"submission_id": packing.form_id(), "category": "desk", "observed": "一艘帆船模型"}
    assert lin.post(f"/customers/{hengrun.id}/attention", data=data).status_code == 303
    phone.pull()
    assert "<span>记下了。</span>" not in phone.pages[f"/customers/{hengrun.id}"]
    assert "<span>记下了。</span>" in lin.get(f"/customers/{hengrun.id}").text


def test_one_change_brings_the_pages_that_show_it(phone, lin, hengrun):
    data = {"submission_id": packing.form_id(), "kind": "note", "text": "门卫姓许，从后门进"}
    assert lin.post(f"/customers/{hengrun.id}/notes", data=data).status_code == 303
    came = phone.pull()
    assert f"/customers/{hengrun.id}" in came.urls
    assert "门卫姓许" in phone.pages[f"/customers/{hengrun.id}"]
    assert len(came.urls) <= 3, came.urls


def test_who_is_signed_out_gets_401(app, cast):
    assert Phone(app.test_client()).ask(None).status_code == 401


def test_who_has_to_choose_a_password_first_gets_401(lin, cast):
    with gate.transaction():
        db.session.merge(cast.lin).must_change_password = True
    assert Phone(lin).ask(None).status_code == 401


def test_another_persons_cursor_never_shows_anything_of_his(phone, client_of, cast, hengrun):
    theirs = Phone(client_of(cast.sun))
    came = read(theirs.ask(phone.cursor).text)
    assert came.head["reset"] and came.head["from"] is None
    assert not [line for line in came.lines if hengrun.id in str(line) or hengrun.name in str(line)]


@pytest.mark.parametrize("cursor", ["", "no cursor", "WyJ4Il0.abc", "\0", "é" * 50])
def test_a_cursor_that_is_none_is_a_reset(phone, cursor):
    assert read(phone.ask(cursor).text).head["reset"]


def test_a_cursor_of_the_future_is_a_reset(phone):
    with gate.transaction():
        db.session.get_one(Feed, 1).number -= 1
    assert phone.pull().head["reset"]


def test_another_edition_is_a_reset(phone, lin):
    assert read(phone.ask(phone.cursor, "0123.zh-CN.").text).head["reset"]
    lin.post(
        "/settings",
        data={"submission_id": packing.form_id(), "language": "en", "name": "林晓岚", "scheme": "dark", "zone": ""},
    )
    came = phone.pull()
    assert came.head["reset"] and came.head["edition"].endswith(".en.dark")
    assert 'lang="en" data-scheme="dark"' in phone.pages["/customers"]


def test_another_epoch_is_a_reset(phone):
    before = epoch.epoch()
    assert before == epoch.epoch() == phone.pull().head["epoch"]
    now = epoch.renew()
    came = phone.pull()
    assert came.head["reset"] and came.head["epoch"] == now != before


def test_a_cursor_from_before_the_oldest_tombstone_is_a_reset(phone, cast, hengrun, client_of):
    old = phone.cursor
    with gate.transaction():
        db.session.merge(hengrun).reassign(db.session.merge(cast.sun), db.session.merge(cast.zhou))
    assert f"/customers/{hengrun.id}" in phone.pull().gone
    clock.freeze(clock.now() + timedelta(days=179))
    phone.browser = client_of(cast.lin)
    assert f"/customers/{hengrun.id}" in read(phone.ask(old).text).gone
    clock.freeze(clock.now() + timedelta(days=2))
    phone.pull()
    assert not db.session.query(PackItem).filter_by(user_id=cast.lin.id, subject=hengrun.id).count()
    assert read(phone.ask(old).text).head["reset"]
    assert not phone.pull().head["reset"]


def test_the_next_morning_a_new_day_comes_and_yesterday_goes(phone):
    today = clock.today()
    clock.freeze(clock.now() + timedelta(days=1))
    came = phone.pull()
    assert f"/days/{today + timedelta(days=18)}" in came.urls
    assert f"/days/{today - timedelta(days=3)}" in came.gone
    assert not [url for url in came.urls if url.startswith("/customers/") and url != "/customers/new"]


def test_a_page_that_breaks_is_left_out_and_comes_when_it_is_mended(phone, hengrun, app, monkeypatch, lin):
    url, view = f"/customers/{hengrun.id}/level", app.view_functions["levels.new"]

    def broken(**_names):
        raise RuntimeError("broken")

    monkeypatch.setitem(app.view_functions, "levels.new", broken)
    data = {"submission_id": packing.form_id(), "level": "B", "reason": "换了两台"}
    lin.post(f"/customers/{hengrun.id}/level", data=data)
    assert url in phone.pull().gone and url not in phone.pages
    monkeypatch.setitem(app.view_functions, "levels.new", view)
    lin.post(f"/customers/{hengrun.id}/level", data={**data, "submission_id": packing.form_id(), "level": "A"})
    assert url in phone.pull().urls


def test_it_comes_compressed_as_the_phone_likes_it(phone):
    plain = phone.ask(None)
    assert "Content-Encoding" not in plain.headers and plain.headers["Doorstep-Protocol"] == "1"
    for accepted, encoding, unpack in (
        ("gzip", "gzip", gzip.decompress),
        ("gzip, deflate, br", "br", brotli.decompress),
    ):
        answer = phone.ask(None, **{"Accept-Encoding": accepted})
        assert answer.headers["Content-Encoding"] == encoding
        assert len(answer.data) < len(plain.data) / 5
        assert read(unpack(answer.data).decode()).urls == read(plain.text).urls


def test_the_lease_is_as_long_as_the_setting_says(phone, app, monkeypatch):
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], lease_days=3))
    assert phone.pull().head["lease"] == (clock.now() + timedelta(days=3)).isoformat()


def test_what_a_pull_was_to_bring_and_did_not_is_brought_by_the_next(phone, lin, hengrun):
    data = {"submission_id": packing.form_id(), "kind": "note", "text": "周五前要报价"}
    lin.post(f"/customers/{hengrun.id}/notes", data=data)
    lost = phone.ask(phone.cursor).text
    assert read(phone.ask(phone.cursor).text).urls == read(lost).urls != []


def test_two_phones_of_one_person_each_get_everything(phone, lin, hengrun):
    other = Phone(lin)
    other.pull()
    data = {"submission_id": packing.form_id(), "kind": "note", "text": "周五前要报价"}
    lin.post(f"/customers/{hengrun.id}/notes", data=data)
    phone.pull(), other.pull()
    assert "周五前要报价" in phone.pages[f"/customers/{hengrun.id}"] and phone.pages == other.pages


def test_rows_that_came_in_by_another_way_are_found_within_the_hour(phone, cast):
    with gate.transaction():
        other = a_customer(cast.lin, "宏锦印染")
        values = {c.name: getattr(other, c.name) for c in other.__table__.columns if getattr(other, c.name) is not None}
        db.session.expunge(other)
        db.session.connection().execute(other.__table__.insert(), [values])
    assert f"/customers/{values['id']}" not in phone.pull().urls
    clock.freeze(clock.now() + keeping.LOOK_AGAIN)
    assert f"/customers/{values['id']}" in phone.pull().urls
