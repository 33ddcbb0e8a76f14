"""Whatever a customer says, the phone lays out the lines that the server would show, for the same customer in the same order."""

import html
import json
import random
import re
import subprocess
from datetime import timedelta

import pytest

from tests.making import a_contact, a_customer
from tests.playbook.conftest import library
from webapp.field_pack import search_index
from webapp.field_pack.rendering import Reader, read_by, render
from webapp.foundation import clock
from webapp.foundation.settings import ROOT
from webapp.outbox import gate
from webapp.playbook import carried
from webapp.playbook.answers import answers
from webapp.playbook.models import TrackUse
from webapp.playbook.ranking import TRADES
from webapp.playbook.standing import kind_of

__all__ = ["library"]
SAID = (
    "太贵", "tg", "taigui", "太貴", "too expensive", "已有供应商", "有供应商了", "gys", "再考虑", "zkl", "要比较", "要请示", "没预算",
    "没空", "不需要", "tingguo", "介绍", "boss", "think ab", "明年再说", "量子纠缠", "x", "太gui", "服务", "8000", "price",
)  # fmt: skip


@pytest.fixture
def crowd(cast, library):
    """Four customers of a kind each, and a few hundred outcomes with customers like them."""
    chance = random.Random(5)
    with gate.transaction():
        mill = a_customer(cast.lin, "恒润", industry="纺织", level="C", stage="persuade")
        a_contact(mill, "陈国栋", decision_role="user")
        a_contact(mill, "王海", decision_role="decision_maker")
        shop = a_customer(cast.lin, "江北便利", industry="超市连锁", level="B", stage="negotiate")
        a_contact(shop, "李想", decision_role="gatekeeper")
        some = [mill, shop, a_customer(cast.lin, "未知", level="F", stage="search")]
        slugs = [
            "expensive-ten-years",
            "expensive-downtime",
            "expensive-trial",
            "expensive-shelf-profit",
            "objection-compare",
        ]
        slugs += ["objection-have-supplier", "comparison-big-brand", "opening-your-place"]
        for n in range(240):
            clock.freeze(clock.now() + timedelta(hours=25))
            outcome, customer = chance.choice(["worked", "half", "flat", "worked"]), some[n % 3]
            track = library(slugs[min(chance.randrange(8), chance.randrange(8))])
            TrackUse.record(track.id, outcome, cast.lin.id, customer.id, kind=kind_of(customer))
    return some


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh-CN", "zh-TW", "en"])
def test_phone_and_server_answer_alike(app, cast, crowd, language):
    reader = Reader(cast.lin.id, None, {"Accept-Language": language})
    page, _beside = render(app, carried.PAGE, reader)
    tracks = [json.loads(html.unescape(text)) for text in re.findall(r'data-track="([^"]*)"', page)]
    assert len({track["id"] for track in tracks}) == len(tracks) > 50
    asks, theirs = [], []
    with read_by(app, "/customers", reader) as user:
        for customer in (None, *crowd):
            row = search_index.row(customer) if customer else None
            for said in SAID:
                asks.append([said, row])
                found = answers(said, user, customer)
                theirs.append([[track.title for track in some] for some in (found.lines, found.also)])
    told = json.dumps({"tracks": tracks, "simple": search_index.simple(), "asks": asks})
    script = str(ROOT / "tests/service_worker/order.js")
    done = subprocess.run(["node", script], input=told, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    for (said, row), ours, wanted in zip(asks, json.loads(done.stdout), theirs, strict=True):
        assert ours == wanted, (said, row and row["name"])


def test_every_name_of_a_trade_is_carried_beside_the_other(app, cast, library):
    page, _beside = render(app, carried.PAGE, Reader(cast.lin.id, None, {"Accept-Language": "en"}))
    tracks = [json.loads(html.unescape(text)) for text in re.findall(r'data-track="([^"]*)"', page)]
    trades = {name for track in tracks for name in track.get("trades", [])}
    assert "textiles" in trades
    assert TRADES["textiles"] in trades
