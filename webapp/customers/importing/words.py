"""What an import says: the fields one may fill, why a file or a row was not taken, by code."""

from collections.abc import Iterable, Iterator
from typing import Any

from webapp.customers import words as customer_words
from webapp.foundation.i18n import _, _l, lazy_pgettext, pgettext

FIELDS = {
    "name": lazy_pgettext("column", "公司名称"),
    "short_name": lazy_pgettext("column", "简称"),
    "code": lazy_pgettext("column", "代码"),
    "industry": lazy_pgettext("column", "行业"),
    "area": lazy_pgettext("column", "地区"),
    "city": lazy_pgettext("column", "城市"),
    "district": lazy_pgettext("column", "区县"),
    "address": lazy_pgettext("column", "地址"),
    "phone": lazy_pgettext("column", "电话"),
    "website": lazy_pgettext("column", "网址"),
    "size": lazy_pgettext("column", "规模"),
    "source": lazy_pgettext("column", "来源"),
    "level": lazy_pgettext("column", "等级"),
    "stage": lazy_pgettext("column", "阶段"),
    "tags": lazy_pgettext("column", "标签"),
    "pain": lazy_pgettext("column", "痛点"),
    "note": lazy_pgettext("column", "备注"),
    "note_line": lazy_pgettext("column", "备注（带上列名）"),
    "next_step": lazy_pgettext("column", "下一步"),
    "next_step_on": lazy_pgettext("column", "下一步日期"),
    "contact_name": lazy_pgettext("column", "联系人"),
    "contact_title": lazy_pgettext("column", "职务"),
    "contact_phone": lazy_pgettext("column", "联系人电话"),
    "contact_wechat": lazy_pgettext("column", "微信"),
    "contact_email": lazy_pgettext("column", "邮箱"),
    "contact_name_2": lazy_pgettext("column", "联系人2"),
    "contact_title_2": lazy_pgettext("column", "职务2"),
    "contact_phone_2": lazy_pgettext("column", "联系人电话2"),
    "contact_wechat_2": lazy_pgettext("column", "微信2"),
    "contact_email_2": lazy_pgettext("column", "邮箱2"),
    "contact_name_3": lazy_pgettext("column", "联系人3"),
    "contact_title_3": lazy_pgettext("column", "职务3"),
    "contact_phone_3": lazy_pgettext("column", "联系人电话3"),
    "contact_wechat_3": lazy_pgettext("column", "微信3"),
    "contact_email_3": lazy_pgettext("column", "邮箱3"),
}
COMPANY = tuple(name for name in FIELDS if not name.startswith("contact"))
PEOPLE = tuple(name for name in FIELDS if name.startswith("contact"))

UNREADABLE = {
    "missing": _l("先选一个文件。"),
    "empty": _l("这个文件是空的。"),
    "too_big": _l("文件太大了：最多%(most)sMB。分成几份再导入。"),
    "too_much": _l("这个文件展开以后太大，没敢打开。只留客户那一张表，另存一份再试。"),
    "too_many_rows": _l("行数太多：一次最多%(most)s行。分成几份再导入。"),
    "not_a_table": _l("这不像表格文件。请选CSV或Excel（xlsx、xls）文件。"),
    "web_page": _l("这其实是一个网页，只是名字像表格。用Excel或WPS打开，另存为xlsx再试。"),
    "other_package": _l("这不是Excel的xlsx文件。用Excel或WPS打开，另存为xlsx再试。"),
    "broken": _l("这个Excel文件打不开，可能坏了。用Excel或WPS另存一份再试。"),
    "locked": _l("这个Excel文件有密码。去掉密码，另存一份再试。"),
    "encoding": _l("用这种编码读不通，换一种试试。"),
    "no_such_sheet": _l("没有这张工作表，重新选一张。"),
    "gone": _l("这个文件已经不在了，重新选一次。"),
    "open_quote": _l("从第%(line)s行起有一个引号没有成对，后面都连在了一起。改好再试。"),
}

ENCODINGS = {
    "utf-8": "UTF-8",
    "gb18030": _l("GB18030（含GBK、GB2312）"),
    "big5": _l("Big5（繁体）"),
    "utf-16": "UTF-16",
    "cp1252": _l("西欧（Windows-1252）"),
}
SEPARATORS = {",": _l("逗号"), ";": _l("分号"), "\t": _l("制表符"), "|": _l("竖线")}

DUPLICATES = {
    "merge": (_l("补进已有的档案"), _l("只填空着的，写过的不动")),
    "skip": (_l("跳过"), _l("已有的档案一个字不动")),
    "add": (_l("照样新建"), _l("会有两份同名的档案")),
}

REASONS = {
    "no_name": _l("没有公司名称"),
    "too_long": _l("%(field)s太长：最多%(most)s字"),
    "too_many_tags": _l("标签太多：最多%(most)s个"),
    "not_a_level": _l("等级要写A到F，这里写的是“%(value)s”"),
    "not_a_stage": _l("没有“%(value)s”这个阶段"),
    "not_a_day": _l("“%(value)s”不像一个日子：写成2026-11-24"),
    "day_out_of_reach": _l("日期“%(value)s”太早或太远"),
    "not_a_phone": _l("“%(value)s”不像电话号码"),
    "not_an_email": _l("“%(value)s”不像一个邮箱"),
    "id_card": _l("%(field)s里像有身份证号，证件号码不能存"),
    "bank_card": _l("%(field)s里像有银行卡号，卡号不能存"),
}


def why_unreadable(code: str, **values: Any) -> str:
    """The sentence for a file that could not be read."""
    sentence: str = str(UNREADABLE[code])
    return sentence % values if values else sentence


def why_left_out(fault: Any) -> str:
    """The sentence for a row that was left out; `fault` has a reason, a field and a value."""
    field = FIELDS.get(fault.field, fault.field)
    sentence: str = str(REASONS[fault.reason])
    return sentence % {"field": field, "value": fault.value, "most": fault.value}


def place_of(line: int) -> str:
    return _("第%(n)s行", n=line)


def fault_rows(faults: Iterable[Any]) -> Iterator[list[str]]:
    """The rows that were left out as a sheet: line, company, reason."""
    yield [pgettext("column", "行"), str(FIELDS["name"]), pgettext("column", "原因")]
    for fault in faults:
        yield [str(fault.line), fault.name, why_left_out(fault)]


def sample_rows() -> list[list[str]]:
    """A list to fill in: headings and one row that shows how."""
    names = ["name", "short_name", "industry", "area", "address", "phone", "level", "stage", "tags", "note"]
    names += ["contact_name", "contact_title", "contact_phone", "contact_wechat", "contact_email"]
    shown = {
        "name": _("苏州恒润纺机有限公司"),
        "short_name": _("恒润纺机"),
        "industry": _("纺织机械"),
        "area": _("苏州"),
        "address": _("吴中区东山大道8号"),
        "phone": "0512-66668888",
        "level": "D",
        "stage": str(customer_words.STAGES["approach"]),
        "tags": _("展会，进口替代"),
        "contact_name": _("陈国栋"),
        "contact_title": _("设备部经理"),
        "contact_phone": "13800138000",
    }
    return [[str(FIELDS[name]) for name in names], [shown.get(name, "") for name in names]]
