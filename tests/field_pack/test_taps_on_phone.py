"""What a rep notes of a line counts on his phone for the kind of customer for which it will count on the server."""

import json
import subprocess
from collections import Counter
from datetime import timedelta

import pytest

from tests.making import a_contact, a_customer
from tests.visits.conftest import a_track
from tests.visits.reporting import hand_in
from webapp.field_pack import search_index
from webapp.foundation import clock
from webapp.foundation.db import new_id
from webapp.foundation.settings import ROOT
from webapp.outbox import gate
from webapp.playbook.library import cells_of

MILL, SHOP = ("C", "纺织"), ("B", "超市连锁")
NOTED = [
    # at · where · outcome · in a report: whom one met (None: one tap on the line)
    (0, "mill", "worked", None),
    (1, "mill", "flat", None),  # the same day: the last word stands
    (24, "mill", "half", ["user"]),
    (48, "mill", "worked", ["user", "influencer"]),
    (72, "mill", "flat", ["new"]),
    (96, "mill", "worked", []),
    (96, "shop", "flat", None),
    (97, "shop", "half", ["gatekeeper"]),  # in the report, what was tapped at the door is said again
    (120, "shop", "worked", ["gatekeeper", "new"]),
    (120, "nobody", "worked", None),
    (121, "blank", "worked", None),
]
COUNTED = {
    (*MILL, "decision_maker"): (1, 0, 1),
    (*MILL, "user"): (0, 1, 0),
    (*MILL, "influencer"): (1, 0, 0),
    (*MILL, ""): (0, 0, 1),
    (*SHOP, "gatekeeper"): (1, 1, 0),
    ("F", "", ""): (1, 0, 0),
    ("", "", ""): (1, 0, 0),
}


@pytest.fixture
def known(cast):
    with gate.transaction():
        mill = a_customer(cast.lin, "恒润", level="C", industry="纺织")
        shop = a_customer(cast.lin, "江北便利", level="B", industry="超市连锁")
        people = {
            role: a_contact(mill, role, decision_role=role).id for role in ("decision_maker", "influencer", "user")
        }
        people["gatekeeper"] = a_contact(shop, "李想", decision_role="gatekeeper").id
    with gate.transaction():
        return {"mill": mill, "shop": shop, "blank": a_customer(cast.lin, "未知", level="F")}, people


def entry(seq, action, scope, fields):
    pairs = [(name, one) for name, value in fields.items() for one in (value if isinstance(value, list) else [value])]
    made = {"seq": seq, "state": "waiting", "answer": None, "made_at": clock.now().isoformat()}
    return {**made, "id": new_id(), "action": action, "scope": scope, "fields": pairs}


def said(lin, track, seq, customer, outcome, met, people):
    """Say it to the server; the entry that a phone would keep of it."""
    if met is None:
        fields = {"outcome": outcome, **({"customer": customer.id} if customer else {})}
        action, scope = f"/playbook/{track.id}/uses", ""
        answer = lin.post(action, data={"submission_id": new_id(), **fields})
    else:
        fields = {"met": [people[name] for name in met if name != "new"], "met_new": "新来的" if "new" in met else ""}
        fields |= {"track_id": track.id, "track_outcome": outcome}
        action, scope = f"/customers/{customer.id}/reports", customer.id
        answer = hand_in(lin, customer, **fields)
    assert answer.status_code == 303, answer.text
    return entry(seq, action, scope, fields)


def test_phone_and_server_count_what_was_noted_for_the_same_kinds(lin, cast, known):
    customers, people = known
    with gate.transaction():
        track = a_track(cast.zhou)
    begin = clock.day_bounds(clock.today())[0] + timedelta(hours=9)
    rows, entries = [search_index.row(one) for one in customers.values()], []
    for seq, (hours, where, outcome, met) in enumerate(NOTED):
        clock.freeze(begin + timedelta(hours=hours))
        entries.append(said(lin, track, seq, customers.get(where), outcome, met, people))
    theirs = {tuple(kind): (went.worked, went.half, went.flat) for kind, went in cells_of([track.id])[track.id].items()}
    assert theirs == COUNTED
    told = json.dumps({"rows": rows, "entries": entries})
    command = ["node", str(ROOT / "tests/service_worker/taps.js")]
    done = subprocess.run(command, input=told, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    ours: dict[tuple[str, ...], Counter[int]] = {}
    for level, industry, role, *went in json.loads(done.stdout)[track.id]:
        ours.setdefault((level, industry, role), Counter()).update(dict(enumerate(went)))
    assert {kind: tuple(n[i] for i in range(3)) for kind, n in ours.items()} == COUNTED
