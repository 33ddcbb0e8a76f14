"""Work that is put off is done once what it is about has been committed, and never for a request that was refused."""

import pytest
from flask import Response

from webapp.foundation import later
from webapp.jobs import huey

done = []


@later.work
def remember(word):
    done.append(word)


@pytest.fixture(autouse=True)
def _nothing_done():
    done.clear()


def test_outside_a_request_it_goes_into_the_queue_at_once(app):
    assert huey.immediate
    later.put_off(remember, "now")
    assert done == ["now"]


@pytest.mark.parametrize(("status", "words"), [(303, ["after"]), (422, [])])
def test_in_a_request_it_waits_for_the_answer(app, status, words):
    with app.test_request_context("/", method="POST"):
        later.put_off(remember, "after")
        assert done == []
        app.process_response(Response(status=status))
    assert done == words
