"""Writing on the phone: what is begun comes back, one window writes, photos and voice travel small, and nothing unsent is lost."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, Playwright

from tests.airplane import conftest, writing
from tests.airplane.conftest import House, Phone, expect, until
from tests.airplane.test_bad_lines import kill
from webapp.foundation.db import db
from webapp.visits.models import Attachment

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]

DRAFTS = """indexedDB.databases().then((all) => Promise.all(all.map(({ name }) => new Promise((done) => {
  const open = indexedDB.open(name);
  open.onsuccess = () => {
    const from = open.result;
    if (!from.objectStoreNames.contains("drafts")) return done([]);
    from.transaction("drafts").objectStore("drafts").getAllKeys().onsuccess = ({ target }) => { from.close(); done(target.result); };
  };
})))).then((all) => all.flat())"""
FILES = """indexedDB.databases().then((all) => new Promise((done) => {
  const open = indexedDB.open(all.map(({ name }) => name).find((name) => name.length > 9));
  open.onsuccess = () => {
    open.result.transaction("files").objectStore("files").getAll().onsuccess = ({ target }) => {
      open.result.close();
      done(target.result.map(({ bytes }) => [bytes instanceof ArrayBuffer, ...new Uint8Array(bytes)]));
    };
  };
}))"""


def form_of(house: House, customer: int = 0) -> str:
    return f"/customers/{house.customers[customer].id}/reports/new"


def sideways_photo() -> bytes:
    """2400 × 1200 as it lies in the camera, to be shown upright, and it says where it was taken."""
    out = BytesIO()
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "taken at the gate"
    Image.effect_noise((2400, 1200), 60).convert("RGB").save(out, "JPEG", quality=90, exif=exif)
    return out.getvalue()


LEFT = """indexedDB.databases().then((all) => new Promise((done) => {
  const open = indexedDB.open(all.map(({ name }) => name).find((name) => name.length > 9));
  open.onsuccess = () => {
    const asked = open.result.transaction("facts").objectStore("facts").get("shown");
    asked.onsuccess = () => { open.result.close(); done(asked.result.startsWith("/days/")); };
  };
}))"""


def test_a_killed_browser_comes_back_to_the_form_with_every_keystroke_but_not_to_one_that_was_left(
    house: House, phone: Phone
) -> None:
    page = phone.first_sync()
    house.line.be("refuse")
    page.goto(house.address + form_of(house))
    form = page.locator("form#visit")
    until(page, "Boolean(document.querySelector('form#visit').dataset.draft)")
    form.locator("[name=result]").nth(1).evaluate("(input) => input.closest('label').click()")
    form.locator("[name=needs]").press_sequentially("停一次机损失六千")
    born = form.locator("[name=submission_id]").input_value()
    photo = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": sideways_photo()}
    form.locator("input[name=photos]").set_input_files([photo])  # type: ignore[list-item]
    expect(page.locator("[data-shots] img")).to_have_count(1)
    until(page, f"{DRAFTS}.then((keys) => keys.length === 2)")
    kill(phone.profile)
    phone.switch_on()
    page = phone.open("/")
    expect(page).to_have_url(house.address + form_of(house))
    everything_is_there(page, born)

    page.goto(house.address + "/")
    expect(page).to_have_url(re.compile("/days/"))
    expect(page.get_by_text("写到一半，点开继续写。")).to_be_visible()
    until(page, LEFT)
    kill(phone.profile)
    phone.switch_on()
    page = phone.open("/")
    expect(page).to_have_url(re.compile("/days/"))
    page.get_by_role("button", name="丢掉草稿").click()
    page.get_by_role("button", name="还是留着").click()
    page.get_by_role("link", name="拜访报告 · 恒润纺机").click()
    everything_is_there(page, born)


def everything_is_there(page: Page, born: str) -> None:
    expect(form_in(page).locator("[name=needs]")).to_have_value("停一次机损失六千")
    expect(form_in(page).locator("[name=result]").nth(1)).to_be_checked()
    expect(page.locator("[data-shots] img")).to_have_count(1)
    assert form_in(page).locator("[name=submission_id]").input_value() == born


def form_in(page: Page) -> Locator:
    return page.locator("form#visit")


def test_a_photo_leaves_the_phone_small_upright_and_bare(house: House, phone: Phone) -> None:
    page = phone.first_sync()
    house.line.be("refuse")
    page.goto(house.address + form_of(house))
    photo = {"name": "gate.jpg", "mimeType": "image/jpeg", "buffer": sideways_photo()}
    form_in(page).locator("input[name=photos]").set_input_files([photo])  # type: ignore[list-item]
    writing.fill_report(page)
    writing.kept(page)
    [[is_buffer, *content]] = page.evaluate(FILES)
    picture = Image.open(BytesIO(bytes(content)))
    assert is_buffer
    assert picture.size == (800, 1600)
    assert not picture.getexif()
    phone.send_all(page)
    with house.app.app_context():
        kept = db.session.scalars(db.select(Attachment)).one()
        assert (kept.width, kept.height) == (800, 1600)


def test_one_window_writes_and_the_other_may_take_it_over(house: House, phone: Phone) -> None:
    first = phone.first_sync()
    first.goto(house.address + form_of(house))
    form_in(first).locator("[name=needs]").press_sequentially("轴承")
    until(first, f"{DRAFTS}.then((keys) => keys.length === 1)")
    second = phone.open(form_of(house))
    expect(second.get_by_text("这张表在另一个窗口里写着。")).to_be_visible()
    expect(form_in(second).locator("[name=needs]")).to_have_value("轴承")
    assert second.evaluate("document.querySelector('form#visit').inert")
    expect(second.get_by_role("button", name="交报告")).to_be_disabled()
    first.bring_to_front()
    form_in(first).locator("[name=needs]").press_sequentially("响")
    second.bring_to_front()
    second.get_by_role("button", name="在这里写").click()
    expect(second.get_by_text("这张表在另一个窗口里写着。")).to_have_count(0)
    expect(form_in(second).locator("[name=needs]")).to_have_value("轴承响")
    expect(first.get_by_text("这张表在另一个窗口里写着。")).to_have_count(1)
    assert first.evaluate("document.querySelector('form#visit').inert")
    second.close()
    until(first, "!document.querySelector('form#visit').inert")


def test_what_was_filed_leaves_no_draft(house: House, phone: Phone) -> None:
    page = phone.first_sync()
    house.line.be("refuse")
    writing.report(house, page, photo=True)
    writing.kept(page)
    until(page, f"{DRAFTS}.then((keys) => keys.length === 0)")
    page.goto(house.address + form_of(house))
    expect(form_in(page).locator("[name=needs]")).to_have_value("")


@pytest.fixture
def talking(playwright: Playwright, house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Phone]:
    """A phone whose microphone hears a beep a second."""
    heard = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    monkeypatch.setattr(conftest, "FLAGS", [*conftest.FLAGS, *heard])
    phone = Phone(playwright, tmp_path / "profile", house)
    yield phone
    house.line.be("pass")
    phone.context.close()


LENGTH = """document.querySelector("input[name=voice]").files[0].arrayBuffer()
  .then((bytes) => new AudioContext().decodeAudioData(bytes)).then(({ duration }) => duration)"""


def test_of_a_voice_note_no_more_than_the_last_seconds_die_with_the_phone(house: House, talking: Phone) -> None:
    page = talking.first_sync()
    house.line.be("refuse")
    page.goto(house.address + form_of(house))
    page.get_by_role("button", name="说一句").click()
    expect(page.get_by_role("button", name="正在录，点一下停")).to_be_visible()
    until(page, f"{DRAFTS}.then((keys) => keys.length === 2)")
    kill(talking.profile)
    talking.switch_on()
    page = talking.open(form_of(house))
    expect(page.locator("audio")).to_be_visible()
    assert page.evaluate(LENGTH) > 7
    until(page, f"{DRAFTS}.then((keys) => keys.filter((key) => key.includes('voice')).length === 1)")
    assert "voice" in page.evaluate(DRAFTS)[-1]


def test_a_voice_note_that_is_still_running_ends_when_its_report_is_filed(house: House, talking: Phone) -> None:
    page = talking.first_sync()
    page.goto(house.address + form_of(house))
    page.get_by_role("button", name="说一句").click()
    expect(page.get_by_role("button", name="正在录，点一下停")).to_be_visible()
    page.wait_for_timeout(1500)
    writing.fill_report(page)
    expect(page).to_have_url(re.compile("/reports/[0-9a-f-]{36}$"))
    talking.arrive(page)
    with house.app.app_context():
        voice = db.session.scalars(db.select(Attachment)).one()
        assert voice.kind == "voice" and voice.media_type in ("audio/mp4", "audio/webm")
