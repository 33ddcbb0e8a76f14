"""Headings as people write them are understood; whatever stands below them becomes a draft or a reason."""

import pytest

from webapp.customers.importing.columns import guess, header_row
from webapp.customers.importing.meaning import Fault
from webapp.customers.importing.reading import Table
from webapp.customers.importing.rows import Person, data_rows, draft_of
from webapp.customers.importing.words import REASONS, why_left_out

pytestmark = pytest.mark.usefixtures("app")


def understood(headings):
    written = headings.split(",")
    return {written[column]: field for column, field in guess(written).items()}


@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        ("code,name,area,industry,listed_on", "code name area industry note_line"),
        (
            "公司名称,简称,行业,地区,地址,电话,联系人,职务,手机,微信,邮箱,等级,阶段,来源,标签,备注",
            "name short_name industry area address phone contact_name contact_title contact_phone contact_wechat "
            "contact_email level stage source tags note",
        ),
        ("Company,Name,Phone,Mobile,Title,E-mail,City", "name contact_name phone contact_phone contact_title "
         "contact_email city"),
        ("客户名称,所在城市,上市日期", "name city note_line"),
        ("name,contact,tel", "name contact_name phone"),
        ("姓名,公司,手机", "contact_name name contact_phone"),
        ("公司,手机", "name phone"),
        ("＊客户名称（必填）,联系电话 / Tel,Sales Stage", "name phone stage"),
        ("公司名稱,聯繫人,電話,備註", "name contact_name phone note"),
        ("公司名称,联系人1,联系人1电话,联系人2,联系人2电话", "name contact_name contact_phone contact_name_2 "
         "contact_phone_2"),
        ("客户公司名称,客户所在地区,主要联系人姓名", "name area contact_name"),
        ("下一步,下一步日期", "next_step next_step_on"),
    ],
)  # fmt: skip
def test_headings_are_understood(headings, fields):
    assert understood(headings) == dict(zip(headings.split(","), fields.split(), strict=True))


def test_what_is_not_understood_is_left_alone_and_no_field_is_taken_twice():
    assert understood("序号,单位名称,跟进人,客户名称") == {"单位名称": "name"} or understood(
        "序号,单位名称,跟进人,客户名称"
    ) == {"客户名称": "name"}
    assert understood("foo,bar,,") == {}


def test_the_headings_are_found_below_a_title():
    assert header_row([["华东区客户名单"], [], ["公司名称", "电话"], ["恒润", "1"]]) == 2
    assert header_row([["公司名称", "电话"], ["公司名称有限公司", ""]]) == 0
    assert header_row([["恒润纺机", "苏州"], ["万科", "深圳"]]) is None


HEADINGS = [
    "公司名称",
    "等级",
    "阶段",
    "标签",
    "备注",
    "上市日期",
    "联系人",
    "联系人电话",
    "邮箱",
    "下一步日期",
    "电话",
]


def draft(**cells):
    names = ("name", "level", "stage", "tags", "note", "listed", "person", "mobile", "email", "on", "phone")
    row = [cells.get(name, "") for name in names]
    return draft_of(7, row, guess(HEADINGS), HEADINGS)


def test_a_full_row_becomes_a_draft():
    made = draft(
        name=" 恒润纺机 ",
        level="b级",
        stage="③",
        tags="纺织，展会、纺织",
        note="爱喝茶",
        listed="1991-04-03",
        on="2026/12/1",
    )
    assert made.name == "恒润纺机" and made.tags == ["纺织", "展会"]
    assert made.values["level"] == "B" and made.values["stage"] == "persuade"
    assert made.values["note"] == "爱喝茶\n上市日期：1991-04-03"
    assert made.values["next_step_on"].isoformat() == "2026-12-01"


@pytest.mark.parametrize(
    ("written", "stage"),
    [
        ("接触客户", "approach"),
        ("谈判", "negotiate"),
        ("after_sales", "after_sales"),
        ("2", "approach"),
        ("接觸客戶", "approach"),
    ],
)
def test_a_stage_may_be_written_in_many_ways(written, stage):
    assert draft(name="恒润", stage=written).values["stage"] == stage


@pytest.mark.parametrize(
    ("written", "size"),
    [
        ("100–499人", "medium"),
        ("500人", "large"),
        ("约1,500人", "large"),
        ("20-99", "small"),
        ("小型企业", "small"),
        ("10000", "huge"),
    ],
)
def test_a_size_may_be_a_band_a_number_or_a_word(written, size):
    assert draft_of(2, ["恒润", written], {0: "name", 1: "size"}, ["公司", "规模"]).values["size"] == size


def test_what_is_no_word_of_ours_is_noted_with_its_heading():
    made = draft_of(
        2,
        ["恒润", "抖音直播", "说不清", "爱喝茶"],
        {0: "name", 1: "source", 2: "size", 3: "note"},
        ["公司", "渠道", "规模"],
    )
    assert made.values == {"name": "恒润", "note": "爱喝茶\n渠道：抖音直播\n规模：说不清"}


def test_a_person_is_a_contact_and_a_phone_without_a_person_is_the_companys():
    assert draft(name="恒润", person="陈国栋", mobile="138", email="c@h.cn").people == [
        Person("陈国栋", phone="138", email="c@h.cn")
    ]
    alone = draft(name="恒润", mobile="13800138000", email="c@h.cn")
    assert alone.people == [] and alone.values["phone"] == "13800138000" and alone.values["note"] == "c@h.cn"
    assert draft(name="恒润", mobile="138", phone="0512").values["note"] == "138"


def test_the_apostrophe_of_an_export_is_taken_off_again():
    assert draft(name="'=恒润").name == "=恒润" and draft(name="'恒润").name == "'恒润"
    assert draft(name="恒润", phone="'+86 138").values["phone"] == "+86 138"


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"level": "A"}, "no_name"),
        ({"name": " \u0000 "}, "no_name"),
        ({"name": "恒" * 201}, "too_long"),
        ({"name": "恒润", "note": "长" * 5001}, "too_long"),
        ({"name": "恒润", "person": "陈" * 65}, "too_long"),
        ({"name": "恒润", "level": "G"}, "not_a_level"),
        ({"name": "恒润", "level": "Apfel"}, "not_a_level"),
        ({"name": "恒润", "stage": "睡觉"}, "not_a_stage"),
        ({"name": "恒润", "phone": "问前台"}, "not_a_phone"),
        ({"name": "恒润", "person": "陈", "mobile": "保密"}, "not_a_phone"),
        ({"name": "恒润", "tags": "签" * 31}, "too_long"),
        ({"name": "恒润", "tags": "、".join(map(str, range(21)))}, "too_many_tags"),
        ({"name": "恒润", "on": "明天"}, "not_a_day"),
        ({"name": "恒润", "on": "2026-02-30"}, "not_a_day"),
        ({"name": "恒润", "on": "1026-02-03"}, "day_out_of_reach"),
        ({"name": "恒润", "person": "陈", "email": "chen.cn"}, "not_an_email"),
        ({"name": "恒润", "note": "身份证11010519491231002X"}, "id_card"),
        ({"name": "恒润", "note": "卡号6222 0212 3456 7890 128"}, "bank_card"),
    ],
)
def test_a_faulty_row_says_why(cells, reason):
    with pytest.raises(Fault) as caught:
        draft(**cells)
    assert caught.value.reason == reason and reason in REASONS
    assert "%(" not in why_left_out(caught.value)


def test_lines_are_counted_as_spreadsheets_do_and_empty_rows_are_no_rows():
    table = Table("csv", [["客户名单"], [], ["公司名称"], ["恒润"], ["", " "], ["万科"]])
    assert list(data_rows(table, 2)) == [(4, ["恒润"]), (6, ["万科"])]
    assert [line for line, _cells in data_rows(table, None)] == [1, 3, 4, 6]
