"""Reps write tracks, supervisors approve them; each change is a version of its own."""

import pytest
from sqlalchemy import select

from webapp.foundation.db import db, new_id
from webapp.playbook.models import TalkTrack, TrackVersion


def the_track() -> TalkTrack:
    db.session.rollback()
    return db.session.scalars(select(TalkTrack)).one()


def test_a_rep_writes_a_draft_that_his_supervisor_approves(lin, zhou, client_of, cast, typed):
    answer = lin.post("/playbook", data=typed())
    track = the_track()
    assert answer.status_code == 303
    assert answer.location == f"/playbook/{track.id}"
    assert (track.state, track.version, track.owner_id) == ("draft", 1, cast.lin.id)
    assert track.industries == ["机械", "建筑工程"]

    assert "等核准" in zhou.get("/playbook").text
    assert (
        zhou.post(f"/playbook/{track.id}/approval", data={"submission_id": new_id(), "version": "1"}).status_code == 303
    )
    track = the_track()
    assert (track.state, track.approved_by_id) == ("approved", cast.zhou.id)
    assert "您一个人抬得动，我才敢卖。" in client_of(cast.wu).get("/playbook?q=bbd").text


def test_a_rep_does_not_see_the_draft_of_another(lin, client_of, cast, typed):
    lin.post("/playbook", data=typed())
    track = the_track()
    for other in (cast.sun, cast.wu):
        browser = client_of(other)
        assert browser.get(f"/playbook/{track.id}").status_code == 404
        assert browser.get(f"/playbook/{track.id}/edit").status_code == 404
        assert browser.post(f"/playbook/{track.id}", data=typed()).status_code == 404
        assert track.title not in browser.get("/playbook").text
        assert track.line not in browser.get("/playbook?q=太重").text
    assert track.title in lin.get("/playbook").text


@pytest.mark.parametrize("who", ["lin", "sun"])
def test_a_rep_cannot_approve(client_of, lin, cast, typed, who):
    lin.post("/playbook", data=typed())
    approval = {"submission_id": new_id(), "version": "1"}
    answer = client_of(getattr(cast, who)).post(f"/playbook/{the_track().id}/approval", data=approval)
    assert answer.status_code == 404
    assert the_track().state == "draft"


def test_a_supervisor_of_another_branch_does_not_see_the_draft(lin, client_of, cast, typed):
    from tests.making import a_user
    from webapp.outbox import gate

    lin.post("/playbook", data=typed())
    with gate.transaction():
        stranger = a_user("he", "supervisor", cast.nanjing)
    assert client_of(stranger).get(f"/playbook/{the_track().id}").status_code == 404


def test_what_a_supervisor_writes_is_approved_at_once(zhou, cast, typed):
    zhou.post("/playbook", data=typed())
    assert the_track().state == "approved"


def test_a_change_is_a_new_version_and_the_old_words_are_kept(zhou, cast, typed):
    zhou.post("/playbook", data=typed())
    track = the_track()
    zhou.post(f"/playbook/{track.id}", data=typed(version="1", line="先抬一下，再谈价。"))
    track = the_track()
    assert (track.version, track.line, track.state) == (2, "先抬一下，再谈价。", "approved")
    before = db.session.scalars(select(TrackVersion)).one()
    assert (before.version, before.body["line"], before.by_id) == (1, "您一个人抬得动，我才敢卖。", cast.zhou.id)
    assert f"/playbook/{track.id}/versions" in zhou.get(f"/playbook/{track.id}").text
    assert "先抬一下" in zhou.get("/playbook?q=xtyx").text


def test_saving_without_a_change_makes_no_version(zhou, typed):
    zhou.post("/playbook", data=typed())
    assert zhou.post(f"/playbook/{the_track().id}", data=typed(version="1")).status_code == 303
    assert the_track().version == 1


def test_the_form_shows_all_that_was_written_and_saves_it_unchanged(zhou, typed, library):
    """Whoever opens the form and presses save changes nothing: no field is lost on the way."""
    import html5lib

    track = library("expensive-ten-years")
    before = track.words()
    page = html5lib.parse(zhou.get(f"/playbook/{track.id}/edit").text, namespaceHTMLElements=False)
    fields = []
    for field in page.iter():
        name = field.get("name")
        if not name or field.tag not in ("input", "textarea"):
            continue
        if field.tag == "textarea":
            fields.append((name, field.text or ""))
        elif field.get("type") not in ("radio", "checkbox") or field.get("checked") is not None:
            fields.append((name, field.get("value", "")))
    data = {}
    for name, value in fields:
        data.setdefault(name, []).append(value)
    data.pop("q", None)
    assert zhou.post(f"/playbook/{track.id}", data=data).status_code == 303
    db.session.rollback()
    assert library("expensive-ten-years").words() == before
    assert library("expensive-ten-years").version == 1


def test_a_rep_cannot_change_what_others_keep(lin, library, typed):
    track = library("expensive-downtime")
    assert lin.get(f"/playbook/{track.id}/edit").status_code == 404
    assert lin.post(f"/playbook/{track.id}", data=typed(version="1")).status_code == 404
    assert lin.post(f"/playbook/{track.id}/retirement", data={"submission_id": new_id()}).status_code == 404
    assert f"/playbook/{track.id}/edit" not in lin.get(f"/playbook/{track.id}").text


def test_nobody_overwrites_or_approves_what_he_has_not_seen(lin, zhou, cast, typed):
    lin.post("/playbook", data=typed())
    track = the_track()
    lin.post(f"/playbook/{track.id}", data=typed(version="1", title="第二个名字"))
    stale = zhou.post(f"/playbook/{track.id}/approval", data={"submission_id": new_id(), "version": "1"})
    assert stale.status_code == 422
    assert "第2版" in stale.text
    late = zhou.post(f"/playbook/{track.id}", data=typed(version="1", line="主管写的这句"))
    assert late.status_code == 422
    assert "主管写的这句" in late.text
    assert (the_track().title, the_track().state) == ("第二个名字", "draft")


def test_a_retired_track_leaves_the_lists_but_reports_still_lead_to_it(lin, zhou, library):
    track = library("expensive-downtime")
    assert zhou.post(f"/playbook/{track.id}/retirement", data={"submission_id": new_id()}).status_code == 303
    assert track.line not in lin.get("/playbook").text
    assert track.line not in lin.get("/playbook?q=太贵").text
    page = lin.get(f"/playbook/{track.id}").text
    assert track.line in page
    assert "停用了" in page
    assert zhou.get(f"/playbook/{track.id}/edit").status_code == 404
    zhou.post(f"/playbook/{track.id}/approval", data={"submission_id": new_id(), "version": "1"})
    assert track.line in lin.get("/playbook").text


def test_the_same_form_twice_is_one_track(lin, typed):
    form = typed()
    first, second = lin.post("/playbook", data=form), lin.post("/playbook", data=form)
    assert first.location == second.location
    assert the_track().id == form["submission_id"]


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("line", "", "写一句能当面说出口的话"),
        ("line", "   ", "写一句能当面说出口的话"),
        ("line", "一二三四五六七八九十一二三四五六七八九十一", "最多20个汉字，现在有21个"),
        ("line", "x" * 20_000, "现在有20000字"),
        ("title", "", "起个名字"),
        ("title", "名" * 20_000, "现在有20000字"),
        ("pain", "疼" * 20_000, "现在有20000字"),
        ("heard", "贵" * 20_000, "现在有20000字"),
        ("situation", "", "选一个用得上的时候"),
        ("situation", "bribe", "没有这个选项"),
        ("stages", ["search", "heaven"], "没有这个选项"),
        ("next_slugs", ["no-such-track"], "没有这个选项"),
        ("industries", "、".join(f"行业{n}" for n in range(13)), "最多写12个行业"),
        ("figures_valid_until", "明天", "这不像一个日子"),
        ("figures_valid_until", "1926-01-01", "太早"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(lin, typed, field, value, says):
    answer = lin.post("/playbook", data=typed(**{field: value}))
    assert answer.status_code == 422
    assert says in answer.text
    kept = typed()
    assert all(kept[name] in answer.text for name in ("solution", "call_to_action") if name != field)
    if isinstance(value, str) and value.strip() and field != "situation":
        assert value in answer.text
    assert db.session.scalars(select(TalkTrack)).all() == []


def test_invisible_characters_are_taken_out(lin, typed):
    lin.post("/playbook", data=typed(line="\x00抬得动\u202e才敢卖", title="名字😀\x00"))
    assert (the_track().line, the_track().title) == ("抬得动才敢卖", "名字😀")


def test_markup_in_a_track_is_shown_as_text(zhou, typed):
    zhou.post("/playbook", data=typed(line="<b>便宜</b>", pain="<script>alert(1)</script>"))
    page = zhou.get(f"/playbook/{the_track().id}").text
    assert "<b>便宜</b>" not in page
    assert "<script>alert" not in page


def test_an_old_form_without_the_newer_fields_is_taken_in(lin, typed):
    form = {name: typed()[name] for name in ("submission_id", "title", "situation", "line")}
    assert lin.post("/playbook", data=form).status_code == 303
    assert the_track().language == "zh"


def test_unknown_tracks_answer_404_alike(lin, zhou, typed):
    for browser in (lin, zhou):
        assert browser.get(f"/playbook/{new_id()}").status_code == 404
        assert browser.post(f"/playbook/{new_id()}/uses", data={"outcome": "worked"}).status_code == 404
        assert browser.post(f"/playbook/{new_id()}", data=typed()).status_code == 404
