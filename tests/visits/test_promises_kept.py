"""Whoever keeps his word shows: a rep, a customer, a week. Both ways."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from tests.making import a_customer
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.insight.queries import week_of
from webapp.outbox import gate
from webapp.push.models import Notice
from webapp.visits.models import Promise
from webapp.visits.notices import tell_of_promises
from webapp.visits.promise_rates import words_of
from webapp.visits.reminders import reminders_for

TODAY = date(2026, 11, 24)


@pytest.fixture
def given(cast: SimpleNamespace, here: SimpleNamespace) -> SimpleNamespace:
    """Of lin's words one was kept, one broken, one ran out yesterday, one is for tomorrow; the customer kept one of his."""
    with gate.transaction():
        give = lambda text, **more: Promise.give(here.customer, cast.lin, text, **more)  # noqa: E731
        give("送样").keep(cast.lin)
        give("报价").break_(cast.lin)
        give("图纸", due_on=TODAY - timedelta(days=1))
        give("样本", due_on=TODAY + timedelta(days=1))
        give("下单", direction="theirs").keep(cast.lin)
        db.session.flush()
    return here


def test_what_ran_out_counts_as_not_kept_and_what_is_still_to_come_does_not_count(cast, given):
    [lin] = words_of(cast.lin)
    assert ((lin.ours.n, lin.ours.of, lin.ours.percent), (lin.theirs.n, lin.theirs.of)) == ((1, 3, 33), (1, 1))


def test_zhou_reads_it_of_his_people_and_wu_s_team_does_not(cast, given):
    assert [word.user.id for word in words_of(cast.zhou)] == [cast.lin.id]
    assert words_of(cast.wu) == []


def test_the_week_says_it_of_each_and_of_all(cast, given):
    week = week_of(cast.zhou, TODAY - timedelta(days=TODAY.weekday()))
    lin = next(person for person in week.people if person.user.id == cast.lin.id)
    assert (lin.week.kept, lin.week.promised, week.total.kept_rate) == (1, 3, 33)
    last = week_of(cast.zhou, TODAY - timedelta(days=TODAY.weekday() + 7))
    assert last.total.kept_rate is None


def test_the_card_says_it_of_the_customer_and_promises_stand_before_who_decides(lin, given):
    html = lin.get(f"/customers/{given.customer.id}").text
    assert "我们答应的，有结果的2件做到1件。对方答应的，有结果的1件做到1件。" in html
    assert html.index("图纸") < html.index("<dt>拍板</dt>")


def test_the_list_says_it_in_figures(lin, zhou, given):
    assert "33% <small>1/3</small>" in lin.get("/promises").text
    assert "谁说到做到" in zhou.get("/promises").text


def test_what_they_promised_is_asked_for_on_its_day(cast, here):
    with gate.transaction():
        Promise.give(here.customer, cast.lin, "给图纸", direction="theirs", due_on=TODAY)
        db.session.flush()
        tell_of_promises(TODAY, Promise.id.is_not(None))
        db.session.flush()
    kinds = {notice.kind for notice in db.session.query(Notice).filter_by(user_id=cast.lin.id)}
    assert kinds == {"word_due"}


def test_ours_presses_before_theirs(cast, here):
    with gate.transaction():
        other = a_customer(cast.lin, "华新造纸")
        Promise.give(here.customer, cast.lin, "给图纸", direction="theirs", due_on=TODAY)
        Promise.give(other, cast.lin, "给价", direction="theirs", due_on=TODAY - timedelta(days=5))
        Promise.give(other, cast.lin, "送样", due_on=clock.today())
        db.session.flush()
        found = reminders_for([here.customer, other], TODAY)
    assert (found[here.customer.id].kind, found[other.id].text) == ("owed", "送样")
