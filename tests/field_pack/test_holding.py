"""What a pack holds is told in two numbers with every pull: they follow with each page that comes and goes, and are what they
would be if somebody reckoned them of everything."""

import json
from pathlib import Path
from zlib import crc32

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.field_pack.phone import Phone
from tests.field_pack.test_any_order import DEEDS, customers, user
from tests.making import a_contact, a_customer
from webapp.customers.models import Contact, Customer
from webapp.field_pack import feed, holding, keeping
from webapp.field_pack.models import Pack
from webapp.field_pack.rendering import Reader
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.outbox import gate
from webapp.privacy.erasing import erase_contact, erase_customer

TABLE = json.loads((Path(__file__).parent / "held_table.json").read_text())


@pytest.mark.parametrize("row", TABLE, ids=lambda row: str(len(row["urls"])))
def test_server_and_phone_make_the_same_number_of_the_same_addresses(row):
    assert holding.held(row["urls"]) == holding.held(reversed(row["urls"])) == tuple(row["held"])


ALIKE = ("d386a25f-64e8-4a2c-b8ef-419db5317e81", "5f05a763-9591-4952-8746-e9cfffa80e7e")


def test_addresses_that_are_alike_do_not_stand_for_each_other():
    one, other = (f"/customers/{id}" for id in ALIKE)
    crossed = ([f"{one}/notes/new", f"{other}/spins/new"], [f"{one}/spins/new", f"{other}/notes/new"])
    assert len({sum(crc32(url.encode()) for url in urls) for urls in crossed}) == 1
    assert len({holding.held(urls) for urls in crossed}) == 2


def astray() -> list[str]:
    """Packs of which something else is kept than one would reckon."""
    db.session.rollback()
    odd = []
    for pack in db.session.scalars(db.select(Pack)):
        kept = pack.digest
        holding.reckon(pack)
        if kept != pack.digest:
            odd.append(f"{pack.user_id}: {kept}, and not {pack.digest}")
    db.session.rollback()
    return odd


@pytest.fixture
def phone(lin, cast):
    with gate.transaction():
        a_contact(a_customer(cast.lin))
    phone = Phone(lin)
    assert phone.pull().tail["held"] == list(holding.held(phone.pages))
    return phone


@pytest.mark.slow
def test_what_comes_and_goes_is_in_the_numbers_of_the_next_pull(phone, cast):
    with gate.transaction():
        other = a_customer(cast.lin, "宏锦印染")
    came = phone.pull()
    assert f"/customers/{other.id}" in came.urls and came.tail["held"] == list(holding.held(phone.pages))
    with gate.transaction():
        db.session.get_one(Customer, other.id).reassign(user("sun"), user("zhou"))
    came = phone.pull()
    assert f"/customers/{other.id}" in came.gone and came.tail["held"] == list(holding.held(phone.pages))
    assert not astray()


@pytest.mark.slow
def test_of_what_changes_while_a_pull_is_on_its_way_nothing_is_told(app, phone, cast):
    with gate.transaction():
        a_customer(cast.lin, "宏锦印染")
    asked = {"cursor": phone.cursor, "edition": phone.edition}
    reader = Reader(cast.lin.id, None, {"Accept-Language": "zh-Hans"})
    with app.test_request_context():
        said = feed.stream(app, feed.begin(app, user("lin"), reader, phone.edition, asked))
        lines = [next(said), next(said)]
        with gate.transaction():
            a_customer(cast.lin, "金禾泵阀")
        with app.app_context():
            keeping.tidy(user("lin"))
        lines += said
    assert json.loads(lines[-1])["held"] == ""


@pytest.mark.slow
def test_a_pack_of_before_tells_nothing_until_it_is_looked_through(phone, cast):
    with gate.transaction():
        db.session.query(Pack).one().digest = "0" * 64
        other = a_customer(cast.lin, "宏锦印染")
    came = phone.pull()
    assert f"/customers/{other.id}" in came.urls and came.tail["held"] == ""
    clock.freeze(clock.now() + keeping.LOOK_AGAIN)
    assert phone.pull().tail["held"] == list(holding.held(phone.pages))


@pytest.fixture
def broken(monkeypatch):
    """Addresses that cannot be rendered."""
    urls: set[str] = set()
    whole = feed.render
    monkeypatch.setattr(feed, "render", lambda app, url, *rest: (None, {}) if url in urls else whole(app, url, *rest))
    return urls


@pytest.mark.slow
def test_a_page_that_cannot_be_rendered_is_not_counted_until_it_can(phone, cast, broken):
    [customer] = customers()
    url = f"/customers/{customer.id}/level"
    for breaks in (True, True, False, False):
        broken.update({url}) if breaks else broken.clear()
        with gate.transaction():
            db.session.get_one(Customer, customer.id).set_level("BC"[breaks], "why", user("zhou"))
            db.session.get_one(Customer, customer.id).revise(name=f"Renamed {breaks}")
        tail = phone.pull().tail
        assert (url in phone.pages) is not breaks and tail["held"] == list(holding.held(phone.pages))
        assert not astray()
    broken.add(url)
    with gate.transaction():
        a_customer(user("lin"), "宏锦印染")
        db.session.get_one(Customer, customer.id).revise(name="Renamed")
    assert url in phone.pull().gone
    with gate.transaction():
        db.session.get_one(Customer, customer.id).reassign(user("sun"), user("zhou"))
    assert f"/customers/{customer.id}" in phone.pull().gone and not astray()


@pytest.mark.slow
def test_two_phones_of_one_person_of_which_one_gets_a_page_and_the_other_does_not(
    phone, cast, client_of, broken, monkeypatch
):
    other, [customer], whole = Phone(client_of(cast.lin)), customers(), feed.render
    other.pull()
    url = f"/customers/{customer.id}/level"
    with gate.transaction():
        db.session.get_one(Customer, customer.id).revise(name="Renamed")

    def render(app, asked, *rest):
        if asked == url:  # the other one pulls while this page is being made, and fails
            monkeypatch.setattr(feed, "render", whole)
            broken.add(url)
            assert url in other.pull().gone
            broken.clear()
        return whole(app, asked, *rest)

    monkeypatch.setattr(feed, "render", render)
    assert phone.ask(phone.cursor, phone.edition).text
    assert not astray()


def erase(n):
    if len(customers()) > 2:
        erase_customer(customers()[n % len(customers())], user("zhou"))


def erase_somebody(n):
    if contacts := list(db.session.scalars(db.select(Contact).order_by(Contact.id))):
        erase_contact(contacts[n % len(contacts)], user("zhou"))


def break_page(n):
    """Of a customer; everything that shows him is to be rendered again."""
    one = customers()[n % len(customers())]
    _broken.append(f"/customers/{one.id}{('', '/level', '/history')[n % 3]}")
    one.revise(name=f"Broken {n}")


def mend(n):
    _broken.clear()
    for one in customers():
        one.revise(name=f"Mended {one.id[-4:]} {n}")


_broken: list[str] = []
deeds = st.lists(
    st.tuples(
        st.sampled_from((*DEEDS, erase, erase_somebody, break_page, mend)),
        st.integers(0, 99),
        st.sampled_from(["lin", "sun", ""]),
    ),
    max_size=10,
)


@pytest.mark.slow
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds)
def test_after_any_deeds_what_is_kept_is_what_one_would_reckon(app, cast, client_of, what):
    start = clock.now()
    _broken.clear()
    with pytest.MonkeyPatch.context() as patch, app.app_context():
        patch.setattr(feed, "render", lambda _app, url, *_rest: (None if url in _broken else f"<p>{url}", {}))
        with gate.transaction():
            a_customer(user("lin"), "First"), a_customer(user("sun"), "Second")
        phones = {name: Phone(client_of(user(name))) for name in ("lin", "sun")}
        for phone in phones.values():
            phone.pull()
        for deed, n, who in what:
            with gate.transaction():
                deed(n)
            if who:
                phones[who].pull()
                assert not astray()
        for phone in phones.values():
            assert phone.pull().tail["held"] == list(holding.held(phone.pages))
        assert not astray()
    clock.freeze(start)
