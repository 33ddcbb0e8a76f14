"""People talk about a thing: they answer, name somebody with an @, and see who has read it."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from tests.making import a_customer, a_report
from webapp.field_pack import contents
from webapp.foundation import clock
from webapp.foundation.db import db, new_id
from webapp.outbox import gate
from webapp.outbox.models import Receipt
from webapp.push.models import Notice
from webapp.reviews.mentions import named_in
from webapp.reviews.models import Comment, Opening


@pytest.fixture
def visit(cast: SimpleNamespace) -> str:
    with gate.transaction():
        customer = a_customer(cast.lin)
        db.session.flush()  # reports point to customers by id
        report = a_report(customer, cast.lin)
    return f"/threads/visit/{report.id}"


def say(client, url, text, **more):
    return client.post(url, data={"submission_id": new_id(), "text": text, **more})


def told(user, kind) -> int:
    return len(db.session.scalars(select(Notice).where(Notice.user_id == user.id, Notice.kind == kind)).all())


@pytest.mark.parametrize("text", ["@周建国 看一下", "@zjg 看一下", "@zhoujianguo，看一下", "问＠周建国"])
def test_whoever_is_named_is_rung_for_by_name_pinyin_or_initials(lin, cast, visit, text):
    say(lin, visit, text)
    assert told(cast.zhou, "mentioned") == 1
    assert "@周建国" in db.session.scalars(select(Comment.text)).one()


def test_only_who_may_see_it_can_be_named(lin, cast, visit):
    say(lin, visit, "@孙海涛 @吴俊 @nobody 你们看")
    assert [told(person, "mentioned") for person in (cast.sun, cast.wu, cast.zhou)] == [0, 0, 0]


def test_who_cannot_be_told_apart_is_nobody(cast):
    assert named_in("@s", [cast.director, cast.sun]) == {}


def test_who_is_named_is_not_told_twice(zhou, cast, visit):
    say(zhou, visit, "@林晓岚 这件你来办")
    assert (told(cast.lin, "mentioned"), told(cast.lin, "commented")) == (1, 0)


def test_an_answer_stands_under_what_it_answers(lin, zhou, visit):
    say(zhou, visit, "款怎么说")
    first = db.session.scalars(select(Comment)).one()
    say(lin, visit, "周四去收", parent_id=first.id)
    second = db.session.scalars(select(Comment).where(Comment.text == "周四去收")).one()
    say(zhou, visit, "好", parent_id=second.id)
    assert set(db.session.scalars(select(Comment.parent_id).where(Comment.id != first.id))) == {first.id}
    assert 'class="talk-answer"' in lin.get(visit).text


def test_an_answer_to_something_elsewhere_begins_a_talk_of_its_own(lin, zhou, cast, visit):
    with gate.transaction():
        other = a_customer(cast.lin, "宏锦印染")
    say(lin, f"/threads/customer/{other.id}", "老板换人了")
    elsewhere = db.session.scalars(select(Comment)).one().id
    say(zhou, visit, "好", parent_id=elsewhere)
    assert db.session.scalars(select(Comment.parent_id).where(Comment.text == "好")).one() is None


def test_zhou_sees_that_lin_has_read_it(lin, zhou, visit):
    say(zhou, visit, "款要盯紧")
    assert "看过了" not in zhou.get(visit).text
    assert lin.post(f"{visit}/opening").status_code == 204
    assert "林晓岚看过了" in zhou.get(visit).text.replace("\n", "")


def test_reading_twice_is_one_opening(lin, visit):
    lin.post(f"{visit}/opening")
    lin.post(f"{visit}/opening")
    assert len(db.session.scalars(select(Opening)).all()) == 1


def test_a_customer_is_talked_about_on_his_card(lin, zhou, cast):
    with gate.transaction():
        customer = a_customer(cast.lin)
    answer = say(lin, f"/threads/customer/{customer.id}", "老板下周出国")
    assert answer.location == f"/customers/{customer.id}#talk"
    assert "老板下周出国" in zhou.get(f"/customers/{customer.id}").text
    assert zhou.get(f"/threads/customer/{customer.id}").status_code == 200


def test_whom_a_remark_on_a_card_can_call_stands_on_a_page_of_its_own(lin, zhou, cast):
    with gate.transaction():
        customer = a_customer(cast.lin)
    path = f"/mentions/{cast.lin.id}"
    assert f'data-people="{path}"' in lin.get(f"/customers/{customer.id}").text
    for name, client in (("周建国", lin), ("林晓岚", zhou)):
        assert f"{name}</li>" in client.get(path).text
    assert path in [page.url for page in contents.pages(cast.lin, clock.today())]


def test_phrases_are_each_one_s_own(zhou, client_of, cast, visit):
    answer = zhou.post("/reviews/phrases", data={"submission_id": new_id(), "visit": "跟紧\n跟紧\n 发我一份 "})
    assert answer.status_code == 303
    page = visit.replace("/threads", "/reviews")
    assert "发我一份" in zhou.get(page).text and "谈得好" not in zhou.get(page).text
    assert "谈得好" in client_of(cast.manager).get(page).text


def test_too_many_or_too_long_phrases_are_refused_beside_their_field(zhou):
    for typed in ("\n".join(f"第{n}句" for n in range(9)), "长" * 41):
        answer = zhou.post("/reviews/phrases", data={"submission_id": new_id(), "plan": typed})
        assert answer.status_code == 422 and typed.splitlines()[0] in answer.text


def test_a_phrase_that_was_taken_back_since_is_still_what_was_said(zhou, visit):
    zhou.post("/reviews/phrases", data={"submission_id": new_id(), "visit": "跟紧"})
    assert zhou.post(visit, data={"submission_id": new_id(), "phrases": "谈得好"}).status_code == 303
    assert db.session.scalars(select(Comment.text)).one() == "谈得好"


def test_what_zhou_read_in_the_tunnel_was_read_then_and_what_came_meanwhile_was_not(lin, zhou, cast, visit):
    """He opened the page ten minutes ago; the phone had last heard from the house twenty minutes ago."""
    subject, start = visit.rsplit("/", 1)[1], clock.now()
    with gate.transaction():
        sent = {"path": "/", "fingerprint": "x", "kind": "report", "subject_id": subject, "filed_at": start}
        receipt = Receipt(id=new_id(), user_id=cast.lin.id, **sent)
        db.session.add(receipt)
    say(lin, visit, "样品到了")
    clock.freeze(start + timedelta(minutes=15))
    say(lin, visit, "客户要先试一台")
    clock.freeze(start + timedelta(minutes=30))
    assert zhou.post(f"{visit}/opening", data={"ago": 600, "fresh": 1200}).status_code == 204
    assert lin.get(visit).text.count("周建国看过了") == 1
    assert db.session.get(Receipt, receipt.id).opened_at == start + timedelta(minutes=20)


@pytest.mark.parametrize("said", [{"ago": "gestern"}, {"ago": "-5"}, {"ago": "9" * 40}, {"ago": "99999999"}])
def test_what_is_no_time_counts_as_nothing_said(zhou, visit, said):
    assert zhou.post(f"{visit}/opening", data=said).status_code == 204
    opened = db.session.scalars(select(Opening)).one()
    assert clock.now() - timedelta(days=60) <= opened.at <= clock.now()
