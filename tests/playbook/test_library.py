"""The starter library: complete, short enough to say, the same in both languages; and the pages that show it."""

import re

import pytest

from webapp.customers.models import LEVELS
from webapp.foundation.db import db
from webapp.outbox import gate
from webapp.playbook.forms import TrackForm
from webapp.playbook.models import PARTS, SITUATIONS, WORDS, TalkTrack
from webapp.playbook.ranking import TRADES
from webapp.playbook.starter import entries, load_starter
from webapp.playbook.words import STAGES


def test_both_languages_hold_the_same_tracks_for_the_same_moments(app):
    chinese, english = (
        {entry["slug"]: entry for entry in entries() if entry["language"] == tag} for tag in ("zh", "en")
    )
    assert len(chinese) >= 20
    assert chinese.keys() == english.keys()
    for slug, entry in chinese.items():
        for name in ("situation", "stages", "levels", "next_slugs", "figures_valid_until"):
            assert entry[name] == english[slug][name], (slug, name)
        assert entry["industries"] == [TRADES[name] for name in english[slug]["industries"]], slug
        assert set(entry["next_slugs"]) <= chinese.keys(), slug


def test_every_track_is_whole_and_its_line_can_be_said_in_a_breath(app):
    for entry in entries():
        slug = entry["slug"]
        assert entry["situation"] in SITUATIONS, slug
        assert set(entry["stages"]) <= STAGES.keys(), slug
        assert set(entry["levels"]) <= set(LEVELS), slug
        assert all(entry[part] for part in PARTS), slug
        assert len(entry["heard"].splitlines()) >= 3, slug
        assert len(re.findall(r"[\u4e00-\u9fff]", entry["line"])) <= 20, slug
        assert len(entry["line"]) <= 60, slug


def test_every_track_can_be_opened_in_the_form_and_saved(app):
    """What the library says is within the bounds that the form sets."""
    for entry in entries():
        words = {name: entry[name] for name in WORDS} | {"industries": "、".join(entry["industries"])}
        with app.test_request_context(method="POST", data=words | {"next_slugs": []}):
            form = TrackForm()
            form.next_slugs.choices = []
            assert form.validate(), (entry["slug"], entry["language"], form.errors)


def test_every_situation_of_a_sale_is_covered(app):
    assert {entry["situation"] for entry in entries()} >= set(SITUATIONS) - {"pain"}


def test_loading_twice_adds_nothing_and_keeps_what_was_changed(cast, library, app):
    with gate.transaction():
        library("expensive-trial").revise(cast.zhou, line="先试两台。")
        assert load_starter(cast.admin) == 0
    assert library("expensive-trial").line == "先试两台。"


def test_the_command_loads_the_library_in_both_languages(app, cast):
    runner = app.test_cli_runner()
    assert runner.invoke(args=["playbook", "starter", "--owner", "zhou"]).output == "70 tracks added.\n"
    assert runner.invoke(args=["playbook", "starter", "--owner", "zhou"]).output == "0 tracks added.\n"
    assert {track.approved_by_id for track in db.session.query(TalkTrack)} == {cast.zhou.id}


@pytest.mark.parametrize("owner", ["lin", "nobody"])
def test_the_command_wants_somebody_who_may_approve(app, cast, owner):
    result = app.test_cli_runner().invoke(args=["playbook", "starter", "--owner", owner])
    assert result.exit_code == 1
    assert "no such supervisor" in result.output


def test_the_list_is_by_situation_in_ones_own_language(lin, client_of, cast, library):
    page = lin.get("/playbook").text
    assert page.index("开场</h3>") < page.index("异议</h3>") < page.index("客诉</h3>")
    assert "太贵：算十年总账" in page
    assert "Too expensive: add up ten years" not in page
    english = client_of(cast.lin, language="en").get("/playbook").text
    assert "Too expensive: add up ten years" in english
    assert "太贵：算十年总账" not in english


def test_what_exists_in_one_language_only_is_shown_to_all(client_of, cast, library, zhou, typed):
    zhou.post("/playbook", data=typed())
    assert "嫌重：当面抬给他看" in client_of(cast.lin, language="en").get("/playbook").text


def test_filters_narrow_the_list_and_can_be_combined(lin, library):
    page = lin.get("/playbook?situation=objection&industry=超市连锁&stage=negotiate").text
    assert "进价高：算一格赚多少" in page
    assert "再考虑：考虑的是哪一样" in page
    for absent in ("太贵：算十年总账", "前台拦住了", "有供应商了：做您第二家"):
        assert absent not in page
    assert "这样筛，一条也没有" in lin.get("/playbook?situation=care&stage=negotiate").text
    assert lin.get("/playbook?situation=nonsense&stage=🙃").status_code == 200


def test_an_empty_playbook_says_what_to_do(lin):
    assert "话术库还是空的" in lin.get("/playbook").text


def test_a_track_shows_its_four_parts_where_it_comes_from_and_where_it_leads(lin, library):
    track = library("expensive-ten-years")
    page = lin.get(f"/playbook/{track.id}").text
    for word in ("痛点", "卖点", "方案", "行动", "第1版", "周建国维护", "周建国核准", "数字有效期到", "2027年2月28日"):
        assert word in page
    assert "等他自己报数，下面都用他的数算。" in page
    assert "（等他自己报数" not in page
    assert "“国产也保三年”" in page
    assert "Too expensive: add up ten years" in page


def test_a_complaint_is_heard_apologised_for_solved_and_followed_up(lin, library):
    page = lin.get(f"/playbook/{library('complaint-quality').id}").text
    assert [page.index(word) for word in ("倾听<", "道歉<", "解决<", "回访<")] == sorted(
        page.index(word) for word in ("倾听<", "道歉<", "解决<", "回访<")
    )


def test_old_figures_are_marked(lin, library):
    from datetime import date

    track = library("expensive-ten-years")
    with gate.transaction():
        track = library("expensive-ten-years")
        track.figures_valid_until = date(2026, 11, 1)
    assert "里面的数字过了期" in lin.get(f"/playbook/{track.id}").text
    assert "数字过期" in lin.get("/playbook").text


@pytest.mark.parametrize("url", ["/playbook", "/playbook?q=太贵", "/playbook?q=e"])
def test_a_page_asks_no_more_questions_for_more_tracks(app, lin, cast, url):
    from sqlalchemy import event

    def questions() -> int:
        asked = []
        listen = lambda *args: asked.append(args[2])  # noqa: E731
        event.listen(db.engine, "before_cursor_execute", listen)
        assert lin.get(url).status_code == 200
        event.remove(db.engine, "before_cursor_execute", listen)
        return len(asked)

    with gate.transaction():
        for n in range(5):
            TalkTrack.write(cast.zhou, title=f"e太贵{n}", situation="objection", heard="太贵", line="e")
    few = questions()
    with gate.transaction():
        load_starter(cast.zhou)
        for n in range(60):
            TalkTrack.write(cast.zhou, title=f"e太贵再{n}", situation="objection", heard="太贵", line="e")
    assert questions() <= few + 1  # one more: where the three lines lead on to
