"""What the owner of the library learns from its use; and what only those who lead may read."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.making import a_customer
from webapp.field_pack.models import PackItem
from webapp.foundation import clock
from webapp.foundation.db import db, new_id
from webapp.outbox import gate
from webapp.playbook.models import Gap, TrackUse

SECRET = "让价底线：运费加两个月账期，超了找我。"


def use(track, person, outcome, n=1, customer=None):
    """n visits, one a day."""
    for day in range(n):
        with clock.at_the_time_of(clock.now() + timedelta(days=day)):
            TrackUse.record(track.id, outcome, person.id, customer_id=customer, visit_id=new_id())


def test_which_tracks_are_used_by_whom_with_what_result(zhou, cast, library):
    with gate.transaction():
        mill = a_customer(cast.lin, industry="纺织", level="C")
        use(library("expensive-trial"), cast.lin, "worked", 4, mill.id)
        use(library("expensive-trial"), cast.sun, "flat", 1)
    page = zhou.get("/insight/playbook").text
    row = page.partition("太贵：先试再说</a>")[2].partition("</tr>")[0]
    assert all(f"<td>{n}</td>" in row for n in (5, 4, 0, 1))
    assert "80%" in row
    assert page.partition('id="industries"')[2].partition("</section>")[0].count("纺织") == 1
    assert "没人用的" in page


def test_another_branch_does_not_count(client_of, cast, zhou, library):
    from tests.making import a_user

    with gate.transaction():
        use(library("expensive-trial"), cast.lin, "worked", 5)
        stranger = a_user("he", "supervisor", cast.nanjing)
    page = client_of(stranger).get("/insight/playbook").text
    assert "还没人记过哪句灵不灵" in page
    assert cast.lin.name not in page.partition("<main")[2]


def test_what_was_heard_in_vain_is_reported_by_one_tap_and_answered_by_a_track(lin, zhou, cast, library, typed):
    page = lin.get("/playbook?q=你们车太脏").text
    assert 'name="said" value="你们车太脏"' in page
    said = {"submission_id": new_id(), "said": "你们车太脏"}
    assert lin.post("/playbook/gaps", data=said).status_code == 303
    assert lin.post("/playbook/gaps", data=said).status_code == 303
    assert db.session.query(Gap).count() == 1
    page = zhou.get("/insight/playbook").text
    assert "“你们车太脏”" in page
    assert "/playbook/new?heard=" in page
    zhou.post("/playbook", data=typed(heard="你们车太脏"))
    assert "“你们车太脏”" not in zhou.get("/insight/playbook").text


def test_nothing_is_no_gap(lin, library):
    for said in ("", "   ", "很" * 300):
        answer = lin.post("/playbook/gaps", data={"submission_id": new_id(), "said": said})
        assert answer.status_code == 422
    assert db.session.query(Gap).count() == 0


def test_objections_in_reports_without_a_track_are_named(lin, zhou, cast, library):
    with gate.transaction():
        mill = a_customer(cast.lin)
    for said, more in (
        ("要先看防爆证", {}),
        ("太贵", {"track_id": library("expensive-trial").id, "track_outcome": "half"}),
    ):
        told = {"submission_id": new_id(), "purpose": "service", "result": "progress", "objection_said": said, **more}
        assert lin.post(f"/customers/{mill.id}/reports", data=told).status_code == 303
    page = zhou.get("/insight/playbook").text.partition("报告里的推脱")[2].partition("</section>")[0]
    assert "要先看防爆证" in page
    assert "太贵" not in page


def test_a_new_rep_sees_the_lines_of_whom_they_work_for(client_of, cast, library):
    with gate.transaction():
        use(library("expensive-trial"), cast.lin, "worked", 5)
        use(library("expensive-downtime"), cast.sun, "flat", 9)
    page = client_of(cast.wu).get("/playbook").text
    best = page.partition('id="best"')[2].partition("</section>")[0]
    assert f"{cast.lin.name}最近最灵的" in best
    assert "先换两台试三个月" in best
    assert "便宜三成" not in best
    assert 'id="best"' not in client_of(cast.lin).get("/playbook").text
    page = client_of(cast.wu).get(f"/playbook/{library('expensive-trial').id}").text
    assert f"{cast.lin.name}用得最灵：5次灵5次" in page


def test_nobody_is_asked_how_he_failed(lin, cast, library):
    with gate.transaction():
        use(library("expensive-downtime"), cast.sun, "flat", 9)
        use(library("expensive-downtime"), cast.sun, "worked", 1)
    assert 'id="best"' not in lin.get("/playbook").text
    assert "用得最灵" not in lin.get(f"/playbook/{library('expensive-downtime').id}").text


def test_a_coachs_note_is_for_those_who_lead(zhou, lin, library):
    track = library("closing-swap-a-step")
    assert SECRET in zhou.get(f"/playbook/{track.id}").text
    noted = {"submission_id": new_id(), "note": "换货上限十箱"}
    assert lin.post(f"/playbook/{track.id}/coaching", data=noted).status_code == 404
    assert zhou.post(f"/playbook/{track.id}/coaching", data=noted).status_code == 303
    assert "换货上限十箱" in zhou.get(f"/playbook/{track.id}").text
    assert "换货上限十箱" not in lin.get(f"/playbook/{track.id}").text
    assert track.version == 1


@pytest.mark.slow
def test_no_page_of_a_reps_phone_holds_a_coachs_note(client_of, cast, library):
    """The whole pack of a rep, pages and what comes beside them, and of a supervisor for comparison."""
    from webapp.playbook.models import TalkTrack

    notes = [note for note in db.session.scalars(select(TalkTrack.coach_note)) if note]
    assert len(notes) >= 10
    told = {}
    for person in (cast.lin, cast.zhou):
        answer = client_of(person).get("/field-pack")
        told[person.username] = "\n".join(
            json.dumps(json.loads(line), ensure_ascii=False) for line in answer.text.splitlines()
        )
    assert "带教提示" not in told["lin"]
    assert [note for note in notes if note in told["lin"]] == []
    assert any(note in told["zhou"] for note in notes)
    assert db.session.query(PackItem).count() > 100


def test_a_rep_cannot_export_and_the_export_of_a_leader_has_the_notes(zhou, lin, library):
    assert lin.get("/playbook/files/tracks.zip").status_code == 404
    package = zipfile.ZipFile(io.BytesIO(zhou.get("/playbook/files/tracks.zip").data))
    assert SECRET in package.read("zh/closing/closing-swap-a-step.txt").decode()
