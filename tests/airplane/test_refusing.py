"""What the server would refuse hours later is said at once, beside its field, in the server's words, without a signal as with one."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.airplane import writing
from tests.airplane.conftest import House, Phone, expect
from webapp.foundation.db import db
from webapp.visits.models import Attachment, Report

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore")]
HEIC = {"name": "IMG_2031.HEIC", "mimeType": "image/heic", "buffer": b"\0\0\0\x18ftypheic" + b"x" * 500}
NOT_A_PHOTO = "有一个文件不是照片，或者坏了。只收JPG、PNG、WebP。没放进来：IMG_2031.HEIC"
TOO_MANY = "一次最多9张照片，少选几张。没放进来：8.jpg、9.jpg、10.jpg…"


def jpegs(*numbers: int) -> Any:
    picture = writing.picture()
    return [{"name": f"{n}.jpg", "mimeType": "image/jpeg", "buffer": picture} for n in numbers]


def too_much_is_written(page: Page) -> None:
    """It is counted while one writes, and the form does not leave before it fits."""
    form = page.locator("form#visit")
    needs, said = form.locator("[name=needs]"), form.get_by_text("太长了：")
    needs.fill("👍🏽" * 1000 + " \n")  # as many signs as there may be: the server does not count what it trims
    expect(said).to_have_count(0)
    needs.fill("停" * 2001)
    expect(said).to_have_text("太长了：最多2000字，现在有2001字。")
    page.get_by_role("button", name="交报告").click()
    expect(form.get_by_role("alert")).to_be_visible()
    expect(said).to_have_text("太长了：最多2000字，现在有2001字。")
    expect(said).to_be_in_viewport()
    expect(needs).to_be_focused()
    needs.fill("停" * 2000)
    expect(said).to_have_count(0)


def files_that_nobody_reads(page: Page) -> None:
    """What is no picture and what is one too many stays out, the rest stays in."""
    photos, note = page.locator("input[name=photos]"), page.locator("[data-behaviour=photo] .mind--flag")
    photos.set_input_files([*jpegs(1), HEIC, *jpegs(2)])
    expect(note).to_have_text(NOT_A_PHOTO)
    expect(page.locator("[data-shots] img")).to_have_count(2)
    photos.set_input_files(jpegs(*range(1, 12)))
    expect(note).to_have_text(TOO_MANY)
    expect(page.locator("[data-shots] img")).to_have_count(9)
    page.get_by_role("button", name="去掉1.jpg").first.click()
    expect(note).to_have_count(0)
    sound = page.locator("input[name=voice]")
    sound.set_input_files({"name": "a.mp3", "mimeType": "audio/mpeg", "buffer": b"ID3" + b"x" * 50})
    expect(page.get_by_text("这不是录音，或者坏了。只收WebM、M4A、OGG、WAV。")).to_be_visible()
    assert sound.evaluate("({ files }) => files.length") == 0


def test_too_much_in_a_field_and_files_that_nobody_reads_are_said_where_they_are_chosen(
    house: House, phone: Phone
) -> None:
    page = phone.first_sync()
    house.line.be("refuse")
    page.goto(f"{house.address}/customers/{house.customers[0].id}/reports/new")
    page.locator("form#visit [name=result]").first.evaluate("(input) => input.closest('label').click()")
    too_much_is_written(page)
    files_that_nobody_reads(page)
    assert phone.state(page)["waiting"] == 0
    page.get_by_role("button", name="交报告").click()
    writing.kept(page)
    phone.send_all(page)
    with house.app.app_context():
        [report] = db.session.scalars(db.select(Report))
        assert (len(report.needs), report.purpose) == (2000, "service")
    assert house.count(Attachment) == 8
