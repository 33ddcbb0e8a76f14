"""The phone's search: what it is sent, and the rows by which its own tests hold it to the table of the house."""

import json
import os
from pathlib import Path

import pytest

from tests.field_pack.phone import Phone
from tests.making import a_contact, a_customer
from webapp.field_pack import search_index
from webapp.foundation.db import db
from webapp.foundation.pinyin import conditions, score, search_key
from webapp.outbox import gate

HERE = Path(__file__).parents[1]
ROWS = HERE / "service_worker" / "search_rows.json"


def spelled(line):
    key = search_key(*line["texts"])
    asked = {"needles": conditions(line["query"]), "score": score(line["query"], key)}
    return {"key": key, "said": search_index.said(line["texts"]), **asked}


def test_the_rows_of_the_phones_tests_are_what_the_server_sends():
    """`DOORSTEP_WRITE_ROWS=1` writes them anew."""
    table = json.loads((HERE / "foundation" / "search_table.json").read_text("utf-8"))
    rows = {"simple": search_index.simple(), "rows": [spelled(line) for line in table]}
    if os.environ.get("DOORSTEP_WRITE_ROWS"):
        ROWS.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", "utf-8")
    assert json.loads(ROWS.read_text("utf-8")) == rows


@pytest.mark.slow
def test_a_card_brings_its_row_and_every_change_of_it(lin, cast):
    with gate.transaction():
        customer = a_customer(cast.lin, "重庆恒润纺机", short_name="恒润", city="重庆", level="B")
        a_contact(customer, "陈国栋", phone="13912345678")
    phone = Phone(lin)
    came = phone.pull()
    [row] = [line["index"] for line in came.lines if "index" in line]
    assert row | {"key": "", "sort": ""} == {
        "id": customer.id, "name": "恒润", "level": "B", "stage": "search", "key": "", "sort": "",
        "said": ["重chong,zhong 庆qing 恒heng 润run 纺fang 机ji", "恒heng 润run", "陈chen 国guo 栋dong", "13912345678"],
    }  # fmt: skip
    assert row["key"] == customer.search_key and "干" in came.head["simple"]
    with gate.transaction():
        db.session.merge(customer).revise(code="HR-0007")
    came = phone.pull()
    assert "simple" not in came.head and [line["index"]["said"][2:4] for line in came.lines if "index" in line] == [
        ["hr", "0007"]
    ]


def test_the_index_as_a_whole_is_of_ones_own_customers_only(lin, cast):
    with gate.transaction():
        mine, _theirs = a_customer(cast.lin, "恒润纺机"), a_customer(cast.sun, "宏锦印染")
    index = lin.get("/customers/search-index").json
    assert [row["id"] for row in index["rows"]] == [mine.id] and index["simple"]
