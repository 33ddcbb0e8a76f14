"""Lin takes her customers along as a table, and what she brings back adds nothing."""

import io
import tracemalloc
from datetime import date

import openpyxl
import pytest
from sqlalchemy import insert, select

from tests import making
from tests.customers.test_import_flow import imported
from webapp.accounts.models import AuditEntry
from webapp.customers.importing.columns import guess
from webapp.customers.importing.reading import read
from webapp.customers.models import Contact, Customer, Tag
from webapp.customers.spreadsheet import as_csv, as_xlsx, guarded
from webapp.foundation.db import db, new_id
from webapp.outbox import gate

DANGEROUS = ["=1+1", "+86 138", "-2", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x","y")']


@pytest.fixture
def file(cast):
    """Two customers of lin, one with everything, one of sun and one of wu."""
    with gate.transaction():
        full = making.a_customer(
            cast.lin, "苏州恒润纺机有限公司", short_name="恒润纺机", code="HR-1", industry="纺织机械", area="江苏", city="苏州",
            district="吴中", address="东山大道8号, 2楼", phone="+86 512 6666 8888", website="hr.example.cn", size="medium",
            source="fair", stage="persuade", level="C", pain="轴承老坏；\n一年换三次", note='他说"贵"', next_step="带样品",
            next_step_on=date(2026, 12, 1),
        )  # fmt: skip
        full.tags = [Tag(word="展会"), Tag(word="老乡")]
        for name in ("陈国栋", "李雯", "王强", "赵敏"):
            making.a_contact(full, name, title="经理", phone="1380013800" + str(len(full.contacts)), email="a@b.cn")
        making.a_customer(cast.lin, "万科Ａ")
        making.a_customer(cast.sun, "远成电机")
        making.a_customer(cast.wu, "德瑞水泵")
    return full


def table(client, address="/customers/export.csv"):
    answer = client.get(address)
    assert answer.status_code == 200
    return read(answer.get_data()).rows


def names(client, address="/customers/export.csv"):
    return sorted(row[0] for row in table(client, address)[1:])


def test_each_sees_his_own_in_the_table_and_nothing_else(lin, zhou, cast, client_of, file):
    assert names(lin) == ["万科Ａ", "苏州恒润纺机有限公司"]
    assert names(zhou) == ["万科Ａ", "苏州恒润纺机有限公司", "远成电机"]
    assert len(names(client_of(cast.admin))) == 4
    assert names(lin, "/customers/export.xlsx") == names(lin)


def test_the_filters_of_the_list_narrow_the_table(lin, file):
    assert names(lin, "/customers/export.csv?level=C") == ["苏州恒润纺机有限公司"]
    assert names(lin, "/customers/export.csv?q=wanke") == ["万科Ａ"]
    assert names(lin, "/customers/export.csv?q=heng润") == ["苏州恒润纺机有限公司"]
    assert names(lin, "/customers/export.csv?q=su润") == []
    assert names(lin, "/customers/export.csv?tag=展会&owner=" + new_id()) == []


def test_everything_that_is_known_stands_in_it(lin, file):
    heading, *rows = table(lin)
    row = next(dict(zip(heading, cells, strict=False)) for cells in rows if cells[0].startswith("苏州"))
    assert row["规模"] == "100–499人" and row["来源"] == "展会" and row["阶段"] == "说服客户" and row["等级"] == "C"
    assert row["电话"] == "'+86 512 6666 8888" and row["下一步日期"] == "2026-12-01" and row["标签"] == "展会，老乡"
    assert row["联系人"] == "陈国栋" and row["联系人3"] == "王强" and row["更多联系人"].startswith("赵敏 经理")
    assert row["负责人"] == "林晓岚" and row["痛点"] == "轴承老坏；\n一年换三次"


def test_it_is_on_record_with_count_and_filters(lin, cast, file):
    lin.get("/customers/export.csv?level=C&q=hr")
    entry = db.session.scalar(select(AuditEntry).where(AuditEntry.action == "customers_exported"))
    assert (entry.actor_id, entry.count) == (cast.lin.id, 1)
    assert entry.detail == {"level": "C", "q": True}


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["zh-CN", "zh-TW", "en"])
@pytest.mark.slow
def test_what_was_exported_is_understood_and_adds_nothing(cast, client_of, file, ending, language):
    client = client_of(cast.lin, language=language)
    content = client.get(f"/customers/export.{ending}").get_data()
    heading = read(content).rows[0]
    understood = guess(heading)
    assert [heading[column] for column in range(len(heading)) if column not in understood] == heading[-2:]
    before = [
        (c.id, c.search_key, c.updated_at, len(c.contacts), len(c.tags)) for c in db.session.scalars(select(Customer))
    ]
    for duplicates in ("merge", "skip"):
        imported(client, content, f"客户.{ending}", duplicates=duplicates)
    db.session.expire_all()
    assert before == [
        (c.id, c.search_key, c.updated_at, len(c.contacts), len(c.tags)) for c in db.session.scalars(select(Customer))
    ]


def test_another_house_takes_in_what_this_one_exported(lin, cast, client_of, file):
    content = lin.get("/customers/export.xlsx").get_data()
    imported(client_of(cast.wu), content, "客户.xlsx", owner=cast.wu.id)
    copy = db.session.scalar(
        select(Customer).where(Customer.owner_id == cast.wu.id, Customer.name_key == file.name_key)
    )
    for name in (
        "short_name",
        "code",
        "city",
        "phone",
        "size",
        "source",
        "stage",
        "level",
        "pain",
        "note",
        "next_step_on",
    ):
        assert getattr(copy, name) == getattr(file, name), name
    assert [person.name for person in copy.contacts] == ["陈国栋", "李雯", "王强"]
    assert {tag.word for tag in copy.tags} == {"展会", "老乡"}


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_is_a_formula(text):
    line = b"".join(as_csv([[text]])).decode("utf-8-sig")
    assert guarded(text) == "'" + text and line.lstrip('"').startswith("'")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(as_xlsx([["题"], [text]], "客户"))))
    cell = book.active["A2"]
    assert cell.data_type == "s" and cell.quotePrefix and cell.value.strip() == text.strip()


def test_a_workbook_holds_any_text_numbers_and_days():
    rows = [
        ["名", "数", "日"],
        ['a<b&"c"\'\u0000\u0007🍵', 1.5, date(2026, 11, 24)],
        [None, "", " 前后 "],
        ["多\n行", 7, "x"],
    ]
    book = openpyxl.load_workbook(io.BytesIO(b"".join(as_xlsx(rows, "客户"))))
    sheet = book["客户"]
    assert sheet["A2"].value == 'a<b&"c"\'🍵' and sheet["B2"].value == 1.5
    assert (
        sheet["C2"].value.date() == date(2026, 11, 24)
        and sheet["C3"].value == " 前后 "
        and sheet["A4"].value == "多\n行"
    )
    assert sheet["A1"].font.bold and sheet.freeze_panes == "A2"


def test_the_file_has_a_name_and_is_not_kept_by_the_browser(lin, file):
    answer = lin.get("/customers/export.xlsx")
    assert answer.headers["Content-Disposition"].startswith(
        "attachment; filename*=UTF-8''%E5%AE%A2%E6%88%B7-2026-11-24.xlsx"
    )
    assert "no-store" in answer.headers["Cache-Control"]
    assert lin.get("/customers/export.csv").get_data().startswith(b"\xef\xbb\xbf")


@pytest.mark.slow
def test_many_customers_take_no_more_memory_than_some(lin, cast, app):
    rows = [{"id": new_id(), "owner_id": cast.lin.id, "name": f"公司{n}", "sort_key": f"{n:06}"} for n in range(3000)]
    people = [{"id": new_id(), "customer_id": row["id"], "name": "陈国栋" + row["id"]} for row in rows]
    with gate.transaction():
        db.session.execute(insert(Customer), rows)
        db.session.execute(insert(Contact), people)
    del rows, people
    for ending in ("csv", "xlsx"):
        tracemalloc.start()
        size = sum(map(len, lin.get(f"/customers/export.{ending}", buffered=False).response))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert size > 60_000 and peak < 6 * 1024 * 1024, (ending, size, peak)
