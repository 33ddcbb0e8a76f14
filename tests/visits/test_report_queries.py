"""What a page asks of the database does not grow with what it shows."""

from datetime import timedelta

from tests.counting import count_queries
from tests.making import a_contact, a_report, an_attention_item
from tests.visits.reporting import a_photo, form, hand_in, the_report
from webapp.foundation import clock
from webapp.outbox import gate
from webapp.visits.models import Promise


def asked(client: object, path: str) -> int:
    client.get(path)
    with count_queries() as counted:
        assert client.get(path).status_code == 200
    return counted.n


def crowd(cast: object, here: object) -> None:
    with gate.transaction():
        for n in range(15):
            a_contact(here.customer, f"第{n}位")
            an_attention_item(here.customer, cast.lin, f"看到{n}", opener=f"破冰{n}")
            Promise.give(here.customer, cast.lin, f"承诺{n}")
            a_report(here.customer, cast.lin, day=clock.today() - timedelta(days=n), needs=f"需求{n}")


def test_the_form_costs_the_same_for_a_customer_of_whom_much_is_known(lin, cast, here):
    path = f"/customers/{here.customer.id}/reports/new"
    hand_in(lin, here.customer, met=here.chen.id)
    few = asked(lin, path), asked(lin, path + "?mode=hallway")

    crowd(cast, here)

    assert (asked(lin, path), asked(lin, path + "?mode=hallway")) == few
    assert max(few) <= 16


def test_the_list_costs_the_same_with_many_reports(lin, cast, here):
    hand_in(lin, here.customer, photos=a_photo(60, 40))
    few = asked(lin, "/reports")

    crowd(cast, here)

    assert asked(lin, "/reports") == few


def test_a_long_report_costs_what_a_short_one_costs(lin, here):
    rows = {f"seen_{n}_category": "hobby" for n in range(3)} | {f"seen_{n}_observed": f"看到{n}" for n in range(3)}
    promises = {f"promises_{n}_text": f"承诺{n}" for n in range(2)}
    one = {"seen_0_category": "hobby", "seen_0_observed": "x", "promises_0_text": "x"}
    short = hand_in(lin, here.customer, met=here.chen.id, photos=[a_photo(60, 40)], **one).location
    long = hand_in(
        lin,
        here.customer,
        met=[here.chen.id, here.shen.id],
        photos=[a_photo(60, 40) for _ in range(4)],
        **rows,
        **promises,
    ).location

    assert asked(lin, long) == asked(lin, short)


def test_filing_costs_little(app, lin, here, monkeypatch):
    monkeypatch.setitem(app.extensions, "queue", lambda _job: None)  # what is put off costs whoever carries it out
    lin.get("/reports")
    with count_queries() as counted:
        hand_in(
            lin, here.customer, met=here.chen.id, track_id=here.track.id, track_outcome="worked", promises_0_text="送样"
        )

    assert the_report()
    assert counted.n <= 40, counted.statements


def test_posting_an_old_answer_again_asks_next_to_nothing(lin, here):
    said = form()
    url = f"/customers/{here.customer.id}/reports"
    lin.post(url, data=said)
    with count_queries() as counted:
        lin.post(url, data=said)

    assert counted.n <= 6
