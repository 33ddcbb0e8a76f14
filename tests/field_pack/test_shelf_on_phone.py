"""However the playbook is narrowed, and for whichever customer: the phone shows the tracks that the server would, in its order."""

import json
import re
import subprocess

import pytest

from tests.field_pack.test_answers_on_phone import crowd
from tests.playbook.conftest import library
from webapp.field_pack import search_index
from webapp.field_pack.rendering import Reader, read_by, render
from webapp.field_pack.track_index import playbook_index
from webapp.foundation.settings import ROOT
from webapp.outbox import gate
from webapp.playbook.models import TalkTrack

__all__ = ["crowd", "library"]
FILTERS = (
    "", "situation=objection", "stage=negotiate", "persona=gatekeeper", "level=B", "industry=纺织", "situation=closing&level=A",
    "stage=search&industry=超市连锁", "situation=spin&industry=进出口",
)  # fmt: skip
TRACK = re.compile(
    r'<section\b[^>]*aria-labelledby="(\w+)"|<details\b|<h3><a href="(/playbook/[0-9a-f-]{36}[^"]*)"|class="(blank)"'
)


def shelf(html: str) -> list[str]:
    """The sections and the tracks in them, one after the other."""
    return [" ".join(filter(None, match.groups())) for match in TRACK.finditer(html)]


@pytest.mark.slow
def test_phone_and_server_narrow_alike(app, cast, crowd, library):
    with gate.transaction():
        TalkTrack.write(
            cast.lin, title="草稿", situation="closing", heard="", line="先说这句。", language="zh", levels=["A"]
        )
        library("closing-price-hold").retire()
    reader = Reader(cast.lin.id, None, {"Accept-Language": "zh-CN"})
    html, _beside = render(app, "/playbook", reader)
    asks = [f"/playbook?{text}" for text in FILTERS if text]
    asks += [f"/playbook?{text}&customer={customer.id}" for text in FILTERS for customer in crowd[:2]]
    theirs = [shelf(render(app, ask.replace("?&", "?"), reader)[0]) for ask in asks]
    with read_by(app, "/customers", reader) as user:
        row, rows = playbook_index(user), [search_index.row(customer) for customer in crowd]
    told = json.dumps({"html": html, "row": row, "rows": rows, "asks": asks})
    command = ["node", str(ROOT / "tests/service_worker/shelf.js")]
    done = subprocess.run(command, input=told, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    for ask, ours, wanted in zip(asks, json.loads(done.stdout), theirs, strict=True):
        assert shelf(ours) == wanted, ask
