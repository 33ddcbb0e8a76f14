import pytest

from tests import making
from webapp.outbox import gate


@pytest.fixture
def customer(cast):
    with gate.transaction():
        return making.a_customer(
            cast.lin, address="苏州市吴中区东吴南路188号", city="苏州市", stage="persuade", relation="intent", level="C"
        )


@pytest.fixture
def door(lin, customer):
    """What lin reads: the whole page, or one of its parts by its id."""

    def read(part="", browser=lin):
        page = browser.get(f"/customers/{customer.id}").text
        if part == "ledger":
            return page.split('<dl class="ledger">')[1].split("</dl>")[0]
        return page.split(f'aria-labelledby="{part}"')[1].split("</section>")[0] if part else page

    return read
