import pytest
from flask import g

from tests import afresh
from webapp.foundation.db import db, new_id
from webapp.outbox import gate
from webapp.playbook.models import TalkTrack
from webapp.playbook.starter import load_starter

_kept: list[afresh.Rows] = []


@pytest.fixture
def library(cast):
    """The starter library, kept by zhou: `library("expensive-downtime")` is the Chinese track of that slug."""
    if _kept:
        afresh.add(_kept[0])
    else:
        before = afresh.keep()
        with gate.transaction():
            load_starter(cast.zhou)
        g.pop("_flask_babel", None)  # it was read in two languages; what a request speaks is the request's
        _kept.append(afresh.since(before))

    def find(slug: str, language: str = "zh") -> TalkTrack:
        return db.session.query(TalkTrack).filter_by(slug=slug, language=language).one()

    return find


@pytest.fixture
def typed():
    """What a rep types into the form of a talk track; `typed(line="…")` changes a field."""

    def fill(**changes):
        words = {
            "submission_id": new_id(),
            "heard": "太重了\n搬不动",
            "line": "您一个人抬得动，我才敢卖。",
            "situation": "objection",
            "title": "嫌重：当面抬给他看",
            "language": "zh",
            "pain": "原来那台要几个人抬？",
            "selling_point": "这台十八公斤，一只手。",
            "solution": "您现在就抬一下。",
            "call_to_action": "抬得动，下周二我送两台来试。",
            "stages": ["persuade", "negotiate"],
            "industries": "机械、建筑工程",
        }
        return words | changes

    return fill
