"""What a carried page shows of a day is that day, also when the page is read on another."""

import pytest

from tests.field_pack.phone import Phone
from tests.making import a_customer, an_attention_item
from webapp.outbox import gate


@pytest.mark.slow
def test_what_was_noticed_today_was_noticed_on_this_date_when_it_is_edited_tomorrow(lin, cast):
    with gate.transaction():
        item = an_attention_item(a_customer(cast.lin), cast.lin)
    item_id, noticed_on = item.id, item.noticed_on
    phone = Phone(lin)
    phone.pull()
    page = phone.pages[f"/attention/{item_id}/edit"]
    assert f'type="date" value="{noticed_on.isoformat()}"' in page
    assert 'type="date" value="0000-00-00"' not in page
