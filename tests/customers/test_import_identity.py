"""Two ways of writing a company are one company; two companies of one family are two."""

import pytest

from webapp.customers.identity import name_key, phone_key, same_company


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("苏州恒润纺机（集团）股份有限公司", "蘇州恒潤紡機"),
        ("苏州恒润纺机有限公司", "苏州恒润纺机有限责任公司"),
        ("平安银行", "平安 银行"),
        ("万科Ａ", "万科A"),
        ("*ST国华", "＊ＳＴ国华"),
        ("Acme Co., Ltd.", "ACME"),
        ("Müller GmbH", "Muller"),
        ("TCL集团", "tcl"),
    ],
)
def test_the_same_company_written_differently(one, other):
    assert name_key(one) == name_key(other) and same_company(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("太极集团", "太极股份"), ("华联控股", "华联股份"), ("万科Ａ", "万科Ｂ"), ("平安银行", "平安保险"), ("🍵", "🍺")],
)
def test_two_companies_that_look_alike(one, other):
    assert not same_company(one, other)


def test_a_legal_form_alone_is_still_a_name_and_nothing_has_no_key():
    assert name_key("公司") == "公司" and name_key("  ") == name_key(None) == ""


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("13800138000", "13800138000"),
        ("+86 138-0013-8000", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("0755-88889999转801", "075588889999"),
        ("张三13800138000", "13800138000"),
        ("13800138000/13900139000", "13800138000"),
        ("(0755) 8888 9999", "075588889999"),
        ("110", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_a_phone_is_its_digits(written, digits):
    assert phone_key(written) == digits
