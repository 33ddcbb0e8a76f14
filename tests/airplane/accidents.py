"""What happens to phones: browsers that are killed, workers that are stopped, disks that are full; and what the phone had
said until then. With DOORSTEP_TORTURE in the environment (bin/torture) as often as the issue asks, else a few times."""

import os
import signal
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, Page

from tests.airplane.conftest import ASK, House, Phone, until
from webapp.attention.models import AttentionItem
from webapp.foundation.db import db, new_id

FULL = bool(os.environ.get("DOORSTEP_TORTURE"))
SAVE = """([url, fields]) => fetch(url, { method: "POST", body: new URLSearchParams(fields), redirect: "manual" })
  .then(({ type, status }) => type === "opaqueredirect" ? "saved" : `refused ${status}`, () => "failed")"""
FLUSH = f"({ASK})('flush').then(() => true)"
DELIVERY = b"POST /outbox "


def eventually(page: Page, script: str, patience: int = 90_000) -> None:
    """Wait until the script says true, in this page or in the one that takes its place meanwhile."""
    for _ in range(patience // 200):
        try:
            if page.evaluate(script):
                return
        except Error:
            page.wait_for_load_state()
        page.wait_for_timeout(200)
    raise AssertionError(f"not in time: {script}")


def times(few: int, all_of_them: int) -> int:
    return all_of_them if FULL else few


def save(
    house: House, page: Page, customer: int = 0, said: str = "桌上摆着越野车模型", id: str = ""
) -> tuple[str, str]:
    """File an attention item as its form does; its id, and "saved" if the phone said so."""
    id = id or new_id()
    fields = {"submission_id": id, "category": "hobby", "observed": said}
    try:
        return id, page.evaluate(SAVE, [f"/customers/{house.customers[customer].id}/attention", fields])
    except Error:  # the page has died meanwhile
        return id, "died"


def there(house: House) -> list[str]:
    """Ids of all attention items on the server."""
    with house.app.app_context():
        return list(db.session.scalars(db.select(AttentionItem.id)))


def deliver(phone: Phone, page: Page) -> None:
    """The line is good: all that waits goes."""
    phone.house.line.be("pass")
    until(page, FLUSH)
    phone.arrive(page)


def nothing_lost_or_doubled(house: House, said: list[tuple[str, str]], before: int) -> None:
    """What was said to be saved is there once; what was not may be there, once."""
    ids = there(house)
    lost = [id for id, word in said if word == "saved" and id not in ids]
    assert not lost
    assert len(ids) == len(set(ids)) <= before + len(said)
    assert set(ids) <= {id for id, _word in said} | set(ids[:before])


def devtools(page: Page) -> Any:
    session = page.context.new_cdp_session(page)
    session.send("ServiceWorker.enable")
    return session


def give_room(phone: Phone, size: int) -> Any:
    """From now on the browser gives the house so many bytes on this phone. Hold the answer as long as it is to last."""
    page = phone.context.pages[0]
    session = page.context.new_cdp_session(page)
    session.send("Storage.overrideQuotaForOrigin", {"origin": phone.house.address, "quotaSize": size})
    return session


def kill(profile: Path) -> None:
    """Pull the plug on the browser of this profile with all its processes, and only on it."""
    mine = f"--user-data-dir={profile}".encode()
    for folder in Path("/proc").iterdir():
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
            if mine in words and not any(word.startswith(b"--type=") for word in words):
                os.kill(int(folder.name), signal.SIGKILL)
        except OSError:
            continue
    for trace in profile.glob("Singleton*"):
        trace.unlink()


def again(phone: Phone) -> Page:
    """The phone is switched on again and its owner signs in: killed browsers forget their cookies."""
    phone.switch_on()
    phone.sign_in()
    page = phone.open("/outbox")
    until(page, "Boolean(navigator.serviceWorker.controller)")
    return page
