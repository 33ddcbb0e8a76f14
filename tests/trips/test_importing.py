"""Three hundred listed companies go in by web, through columns and preview; the second time nothing is added."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from doors.environment import ROOT
from tests.trips.addresses import Addresses
from tests.trips.conftest import DESK, awake
from tests.trips.test_every_page import findings
from tests.trips.walking import Walk

pytestmark = pytest.mark.browser
LISTED = ROOT / "tests/customers/files/listed_300.csv"


def facts(page: Page) -> list[str]:
    return page.locator(".facts dd").all_inner_texts()


def test_a_list_goes_in_once_however_often_it_is_sent(house: Addresses, arrive: Callable[..., Page]) -> None:
    page = arrive("wu", DESK, reduced_motion="reduce")
    wu = Walk(page)
    found = []

    def bring() -> None:
        awake(page, "/customers/import")
        page.get_by_label("客户名单").set_input_files(LISTED)
        wu.button("下一步：对列")
        wu.says("认出了")
        expect(page.get_by_label("name", exact=True)).to_have_value("name")
        found.extend(findings(page))
        wu.button("下一步：先看看")
        wu.says("新客户")
        found.extend(findings(page))

    bring()
    assert facts(page) == ["300", "0", "0"]
    wu.button("导入300行")
    wu.says("导入完了。新客户归吴俊负责。")
    assert facts(page) == ["300", "0", "0", "0"]
    found.extend(findings(page))

    page.goto("/customers?q=pingan")
    wu.says("平安银行")

    bring()
    assert facts(page) == ["0", "300", "0"]
    wu.button("导入300行")
    wu.says("导入完了。这份名单里没有新客户。")
    assert facts(page)[0] == "0"
    assert house.one("SELECT count(*) FROM customer WHERE code LIKE '%.SZ'") == "300"
    assert found == []
