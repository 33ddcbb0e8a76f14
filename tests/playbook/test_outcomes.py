"""One tap says how a line went; the line for a customer's door is the one that fits him and works."""

import pytest
from sqlalchemy import select

from tests.making import a_customer
from webapp.foundation.db import db, new_id
from webapp.outbox import gate
from webapp.playbook import queries, suggesting
from webapp.playbook.models import TrackUse
from webapp.playbook.ranking import Outcomes, same_trade


def uses() -> list[tuple[str, str, str | None]]:
    db.session.rollback()
    return [
        (use.by_id, use.outcome, use.customer_id) for use in db.session.scalars(select(TrackUse).where(TrackUse.stands))
    ]


def line(customer):
    """The line that is suggested for this customer's door."""
    found = suggesting.line_for(customer)
    return found and found.track


def tap(browser, track, outcome, **more):
    return browser.post(f"/playbook/{track.id}/uses", data={"submission_id": new_id(), "outcome": outcome, **more})


def test_one_tap_is_one_use_and_leads_back_to_where_it_was(lin, cast, library):
    track = library("expensive-downtime")
    with gate.transaction():
        mill = a_customer(cast.lin)
    assert tap(lin, track, "worked").location == f"/playbook/{track.id}"
    answer = tap(lin, track, "half", said="太贵", customer=mill.id)
    assert answer.location.startswith("/playbook?q=")
    assert f"customer={mill.id}" in answer.location
    assert uses() == [(cast.lin.id, "worked", None), (cast.lin.id, "half", mill.id)]
    assert "记下了" in lin.get(answer.location).text


def test_a_second_thought_on_the_same_day_replaces_the_first(lin, cast, library):
    track = library("expensive-downtime")
    tap(lin, track, "flat")
    tap(lin, track, "worked")
    assert uses() == [(cast.lin.id, "worked", None)]
    page = lin.get(f"/playbook/{track.id}").text
    assert page.count('aria-pressed="true"') == 1


def test_the_next_day_is_another_use(lin, cast, library):
    from datetime import timedelta

    from webapp.foundation import clock

    track = library("expensive-downtime")
    tap(lin, track, "flat")
    clock.freeze(clock.now() + timedelta(days=1))
    tap(lin, track, "worked")
    assert len(uses()) == 2


def test_a_report_corrected_later_still_counts_once(cast, library):
    track, other = library("expensive-downtime"), library("expensive-trial")
    visit = new_id()
    with gate.transaction():
        TrackUse.record(track.id, "flat", cast.lin.id, visit_id=visit)
        TrackUse.record(other.id, "worked", cast.lin.id, visit_id=visit)
    assert queries.outcome_counts([track.id, other.id]) == {track.id: Outcomes(), other.id: Outcomes(worked=1)}
    with gate.transaction():
        TrackUse.forget(visit)
    assert uses() == []


def test_the_use_is_of_the_version_that_was_said(lin, zhou, cast, library, typed):
    track = library("expensive-trial")
    zhou.post(f"/playbook/{track.id}", data=typed(version="1"))
    tap(lin, track, "worked")
    assert db.session.scalars(select(TrackUse.version)).one() == 2


def test_nonsense_and_foreign_customers_are_refused(lin, cast, library):
    track = library("expensive-downtime")
    with gate.transaction():
        foreign = a_customer(cast.wu)
    refused = tap(lin, track, "splendid")
    assert refused.status_code == 422
    assert "没有这个选项" in refused.text
    assert lin.post(f"/playbook/{track.id}/uses", data={"submission_id": new_id()}).status_code == 422
    assert tap(lin, track, "worked", customer=foreign.id).status_code == 404
    assert uses() == []


def test_the_same_tap_delivered_twice_is_one_use(lin, library):
    track, form = library("expensive-downtime"), {"submission_id": new_id(), "outcome": "worked"}
    for _time in range(2):
        assert lin.post(f"/playbook/{track.id}/uses", data=form).status_code == 303
    assert len(uses()) == 1


def test_the_door_of_a_textile_mill_gets_a_line_about_its_machines(app, cast, library):
    with gate.transaction():
        mill = a_customer(cast.lin, industry="纺织", stage="persuade", level="C")
        shop = a_customer(cast.lin, name="江北便利", industry="超市连锁", stage="persuade", level="C")
        nobody = a_customer(cast.lin, name="未知", stage="persuade", level="C")
    assert line(mill).slug in ("pain-night-stop", "pain-spare-stock")
    assert line(shop).slug == "pain-dead-shelf"
    assert line(nobody).industries == []
    with gate.transaction():
        for n in range(3):
            TrackUse.record(library("pain-night-stop").id, "flat", cast.lin.id, visit_id=str(n))
            TrackUse.record(library("pain-spare-stock").id, "worked", cast.lin.id, visit_id=str(n + 10))
    assert line(mill).slug == "pain-spare-stock"


def test_an_open_complaint_is_what_one_talks_about_first(app, cast, library):
    with gate.transaction():
        mill = a_customer(cast.lin, industry="纺织", stage="persuade", level="C", open_complaint="样品异响")
    assert line(mill).situation == "complaint"


def test_old_figures_stand_behind_good_ones(app, cast, library):
    from datetime import date

    with gate.transaction():
        mill = a_customer(cast.lin, industry="纺织", stage="persuade", level="C")
        TrackUse.record(library("pain-night-stop").id, "worked", cast.lin.id)
    assert line(mill).slug == "pain-night-stop"
    with gate.transaction():
        library("pain-night-stop").figures_valid_until = date(2026, 11, 1)
    assert line(mill).slug != "pain-night-stop"


@pytest.mark.parametrize("industry", ["纺织", "超市连锁", "批发业", ""])
def test_at_every_stage_and_level_there_is_something_to_say(app, cast, library, industry):
    with gate.transaction():
        mill = a_customer(cast.lin, industry=industry)
    for stage, levels in {
        "search": "EF",
        "approach": "DEF",
        "persuade": "BCD",
        "sign": "ABC",
        "after_sales": "AB",
    }.items():
        for level in levels:
            mill.stage, mill.level = stage, level
            assert line(mill) is not None, (stage, level)
    db.session.rollback()


def test_a_report_offers_few_tracks_and_always_objections(app, cast, library):
    with gate.transaction():
        mill = a_customer(cast.lin, industry="纺织", stage="after_sales", level="A")
    tracks = suggesting.tracks_for_report(mill)
    assert len(tracks) <= 9
    assert {track.situation for track in tracks} >= {"objection", "after_sales"}
    assert not any("便利店" in track.industries for track in tracks)


def test_an_english_reader_gets_english_lines_for_chinese_customers(app, cast, library):
    with gate.transaction():
        mill = a_customer(cast.lin, industry="纺织", stage="persuade", level="C")
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert line(mill).language == "en"
        assert "纺织" not in line(mill).industries


def test_trades_are_known_by_either_name():
    assert same_trade("机械", "专用机械")
    assert same_trade("Textiles", "纺织")
    assert same_trade("纺织", "纺织机械")
    assert not same_trade("纺织", "造纸")
    assert not same_trade("textiles", "")
