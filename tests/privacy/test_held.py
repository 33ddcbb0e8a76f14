"""What a person said is kept with who noted it and when; a no hides at once what was noted; he reads and takes what we hold."""

import json
from datetime import timedelta
from types import SimpleNamespace

from flask.testing import FlaskClient
from sqlalchemy import select

from tests.counting import count_queries
from tests.field_pack.phone import Phone
from tests.making import a_contact
from webapp.accounts.models import AuditEntry, User
from webapp.attention.models import AttentionItem, Greeting
from webapp.customers.models import Contact, Customer, HistoryEntry
from webapp.foundation import clock
from webapp.foundation.db import db, new_id
from webapp.outbox import gate
from webapp.privacy import notices
from webapp.privacy.models import KeptOn
from webapp.push.models import Notice

SEEN = "爱喝凤凰单丛"


def says(browser: FlaskClient, chen: SimpleNamespace, said: str, topic: str = "") -> None:
    answer = browser.post(
        f"/contacts/{chen.id}/consents", data={"submission_id": new_id(), "said": said, "topic": topic}
    )
    assert answer.status_code == 303


def note(browser: FlaskClient, chen: SimpleNamespace, **fields: str) -> int:
    said = {"submission_id": new_id(), "category": "occasion", "observed": "女儿高考", "contact_id": chen.id, **fields}
    return browser.post(f"/customers/{chen.customer}/attention", data=said).status_code


def test_a_no_hides_at_once_here_and_on_the_phone_and_a_yes_brings_it_back(lin: FlaskClient, chen: SimpleNamespace):
    phone, door = Phone(lin), f"/customers/{chen.customer}"
    phone.pull()
    assert SEEN in phone.pages[door] and f"/attention/{chen.item}/edit" in phone.pages
    says(lin, chen, "refused")
    assert "有1条没点头" in lin.get(door).text
    phone.pull()
    assert not [url for url, page in phone.pages.items() if SEEN in page]
    assert f"/attention/{chen.item}/edit" not in phone.pages
    assert lin.get(f"/attention/{chen.item}/edit").status_code == 404
    says(lin, chen, "given")
    assert "有1条没点头" not in lin.get(door).text and SEEN in lin.get(door).text


def test_who_noted_it_and_when_stands_with_it(lin: FlaskClient, cast: SimpleNamespace, chen: SimpleNamespace):
    says(lin, chen, "given", "family")
    person = db.session.get_one(Contact, chen.id)
    assert person.agreed["family"] == {"said": "given", "at": clock.now().isoformat(), "by_id": cast.lin.id}
    assert person.consent == "not_asked"
    entry = db.session.scalars(select(HistoryEntry).where(HistoryEntry.kind == "consent")).one()
    assert entry.said == "陈国栋 · 家里人 · 同意了"
    assert "家里人" in lin.get(f"/contacts/{chen.id}/privacy").text


def test_a_sensitive_thing_needs_his_own_yes(lin: FlaskClient, chen: SimpleNamespace):
    assert note(lin, chen, sensitive="family") == 422
    assert note(lin, chen, sensitive="family", contact_id="company", agreed="y") == 422
    assert note(lin, chen, sensitive="family", agreed="y") == 303
    assert note(lin, chen, sensitive="family") == 303
    assert note(lin, chen, sensitive="health") == 422
    assert db.session.get_one(Contact, chen.id).says("family") == "given"
    says(lin, chen, "refused", "family")
    shown = lin.get(f"/customers/{chen.customer}").text
    assert "女儿高考" not in shown and SEEN in shown


def test_all_that_is_held_is_on_his_page_in_his_language_and_in_his_copy(lin: FlaskClient, cast, chen: SimpleNamespace):
    page = lin.get(f"/contacts/{chen.id}/privacy?language=en").text
    assert "What we hold about you" in page and SEEN in page and "13912345678" in page
    copy = lin.get(f"/contacts/{chen.id}/copy.html?language=zh_Hant")
    assert "我們記了您什麼" in copy.text and "attachment" in copy.headers["Content-Disposition"]
    told = json.loads(lin.get(f"/contacts/{chen.id}/copy.json").text)
    assert told["person"] == "陈国栋" and told["noticed"][0]["value"].startswith(SEEN)
    taken = db.session.scalars(
        select(AuditEntry).where(AuditEntry.action == "copy_taken").order_by(AuditEntry.number)
    ).all()
    assert [(entry.actor_id, entry.subject_id, entry.detail["ending"]) for entry in taken] == [
        (cast.lin.id, chen.id, "html"),
        (cast.lin.id, chen.id, "json"),
    ]


def test_his_birthday_is_said_as_one_says_a_day(lin: FlaskClient, chen: SimpleNamespace):
    page = lambda language: lin.get(f"/contacts/{chen.id}/privacy?language={language}").text  # noqa: E731
    for month, is_lunar, said in (
        (8, False, ("8月15日", "15 Aug")),
        (8, True, ("农历八月十五", "lunar 8/15")),
        (-8, True, ("农历闰八月十五", "lunar leap month 8/15")),
    ):
        with gate.transaction():
            contact = db.session.get_one(Contact, chen.id)
            contact.birthday_month, contact.birthday_day, contact.birthday_is_lunar = month, 15, is_lunar
        assert said[0] in page("zh_Hans") and said[1] in page("en")


def test_how_sure_one_was_and_who_looked_again_is_held_too(
    lin: FlaskClient, cast: SimpleNamespace, chen: SimpleNamespace
):
    with gate.transaction():
        item = db.session.get_one(AttentionItem, chen.item)
        item.confirm("still", db.session.get_one(User, cast.zhou.id))
    [told] = json.loads(lin.get(f"/contacts/{chen.id}/copy.json").text)["noticed"]
    assert told["label"] == "口味 · 11月24日 · 林晓岚 · 亲眼所见"
    assert told["value"] == f"{SEEN} → 带一泡请他品 → 还是这样 11月24日 周建国"


def test_how_often_he_was_greeted_is_held_and_not_what_was_said(
    lin: FlaskClient, cast: SimpleNamespace, chen: SimpleNamespace
):
    with gate.transaction():
        Greeting.give(db.session.get_one(Contact, chen.id), cast.lin, "mid_autumn", clock.today())
    [told] = json.loads(lin.get(f"/contacts/{chen.id}/copy.json").text)["greetings"]
    assert told == {"label": "中秋节 · 11月24日", "value": "林晓岚"}
    assert "生日和节日的问候" in lin.get(f"/contacts/{chen.id}/privacy").text


def test_what_was_asked_after_is_hidden_with_it(lin: FlaskClient, cast: SimpleNamespace, chen: SimpleNamespace):
    lin.post(f"/attention/{chen.item}/confirmations", data={"submission_id": new_id(), "outcome": "still"})
    assert SEEN in lin.get(f"/customers/{chen.customer}/history").text
    says(lin, chen, "refused", "")
    assert SEEN not in lin.get(f"/customers/{chen.customer}/history").text


def test_his_page_asks_the_same_however_much_is_held(lin: FlaskClient, cast: SimpleNamespace, chen: SimpleNamespace):
    with count_queries() as few:
        lin.get(f"/contacts/{chen.id}/privacy")
    with gate.transaction():
        customer = db.session.get_one(Customer, chen.customer)
        for n in range(30):
            AttentionItem.notice(
                customer, db.session.get_one(User, cast.lin.id), "desk", f"看到{n}", contact_id=chen.id
            ).confirm("unsure", db.session.get_one(User, cast.zhou.id))
    with count_queries() as many:
        lin.get(f"/contacts/{chen.id}/privacy")
    assert many.n == few.n


def test_whom_one_need_not_keep_comes_up_and_is_kept_with_a_reason_or_erased(
    client_of, lin: FlaskClient, cast: SimpleNamespace, chen: SimpleNamespace
):
    assert "没有要定的" in lin.get("/retention").text
    with gate.transaction():
        gone = a_contact(
            db.session.get_one(Customer, chen.customer), "谭卫东", left_at=clock.now() - timedelta(days=400)
        )
    assert "谭卫东" in lin.get("/retention").text
    keep = {"submission_id": new_id(), "reason": "contract"}
    assert lin.post(f"/contacts/{gone.id}/keeping", data=keep).status_code == 303
    assert "谭卫东" not in lin.get("/retention").text
    assert db.session.get_one(KeptOn, gone.id).by_id == cast.lin.id
    clock.freeze(clock.here() + timedelta(days=366))
    lin = client_of(cast.lin)
    assert "谭卫东" in lin.get("/retention").text
    assert lin.post(f"/contacts/{gone.id}/erasure", data={"submission_id": new_id()}).status_code == 303
    assert "谭卫东" not in lin.get("/retention").text


def test_the_house_says_how_long(client_of, cast: SimpleNamespace, chen: SimpleNamespace):
    clock.freeze(clock.here() + timedelta(days=100))
    lin = client_of(cast.lin)
    months = {"submission_id": new_id(), "silent": "3", "left": "12", "refused": "1"}
    assert "没有要定的" in lin.get("/retention").text
    assert client_of(cast.admin).post("/retention/terms", data=months).status_code == 303
    assert "陈国栋" in lin.get("/retention").text
    none = months | {"submission_id": new_id(), "silent": "0", "left": "0", "refused": "0"}
    assert client_of(cast.admin).post("/retention/terms", data=none).status_code == 303
    assert "没有要定的" in lin.get("/retention").text


def test_once_a_month_its_owner_is_reminded(lin: FlaskClient, cast: SimpleNamespace, chen: SimpleNamespace):
    clock.freeze(clock.here() + timedelta(days=800))
    monday = next(day for n in range(40) if (day := clock.today() + timedelta(days=n)).weekday() == 0 and day.day <= 7)
    with gate.transaction():
        for day in (monday, monday, monday + timedelta(days=1)):
            notices.tell_of_what_need_not_be_kept(day, User.id.is_not(None))
    assert [notice.user_id for notice in db.session.scalars(select(Notice).where(Notice.kind == "retention_due"))] == [
        cast.lin.id
    ]
