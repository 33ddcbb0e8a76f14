"""What a track says changes in the open: each version is marked against the one before, a rep's change waits while all
go on reading what was approved, and a use names the version that was said."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.making import a_customer
from webapp.foundation import clock
from webapp.foundation.db import db, new_id
from webapp.outbox import gate
from webapp.playbook.history import marked
from webapp.playbook.models import TalkTrack, TrackProposal, TrackUse
from webapp.push.models import Notice


def the_track() -> TalkTrack:
    db.session.rollback()
    return db.session.scalars(select(TalkTrack)).one()


def notices(user) -> list[tuple[str, str]]:
    db.session.rollback()
    mine = select(Notice).where(Notice.user_id == user.id).order_by(Notice.at, Notice.id)
    return [(one.kind, one.text) for one in db.session.scalars(mine)]


def approve(browser, track):
    page = browser.get(f"/playbook/{track.id}").text
    version = page.partition('/approval"')[2].partition('name="version"')[2].partition('value="')[2].partition('"')[0]
    return browser.post(f"/playbook/{track.id}/approval", data={"submission_id": new_id(), "version": version})


@pytest.fixture
def in_use(lin, zhou, typed):
    """A track of lin's that zhou has approved."""
    lin.post("/playbook", data=typed())
    assert approve(zhou, the_track()).status_code == 303
    return the_track()


def test_what_a_rep_changes_waits_while_all_read_what_was_approved(lin, zhou, client_of, cast, typed, in_use):
    assert "核准前同事看到的还是原来那版" in lin.get(f"/playbook/{in_use.id}/edit").text
    lin.post(f"/playbook/{in_use.id}", data=typed(version="1", line="您一个人抬得动，我才敢送来。"))
    track = the_track()
    assert (track.state, track.version, track.line) == ("approved", 1, "您一个人抬得动，我才敢卖。")
    for other in (cast.sun, cast.wu):
        page = client_of(other).get(f"/playbook/{track.id}").text
        assert "我才敢卖" in page
        assert "敢送来" not in page
    assert "我才敢<del>卖</del><ins>送来</ins>。" in zhou.get(f"/playbook/{track.id}").text
    assert "我才敢<del>卖</del>" in lin.get(f"/playbook/{track.id}").text
    assert "您一个人抬得动，我才敢送来。" in lin.get(f"/playbook/{track.id}/edit").text
    assert approve(zhou, track).status_code == 303
    track = the_track()
    assert (track.version, track.line, track.approved_by_id) == (2, "您一个人抬得动，我才敢送来。", cast.zhou.id)
    assert db.session.query(TrackProposal).count() == 0
    assert "我才敢送来" in client_of(cast.wu).get("/playbook?q=敢送来").text


def test_an_approval_names_the_proposal_that_was_read(lin, zhou, typed, in_use):
    lin.post(f"/playbook/{in_use.id}", data=typed(version="1", line="第一回改。"))
    page = zhou.get(f"/playbook/{in_use.id}").text
    seen = page.partition('/approval"')[2].partition('name="version"')[2].partition('value="')[2].partition('"')[0]
    lin.post(f"/playbook/{in_use.id}", data=typed(version="1", line="第二回改。"))
    late = zhou.post(f"/playbook/{in_use.id}/approval", data={"submission_id": new_id(), "version": seen})
    assert late.status_code == 422
    assert the_track().line == "您一个人抬得动，我才敢卖。"


def test_supervisor_and_author_are_told(lin, zhou, cast, typed, in_use):
    assert notices(cast.zhou) == [("track", "您一个人抬得动，我才敢卖。")]
    assert notices(cast.lin) == [("approved", "")]
    lin.post(f"/playbook/{in_use.id}", data=typed(version="1", line="先抬。"))
    zhou.post(f"/playbook/{in_use.id}/remarks", data={"submission_id": new_id(), "remark": "加上重量"})
    assert notices(cast.lin)[-1] == ("returned", "加上重量")
    assert [kind for kind, _text in notices(cast.zhou)] == ["track", "track"]


def test_a_returned_draft_says_why_to_its_author_and_leaves_the_queue_until_it_comes_again(
    lin, client_of, cast, zhou, typed
):
    lin.post("/playbook", data=typed())
    track = the_track()
    assert "嫌重：当面抬给他看" in zhou.get("/reviews").text
    zhou.post(f"/playbook/{track.id}/remarks", data={"submission_id": new_id(), "remark": "十八公斤是哪台？"})
    assert "主管退回：十八公斤是哪台？" in lin.get(f"/playbook/{track.id}").text
    assert client_of(cast.sun).get(f"/playbook/{track.id}").status_code == 404
    assert "嫌重：当面抬给他看" not in zhou.get("/reviews").text
    lin.post(f"/playbook/{track.id}", data=typed(version="1", selling_point="A8这台十八公斤，一只手。"))
    assert "嫌重：当面抬给他看" in zhou.get("/reviews").text
    assert the_track().remark == ""


def test_a_remark_has_to_say_something_and_is_not_for_reps(lin, zhou, typed):
    lin.post("/playbook", data=typed())
    track = the_track()
    empty = zhou.post(f"/playbook/{track.id}/remarks", data={"submission_id": new_id(), "remark": " "})
    assert empty.status_code == 422
    assert "写一句哪里要改" in empty.text
    said = {"submission_id": new_id(), "remark": "好"}
    assert lin.post(f"/playbook/{track.id}/remarks", data=said).status_code == 404


def test_each_version_shows_what_it_changed_the_latest_first(zhou, lin, typed):
    zhou.post("/playbook", data=typed())
    track = the_track()
    zhou.post(f"/playbook/{track.id}", data=typed(version="1", line="先抬一下，再谈价。", figures="18公斤 | 铭牌"))
    zhou.post(f"/playbook/{track.id}", data=typed(version="2", line="先抬一下，再谈钱。", figures="18公斤 | 铭牌"))
    page = lin.get(f"/playbook/{track.id}/versions").text
    assert page.index("第3版") < page.index("第2版")
    assert "再谈<del>价</del><ins>钱</ins>。" in page
    assert "<ins>18公斤 | 铭牌</ins>" in page
    assert "<script" not in page.partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
    [
        ("停机6,000元", "停机8,000元", [("", "停机"), ("del", "6,000"), ("ins", "8,000"), ("", "元")]),
        ("", "新的", [("ins", "新的")]),
        ("旧的", "", [("del", "旧的")]),
        ("完全是一句别的话", "now in English", [("del", "完全是一句别的话"), ("ins", "now in English")]),
        ("two for a month", "two for three months", [("", "two for "), ("del", "a month"), ("ins", "three months")]),
    ],
)
def test_words_and_numbers_are_marked_whole(old, new, pieces):
    found = marked(old, new)
    assert "".join(text for mark, text in found if mark != "ins") == old
    assert "".join(text for mark, text in found if mark != "del") == new
    if len(pieces) < 4:
        assert [mark for mark, _text in found][:1] == [pieces[0][0]]
    else:
        assert found == pieces or old.startswith("two")


def test_a_use_names_the_version_that_stood_when_it_was_said(cast, library):
    """A report from the tunnel arrives after the track was changed: what was said there was the old one."""
    track = library("expensive-trial")
    at = clock.now()
    with gate.transaction():
        track = library("expensive-trial")
        track.updated_at = at - timedelta(days=2)
    with clock.at_the_time_of(at + timedelta(hours=2)), gate.transaction():
        library("expensive-trial").revise(cast.zhou, line="先试两台。")
    with clock.at_the_time_of(at + timedelta(hours=1)), gate.transaction():
        early = TrackUse.record(track.id, "worked", cast.lin.id, visit_id=new_id()).version
    with clock.at_the_time_of(at + timedelta(hours=3)), gate.transaction():
        late = TrackUse.record(track.id, "worked", cast.lin.id, visit_id=new_id()).version
    assert (early, late) == (1, 2)


def test_a_report_names_the_version_and_keeps_it_when_it_is_corrected(lin, cast, library):
    with gate.transaction():
        mill = a_customer(cast.lin, industry="纺织", stage="persuade", level="C")
        track = library("expensive-trial")
        track.revise(cast.zhou, line="先试两台。")
    said = {"submission_id": new_id(), "purpose": "service", "result": "progress", "needs": "半夜停机"}
    said |= {"track_id": track.id, "track_outcome": "worked"}
    answer = lin.post(f"/customers/{mill.id}/reports", data=said)
    assert answer.status_code == 303, answer.text[-3000:]
    report = said["submission_id"]
    assert "第2版" in lin.get(f"/reports/{report}").text
    with gate.transaction():
        library("expensive-trial").revise(cast.zhou, line="先试三台。")
    lin.post(f"/reports/{report}/corrections", data={"submission_id": new_id(), "needs": "半夜停了两回"})
    page = lin.get(f"/reports/{report}").text
    assert "半夜停了两回" in page
    assert "第2版" in page
    assert "第3版" not in page
