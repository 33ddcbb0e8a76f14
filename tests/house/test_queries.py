"""No page asks the database more often because it shows more: with 3 rows and with 40 the count is the same."""

import sys
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient

from tests.counting import count_queries
from tests.making import a_contact, a_customer, a_report, an_attention_item
from webapp.foundation import clock
from webapp.foundation.db import db, new_id
from webapp.outbox import gate
from webapp.outbox.models import Receipt
from webapp.playbook.models import TalkTrack, TrackUse
from webapp.reviews.models import Comment
from webapp.visits.daily_figures import figures_of
from webapp.visits.models import DailyReport, DayPlan, Promise

FEW, MANY = 3, 40


def grow(cast: SimpleNamespace, n: int) -> SimpleNamespace:
    """n of everything, all on one day, with lin and with one customer of hers; and n other customers."""
    today = clock.today()
    with gate.transaction():
        hub = a_customer(cast.lin, "恒润纺机", level="C", stage="persuade", latitude=31.2, longitude=120.6)
        db.session.flush()
        people = [a_contact(hub, f"陈国{i}", birthday_month=today.month, birthday_day=today.day) for i in range(n)]
        for i in range(n):
            an_attention_item(hub, cast.lin, f"看到{i}", contact_id=people[i].id)
            Promise.give(hub, cast.lin, f"答应{i}", due_on=today)
            report = a_report(
                hub, cast.lin, needs=f"需要{i}", filed_at=clock.now() - timedelta(minutes=i), is_urgent=True
            )
            report.met.append(people[i])
            db.session.add(Comment(id=new_id(), subject="visit", subject_id=report.id, text="好", by_id=cast.zhou.id))
            db.session.add(
                Receipt(id=new_id(), user_id=cast.lin.id, path="/", fingerprint="", kind="report", title=f"第{i}")
            )
            hub.propose_level("B", f"理由{i}", cast.lin)
        hub.tag_with([f"标签{i}" for i in range(n)])
        others = [
            a_customer(cast.lin, f"同行{i}纺机", level="B", next_step=f"送{i}", next_step_on=today) for i in range(n)
        ]
        db.session.flush()
        plan = DayPlan.of(cast.lin, today)
        for i, other in enumerate(others):
            a_contact(other, f"王{i}", birthday_month=today.month, birthday_day=today.day)
            Promise.give(other, cast.lin, f"带样品{i}", due_on=today)
            plan.add(other, at="", purpose="service", objective="")
            a_report(other, cast.sun, result="ordered", order_cents=100)
            daily = DailyReport.of(cast.lin, today - timedelta(days=i + 1), new_id())
            daily.hand_in(figures_of(cast.lin, daily.day), "field", "", "")
        plan.hand_in("")
        for i in range(n):
            track = TalkTrack.write(
                cast.zhou, title=f"太贵{i}", situation="objection", heard="太贵了", line=f"值{i}", language="zh"
            )
            track.industries = track.stages = track.levels = track.next_slugs = []
            db.session.flush()
            TrackUse.record(track.id, "worked", cast.lin.id, customer_id=hub.id)
    return SimpleNamespace(hub=hub.id, today=today, track=track.id, plan=plan.id)


PAGES = {
    "today": ("lin", "/days/{today}"),
    "list": ("lin", "/customers"),
    "search": ("lin", "/customers?q=fangji"),
    "filter": ("lin", "/customers/filter"),
    "door card": ("lin", "/customers/{hub}"),
    "history": ("lin", "/customers/{hub}/history"),
    "edit": ("lin", "/customers/{hub}/edit"),
    "report form": ("lin", "/customers/{hub}/reports/new"),
    "hallway": ("lin", "/customers/{hub}/reports/new?mode=hallway"),
    "reports": ("lin", "/reports"),
    "promises": ("lin", "/promises"),
    "care days": ("lin", "/care"),
    "care days of a team": ("zhou", "/care"),
    "daily": ("lin", "/days/{today}/report"),
    "playbook": ("lin", "/playbook"),
    "answers": ("lin", "/playbook?q=太贵"),
    "track": ("lin", "/playbook/{track}"),
    "outbox": ("lin", "/outbox"),
    "merge": ("lin", "/customers/{hub}/merge?q=纺机"),
    "reviews": ("zhou", "/reviews"),
    "plan under review": ("zhou", "/reviews/plan/{plan}"),
    "team's list": ("zhou", "/customers"),
    "insight": ("zhou", "/insight"),
    "people": ("admin", "/users"),
    "teams": ("admin", "/teams"),
    "log": ("admin", "/audit"),
}
MOST = 40
"""No page needs more questions than this, whatever it shows."""


def counted(clients: dict[str, FlaskClient], made: SimpleNamespace) -> dict[str, int]:
    counts = {}
    for name, (who, path) in PAGES.items():
        with count_queries() as asked:
            answer = clients[who].get(path.format(**vars(made)))
        assert answer.status_code == 200, path
        counts[name] = asked.n
    return counts


def test_no_page_counts_its_rows_in_queries(
    cast: SimpleNamespace, client_of: Callable[..., FlaskClient], capsys: pytest.CaptureFixture[str]
) -> None:
    clients = {who: client_of(getattr(cast, who)) for who in ("lin", "zhou", "admin")}
    few = counted(clients, grow(cast, FEW))
    many = counted(clients, grow(cast, MANY))
    with capsys.disabled():
        sys.stdout.write("\nqueries a page: " + ", ".join(f"{name} {n}" for name, n in many.items()) + "\n")
    assert {name: (few[name], n) for name, n in many.items() if n > few[name]} == {}
    assert {name: n for name, n in many.items() if n > MOST} == {}
