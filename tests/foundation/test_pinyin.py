"""The search box finds people and companies the way people type them; the phone must pass the same table."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, MetaData, Table, Text, create_engine, insert, select
from sqlalchemy.dialects import postgresql

from webapp.foundation.pinyin import MAX_KEY, conditions, fold, like_all, matches, score, score_order, search_key

TABLE = json.loads((Path(__file__).parent / "search_table.json").read_text("utf-8"))
COMPANIES = ("中国石油", "中国中铁", "长沙银行", "重庆啤酒", "万科Ａ", "*ST国华", "TCL科技", "新中国石油设备")


def asked(row):
    return f"{row['query']!r} in {row['texts']} ({row['why']})"


@pytest.mark.parametrize("row", TABLE, ids=asked)
def test_the_table_holds_on_the_texts_themselves(row):
    assert matches(row["query"], *row["texts"]) is row["found"]


@pytest.mark.parametrize("row", TABLE, ids=asked)
def test_the_table_holds_on_the_stored_key(row):
    key = search_key(*row["texts"])
    assert all(needle in key for needle in conditions(row["query"])) is row.get("needles", row["found"])


def test_the_table_is_long_enough_to_hold_the_phone_to_it():
    assert len(TABLE) >= 200 and len({(row["query"], *row["texts"]) for row in TABLE}) == len(TABLE)


def test_a_key_stands_in_a_frame_of_spaces_and_is_in_lower_case():
    assert search_key("中国石油") == " 中国石油 zhongguoshiyou zgsy | guoshiyou gsy shiyou sy you "
    assert search_key() == search_key("", None) == " | "


def test_a_very_long_text_makes_a_bounded_key_that_still_ends_well():
    key = search_key(*("重庆长安会计师行" * 30 + str(n) for n in range(40)))
    assert len(key) <= MAX_KEY and key.startswith(" ") and key.endswith(" ")


def test_questions_go_to_the_database_with_their_wildcards_tamed():
    engine, things = create_engine("sqlite://"), Table("things", MetaData(), Column("name", Text), Column("key", Text))
    things.create(engine)
    with engine.begin() as connection:
        connection.execute(insert(things), [{"name": name, "key": search_key(name)} for name in COMPANIES])

        def found(query):
            order = (score_order(things.c.key, query), things.c.name)
            return [*connection.scalars(select(things.c.name).where(like_all(things.c.key, query)).order_by(*order))]

        assert found("zgsy") == ["中国石油", "新中国石油设备"]
        assert found("中国") == ["中国中铁", "中国石油", "新中国石油设备"]
        assert found("石油shebei") == ["新中国石油设备"]
        assert found("萬科") == ["万科Ａ"]
        assert found("中%油") == []
        assert len(found("")) == len(found("%")) == len(COMPANIES)


def test_the_same_question_is_sql_for_postgresql_too():
    column = Column("key", Text)
    assert "LIKE" in str(like_all(column, "wang钢").compile(dialect=postgresql.dialect()))
    assert "CASE" in str(score_order(column, "wang").compile(dialect=postgresql.dialect()))


def test_the_name_itself_stands_before_names_that_begin_so_and_those_before_the_rest():
    keys = {name: search_key(name) for name in ("万科", "万科物业", "北京万科", "长安汽车")}
    for query in ("万科", "wanke", "wk"):
        assert [score(query, key) for key in keys.values()] == [0, 1, 2, 3]
    assert score("", keys["万科"]) == 2


NAMES = st.text(alphabet="王钢重庆长石油張Ａab1 8é🍵（-*", max_size=12)


@settings(max_examples=300, deadline=None)
@given(NAMES, NAMES)
def test_what_matches_is_never_lost_by_the_needles(query, name):
    if matches(query, name):
        assert all(needle in search_key(name) for needle in conditions(query))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=30))
def test_everything_finds_itself_and_folding_twice_is_folding_once(text):
    assert matches(text, text)
    assert fold(fold(text)) == fold(text)
