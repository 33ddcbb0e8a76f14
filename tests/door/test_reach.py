"""The phone's own dialler and map, and nobody else's."""

import pytest

from tests import making
from webapp.door import reach

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)"
ANDROID = "Mozilla/5.0 (Linux; Android 14; HarmonyOS)"


@pytest.mark.parametrize(
    ("shown", "url"),
    [
        ("138 1234-5678", "tel:13812345678"),
        ("+86 512 6500 1234 转 8088", "tel:+8651265001234,8088"),
        ("0512-65001234 ext. 9", "tel:051265001234,9"),
    ],
)
def test_a_number_is_dialled_whatever_stands_between_its_digits(shown, url):
    assert reach.tel(shown) == url


def test_a_known_place_opens_the_phones_own_map(app, cast):
    customer = making.a_customer(cast.lin, latitude=31.26, longitude=120.63)
    assert (
        reach.map_url(customer, ANDROID)
        == "geo:31.260000,120.630000?q=31.260000,120.630000(%E6%81%92%E6%B6%A6%E7%BA%BA%E6%9C%BA)"
    )
    assert reach.map_url(customer, IPHONE).startswith("maps://?ll=31.260000%2C120.630000&q=")


def test_without_a_place_the_address_is_looked_for(app, cast):
    customer = making.a_customer(cast.lin, city="苏州市", district="吴中区", address="东吴南路188号")
    assert reach.address(customer) == "苏州市吴中区东吴南路188号"
    assert reach.map_url(customer, ANDROID).startswith("geo:0,0?q=%E8%8B%8F")
    assert reach.map_url(customer, IPHONE).startswith("maps://?q=%E8%8B%8F")


def test_the_city_is_not_said_twice(app, cast):
    customer = making.a_customer(cast.lin, city="苏州", district="吴中区", address="江苏省苏州市吴中区东吴南路188号")
    assert reach.address(customer) == "江苏省苏州市吴中区东吴南路188号"


def test_of_whom_nothing_is_known_there_is_no_way(app, cast):
    assert reach.map_url(making.a_customer(cast.lin), ANDROID) == ""


def test_who_decides_is_called_before_the_switchboard_and_nobody_twice(app, cast):
    customer = making.a_customer(cast.lin, phone="0512-65001234")
    making.a_contact(customer, "顾姐", phone="13812340003", decision_role="gatekeeper")
    making.a_contact(customer, "沈卫民", phone="138 1234 0001", decision_role="decision_maker")
    making.a_contact(customer, "总机", phone="051265001234")
    customer.contacts.sort(key=lambda person: person.decision_rank)
    assert [number.name for number in reach.numbers(customer)] == ["沈卫民", "顾姐", "总机"]
