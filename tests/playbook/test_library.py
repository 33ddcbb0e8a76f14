"""The pages that show the library."""

import pytest

from webapp.foundation.db import db
from webapp.outbox import gate
from webapp.playbook.models import TalkTrack
from webapp.playbook.starter import load_starter


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
