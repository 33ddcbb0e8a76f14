from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.afresh import Rows
from tests.field_pack.phone import Phone
from tests.house import office as furniture
from tests.house.conftest import enter, office
from webapp.accounts.models import Team, User
from webapp.field_pack import keeping
from webapp.foundation.db import db
from webapp.visits.models import DailyReport, DayPlan

__all__ = ["enter", "office"]

CARRIERS = ("lin", "sun", "zhou")
"""Those whose phones are looked at: the rep, his colleague who gets what he loses, and who leads both."""


_kept: list[tuple[dict[str, dict[str, Any]], Rows]] = []


@pytest.fixture(autouse=True)
def no_day_waits(monkeypatch):
    monkeypatch.setattr(keeping, "FAR_DAYS_WAIT", timedelta(0))


@pytest.fixture
def phones(app: Flask, office: SimpleNamespace, enter: Callable[..., object]) -> dict[str, Phone]:
    """The phones of the furnished office, each with its whole pack; filled once, and laid out afresh for each test."""
    carried = {name: Phone(enter(name)) for name in CARRIERS}
    if not _kept:
        for phone in carried.values():
            phone.pull()
        held = {name: laid_out(vars(phone)) for name, phone in carried.items()}
        _kept.append((held, furniture.keep()))
    filled, rows = _kept[0]
    furniture.put_back(rows)
    for name, phone in carried.items():
        vars(phone).update({**laid_out(filled[name]), "browser": phone.browser})
    return carried


def laid_out(held: dict[str, Any]) -> dict[str, Any]:
    """What a phone holds, so that what one test puts into it is not in the next one's."""
    return {**held, **{shelf: dict(held[shelf]) for shelf in ("pages", "pressed", "beside")}}


@pytest.fixture
def things(office: SimpleNamespace) -> SimpleNamespace:
    """The ids of what is in the office, by the names under which a deed asks for them."""
    people = {user.username: user.id for user in db.session.scalars(select(User))}
    teams = {team.name.lower(): team.id for team in db.session.scalars(select(Team))}
    ids, plan, daily = (
        office.ids,
        db.session.scalars(select(DayPlan).where(DayPlan.day == office.day)).one(),
        db.session.scalars(select(DailyReport)).one(),
    )
    urgent = {"complaint": ids["complaint_id"], "market": ids["market_id"], "concession": ids["concession_id"]}
    named = {
        **urgent,
        "customer": ids["customer_id"],
        "twin": ids["other_id"],
        "report": ids["report_id"],
        "track": ids["approved_track_id"],
        "improved": ids["improved"],
        "aged": ids["aged"],
        "proposed": ids["proposed"],
    }
    versions = {"plan": plan.id, "plan_version": plan.version, "daily": daily.id, "daily_version": daily.version}
    return SimpleNamespace(day=office.day, **people, **teams, **named, **versions)
