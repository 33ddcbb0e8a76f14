from types import SimpleNamespace

import pytest

from tests.making import a_contact, a_customer, an_attention_item
from webapp.outbox import gate
from webapp.playbook.models import TalkTrack


@pytest.fixture
def here(cast: SimpleNamespace) -> SimpleNamespace:
    """lin's customer with two people, an opener and a track; wu's customer with one."""
    with gate.transaction():
        customer = a_customer(cast.lin, level="C", stage="search")
        chen = a_contact(customer)
        shen = a_contact(customer, "沈卫民", decision_role="decision_maker")
        opener = an_attention_item(customer, cast.lin, contact_id=chen.id)
        foreign = a_customer(cast.wu, "金陵造纸")
        stranger = a_contact(foreign, "外人")
        track = a_track(cast.zhou)
    return SimpleNamespace(
        customer=customer, chen=chen, shen=shen, opener=opener, track=track, stranger=stranger, foreign=foreign
    )


def a_track(by: object, title: str = "算十年总账", **words: object) -> TalkTrack:
    said = {
        "situation": "objection",
        "heard": "太贵了",
        "line": "停一次机就贵回来了。",
        "product": "",
        "language": "zh",
    }
    lists = {"industries": [], "stages": [], "levels": [], "next_slugs": []}
    parts = {"pain": "停机", "selling_point": "十年", "solution": "总账", "call_to_action": "先换两台"}
    return TalkTrack.write(by, title=title, **{**said, **lists, **parts, **words})
