"""No identity card and no bank card gets into the file; phones, dates, barcodes and sums do."""

import pytest

from webapp.foundation.privacy import is_bank_card, is_id_card, secret_number_in


@pytest.mark.parametrize(
    "text",
    [
        "11010519491231002X",
        "身份证11010519491231002x，帮他订票",
        "他的号码是 440524198001010013",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105 19491231 002X",
        "110105-19491231-002X",
        "老身份证 320502800101123",
        "ID11010519491231002X",
    ],
)
def test_an_identity_card_is_seen_however_it_is_written(text):
    assert secret_number_in(text) == "id_card"


@pytest.mark.parametrize(
    "text",
    [
        "6222020200112230",
        "卡号6222 0202 0011 2230工行",
        "6222-0202-0011-2230",
        "4222222222222",
        "378282246310005",
        "6222 0202 0011 2230 129",
        "5555555555554444",
        "622202 0200112230",
        "６２２２０２０２００１１２２３０",
    ],
)
def test_a_bank_card_is_seen_however_it_is_written(text):
    assert secret_number_in(text) == "bank_card"


@pytest.mark.parametrize(
    "text",
    [
        "",
        None,
        "13800138000",
        "8613800138000",
        "138 0013 8000，139 1234 5678",
        "2026-11-24 13800138000",
        "0512-65001234 转 8088",
        "6901234567892",
        "110105194912310021",
        "320502801301123",
        "91320594MA1XLPQ31K",
        "6222020200112231",
        "SN4222222222222",
        "1764000000000",
        "预算 1200000000000 元",
        "爱喝凤凰单丛，2026年11月24日看到",
    ],
)
def test_phones_dates_barcodes_and_mistyped_cards_may_stay(text):
    assert secret_number_in(text) == ""


def test_the_check_digit_decides():
    assert is_id_card("11010519491231002X") and not is_id_card("110105194912310020")
    assert is_bank_card("4111111111111111") and not is_bank_card("4111111111111112")


def test_a_card_has_at_most_nineteen_digits():
    assert not is_bank_card("4" + "0" * 19)
