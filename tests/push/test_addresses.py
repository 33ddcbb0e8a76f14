"""Where the house is willing to send, when it keeps an address and when it uses it."""

import socket
from dataclasses import replace

import pytest

from webapp.push import addresses, posting
from webapp.push.addresses import Place, Unwelcome, place, public_address
from webapp.push.models.subscription import Address
from webapp.push.posting import Outcome

GOOD = [
    "https://fcm.googleapis.com/fcm/send/abc:def",
    "https://updates.push.services.mozilla.com/wpush/v2/abc",
    "https://web.push.apple.com/abc",
    "https://db5p.notify.windows.com/w/?token=abc",
    "https://FCM.googleapis.com:443/x",
]
BAD = {
    "http://fcm.googleapis.com/x": "scheme",
    "https://fcm.googleapis.com:8443/x": "scheme",
    "ftp://fcm.googleapis.com/x": "scheme",
    "https://evil.example/x": "host",
    "https://fcm.googleapis.com.evil.example/x": "host",
    "https://evilpush.apple.com/x": "host",
    "https://push.apple.com/x": "host",
    "https://127.0.0.1/x": "host",
    "https://[::1]/x": "host",
    "https://169.254.169.254/latest": "host",
    "https://2130706433/x": "host",
    "https://localhost/x": "host",
    "https://user:word@fcm.googleapis.com/x": "address",
    "https://fcm.googleapis.com@evil.example/x": "address",
    "https://fcm.googleapis.com\\@evil.example/x": "address",
    "https://fcm.googleapis.com/\r\nHost: evil": "address",
    "https://ｆcm.googleapis.com/x": "address",
    "https://fcm.googleapis.com:99999/x": "address",
    "https://[fcm/x": "address",
    "https://fcm.googleapis.com/" + "x" * 2000: "address",
    "//fcm.googleapis.com/x": "scheme",
    "javascript:alert(1)": "address",
    "": "address",
}


@pytest.mark.parametrize("endpoint", GOOD)
def test_the_push_services_of_the_browsers_are_welcome(app, endpoint):
    assert place(endpoint).port == 443


@pytest.mark.parametrize(("endpoint", "why"), BAD.items())
def test_nothing_else_is(app, endpoint, why):
    with pytest.raises(Unwelcome, match=f"^{why}$"):
        place(endpoint)


def test_an_admin_may_add_a_host(app, monkeypatch):
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], push_hosts=(".push.example",)))
    assert place("https://cn.push.example/x") == Place("cn.push.example", 443)


def test_this_machine_is_for_tests_only(app, monkeypatch):
    settings = replace(app.config["SETTINGS"], push_loopback=True, environment="production")
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    with pytest.raises(Unwelcome):
        place("http://127.0.0.1:9/x")


def leads_to(monkeypatch, *found):
    answer = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 443)) for one in found]
    monkeypatch.setattr(addresses.socket, "getaddrinfo", lambda *_asked, **_more: answer)


PRIVATE = ("127.0.0.1", "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "::1")
PRIVATE += ("fe80::1", "fc00::1", "::ffff:127.0.0.1", "224.0.0.1", "255.255.255.255")


@pytest.mark.parametrize("where", PRIVATE)
def test_a_name_that_leads_inside_is_not_followed(app, monkeypatch, where):
    for found in ([where], ["142.250.1.1", where]):
        leads_to(monkeypatch, *found)
        with pytest.raises(Unwelcome, match="private"):
            public_address(Place("fcm.googleapis.com", 443))


def test_it_connects_to_the_address_that_was_looked_at(app, house_keys, monkeypatch):
    """The name may lead elsewhere a moment later; nobody asks it again."""
    connected = []

    def refuse(address, *_more, **_options):
        connected.append(address)
        raise ConnectionRefusedError

    leads_to(monkeypatch, "142.250.1.1")
    monkeypatch.setattr("urllib3.util.connection.create_connection", refuse)
    outcome = posting.post(Address(GOOD[0], "", ""), b"", "report", False, house_keys)
    assert connected == [("142.250.1.1", 443)]
    assert outcome == Outcome("waiting", "ConnectionError")


def test_what_is_wrong_for_a_moment_costs_no_subscription(app, house_keys, monkeypatch):
    leads_to(monkeypatch, "10.0.0.1")
    assert posting.post(Address(GOOD[0], "", ""), b"", "report", False, house_keys).state == "waiting"
    monkeypatch.setattr(addresses.socket, "getaddrinfo", no_such_name)
    assert posting.post(Address(GOOD[0], "", ""), b"", "report", False, house_keys) == Outcome("waiting", "name")
    outside = Address("https://evil.example/x", "", "")
    assert posting.post(outside, b"", "report", False, house_keys) == Outcome("gone", "host")


def no_such_name(*_asked, **_more):
    raise socket.gaierror


@pytest.mark.parametrize(
    "wrong",
    [
        {"endpoint": "https://evil.example/x"},
        {"p256dh": "not base64!"},
        {"auth": ""},
        {"endpoint": "x\0y"},
        {"p256dh": "A" * 500},
    ],
)
def test_what_is_wrong_is_not_even_kept(house_keys, cast, client_of, subscriptions, wrong):
    fields = {"endpoint": GOOD[0], "p256dh": "B" * 87, "auth": "A" * 22} | wrong
    assert client_of(cast.lin).post("/push/subscriptions", data=fields).status_code == 422
    assert subscriptions() == []
