"""What goes over the line to a push service, and what becomes of it whatever the service does."""

import json
import time
from dataclasses import replace

import pytest
from sqlalchemy import select

from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.outbox import gate
from webapp.outbox.user_hash import user_hash
from webapp.push import carrying, posting
from webapp.push.models import Delivery, Notice, Subscription, Wishes


def outcomes():
    rows = select(Delivery).order_by(Delivery.made_at, Delivery.id)
    return [(delivery.state, delivery.outcome, delivery.tries) for delivery in db.session.scalars(rows)]


def test_zhou_s_phone_can_open_it_and_it_names_nobody(cast, phone, tell, service, house_keys):
    clock.freeze(None)  # the claims are held against the real time, which may lie in the quiet hours
    with gate.transaction():
        Wishes.of(cast.zhou.id).keep([], "", "")
    phone(cast.zhou, "z")
    tell("returned", cast.zhou, title="恒润纺机", text="写具体些", by=cast.lin, subject=cast.lin.id)

    (got,) = service.got
    notice = db.session.scalar(select(Notice))
    assert got["message"] == {"id": notice.id, "kind": "returned", "n": 1, "user": user_hash(cast.zhou.id)}
    assert {"aud": service.base, "sub": "mailto:ops@example.com"}.items() <= got["claims"].items()
    assert time.time() < got["claims"]["exp"] <= time.time() + 3601
    assert (got["TTL"], got["Urgency"], got["Topic"]) == ("86400", "normal", "returned")
    assert got["Host"] == service.base.removeprefix("http://")
    assert not any(
        word in json.dumps(got, ensure_ascii=False) for word in ("恒润", "写具体", "周", "zhou", cast.zhou.id)
    )
    assert outcomes() == [("sent", "201", 1)]


def test_the_claims_are_made_afresh_for_each_push_service(cast, phone, tell, service, house_keys):
    from tests.push.service import running

    phone(cast.zhou, "here")
    with running(house_keys.public) as elsewhere:
        other = phone(cast.zhou, "unused")
        other.post("/push/subscriptions", data=elsewhere.subscribe("there"))
        tell("returned", cast.zhou)
        assert [got["claims"]["aud"] for got in service.got + elsewhere.got] == [service.base, elsewhere.base]


def test_what_is_urgent_says_so(cast, phone, tell, service):
    phone(cast.zhou, "z")
    tell("urgent_report", cast.zhou)
    assert service.got[0]["Urgency"] == "high"


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_has_left_is_forgotten(cast, phone, tell, service, subscriptions, status):
    phone(cast.zhou, "z")
    service.answers["z"] = status
    tell("returned", cast.zhou)
    assert subscriptions() == []
    assert outcomes() == [("gone", str(status), 1)]
    tell("approved", cast.zhou)
    assert len(service.asked) == 1


@pytest.mark.parametrize("status", [400, 401, 403])
def test_a_refusal_is_not_tried_again_but_the_browser_is_kept(cast, phone, tell, service, subscriptions, status):
    phone(cast.zhou, "z")
    service.answers["z"] = status
    tell("returned", cast.zhou)
    assert (outcomes(), len(subscriptions())) == ([("failed", str(status), 1)], 1)


def test_a_redirect_is_not_followed(cast, phone, tell, service):
    phone(cast.zhou, "z")
    for status in (301, 302, 307, 308):
        service.answers["z"] = (status, {"Location": f"{service.base}/push/inside"})
        tell("returned", cast.zhou)
    assert not [asked for asked in service.asked if "inside" in asked]
    assert {state for state, _outcome, _tries in outcomes()} == {"failed"}


def test_what_is_too_big_goes_empty(cast, phone, tell, service):
    phone(cast.zhou, "z")
    service.answers["z"] = lambda body: 413 if body else 201
    tell("returned", cast.zhou)
    assert [got["message"] for got in service.got] == [{}]
    assert outcomes() == [("sent", "201", 1)]


def test_a_busy_service_is_asked_again_when_it_said(cast, phone, tell, service, wait):
    phone(cast.zhou, "z")
    service.answers["z"] = (429, {"Retry-After": "600"})
    tell("returned", cast.zhou)
    service.answers.clear()
    wait(minutes=5)
    assert len(service.asked) == 1
    wait(minutes=6)
    assert (len(service.got), outcomes()) == (1, [("sent", "201", 2)])


@pytest.mark.parametrize("said", ["999999999", "soon", "-1", "1e9", "٣", "999999999999999999999"])
def test_a_service_that_says_nonsense_is_asked_within_the_hour(cast, phone, tell, service, wait, said):
    phone(cast.zhou, "z")
    service.answers["z"] = (429, {"Retry-After": said.encode().decode("latin-1")})
    tell("returned", cast.zhou)
    service.answers.clear()
    wait(minutes=61)
    assert len(service.got) == 1


def test_a_broken_service_is_asked_ever_more_rarely_and_given_up_in_the_end(
    cast, phone, tell, service, wait, subscriptions
):
    phone(cast.zhou, "z")
    service.answers["z"] = 500
    tell("returned", cast.zhou)
    for _hour in range(12):
        for _ in range(4):
            wait(minutes=15)
    assert len(service.asked) == 7
    assert outcomes() == [("failed", "500", 7)] and len(subscriptions()) == 1


def test_one_that_hangs_holds_nobody_up_for_long(cast, phone, tell, service, monkeypatch, wait):
    monkeypatch.setattr(posting, "PATIENCE", (0.2, 0.2))
    phone(cast.zhou, "z")
    phone(cast.lin, "l")
    service.answers["z"] = "hang"
    began = time.monotonic()
    tell("returned", cast.zhou, cast.lin)
    assert time.monotonic() - began < 3
    assert [got["name"] for got in service.got] == ["l"]
    assert ("waiting", "ReadTimeout", 1) in outcomes()


def test_a_push_service_that_stays_silent_is_left_alone_for_a_while(cast, phone, tell, service, monkeypatch):
    monkeypatch.setattr(posting, "PATIENCE", (0.1, 0.1))
    people = (cast.zhou, cast.lin, cast.sun, cast.wu, cast.manager)
    for person in people:
        phone(person, person.username)
        service.answers[person.username] = "hang"
    tell("returned", *people)
    assert len(service.asked) == 3
    assert sorted(outcome for _state, outcome, _tries in outcomes()) == ["ReadTimeout"] * 3 + ["out of reach"] * 2
    monkeypatch.setattr(posting, "OUT_OF_REACH", 0)
    service.answers.clear()
    tell("approved", cast.lin)
    assert len(service.got) == 1


def test_one_that_is_not_there_is_asked_again(cast, phone, tell, service, subscriptions, wait):
    phone(cast.zhou, "z")
    service.close()
    tell("returned", cast.zhou)
    assert outcomes() == [("waiting", "ConnectionError", 1)] and len(subscriptions()) == 1


def test_keys_that_are_none_are_forgotten(cast, phone, tell, service, subscriptions):
    phone(cast.zhou, "z")
    with gate.transaction():
        db.session.scalar(select(Subscription)).p256dh = "A" * 87
    tell("returned", cast.zhou)
    assert (subscriptions(), service.asked) == ([], [])


def test_signed_out_nothing_more_is_sent(cast, phone, tell, service):
    zhou = phone(cast.zhou, "z")
    zhou.post("/sign-out")
    tell("returned", cast.zhou)
    assert service.asked == []


def test_another_person_on_the_same_browser_takes_it_over(cast, phone, tell, service, client_of, subscriptions):
    phone(cast.zhou, "z")
    fields = service.handsets["z"].fields(f"{service.base}/push/z")
    assert client_of(cast.lin).post("/push/subscriptions", data=fields).status_code == 204
    assert len(subscriptions()) == 1
    tell("returned", cast.zhou)
    assert service.asked == []
    tell("returned", cast.lin)
    assert service.got[0]["message"]["user"] == user_hash(cast.lin.id)


def test_what_was_read_meanwhile_is_not_sent(cast, phone, tell, service, wait):
    zhou = phone(cast.zhou, "z")
    service.answers["z"] = 503
    tell("returned", cast.zhou)
    zhou.post("/inbox/reading", data={})
    service.answers.clear()
    wait(hours=1)
    assert service.got == []


def test_many_at_once_make_one_push_that_counts(cast, phone, service):
    from webapp.push.models import notify

    phone(cast.zhou, "z")
    with gate.transaction():
        for n in range(20):
            notify("report", [cast.zhou], subject=str(n), url="/reviews", title=f"客户{n}")
    assert [got["message"]["n"] for got in service.got] == [20]


def test_a_notice_of_a_refused_form_never_was(cast, phone, service):
    from webapp.push.models import notify

    phone(cast.zhou, "z")

    def refuse():
        with gate.transaction():
            notify("report", [cast.zhou], url="/reviews")
            raise LookupError

    with pytest.raises(LookupError):
        refuse()
    assert (db.session.scalar(select(Notice)), service.asked) == (None, [])


def test_in_quiet_hours_only_the_urgent_goes_out_and_the_rest_in_the_morning(cast, phone, tell, service, wait):
    phone(cast.zhou, "z")
    with gate.transaction():
        Wishes.of(cast.zhou.id).keep([], "22:00", "07:00")
    wait(hours=13)  # 23:00
    tell("report", cast.zhou)
    tell("urgent_report", cast.zhou)
    assert [got["Topic"] for got in service.got] == ["urgent_report"]
    wait(hours=7)
    assert len(service.got) == 1
    wait(hours=1, minutes=1)
    assert [got["Topic"] for got in service.got] == ["urgent_report", "report"]


def test_a_kind_that_is_off_is_in_the_inbox_only(cast, phone, tell, service, notices):
    phone(cast.zhou, "z")
    with gate.transaction():
        Wishes.of(cast.zhou.id).keep(["report"], "", "")
    tell("report", cast.zhou)
    assert (service.asked, len(notices(cast.zhou))) == ([], 1)


def test_later_means_once_more_in_an_hour(cast, phone, tell, service, wait):
    zhou = phone(cast.zhou, "z")
    tell("report", cast.zhou)
    notice = db.session.scalar(select(Notice.id))
    assert zhou.post(f"/inbox/{notice}/postponement").status_code == 303
    wait(minutes=50)
    assert len(service.got) == 1
    wait(minutes=11)
    assert len(service.got) == 2


def test_a_job_that_is_done_twice_sends_once(cast, phone, tell, service):
    phone(cast.zhou, "z")
    tell("report", cast.zhou)
    notice = db.session.scalar(select(Notice.id))
    carrying.carry([notice])
    carrying.send(db.session.scalar(select(Delivery.id)))
    assert len(service.got) == 1


def test_without_keys_nobody_can_subscribe_and_nothing_is_sent(app, cast, client_of, tmp_path, monkeypatch):
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], data=tmp_path))
    fields = {"endpoint": "https://fcm.googleapis.com/a", "p256dh": "A" * 87, "auth": "A" * 22}
    assert client_of(cast.zhou).post("/push/subscriptions", data=fields).status_code == 404
