"""What a phone says of itself when it asks for its pages is what its leader sees, however long it sends nothing."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.outbox.sending import send
from webapp.accounts.models import Device
from webapp.foundation import clock
from webapp.foundation.db import db, new_id
from webapp.outbox.user_hash import user_hash

OLDEST = "2026-11-23T09:00:00+08:00"
PHONE = new_id()


def look(browser: FlaskClient, user: Any, count: int = 0, refused: int = 0, **said: Any) -> int:
    lies = {"device": PHONE, "build": "0.1.0", "count": count, "oldest": OLDEST if count else "null", "parked": 0}
    asked = {"cursor": "", "user": user_hash(user.id), **lies, "refused": refused, **said}
    return browser.get(f"/field-pack?{urlencode(asked)}").status_code


def known_of(user: Any) -> tuple[int, int] | None:
    """(unsent, refused) of this person's phone, as the house knows it; None if it has said nothing."""
    device = db.session.scalars(select(Device).where(Device.user_id == user.id).order_by(Device.created_at)).first()
    return (device.waiting, device.refused) if device and device.contact_at else None


def test_what_lin_throws_away_is_off_zhou_s_list_with_the_next_look(lin, zhou, cast):
    send(lin, cast.lin, waiting={"count": 1, "oldest": OLDEST, "parked": 0, "refused": 2}, device=PHONE)
    assert "2件没收下" in zhou.get("/reviews").text

    assert look(lin, cast.lin) == 200
    page = zhou.get("/reviews").text
    assert "件没收下" not in page and "件还没送到" not in page


def test_a_phone_that_only_reads_is_heard_of(lin, cast):
    look(lin, cast.lin)
    first = db.session.scalar(select(Device.contact_at).where(Device.user_id == cast.lin.id))
    clock.freeze(clock.now() + timedelta(hours=26))
    look(lin, cast.lin)

    assert db.session.scalar(select(Device.contact_at).where(Device.user_id == cast.lin.id)) - first > timedelta(
        hours=25
    )


def test_what_is_known_is_not_written_again(lin, cast, monkeypatch):
    look(lin, cast.lin, 3)
    monkeypatch.setattr(Device, "holds", lambda *_said: pytest.fail("written although nothing is new"))
    look(lin, cast.lin, 3)


def test_what_lies_in_sun_s_drawer_is_not_said_of_lin(lin, cast):
    assert look(lin, cast.sun, 5) == 200
    assert known_of(cast.lin) is None


@pytest.mark.parametrize("said", [{"device": "my phone"}, {"device": ""}])
def test_a_phone_without_a_name_says_nothing(lin, cast, said):
    assert look(lin, cast.lin, 5, **said) == 200
    assert known_of(cast.lin) is None


@pytest.mark.parametrize("count", ["many", "-3", "1e999", "", "12.5"])
def test_a_number_that_is_none_is_none(lin, cast, count):
    assert look(lin, cast.lin, count=count) == 200
    assert known_of(cast.lin) == (0, 0)


def test_a_phone_of_the_former_release_pulls_as_before(lin, cast: SimpleNamespace):
    assert lin.get("/field-pack?cursor=&edition=&edits=1").status_code == 200
    assert known_of(cast.lin) is None
