"""What a rep writes, by hand, in the pages that the phone shows."""

import re
from io import BytesIO

from PIL import Image
from playwright.sync_api import Page, expect

from tests.airplane.conftest import House


def picture() -> bytes:
    """A photo that does not squeeze well."""
    out = BytesIO()
    Image.effect_noise((900, 700), 80).convert("RGB").save(out, "JPEG", quality=92)
    return out.getvalue()


def report(house: House, page: Page, customer: int = 0, photo: bool = False, said: str = "停一次机损失六千") -> None:
    page.goto(f"{house.address}/customers/{house.customers[customer].id}/reports/new")
    fill_report(page, photo, said)


def fill_report(page: Page, photo: bool = False, said: str = "停一次机损失六千") -> None:
    form = page.locator("form#visit")
    form.get_by_text("陈国栋", exact=True).first.click()
    form.get_by_text("售后", exact=False).first.click() if not form.locator("[name=purpose]:checked").count() else None
    form.locator("[name=result]").first.evaluate("(input) => input.closest('label').click()")
    form.locator("[name=needs]").fill(said)
    form.locator("[name=next_on]").first.evaluate("(input) => input.closest('label').click()")
    form.locator("[name=next_step]").fill("带样品去")
    if photo:
        form.locator("input[name=photos]").set_input_files(
            {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture()}
        )
        expect(form.locator("[data-shots] img")).to_have_count(1)
    page.get_by_role("button", name="交报告").click()


def attention(house: House, page: Page, customer: int = 0) -> None:
    page.goto(f"{house.address}/customers/{house.customers[customer].id}/attention/new")
    page.locator("form#notice [name=category]").first.evaluate("(input) => input.closest('label').click()")
    page.locator("form#notice [name=observed]").fill("桌上摆着越野车模型")
    page.get_by_role("button", name="记下").click()


def promise(house: House, page: Page, customer: int = 0) -> None:
    page.goto(f"{house.address}/customers/{house.customers[customer].id}/promises/new")
    page.locator("form#promise [name=text]").fill("周五前带轴承寿命报告")
    page.get_by_role("button", name="记下").click()


def hand_in_plan(house: House, page: Page) -> None:
    page.goto(f"{house.address}/")
    expect(page).to_have_url(re.compile("/days/"))
    page.get_by_role("button", name="交计划").click()


def daily(house: House, page: Page) -> None:
    page.goto(f"{house.address}/")
    expect(page).to_have_url(re.compile("/days/"))
    page.goto(page.url.split("?")[0] + "/report")
    page.locator("form#daily [name=insight]").fill("先问难处，再谈价")
    page.get_by_role("button", name="交日报").click()


def kept(page: Page, signed_out: bool = False) -> None:
    """The phone says that it is kept, and what it waits for."""
    words = "存好了，登录后就送。" if signed_out else "存好了，有信号就送。"
    expect(page.get_by_text(words)).to_be_visible(timeout=20_000)
