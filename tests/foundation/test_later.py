"""Work that is put off is done once what it is about has been committed, and never for a request that was refused."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from webapp.foundation import clock, later
from webapp.foundation.db import db
from webapp.foundation.later import Job
from webapp.jobs import huey
from webapp.outbox import gate

done = []


@later.work
def remember(word):
    done.append(word)


@later.work
def stumble():
    return 1 / 0


@later.work
def die():
    raise KeyboardInterrupt


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


@pytest.fixture(autouse=True)
def _nothing_done():
    done.clear()


def test_outside_a_request_it_goes_into_the_queue_at_once(app):
    assert huey.immediate
    later.put_off(remember, "now")
    assert done == ["now"]


def test_in_a_transaction_it_waits_for_the_commit(app):
    with gate.transaction():
        later.put_off(remember, "after")
        assert done == []
    assert done == ["after"]


def refuse():
    with gate.transaction():
        later.put_off(remember, "never")
        raise LookupError


def test_what_is_rolled_back_was_never_put_off(app):
    with pytest.raises(LookupError):
        refuse()
    with gate.transaction():
        later.put_off(remember, "after")
    assert done == ["after"] and count(Job) == 1


@pytest.mark.parametrize(("status", "words"), [(303, ["after"]), (422, [])])
def test_in_a_request_it_waits_for_the_answer(app, status, words):
    def view():
        later.put_off(remember, "after")
        assert done == []
        return "", status

    with app.test_request_context("/", method="POST"):
        gate.pass_through(view)
    assert done == words and count(Job) == len(words)


def test_a_savepoint_that_is_rolled_back_takes_its_work_with_it(app):
    with gate.transaction():
        savepoint = db.session.begin_nested()
        later.put_off(remember, "refused entry")
        savepoint.rollback()
        later.put_off(remember, "good entry")
    assert done == ["good entry"]


def test_a_work_that_is_lost_on_its_way_to_the_queue_is_found_by_the_sweeper(app, monkeypatch):
    monkeypatch.setitem(app.extensions, "queue", lambda job_id: None)
    later.put_off(remember, "lost")
    clock.freeze(clock.now() + timedelta(minutes=1))
    (job_id,) = later.sweep()
    later.carry_out(job_id)
    later.carry_out(job_id)
    assert done == ["lost"] and later.sweep() == []


def test_what_is_meant_for_later_is_left_until_then(app):
    later.put_off(remember, "tomorrow", at=clock.now() + timedelta(days=1))
    assert done == [] and later.sweep() == []
    clock.freeze(clock.now() + timedelta(days=1, minutes=1))
    later.carry_out(*later.sweep())
    assert done == ["tomorrow"]


def test_what_the_clock_asks_for_is_done_once_whoever_asks_and_however_often(app):
    for _ in range(3):
        later.put_off_once(remember, "2026-11-24")
    later.put_off_once(remember, "2026-11-25")
    assert done == ["2026-11-24", "2026-11-25"]


def test_what_goes_wrong_is_tried_again_later_and_given_up_in_the_end(app, monkeypatch):
    monkeypatch.setitem(app.extensions, "queue", lambda job_id: None)
    later.put_off(stumble)
    tries = 0
    for _ in range(200):
        clock.freeze(clock.now() + timedelta(minutes=15))
        for job_id in later.sweep():
            tries += 1
            with pytest.raises(ZeroDivisionError):
                later.carry_out(job_id)
    job = db.session.scalar(select(Job))
    assert (tries, job.tries, job.error, job.done_at) == (12, 12, "ZeroDivisionError", None)


def test_two_schedulers_do_not_do_it_both(app, monkeypatch):
    monkeypatch.setitem(app.extensions, "queue", lambda job_id: None)
    later.put_off(remember, "once")
    job_id = db.session.scalar(select(Job.id))
    monkeypatch.setitem(later.works, later.name_of(remember), lambda word: (done.append(word), later.carry_out(job_id)))
    later.carry_out(job_id)
    assert done == ["once"]


def test_one_that_was_killed_at_it_is_taken_up_again_when_its_lease_is_over(app, monkeypatch):
    monkeypatch.setitem(app.extensions, "queue", lambda job_id: None)
    later.put_off(die)
    job_id = db.session.scalar(select(Job.id))
    with pytest.raises(KeyboardInterrupt):
        later.carry_out(job_id)
    clock.freeze(clock.now() + timedelta(minutes=5))
    assert later.sweep() == []
    clock.freeze(clock.now() + timedelta(minutes=6))
    assert later.sweep() == [job_id]
