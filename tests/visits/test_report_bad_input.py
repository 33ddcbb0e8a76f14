"""What is wrong is said beside its field in the reader's language, and nothing that was typed is lost."""

from datetime import date

import pytest
from sqlalchemy import select

from tests.making import a_contact
from tests.visits.conftest import a_track
from tests.visits.reporting import a_photo, a_voice, form, hand_in, the_report, the_reports
from webapp.attention.models import AttentionItem
from webapp.foundation.db import db, new_id
from webapp.outbox import gate
from webapp.visits.models import Promise
from webapp.visits.words import FILE_REFUSALS, MOST_PHOTOS

TAPPED = ("result", "level", "next_on")
ID_CARD = "身份证11010519491231002X"


def refused(answer: object, *words: str) -> str:
    assert answer.status_code == 422
    for word in words:
        assert word in answer.text, word
    assert the_reports() == []
    return answer.text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"result": None}, "谈得怎么样？点一个。"),
        ({"result": "danced"}, "没有这个选项"),
        ({"order": "-5"}, "金额不能是负数。"),
        ({"order": "一点点"}, "这不像一个数"),
        ({"collection": "99999999999"}, "金额太大了"),
        ({"day": "2026-11-25"}, "还没到那天。"),
        ({"day": "2026-10-01"}, "只能补写最近31天的拜访。"),
        ({"day": "1850-01-01"}, "这个日子太早了。"),
        ({"day": "明天"}, "这不像一个日子"),
        ({"arrived": "10:00", "left": "09:00"}, "离开不能比到的早。"),
        ({"arrived": "18:00"}, "这个时间还没到。"),
        ({"arrived": "25:99"}, "这不像一个时间"),
        ({"next_on": "2026-11-23"}, "下一步的日子不能比拜访还早。"),
        ({"next_on": "pick"}, "选一个日子。"),
        ({"next_on": "pick", "next_pick": "2026-11-01"}, "下一步的日子不能比拜访还早。"),
        ({"next_on": "someday"}, "没有这个选项"),
        ({"level": "B"}, "说一句为什么。"),
        ({"level": "Z", "level_reason": "x"}, "没有这个选项"),
        ({"seen_0_category": "desk"}, "写几个字就行。"),
        ({"seen_0_observed": "台历"}, "先点一类。"),
        ({"promises_0_due_on": "2026-11-30"}, "写一下答应了什么。"),
        ({"promises_0_text": "送样", "promises_0_due_on": "2026-11-20"}, "说好的日子不能比拜访还早。"),
        ({"objections": ["too_tired"]}, "没有这个选项"),
        ({"met_new": "张" * 65}, "太长了：最多64字，现在有65字。"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(lin, here, fields, words):
    fields = {"needs": "旺季前想先换两台", **fields}
    page = refused(hand_in(lin, here.customer, **fields), words)

    assert "旺季前想先换两台" in page
    typed = {name: value for name, value in fields.items() if name not in TAPPED and isinstance(value, str)}
    assert all(value in page for value in typed.values())


def test_a_note_of_20_000_characters_is_refused_and_kept(lin, here):
    page = refused(hand_in(lin, here.customer, needs="长" * 20_000), "太长了：最多2000字，现在有20000字。")

    assert "长" * 20_000 in page


def test_the_message_is_in_the_language_of_the_reader(cast, here, client_of):
    refused(hand_in(client_of(cast.lin, language="en"), here.customer, result=None), "How did it go? Tap one.")


@pytest.mark.parametrize(
    "field", ["needs", "competitor_news", "customer_said", "insight", "next_step", "objection_said", "expense_for"]
)
def test_the_number_of_an_identity_card_is_refused_in_every_text(lin, here, field):
    refused(hand_in(lin, here.customer, **{field: ID_CARD}), "这里像有身份证号。", ID_CARD)


@pytest.mark.parametrize(
    "fields", [{"seen_0_category": "desk", "seen_0_observed": ID_CARD}, {"promises_0_text": ID_CARD}]
)
def test_and_in_the_rows(lin, here, fields):
    refused(hand_in(lin, here.customer, **fields), "这里像有身份证号。")


def test_people_tracks_openers_and_promises_of_others_are_refused_with_a_message(lin, cast, here):
    with gate.transaction():
        promise = Promise.give(here.foreign, cast.wu, "送样")
        item = AttentionItem.notice(here.foreign, cast.wu, "desk", "台历")

    refused(hand_in(lin, here.customer, met=here.stranger.id), "没有这个选项")
    refused(hand_in(lin, here.customer, track_id=new_id(), track_outcome="worked"), "没有这个选项")
    with gate.transaction():
        draft = a_track(cast.wu, "还没批的")
    refused(hand_in(lin, here.customer, track_id=draft.id, track_outcome="worked"), "没有这个选项")
    refused(hand_in(lin, here.customer, openers_0_item_id=item.id, openers_0_outcome="worked"), "这句破冰找不到了")
    refused(hand_in(lin, here.customer, settled_0_promise_id=promise.id, settled_0_state="kept"), "这条承诺找不到了")
    contact = {"seen_0_category": "desk", "seen_0_observed": "台历", "seen_0_contact_id": here.stranger.id}
    refused(hand_in(lin, here.customer, **contact), "没有这个选项")
    db.session.expire_all()
    assert (promise.state, item.used) == ("open", 0)


def test_a_plan_or_check_in_of_others_is_simply_not_theirs(lin, here):
    hand_in(lin, here.customer, stop_id=new_id(), check_in_id="' or 1=1 --")

    assert (the_report().stop_id, the_report().check_in_id) == (None, None)


def test_an_old_form_without_the_newer_fields_is_accepted(lin, here):
    answer = lin.post(f"/customers/{here.customer.id}/reports", data={"result": "progress"})

    assert answer.status_code == 303
    assert the_report().purpose == "new_customer"  # nobody was there before, so this was a first visit
    assert the_report().day == date(2026, 11, 24)


def test_chips_of_yesterdays_page_are_still_good(lin, here):
    hand_in(lin, here.customer, next_on="2026-11-29")

    assert the_report().next_step_on == date(2026, 11, 29)


def test_nul_and_direction_tricks_are_cleaned_and_emoji_arabic_and_lines_are_kept(lin, here):
    hand_in(lin, here.customer, needs="好\x00的👍🏽\u202eevil\u202c\r\nمرحبا")

    assert the_report().needs == "好的👍🏽evil\nمرحبا"
    assert "مرحبا" in lin.get(the_report().url).text


def test_markup_is_text(lin, here):
    hand_in(lin, here.customer, needs="<script>alert(1)</script>", met_new="<b>顾</b>")

    page = lin.get(the_report().url).text
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_everything_typed_and_tapped_comes_back(lin, here):
    typed = {
        "needs": "换两台",
        "met_new": "顾姐",
        "objection_said": "国产便宜",
        "seen_1_observed": "第二条",
        "seen_1_category": "office",
        "promises_1_text": "第二个承诺",
        "next_on": "2026-11-26",
        "next_step": "带报价",
        "insight": "心得",
        "order": "一百",
        "level": "B",
        "day": "2026-11-23",
        "left": "09:00",
    }
    page = refused(hand_in(lin, here.customer, **typed, objections=["compare"], met=here.shen.id, track_outcome="half"))

    for value in (
        "换两台",
        "顾姐",
        "国产便宜",
        "第二条",
        "第二个承诺",
        "带报价",
        "心得",
        "一百",
        "2026-11-23",
        "09:00",
    ):
        assert value in page, value
    for checked in ("compare", here.shen.id, "half", "office", "2026-11-26", "progress"):
        assert f'value="{checked}" checked' in page, checked


def test_files_that_came_with_a_refused_form_have_to_be_chosen_again_and_are_not_kept(lin, app, here):
    files = app.config["SETTINGS"].data / "files"
    before = {path for path in files.rglob("*") if path.is_file()}

    page = refused(hand_in(lin, here.customer, result=None, photos=[a_photo()], voice=a_voice()))

    assert "<noscript>" in page and "照片和录音没留下，请再选一次。" in page  # with a script the browser keeps them
    assert {path for path in files.rglob("*") if path.is_file()} == before


def test_what_a_person_who_left_said_can_still_be_reported(lin, cast, here):
    with gate.transaction():
        gone = a_contact(here.customer, "老赵")
        gone.leave(cast.lin)

    assert "老赵" not in lin.get(f"/customers/{here.customer.id}/reports/new").text
    assert hand_in(lin, here.customer, met_new="老赵").status_code == 303


def test_the_same_id_with_another_body_is_refused(lin, here):
    said = form(needs="第一次")
    url = f"/customers/{here.customer.id}/reports"
    lin.post(url, data=said)

    assert lin.post(url, data={**said, "needs": "第二次"}).status_code == 409
    assert the_report().needs == "第一次"


def test_of_three_things_noticed_each_is_on_the_list(lin, here):
    rows = {f"seen_{n}_category": "hobby" for n in range(3)} | {f"seen_{n}_observed": f"看到{n}" for n in range(3)}
    hand_in(lin, here.customer, **rows)

    mine = select(AttentionItem.observed).where(AttentionItem.visit_id == the_report().id)
    assert sorted(db.session.scalars(mine)) == ["看到0", "看到1", "看到2"]


@pytest.mark.parametrize("mode", ["", "?mode=hallway"])
def test_why_files_are_not_taken_stands_in_the_page_for_the_phone_to_say(lin, here, mode):
    page = lin.get(f"/customers/{here.customer.id}/reports/new{mode}").text
    assert f'data-most="{MOST_PHOTOS}"' in page and page.count('/js/files.js"') == 2
    for (_name, why), words in FILE_REFUSALS.items():
        assert f'data-{why}="{words}"' in page
