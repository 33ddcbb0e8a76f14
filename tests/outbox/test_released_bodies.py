"""Last month's phone still works: every body that a released form has sent is accepted, from a phone's outbox and from a browser."""

import json
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select

from tests.house.conftest import enter, office  # noqa: F401 (the furnished office)
from tests.outbox.bodies import BODIES, forms_of, known_ids
from tests.outbox.sending import results, send
from webapp.accounts.models import User
from webapp.foundation.db import db, new_id
from webapp.outbox.models import Receipt

FILES = sorted(BODIES.rglob("*.json"))
RELEASES = sorted({path.parent.name for path in FILES})


def body_of(path: Any, office: SimpleNamespace) -> tuple[str, list[list[str]]]:  # noqa: F811
    """The recorded body with the ids of this office in it."""
    text = path.read_text()
    for known, name in known_ids(office).items():
        text = text.replace(f"{{{name}}}", known)
    body = json.loads(text)
    return body["action"], body["fields"]


def test_there_are_bodies_of_a_release():
    assert RELEASES and len(FILES) > 20


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_phone_s_entry_is_accepted(path, office, enter):  # noqa: F811
    action, fields = body_of(path, office)
    entry = {"id": new_id(), "seq": 1, "scope": "", "action": action, "fields": fields}

    lin = SimpleNamespace(id=db.session.scalar(select(User.id).where(User.username == "lin")))
    answer = send(enter("lin"), lin, entry)

    assert results(answer) == ["accepted"], answer.json
    assert db.session.get(Receipt, entry["id"]) is not None
    assert results(send(enter("lin"), lin, entry)) == ["duplicate"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_browser_s_post_is_accepted(path, office, enter):  # noqa: F811
    action, fields = body_of(path, office)
    form: dict[str, list[str]] = {"submission_id": [new_id()]}
    for name, value in fields:
        form.setdefault(name, []).append(value)

    answer = enter("lin").post(action, data=form)

    assert answer.status_code in (200, 204, 303), answer.status
    assert db.session.get(Receipt, form["submission_id"][0]) is not None


def test_every_form_of_the_field_is_on_record(app, office, enter):  # noqa: F811
    """A form that is new, or has new fields, is recorded with its release: `python -m tests.outbox.bodies RELEASE`."""
    recorded = {path.stem for path in FILES}
    assert set(forms_of(app, enter("lin"), office)) - recorded == set()
