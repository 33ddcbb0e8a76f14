"""Lin has a list of companies. She chooses the file, says what the columns are, looks, and imports it."""

import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote

import pytest
from sqlalchemy import func, select

from tests import making
from webapp.accounts.models import AuditEntry
from webapp.customers.importing import taking
from webapp.customers.importing.models import ImportFault, ImportRun
from webapp.customers.importing.stored import rows_of
from webapp.customers.models import Contact, Customer, HistoryEntry, LevelChange
from webapp.foundation.db import db, new_id
from webapp.foundation.files import store
from webapp.outbox import gate

LISTED = (Path(__file__).parent / "files" / "listed_300.csv").read_bytes()
SMALL = """公司名称,等级,电话,联系人,职务,联系人手机,标签,备注
苏州恒润纺机有限公司,C,0512-66668888,陈国栋,设备部经理,13800138000,展会、老乡,爱喝茶
万科Ａ,,,,,,,
,B,,,,,,没写名字
远成电机,Z,,,,,,等级写错
""".encode()


def choose(client, content, name="客户.csv", **more):
    fields = {"submission_id": new_id(), **more}
    lines = [
        f'--edge\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n' for key, value in fields.items()
    ]
    lines.append(f'--edge\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n')
    body = "".join(lines).encode() + content + b"\r\n--edge--\r\n"
    return client.post("/customers/import", data=body, content_type="multipart/form-data; boundary=edge")


def chosen(client, content, name="客户.csv"):
    answer = choose(client, content, name)
    assert answer.status_code == 303, answer.text
    return answer.location.removesuffix("/columns")


def fields_of(page):
    """What a browser would send of the form with selects as they stand."""
    fields = dict(re.findall(r'<input[^>]*name="(encoding|separator|sheet|header)"[^>]*value="([^"]*)"', page))
    for name, options in re.findall(r'<select[^>]*name="(column_\d+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        picked = re.search(r'<option selected[^>]*value="([^"]*)"', options)
        fields[name] = picked[1] if picked else ""
    return {"submission_id": new_id(), **fields}


def mapped(client, content, name="客户.csv", **changes):
    at = chosen(client, content, name)
    fields = fields_of(client.get(f"{at}/columns").text) | changes
    answer = client.post(f"{at}/columns", data=fields)
    assert answer.location == f"{at}/preview", answer.text
    return at


def imported(client, content, name="客户.csv", **how):
    at = mapped(client, content, name)
    owner = re.search(r'<input type="hidden" name="owner" value="([^"]+)"', client.get(f"{at}/preview").text)
    how = {"submission_id": new_id(), "duplicates": "merge", "owner": owner[1] if owner else "", **how}
    answer = client.post(f"{at}/run", data=how)
    assert answer.status_code == 303, answer.text
    return client.get(answer.location).text


def run_now():
    return db.session.scalars(select(ImportRun).order_by(ImportRun.created_at.desc())).first()


def customers():
    return list(db.session.scalars(select(Customer).order_by(Customer.name)))


def count(table):
    return db.session.scalar(select(func.count()).select_from(table))


def test_lin_imports_a_small_list_and_reads_what_became_of_it(lin, cast):
    page = imported(lin, SMALL)
    assert "导入完了" in page and "没有公司名称" in page and "第4行" in page and "远成电机" in page
    heng, wan = sorted(customers(), key=lambda customer: len(customer.name), reverse=True)
    assert (heng.owner_id, heng.level, heng.phone, heng.note) == (cast.lin.id, "C", "0512-66668888", "爱喝茶")
    assert [tag.word for tag in heng.tags] == ["展会", "老乡"]
    assert [(person.name, person.title, person.phone_key) for person in heng.contacts] == [
        ("陈国栋", "设备部经理", "13800138000")
    ]
    assert (wan.name, wan.level, wan.stage) == ("万科Ａ", "E", "search")
    assert " hengrunfangji" in heng.search_key and "13800138000" in heng.search_key and wan.name_key == "万科a"


def test_an_import_is_in_the_history_of_each_customer_and_in_the_audit_log(lin, cast):
    imported(lin, SMALL, "展会 名单.csv")
    for customer in customers():
        told = [(entry.kind, entry.text, entry.by_id) for entry in db.session.scalars(select(HistoryEntry)) if
                entry.customer_id == customer.id]  # fmt: skip
        assert told == [("imported", "展会 名单.csv", cast.lin.id)]
        change = db.session.scalar(select(LevelChange).where(LevelChange.customer_id == customer.id))
        assert (change.before, change.after, change.reason, change.state) == ("", customer.level, "first", "applied")
    entry = db.session.scalar(select(AuditEntry).where(AuditEntry.action == "customers_imported"))
    assert (entry.actor_id, entry.count, entry.subject_kind) == (cast.lin.id, 2, "import_run")


def test_the_columns_are_guessed_shown_and_may_be_changed(lin):
    at = chosen(lin, LISTED, "listed.csv")
    page = lin.get(f"{at}/columns").text
    assert "listed_on" in page and "000001.SZ" in page and "UTF-8" in page
    fields = fields_of(page)
    assert [fields[f"column_{n}"] for n in range(5)] == ["code", "name", "area", "industry", "note_line"]
    lin.post(f"{at}/columns", data=fields | {"column_4": "", "column_2": "city"})
    lin.post(f"{at}/run", data={"submission_id": new_id(), "duplicates": "skip", "owner": run_now().user_id})
    ping = db.session.scalar(select(Customer).where(Customer.name == "平安银行"))
    assert (ping.code, ping.city, ping.area, ping.industry, ping.note) == ("000001.SZ", "深圳", "", "银行", "")


def test_a_column_may_be_only_one_thing_and_a_name_there_must_be(lin):
    at = chosen(lin, SMALL)
    fields = fields_of(lin.get(f"{at}/columns").text)
    answer = lin.post(f"{at}/columns", data=fields | {"column_1": "name"})
    assert answer.status_code == 422 and "“公司名称”已经有一列了。" in answer.text
    answer = lin.post(f"{at}/columns", data=fields | {"column_0": ""})
    assert answer.status_code == 422 and "指出哪一列是公司名称" in answer.text
    answer = lin.post(f"{at}/columns", data=fields | {"column_1": "owner_id"})
    assert answer.status_code == 422 and "没有这个选项" in answer.text
    assert run_now().state == "mapping"


def test_another_encoding_and_another_line_of_headings_may_be_tried(lin):
    content = "客户,总表\n公司名称,电话\n恒润纺机,0512-66668888\n".encode("gb18030")
    at = chosen(lin, content)
    assert "恒润纺机" in lin.get(f"{at}/columns").text
    wrong = lin.get(f"{at}/columns?encoding=utf-8").text
    assert "用这种编码读不通" in wrong and "恒润纺机" in wrong
    fields = fields_of(lin.get(f"{at}/columns?encoding=gb18030&separator=,&header=none").text)
    assert fields["header"] == "none"
    lin.post(f"{at}/columns", data=fields | {"column_0": "name", "column_1": "note"})
    assert re.search(r"新客户</dt><dd>(\d+)", lin.get(f"{at}/preview").text)[1] == "3"


def test_the_preview_counts_before_anything_is_written(lin, cast):
    with gate.transaction():
        making.a_customer(cast.lin, "恒润纺机（苏州）")
        making.a_customer(cast.lin, "蘇州恒潤紡機")
    at = mapped(lin, SMALL)
    page = lin.get(f"{at}/preview").text
    assert re.findall(r"</dt><dd>(\d+)</dd>", page) == ["1", "1", "2"]
    assert "就是“蘇州恒潤紡機”" in page and "等级要写A到F，这里写的是“Z”" in page
    assert count(Customer) == 2


@pytest.fixture
def known(cast):
    """Lin knows 恒润 already: with a phone, without the rest."""
    with gate.transaction():
        customer = making.a_customer(cast.lin, "苏州恒润纺机", phone="0512-1111111", level="B")
        making.a_contact(customer, "陈国栋", title="经理")
    return customer.id


def test_merging_fills_what_is_empty_and_touches_nothing_that_is_written(lin, known):
    page = imported(lin, SMALL, duplicates="merge")
    heng = db.session.get(Customer, known)
    assert (heng.phone, heng.level, heng.name, heng.note) == ("0512-1111111", "B", "苏州恒润纺机", "爱喝茶")
    assert [(person.name, person.title, person.phone) for person in heng.contacts] == [
        ("陈国栋", "经理", "13800138000")
    ]
    assert [tag.word for tag in heng.tags] == ["展会", "老乡"] and "13800138000" in heng.search_key
    assert count(Customer) == 2 and re.findall(r"</dt><dd>(\d+)</dd>", page) == ["1", "1", "0", "2"]


def test_skipping_leaves_what_is_known_alone(lin, known):
    page = imported(lin, SMALL, duplicates="skip")
    heng = db.session.get(Customer, known)
    assert (heng.note, heng.tags, count(Contact)) == ("", [], 1)
    assert re.findall(r"</dt><dd>(\d+)</dd>", page) == ["1", "0", "1", "2"]


def test_adding_anyway_makes_a_second_file(lin, known):
    page = imported(lin, SMALL, duplicates="add")
    assert sorted(customer.name_key for customer in customers()) == ["万科a", "苏州恒润纺机", "苏州恒润纺机"]
    assert re.findall(r"</dt><dd>(\d+)</dd>", page) == ["2", "0", "0", "2"]


@pytest.mark.parametrize("duplicates", ["merge", "skip"])
def test_the_same_file_twice_adds_nothing(lin, duplicates):
    imported(lin, LISTED, duplicates=duplicates)
    before = (count(Customer), count(HistoryEntry), count(LevelChange), count(Contact))
    page = imported(lin, LISTED, duplicates=duplicates)
    assert (count(Customer), count(HistoryEntry), count(LevelChange), count(Contact)) == before == (300, 300, 300, 0)
    assert re.findall(r"</dt><dd>(\d+)</dd>", page) == ["0", "0", "300", "0"]


def test_a_company_that_was_merged_into_another_does_not_come_back(lin, cast):
    with gate.transaction():
        kept, gone = making.a_customer(cast.lin, "远成集团总部"), making.a_customer(cast.lin, "万科Ａ")
        db.session.flush()
        gone.merge_into(kept, cast.lin)
    imported(lin, "公司名称,地区\n万科A,深圳\n".encode())
    assert count(Customer) == 2 and db.session.get(Customer, kept.id).area == "深圳"


def test_a_phone_tells_a_company_too_and_rows_of_one_file_know_each_other(lin):
    first = "恒润纺机,陈国栋,13800138000,"
    renamed, again = "恒润（新名字）,陈国栋,+86 138-0013-8000,苏州", "恒润纺机有限公司,李雯,,"
    imported(lin, "\n".join(["公司名称,联系人,手机,地区", first, renamed, again]).encode())
    [heng] = customers()
    assert (heng.name, heng.area) == ("恒润纺机", "苏州") and {person.name for person in heng.contacts} == {
        "陈国栋",
        "李雯",
    }


def test_companies_of_one_family_are_all_taken_in(lin):
    imported(lin, "name\n太极集团\n太极股份\n华联控股\n华联股份\n".encode())
    assert count(Customer) == 4


def test_what_others_own_is_neither_seen_nor_touched(lin, cast):
    with gate.transaction():
        theirs = making.a_customer(cast.wu, "万科Ａ")
    at = mapped(lin, SMALL)
    assert re.findall(r"</dt><dd>(\d+)</dd>", lin.get(f"{at}/preview").text) == ["2", "0", "2"]
    imported(lin, SMALL)
    assert db.session.get(Customer, theirs.id).owner_id == cast.wu.id and count(Customer) == 3


def test_zhou_imports_for_her_people_but_lin_only_for_herself(lin, zhou, cast):
    at = mapped(zhou, SMALL)
    page = zhou.get(f"{at}/preview").text
    assert "林晓岚" in page and "孙海涛" in page and "吴俊" not in page
    imported(zhou, SMALL, owner=cast.sun.id)
    assert {customer.owner_id for customer in customers()} == {cast.sun.id}
    for foreign in (cast.sun.id, cast.wu.id, new_id(), "x"):
        at = mapped(lin, SMALL)
        answer = lin.post(f"{at}/run", data={"submission_id": new_id(), "duplicates": "add", "owner": foreign})
        assert answer.status_code == 422 and "没有这个选项，重新选一个。" in answer.text
    assert count(Customer) == 2


def test_another_persons_import_does_not_exist(lin, zhou):
    at = mapped(lin, SMALL)
    for path in ("", "/columns", "/preview", "/faults.csv"):
        assert zhou.get(f"{at}{path}").status_code == 404
    for path in ("/columns", "/run", "/resumption", "/cancellation"):
        assert zhou.post(f"{at}{path}", data={"submission_id": new_id()}).status_code == 404


def test_a_killed_run_goes_on_where_it_was(lin, cast, monkeypatch):
    monkeypatch.setattr("webapp.customers.importing.work.carry_on", lambda run_id: None)
    monkeypatch.setattr("webapp.foundation.later.put_off", lambda do, *args: None)
    at = mapped(lin, LISTED)
    lin.post(f"{at}/run", data={"submission_id": new_id(), "duplicates": "skip", "owner": cast.lin.id})
    run = run_now()
    rows = rows_of(run)
    assert taking.take_chunk(run.id, rows) and (count(Customer), run_now().cursor) == (200, 200)

    real = taking._put
    monkeypatch.setattr(taking, "_put", lambda table, rows: killed() if table is LevelChange else real(table, rows))
    with pytest.raises(KeyboardInterrupt):
        taking.take_chunk(run.id, rows)
    assert (count(Customer), count(HistoryEntry), run_now().cursor) == (200, 200, 200), "nothing half written"
    page = lin.get(at).text
    assert "200 / 300行" in page and "hx-trigger" in page and "接着导" not in page

    monkeypatch.setattr(taking, "_put", real)
    with gate.transaction():
        run_now().advanced_at -= timedelta(minutes=2)
    assert "接着导" in lin.get(at).text
    lin.post(f"{at}/resumption")
    assert (count(Customer), count(HistoryEntry), run_now().state) == (300, 300, "done"), "and nothing doubled"
    assert taking.go_on(run.id) and count(Customer) == 300


def killed():
    raise KeyboardInterrupt


def test_a_big_file_is_put_into_the_queue_and_its_file_is_gone_at_the_end(lin):
    page = imported(lin, LISTED)
    assert "导入完了" in page and count(Customer) == 300
    with pytest.raises(KeyError):
        store().read(f"imports/{run_now().id}")
    assert run_now().stored_as == ""


def test_a_run_may_be_stopped_and_what_is_in_stays_in(lin, cast, monkeypatch):
    monkeypatch.setattr("webapp.foundation.later.put_off", lambda do, *args: None)
    at = mapped(lin, LISTED)
    lin.post(f"{at}/run", data={"submission_id": new_id(), "duplicates": "skip", "owner": cast.lin.id})
    run = run_now()
    rows = rows_of(run)
    taking.take_chunk(run.id, rows)
    lin.post(f"{at}/cancellation")
    assert not taking.take_chunk(run.id, rows) and count(Customer) == 200
    assert "导到200 / 300行停下了" in lin.get(at).text


def test_a_file_that_was_only_looked_at_is_thrown_away_when_one_says_so(lin):
    at = mapped(lin, SMALL)
    key = run_now().stored_as
    assert lin.post(f"{at}/cancellation").location == "/customers/import"
    assert lin.get(at).status_code == 404
    with pytest.raises(KeyError):
        store().read(key)


def test_faulty_rows_are_named_on_the_page_and_in_a_file(lin):
    content = "公司名称,等级\n" + "".join(f"公司{n},Z\n" for n in range(120)) + "=坏,Z\n"
    page = imported(lin, content.encode())
    assert "121行没导入" in page and "第51行" in page and "第52行" not in page
    at = re.search(r'href="(/customers/import/[^"]+/faults.csv)"', page)[1]
    answer = lin.get(at)
    lines = answer.get_data().decode("utf-8-sig").splitlines()
    assert lines[0] == "行,公司名称,原因" and len(lines) == 122
    assert lines[1] == "2,公司0,等级要写A到F，这里写的是“Z”" and lines[-1].startswith("122,'=坏,")
    assert count(ImportFault) == 121


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "空.csv", "这个文件是空的。"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 50, "图.png", "这不像表格文件。"),
        (b"x," * (10 * 1024 * 1024 + 1), "大.csv", "文件太大了：最多20MB。"),
        (b"<html><table>", "表.xls", "这其实是一个网页"),
        (b"PK\x03\x04", "坏.xlsx", "这个Excel文件打不开"),
    ],
)
def test_what_cannot_be_imported_is_told_next_to_the_field(lin, content, name, words):
    answer = choose(lin, content, name)
    assert answer.status_code == 422 and words in answer.text
    assert 'id="file-error"' in answer.text and 'aria-invalid="true"' in answer.text
    assert count(ImportRun) == 0


def test_no_file_at_all_and_a_hundred_megabytes(lin):
    answer = lin.post("/customers/import", data={"submission_id": new_id()})
    assert answer.status_code == 422 and "先选一个文件。" in answer.text
    answer = choose(lin, b"x" * (100 * 1024 * 1024), "很大.csv")
    assert answer.status_code == 413 and "文件太大了：最多20MB。" in answer.text and 'id="file-error"' in answer.text


def test_the_same_upload_twice_is_one_run(lin):
    same = {"submission_id": new_id()}
    first, second = choose(lin, SMALL, **same), choose(lin, SMALL, **same)
    assert first.location == second.location and count(ImportRun) == 1


def test_the_sample_is_understood_when_it_comes_back(lin):
    answer = lin.get("/customers/import/sample.csv")
    assert "客户名单样本.csv" in unquote(answer.headers["Content-Disposition"])
    imported(lin, answer.get_data())
    [made] = customers()
    assert (made.name, made.level, made.stage, made.contacts[0].title) == (
        "苏州恒润纺机有限公司",
        "D",
        "approach",
        "设备部经理",
    )
