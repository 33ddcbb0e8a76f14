"""Whatever a spreadsheet wrote is read the same; what is no table is refused with a sentence."""

import io
import struct
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from tests.making import a_package_of_tomorrow
from webapp.customers.importing.reading import MAX_BYTES, Unreadable, read
from webapp.customers.importing.words import UNREADABLE

FILES = Path(__file__).parent / "files"
ROWS = [
    ["公司名称", "地址", "电话", "备注"],
    ["苏州恒润纺机有限公司", "苏州市吴中区, 东山大道 8 号; 2 楼", "0512-66668888", '人称"老陈"\n爱喝茶'],
    ["万科Ａ", "深圳", "13800138000", "a|b\tc"],
    ["臺灣積體電路", "新竹", "", ""],
]


def as_csv(rows, separator=",", end="\r\n"):
    def quoted(cell):
        return '"' + cell.replace('"', '""') + '"' if any(mark in cell for mark in ',;\t|"\n') else cell

    return end.join(separator.join(map(quoted, row)) for row in rows) + end


def as_xlsx(rows, **more):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for name, cells in more.items():
        sheet = book.create_sheet(name)
        for row in cells:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def trimmed(rows):
    return [list(row[: max((n + 1 for n, cell in enumerate(row) if cell.strip()), default=0)]) for row in rows]


def refused(content, **how):
    with pytest.raises(Unreadable) as caught:
        read(content, **how)
    assert caught.value.code in UNREADABLE
    return caught.value.code


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_every_encoding_with_every_separator(encoding, separator, end):
    table = read(as_csv(ROWS, separator, end).encode(encoding))
    assert table.rows == trimmed(ROWS)
    assert table.separator == separator
    assert table.encoding == encoding.replace("-sig", "").replace("-le", "").replace("-be", "")


def test_a_list_from_taiwan_in_big5():
    rows = [["公司名稱", "地址"], ["臺灣積體電路製造", "新竹科學園區力行六路"], ["鴻海精密工業", "新北市土城區自由街"]]
    table = read(as_csv(rows).encode("big5"))
    assert (table.encoding, table.rows) == ("big5", rows)


def test_a_list_from_western_europe():
    table = read("name;city\r\nMüller & Söhne;Zürich\r\nCafé Noir;Genève\r\n".encode("cp1252"))
    assert (table.encoding, table.rows[1]) == ("cp1252", ["Müller & Söhne", "Zürich"])


def test_the_encoding_that_was_chosen_is_used_or_refused():
    content = as_csv(ROWS).encode("gb18030")
    assert read(content, encoding="gb18030").rows == trimmed(ROWS)
    assert refused(content, encoding="utf-8") == "encoding"


def test_a_separator_line_of_excel_is_obeyed_and_keeps_the_line_numbers():
    table = read("sep=;\r\n公司;电话\r\n恒润;1,5\r\n".encode())
    assert table.separator == ";" and table.rows == [[], ["公司", "电话"], ["恒润", "1,5"]]


def test_one_column_is_a_table_too():
    assert read("公司名称\n恒润纺机\n万科\n".encode()).rows == [["公司名称"], ["恒润纺机"], ["万科"]]


def test_a_stray_nul_is_dropped():
    assert read("公司,电话\n恒\0润,1\n".encode()).rows[1] == ["恒润", "1"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\r\n  \r\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b",,,\n,,,\n", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "not_a_table"),
        (bytes((n * 7919) % 251 for n in range(5000)), "not_a_table"),
        (b"%PDF-1.7\n1 0 obj\n", "not_a_table"),
        (b"<html><body><table><tr><td>a</td></tr></table>", "web_page"),
        (b"PK\x03\x04 not a package", "broken"),
        (a_package_of_tomorrow(book="x"), "broken"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 2000, "broken"),
        (b"a" * (MAX_BYTES + 1), "too_big"),
        (b'name,city\n"Acme,Rome\n' + b"x,y\n" * 20_000, "open_quote"),
        (b"a\n" * 100_002, "too_many_rows"),
    ],
    ids=lambda value: repr(value[:10]),  # further on a package says at which second it was made
)
def test_what_is_no_table_is_refused(content, code):
    assert refused(content) == code


def test_a_workbook_is_read_as_it_looks():
    rows = [
        ["公司名称", "电话", "日期", "刻", "比", "真"],
        ["恒润", 13800138000, date(2020, 1, 2), datetime.fromisoformat("2020-01-02T09:30"), 0.125, True],
        [None, None],
        ["  万科Ａ ", "000001", None, None, 1.5],
    ]
    table = read(as_xlsx(rows))
    assert table.kind == "xlsx" and table.rows == [
        rows[0],
        ["恒润", "13800138000", "2020-01-02", "2020-01-02 09:30", "0.125", "TRUE"],
        [],
        ["  万科Ａ ", "000001", "", "", "1.5"],
    ]


def test_lines_and_columns_count_from_the_first_cell_of_the_sheet():
    book = openpyxl.Workbook()
    book.active["C4"], book.active["D6"] = "公司名称", "恒润"
    file = io.BytesIO()
    book.save(file)
    assert read(file.getvalue()).rows == [[], [], [], ["", "", "公司名称"], [], ["", "", "", "恒润"]]


def test_the_first_sheet_with_something_on_it_unless_another_is_named():
    content = as_xlsx([], 客户=[["公司名称"], ["恒润"]], 别的=[["x"]])
    assert (read(content).sheet, read(content).sheets) == ("客户", ["Sheet", "客户", "别的"])
    assert read(content, sheet="别的").rows == [["x"]]
    assert refused(content, sheet="没有") == "no_such_sheet"


def test_a_formula_is_read_as_its_value():
    content = as_xlsx([["公司名称", "年限"], ["恒润", "=1+1"]])
    file, patched = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(patched, "w") as target:
        for part in file.namelist():
            target.writestr(part, file.read(part).replace(b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>").replace(
                b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>"))  # fmt: skip
    assert read(patched.getvalue()).rows[1] == ["恒润", "2"]


def test_days_of_a_mac_workbook_count_from_1904():
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active.append(["上市日期", date(1991, 4, 3)])
    file = io.BytesIO()
    book.save(file)
    assert read(file.getvalue()).rows == [["上市日期", "1991-04-03"]]


def test_an_empty_workbook_and_another_package_are_refused():
    assert refused(as_xlsx([])) == "empty"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("word/document.xml", "<w/>")
    assert refused(file.getvalue()) == "other_package"


def a_bomb(declared):
    """A workbook whose sheet unpacks to 400 MB, honest or not about it."""
    content = as_xlsx([["公司名称"]])
    source, file = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for part in source.namelist():
            if part == "xl/worksheets/sheet1.xml":
                start, end = source.read(part).split(b"<sheetData>")
                with package.open(part, "w", force_zip64=False) as sheet:
                    sheet.write(start + b"<sheetData>")
                    for _n in range(400):
                        sheet.write(b"<row></row>" * 95_325)
                    sheet.write(end)
            else:
                package.writestr(part, source.read(part))
    blob = file.getvalue()
    if declared is not None:
        real = zipfile.ZipFile(io.BytesIO(blob)).getinfo("xl/worksheets/sheet1.xml").file_size
        blob = blob.replace(struct.pack("<L", real), struct.pack("<L", declared))
    return blob


@pytest.mark.slow
def test_a_bomb_that_says_what_it_is():
    assert refused(a_bomb(None)) == "too_much"


@pytest.mark.slow
def test_a_bomb_that_lies_harms_nobody():
    with pytest.raises(Unreadable):
        read(a_bomb(5000))


def test_a_sheet_that_claims_to_be_endless_harms_nobody():
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "公司名称", "x"
    file = io.BytesIO()
    book.save(file)
    assert refused(file.getvalue()) == "too_much"


def test_a_workbook_with_a_password_is_named_as_such():
    assert refused((FILES / "locked.xlsx").read_bytes()) == "locked"


def test_an_old_workbook_is_read_too():
    table = read((FILES / "old.xls").read_bytes())
    assert (table.kind, table.sheet) == ("xls", "客户")
    assert table.rows == [
        ["公司名称", "电话", "上市日期", "等级"],
        ["恒润纺机", "13800138000", "1991-04-03", "B"],
        ["万科Ａ", "0755-25606666"],
    ]


def test_an_encoding_and_a_separator_that_nobody_offers_count_as_not_said():
    table = read("name;phone\n恒润;051266889999\n".encode(), encoding="no such choice", separator="no such choice")

    assert (table.encoding, table.separator) == ("utf-8", ";")
