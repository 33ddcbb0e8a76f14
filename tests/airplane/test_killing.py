"""Workers that are stopped, browsers that are killed, disks that are full, databases that are closed: what the phone has
said is saved is there, once."""

import random
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright

from doors import machine
from tests.airplane import accidents, writing
from tests.airplane.accidents import deliver, nothing_lost_or_doubled, save, there, times
from tests.airplane.conftest import House, Phone, expect
from webapp.visits.models import Report

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]

SYNCED = re.compile(r"(?:fsync|fdatasync)\(\d+<[^>]*IndexedDB[^>]*>")
WHEN = re.compile(r"^\d+\s+(\d+\.\d+) ")
ONLY_SAVED = """([url, fields]) => { window.said = fetch(url, { method: "POST", body: new URLSearchParams(fields), redirect: "manual" });
  return true; }"""


def test_a_worker_that_is_stopped_at_any_moment_loses_and_doubles_nothing(house: House, phone: Phone) -> None:
    page, before = phone.first_sync(), len(there(house))
    session, chance, said = accidents.devtools(page), random.Random(7), []
    for n in range(times(6, 100)):
        house.line.be(chance.choice(["pass", "pass", "refuse"]))
        id = accidents.new_id()
        fields = {"submission_id": id, "category": "hobby", "observed": f"第{n}件"}
        page.evaluate(ONLY_SAVED, [f"/customers/{house.customers[n % 4].id}/attention", fields])
        page.wait_for_timeout(chance.choice([0, 1, 5, 20, 60, 150, 400]))
        session.send("ServiceWorker.stopAllWorkers")
        word = page.evaluate("said.then(({ type }) => type === 'opaqueredirect' ? 'saved' : 'refused', () => 'failed')")
        said.append((id, word))
    deliver(phone, page)
    nothing_lost_or_doubled(house, said, before)
    assert sum(word == "saved" for _id, word in said) > len(said) / 4


def test_a_browser_that_is_killed_while_saving_or_right_after_saved_has_kept_its_word(
    house: House, phone: Phone
) -> None:
    page, before = phone.first_sync(), len(there(house))
    chance, said = random.Random(11), []
    for n in range(times(2, 50)):
        house.line.be("refuse")
        if n % 2:  # while saving
            id = accidents.new_id()
            fields = {"submission_id": id, "category": "hobby", "observed": f"第{n}件"}
            page.evaluate(ONLY_SAVED, [f"/customers/{house.customers[n % 4].id}/attention", fields])
            time.sleep(chance.choice([0, 0.001, 0.003, 0.01, 0.03]))
            said.append((id, "nobody knows"))
        else:
            said.append(save(house, page, n % 4))
            assert said[-1][1] == "saved"
        accidents.kill(phone.profile)
        page = accidents.again(phone)
    deliver(phone, page)
    nothing_lost_or_doubled(house, said, before)


def test_a_full_phone_says_so_and_what_was_saved_before_goes_once_there_is_room(house: House, phone: Phone) -> None:
    held = accidents.give_room(phone, 6_000_000)
    page, before = phone.first_sync(), len(there(house))
    house.line.be("refuse")
    said = [save(house, page)]
    fill_up(page)
    writing.report(house, page, photo=True, said="写满了")
    expect(page.get_by_text("没送出去", exact=False).first).to_be_visible()
    expect(page.locator("form#visit [name=needs]")).to_have_value("写满了")
    expect(page.locator("[data-draft-note]")).to_have_text(re.compile("没存住"))
    house.line.be("pass")
    page.get_by_role("button", name="交报告").click()
    expect(page).to_have_url(re.compile("/reports/[0-9a-f-]{36}"))
    assert house.count(Report) == 1
    assert page.evaluate(MAKE_ROOM)
    deliver(phone, page)
    nothing_lost_or_doubled(house, said, before)
    held.detach()


MAKE_ROOM = """() => new Promise((done) => { const gone = indexedDB.deleteDatabase("rubbish");
  gone.onsuccess = () => done(true); gone.onblocked = gone.onerror = () => done(false); })"""
FILL = """async () => { const noise = (size) => { const all = new Uint8Array(size);
    for (let at = 0; at < size; at += 65536) crypto.getRandomValues(all.subarray(at, Math.min(at + 65536, size))); return all.buffer; };
  const base = await new Promise((done) => { const open = indexedDB.open("rubbish", 1);
    open.onupgradeneeded = () => open.result.createObjectStore("all"); open.onsuccess = () => done(open.result); });
  const put = (n, size) => new Promise((done) => { const writing = base.transaction("all", "readwrite");
    writing.objectStore("all").put(noise(size), n); writing.oncomplete = () => done(true); writing.onabort = () => done(false); });
  let n = 0;
  for (const size of [500_000, 50_000, 2_000]) while (n < 200 && await put(n += 1, size));
  base.close(); return n; }"""


def fill_up(page: Page) -> None:
    """Random bytes, down to the last two thousand."""
    assert page.evaluate(FILL) < 200


def test_a_database_that_is_closed_behind_the_app_is_opened_again(house: House, phone: Phone) -> None:
    page, before = phone.first_sync(), len(there(house))
    said = [save(house, page)]
    phone.arrive(page)
    session = page.context.new_cdp_session(page)
    for _ in range(times(2, 20)):  # the browser closes every connection when somebody clears what it stores
        session.send("Storage.clearDataForOrigin", {"origin": house.address, "storageTypes": "indexeddb"})
        page.goto(f"{house.address}/customers/{house.customers[0].id}")
        expect(page.get_by_role("heading", name="恒润纺机")).to_be_visible()
        said.append(save(house, page))
        assert said[-1][1] == "saved"
    deliver(phone, page)
    nothing_lost_or_doubled(house, said, before)
    assert len(there(house)) == before + len(said)


@pytest.fixture
def watched(playwright: Playwright, house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Phone]:
    """A phone whose every flush to the disk is written down in tmp_path/calls."""
    wrapped = tmp_path / "chromium"
    calls = f"strace -f -q --seccomp-bpf -ttt -y -e trace=fsync,fdatasync -o {tmp_path / 'calls'}"
    wrapped.write_text(f'#!/bin/sh\nexec {calls} {machine.chromium()} "$@"\n')
    wrapped.chmod(0o755)
    monkeypatch.setattr(machine, "chromium", lambda: str(wrapped))
    phone = Phone(playwright, tmp_path / "profile", house)
    yield phone
    house.line.be("pass")
    phone.context.close()


@pytest.mark.skipif(sys.platform != "linux", reason="strace is Linux's")
def test_saved_is_said_after_the_disk_has_it(house: House, watched: Phone, tmp_path: Path) -> None:
    page = watched.first_sync()
    house.line.be("refuse")
    page.wait_for_timeout(1500)
    for n in range(times(3, 20)):
        begun = time.time()
        assert save(house, page, n % 4)[1] == "saved"
        said = time.time()
        assert synced(tmp_path / "calls", begun, said), f"nothing reached the disk before save {n}"
        page.wait_for_timeout(300)


def synced(calls: Path, begun: float, said: float) -> list[str]:
    """The flushes of IndexedDB's files between two moments (seconds since 1970)."""
    lines = [line for line in calls.read_text().splitlines() if SYNCED.search(line)]
    return [line for line in lines if (when := WHEN.match(line)) and begun <= float(when[1]) <= said]
