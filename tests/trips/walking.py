"""What one does in a day, in the words of the screen; the same steps with script and without."""

from datetime import date
from io import BytesIO
from typing import Any

from PIL import Image
from playwright.sync_api import Page, expect

from tests.trips.conftest import PASSWORD

Photo: Any = {"name": "IMG_0001.jpg", "mimeType": "image/jpeg"}


def a_photo() -> Any:
    out = BytesIO()
    Image.new("RGB", (640, 480), "#8aa399").save(out, "JPEG")
    return Photo | {"buffer": out.getvalue()}


class Walk:
    """One person with one browser."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taps = 0

    def sign_in(self, name: str) -> None:
        self.page.goto("/sign-in")
        self.page.get_by_label("手机号或用户名").fill(name)
        self.page.get_by_label("密码", exact=True).fill(PASSWORD)
        self.button("登录")
        self.page.wait_for_url(lambda url: "/sign-in" not in url)

    def button(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()
        self.taps += 1

    def link(self, name: str) -> None:
        self.page.get_by_role("link", name=name, exact=True).first.click()
        self.taps += 1

    def choose(self, name: str) -> None:
        """Tap a chip or a big answer that is shown."""
        self.page.get_by_text(name, exact=True).and_(self.page.locator("label, label *")).locator(
            "visible=true"
        ).first.click()
        self.taps += 1

    def says(self, text: str) -> None:
        expect(self.page.get_by_text(text).locator("visible=true").first).to_be_visible()

    def plan(self, day: date, note: str) -> tuple[str, str]:
        """Add two suggestions to the day, put the last one first, hand it in; their names."""
        self.page.goto(f"/days/{day}")
        added = [self._add_suggestion(), self._add_suggestion()]
        self.page.get_by_text("换顺序").click()
        before = self.route()
        self.page.get_by_role("button", name=f"{added[1]}往前").click()
        expect(self.page.locator("#route + ol h3 > a")).not_to_have_text(before)
        assert sorted(self.route()) == sorted(before)
        self.page.get_by_label("给主管的话").fill(note)
        self.button("交计划")
        self.says("交了，等核签")
        return added[0], added[1]

    def route(self) -> list[str]:
        return self.page.locator("#route + ol h3 > a").all_inner_texts()

    def _add_suggestion(self) -> str:
        suggestion = self.page.locator("#near + ul > li").first
        name = suggestion.get_by_role("link").inner_text()
        before = len(self.route())
        suggestion.get_by_role("button").click()
        expect(self.page.locator("#route + ol h3 > a")).to_have_count(before + 1)
        return name

    def report(self, needs: str, next_step: str) -> None:
        """Fill the full form that is open, with a photo, and send it."""
        self.choose("有进展")
        self.page.get_by_label("痛点和需求").fill(needs)
        self.page.locator("input[name=photos]").set_input_files(a_photo())
        self.choose("明天")
        self.page.get_by_label("做什么").fill(next_step)
        self.button("交报告")
        self.page.wait_for_url("**/reports/*")
        self.says(needs)
        expect(self.page.locator(".photos img")).to_have_count(1)

    def hallway(self) -> int:
        """From the form of a visit: the short way, without a key; the number of taps it took."""
        self.taps = 0
        self.link("走廊模式")
        self.choose("没变化")
        self.choose("再考虑考虑")
        if self.page.locator("[name=track_outcome]").count():
            self.choose("没用话术")
        self.page.locator("[name=next_on]").locator("xpath=ancestor::label").locator("visible=true").first.click()
        self.taps += 1
        self.button("交报告")
        self.page.wait_for_url("**/reports/*")
        return self.taps

    def hand_in_day(self, day: date, insight: str) -> None:
        self.page.goto(f"/days/{day}")
        self.link("写日报")
        self.page.get_by_label("今天的心得").fill(insight)
        self.button("交日报")
        self.says("交了，等核签")
        self.says(insight)
