"""What the customer just said leads to at most three lines, however it is typed."""

import pytest

from webapp.outbox import gate
from webapp.playbook.answers import answers
from webapp.playbook.models import TrackUse

EXPENSIVE = {
    "expensive-ten-years",
    "expensive-downtime",
    "expensive-trial",
    "expensive-shelf-profit",
    "expensive-per-day",
}


def found_by(app, user, said, language="zh-CN", customer=None):
    with app.test_request_context(headers={"Accept-Language": language}):
        found = answers(said, user, customer)
        return [track.slug for track in found.lines]


@pytest.mark.parametrize(
    "said", ["太贵", "tg", "taigui", "TaiG", "太gui", "tai gui", "太貴", "too exp", "too expensive"]
)
def test_too_expensive_is_found_however_it_is_typed(app, cast, library, said):
    found = found_by(app, cast.lin, said)
    assert len(found) == 3
    assert set(found) <= EXPENSIVE


@pytest.mark.parametrize(
    ("said", "slug"),
    [
        ("再考虑", "objection-think-about-it"),
        ("zkl", "objection-think-about-it"),
        ("货比三家", "objection-compare"),
        ("有供应商了", "objection-have-supplier"),
        ("gys", "objection-have-supplier"),
        ("问老板", "objection-ask-boss"),
        ("meiyusuan", "objection-no-budget"),
        ("明年再说", "objection-no-budget"),
        ("不需要", "opening-your-place"),
        ("谁家在用", "closing-named-case"),
        ("有异响", "complaint-quality"),
        ("boss", "objection-ask-boss"),
        ("warranty", "objection-three-year-warranty"),
        ("think ab", "objection-think-about-it"),
    ],
)
def test_each_sentence_leads_to_its_track(app, cast, library, said, slug):
    assert slug in found_by(app, cast.lin, said)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_chip_of_what_is_often_heard_finds_something(lin, app, cast, library, language):
    from webapp.playbook.words import OFTEN_HEARD

    with app.test_request_context(headers={"Accept-Language": language}):
        chips = [str(word) for word in OFTEN_HEARD]
    assert all(found_by(app, cast.lin, chip, language) for chip in chips)


def test_what_works_comes_first_and_what_falls_flat_last(app, cast, library):
    with gate.transaction():
        for slug, outcome in [
            ("expensive-trial", "worked"),
            ("expensive-ten-years", "flat"),
            ("expensive-per-day", "half"),
        ]:
            for person in (cast.lin, cast.sun, cast.wu):
                TrackUse.record(library(slug).id, outcome, person.id)
    found = found_by(app, cast.lin, "太贵")
    assert found[0] == "expensive-trial"
    assert "expensive-ten-years" not in found


def test_one_lucky_use_does_not_beat_a_proven_track(app, cast, library):
    with gate.transaction():
        TrackUse.record(library("expensive-trial").id, "worked", cast.lin.id)
        for n in range(12):
            outcome = "flat" if n == 0 else "worked"
            TrackUse.record(library("expensive-downtime").id, outcome, cast.lin.id, visit_id=f"visit-{n}")
    assert found_by(app, cast.lin, "太贵")[:2] == ["expensive-downtime", "expensive-trial"]


def test_what_customers_say_counts_before_what_stands_in_a_title(app, cast, library):
    assert found_by(app, cast.lin, "谁介绍")[0] == "opening-referral"
    assert found_by(app, cast.lin, "介绍")[0] == "opening-referral"
    assert set(found_by(app, cast.lin, "介绍")[1:]) <= {"aftersales-referral", "closing-last-step"}


def test_initials_at_the_start_of_a_sentence_come_before_those_inside_one(app, cast, library):
    """tg is 太贵; 没听过这牌子 has it too, but by chance, and however well that track does."""
    with gate.transaction():
        for n in range(9):
            TrackUse.record(library("comparison-big-brand").id, "worked", cast.lin.id, visit_id=str(n))
    assert set(found_by(app, cast.lin, "tg")) <= EXPENSIVE
    assert found_by(app, cast.lin, "tingguo")[0] == "comparison-big-brand"


def test_for_a_textile_mill_the_lines_are_not_about_shelves(app, cast, library):
    from tests.making import a_customer

    with gate.transaction():
        mill = a_customer(cast.lin, industry="纺织", stage="persuade", level="C")
        for n in range(9):
            TrackUse.record(library("expensive-shelf-profit").id, "worked", cast.lin.id, visit_id=str(n))
    assert set(found_by(app, cast.lin, "太贵", customer=mill)) == {
        "expensive-ten-years",
        "expensive-downtime",
        "expensive-trial",
    }


def test_an_english_reader_who_types_chinese_gets_english_lines(app, cast, library, client_of):
    page = client_of(cast.lin, language="en").get("/playbook?q=太贵").text
    assert "Try two for three months, or I take them out." in page
    assert "先换两台试三个月" not in page


def test_nothing_found_offers_to_write_it_down(lin, library):
    page = lin.get("/playbook?q=量子纠缠").text
    assert "库里还没有接这句的话" in page
    assert "/playbook/new?heard=" in page


def test_a_long_strange_question_is_answered_calmly(lin, library):
    for said in ("贵" * 5000, "\x00\u202e太贵", "😀🚀", "%_'\"", "(((("):
        assert lin.get("/playbook", query_string={"q": said}).status_code == 200


def test_for_an_unknown_customer_there_is_no_page(lin, cast, library):
    from tests.making import a_customer

    with gate.transaction():
        foreign = a_customer(cast.wu)
    assert lin.get(f"/playbook?q=太贵&customer={foreign.id}").status_code == 404
    assert lin.get("/playbook?q=太贵&customer=nonsense").status_code == 404
