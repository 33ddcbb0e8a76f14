"""Somebody asks to be erased: after the phone's next contact no copy of him is on it, in whatever shelf. And a number that may
not be kept does not get onto it in the first place."""

import re

import pytest

from tests.airplane.conftest import ASK, House, Phone, expect, until
from webapp.accounts.models import User
from webapp.customers.models import Contact
from webapp.foundation.db import db
from webapp.outbox import gate
from webapp.privacy import erasing
from webapp.privacy.models import Erasure

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

HIM, CARD = "欧阳麒麟", "6222 0202 0011 2230"
WHERE = """async (mark) => {
  const found = [], note = (place, held) => { if (JSON.stringify(held)?.includes(mark)) found.push(place); };
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((done) => { indexedDB.open(name).onsuccess = ({ target }) => done(target.result); });
    for (const shelf of database.objectStoreNames) {
      const store = () => database.transaction(shelf).objectStore(shelf);
      const all = (way) => new Promise((done) => { store()[way]().onsuccess = ({ target }) => done(target.result); });
      note(`${name}/${shelf}`, [await all("getAll"), await all("getAllKeys")]);
    }
    database.close();
  }
  for (const name of await caches.keys()) {
    for (const request of await (await caches.open(name)).keys()) note(request.url, await (await caches.match(request)).text());
  }
  note("localStorage", { ...localStorage });
  note("sessionStorage", { ...sessionStorage });
  return found;
}"""


def test_no_copy_is_left_on_the_phone(house: House, phone: Phone) -> None:
    page = phone.first_sync()
    customer = house.customers[0].id
    page.goto(f"{house.address}/customers/{customer}/contacts/new")
    page.locator("form#contact [name=name]").fill(HIM)
    page.locator("form#contact [name=note]").fill(f"卡号{CARD}")
    page.get_by_role("button", name="存好").click()
    expect(page.get_by_text("这里像有银行卡号").first).to_be_visible()
    assert page.locator("form#contact [name=name]").input_value() == HIM
    assert not [shelf for shelf in page.evaluate(WHERE, CARD) if not shelf.endswith("/drafts")]
    page.locator("form#contact [name=note]").fill("爱鸟")
    page.get_by_role("button", name="存好").click()
    phone.arrive(page)
    with house.app.app_context():
        him = db.session.scalars(db.select(Contact).where(Contact.name == HIM)).one()
        url = f"/contacts/{him.id}/edit"
    until(page, f"({ASK})('look').then(() => ({ASK})('urls')).then((urls) => urls.includes('{url}'))")
    page.goto(house.address + url)
    page.locator("form#contact [name=title]").fill(f"{HIM}的职务")
    held = page.evaluate(WHERE, HIM)
    assert {place.rpartition("/")[2] for place in held} >= {"pages", "entries", "drafts"}, held
    page.goto(house.address + "/")
    with house.app.app_context(), gate.transaction():
        erasing.erase_contact(db.session.get_one(Contact, him.id), db.session.get_one(User, house.people.zhou))
    until(page, f"({ASK})('look').then(() => ({WHERE})('{HIM}')).then((found) => found.length === 0)")
    for _ in range(20):  # the phone confirms with its next look, five seconds later at the earliest
        page.evaluate(ASK, "look")
        with house.app.app_context():
            if not db.session.scalars(db.select(Erasure)).one().waiting:
                break
        page.wait_for_timeout(500)
    else:
        raise AssertionError("the phone did not confirm")
    page.goto(f"{house.address}/customers/{customer}")
    expect(page).to_have_url(re.compile(customer))
    expect(page.get_by_text(HIM)).to_have_count(0)
