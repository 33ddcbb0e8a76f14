"""The library as files: what goes out comes in again the same; what is wrong is named by line and field, and nothing of
such a file goes in."""

import io
import zipfile
from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.making import a_package_of_tomorrow
from webapp.customers.importing.reading import read as read_table
from webapp.foundation.db import db, new_id
from webapp.foundation.pages import clean
from webapp.outbox import gate
from webapp.playbook.models import Product, TalkTrack, TrackVersion
from webapp.playbook.texts import plain, products, tracks
from webapp.playbook.texts.plain import Fault

WRITTEN = """代号：heavy
语言：中文
名字：嫌重：当面抬给他看
什么时候用：异议
他怎么说：
  太重了
  搬不动
一句话：您一个人抬得动，我才敢卖。
痛点：
  原来那台要几个人抬？

  （停一下，等他说。）
数字和来源：18公斤 | 铭牌
数字管到哪天：2027-02-28
哪几步：说服、谈判
对谁说：使用者
"""


def bring(browser, content, name="tracks.txt"):
    content = content.encode() if isinstance(content, str) else content
    data = {"submission_id": new_id(), "file": (io.BytesIO(content), name)}
    return browser.post("/playbook/files", data=data, content_type="multipart/form-data")


def all_words() -> dict[tuple[str, str], dict]:
    db.session.rollback()
    return {(t.slug, t.language): {**t.words(), "coach": t.coach_note} for t in db.session.query(TalkTrack)}


def test_a_text_file_becomes_a_track_that_all_may_use(zhou, lin):
    assert bring(zhou, WRITTEN).status_code == 303
    track = db.session.query(TalkTrack).one()
    assert (track.slug, track.situation, track.personas, track.state) == ("heavy", "objection", ["user"], "approved")
    assert track.pain == "原来那台要几个人抬？\n\n（停一下，等他说。）"
    assert track.figures_valid_until == date(2027, 2, 28)
    assert tracks.as_text(track) == WRITTEN
    assert "您一个人抬得动" in lin.get("/playbook?q=搬不动").text


@pytest.mark.parametrize("ending", ["csv", "xlsx", "zip"])
def test_what_goes_out_comes_in_again_the_same(zhou, library, ending):
    before = all_words()
    whole = zhou.get(f"/playbook/files/tracks.{ending}")
    assert whole.status_code == 200
    with gate.transaction():
        for track in db.session.query(TalkTrack):
            track.line, track.coach_note = "换掉", ""
    answer = bring(zhou, whole.data, f"tracks.{ending}")
    assert answer.status_code == 303, answer.text[-4000:]
    assert all_words() == before
    versions = db.session.query(TrackVersion).count()
    assert bring(zhou, whole.data, f"tracks.{ending}").status_code == 303
    assert db.session.query(TrackVersion).count() == versions


@pytest.mark.parametrize("ending", ["csv", "xlsx", "zip"])
def test_products_go_out_and_come_in_again_the_same(zhou, library, ending):
    def known():
        db.session.rollback()
        rows = db.session.query(Product).filter(Product.retired_at.is_(None)).order_by(Product.group, Product.name)
        return [(p.name, p.is_ours, p.price_cents, p.note, [a.words() for a in p.attributes]) for p in rows]

    before = known()
    assert len(before) == 6
    whole = zhou.get(f"/playbook/files/products.{ending}").data
    with gate.transaction():
        for product in db.session.query(Product):
            product.retire()
    assert known() == []
    answer = bring(zhou, whole, f"products.{ending}")
    assert answer.status_code == 303, answer.text[-4000:]
    assert known() == before


def test_in_english_the_headings_are_english_and_are_understood(client_of, cast, zhou, library):
    english = client_of(cast.zhou, language="en").get("/playbook/files/tracks.csv").data
    rows = read_table(english).rows
    assert rows[0][:4] == ["Code", "Language", "Name", "When to use it"]
    assert bring(zhou, english, "tracks.csv").status_code == 303


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        (
            ("一句话：您一个人抬得动，我才敢卖。", "一句话：" + "很" * 21),
            ["第8行", "一句话", "最多20个汉字，现在有21个"],
        ),
        (("什么时候用：异议", "什么时候用：吵架"), ["第4行", "没有这个选项", "吵架"]),
        (("语言：中文", "语音：中文"), ["第2行", "没有叫这个的项", "语音"]),
        (("18公斤 | 铭牌", "18公斤"), ["数字和来源", "第1行没写来源"]),
        (("2027-02-28", "开春"), ["第14行", "这不像一个日子", "开春"]),
        (("名字：嫌重：当面抬给他看\n", ""), ["名字", "起个名字"]),
        (("代号：heavy", "代号：太 重！"), ["第1行", "代号只能用"]),
        (("对谁说：使用者", "对谁说：使用者\n他接着说，就用：nowhere"), ["第17行", "没有这个选项"]),
        (("对谁说：使用者", "对谁说：使用者\n对谁说：拍板人"), ["第17行", "写了两遍"]),
        (("代号：heavy", "随便写一行"), ["第1行", "看不出这一行属于哪一项"]),
        (("代号：heavy", "  缩进的一行"), ["第1行", "看不出这一行属于哪一项"]),
    ],
)
def test_what_is_wrong_is_named_by_line_and_field(zhou, changed, says):
    assert changed[0] in WRITTEN
    answer = bring(zhou, WRITTEN.replace(*changed))
    assert answer.status_code == 422
    for words in says:
        assert words in answer.text, answer.text[-3500:]
    assert db.session.query(TalkTrack).count() == 0


def test_one_wrong_row_keeps_the_whole_table_out(zhou):
    table = "名字,什么时候用,一句话\n一,异议,好的。\n二,瞎写,好的。\n三,异议,\n"
    answer = bring(zhou, table, "tracks.csv")
    assert answer.status_code == 422
    assert "第3行" in answer.text
    assert "第4行" in answer.text
    assert "写一句能当面说出口的话" in answer.text
    assert db.session.query(TalkTrack).count() == 0


def test_two_rows_of_the_same_track_are_refused(zhou):
    table = "代号,名字,什么时候用,一句话\nsame,一,异议,好的。\nsame,二,异议,好的。\n"
    answer = bring(zhou, table, "tracks.csv")
    assert answer.status_code == 422
    assert "跟前面的一条重了" in answer.text


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "empty.txt"),
        (b"\x00\x01\x02\xff" * 50, "junk.txt"),
        (b"PK\x03\x04 not a zip", "broken.zip"),
        (a_package_of_tomorrow(track="x"), "tomorrow.zip"),
        (b"\xd0\xcf\x11\xe0 broken", "broken.xls"),
        ("什么都不是\n".encode(), "odd.csv"),
        (b"x" * 300_000, "long.txt"),
    ],
)
def test_a_file_that_is_none_is_refused_with_a_sentence(zhou, content, name):
    answer = bring(zhou, content, name)
    assert answer.status_code == 422
    assert "card--flag" in answer.text


def test_a_zip_that_would_swell_is_not_unpacked(zhou):
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("big.txt", "名字：" + "大" * 3_000_000)
    answer = bring(zhou, whole.getvalue(), "bomb.zip")
    assert answer.status_code == 422
    assert "太大了" in answer.text


def test_without_a_file_one_is_asked_for(zhou):
    answer = zhou.post("/playbook/files", data={"submission_id": new_id()}, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert "选一个文件" in answer.text


def test_a_retired_track_stays_retired(zhou, library):
    whole = zhou.get("/playbook/files/tracks.zip").data
    track = library("expensive-trial")
    zhou.post(f"/playbook/{track.id}/retirement", data={"submission_id": new_id()})
    assert bring(zhou, whole, "tracks.zip").status_code == 303
    db.session.rollback()
    assert library("expensive-trial").state == "retired"


def test_the_starter_library_can_be_sent_as_it_lies(zhou, library):
    with gate.transaction():
        for track in db.session.query(TalkTrack):
            text = tracks.as_text(track, with_coach=True)
            words, lines = tracks.from_text(text)
            assert words["slug"] == track.slug
            assert lines["slug"] == 1


LINES = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp", "Cf")), max_size=30).map(clean)
SAID = st.lists(LINES, min_size=1, max_size=5).map(lambda lines: clean("\n".join(lines)))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(SAID, min_size=1, max_size=4))
@example(["名字：有冒号", "# 不是注释\n  缩进\n\n空一行后", "a: b", "  "])
def test_whatever_is_written_is_read_the_same(texts):
    pairs = [(f"第{n}项", clean(text)) for n, text in enumerate(texts)]
    for colon in ("：", ": "):
        read = plain.read(plain.write(pairs, colon))
        assert [(said.heading, said.text) for said in read] == [pair for pair in pairs if pair[1]]


def test_an_attribute_is_told_in_one_line(app):
    words, _lines = products.from_text(
        "名字：A\n跟什么比：B\n谁家的：我们的\n特性：\n  寿命 | 10万 | 小时 | 0.2\n  材质 | 轴承钢\n"
    )
    life, steel = words["attributes"]
    assert life == {"name": "寿命", "number": 100_000.0, "text": "", "unit": "小时", "cents_per_unit": 20}
    assert steel == {"name": "材质", "number": None, "text": "轴承钢", "unit": "", "cents_per_unit": None}
    with pytest.raises(Fault) as wrong:
        products.from_text("名字：A\n价格（元）：便宜")
    assert (wrong.value.line, wrong.value.code) == (2, "no_number")
