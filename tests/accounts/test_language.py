from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient

from webapp.foundation.db import db


def tongue(client: FlaskClient, wishes: str, path: str = "/about") -> str:
    text = client.get(path, headers={"Accept-Language": wishes}).text
    return text.split('<html lang="')[1].split('"')[0]


@pytest.mark.parametrize(
    ("wishes", "spoken"),
    [
        ("zh-CN,zh;q=0.9", "zh-CN"),
        ("zh-TW", "zh-Hant"),
        ("zh-HK,zh;q=0.9,en;q=0.8", "zh-Hant"),
        ("zh-Hant-TW", "zh-Hant"),
        ("zh-Hans-HK", "zh-CN"),
        ("zh-MO", "zh-Hant"),
        ("zh", "zh-CN"),
        ("en-GB,en;q=0.9", "en"),
        ("fr;q=1, en;q=0.5, zh;q=0.8", "zh-CN"),
        ("fr, de;q=0.5", "zh-CN"),
        ("", "zh-CN"),
    ],
)
def test_a_browser_is_answered_in_the_language_it_wishes(stranger: FlaskClient, wishes: str, spoken: str):
    assert tongue(stranger, wishes) == spoken


def test_a_choice_before_signing_in_is_remembered_by_the_browser(stranger: FlaskClient):
    answer = stranger.post("/language", data={"language": "zh_Hant", "next": "/about"})
    assert (answer.status_code, answer.location) == (303, "/about")
    assert tongue(stranger, "en") == "zh-Hant"
    stranger.post("/language", data={"language": ""})
    assert tongue(stranger, "en") == "en"


def test_what_the_person_chose_goes_before_what_the_browser_did(lin: FlaskClient, cast: SimpleNamespace):
    lin.set_cookie("language", "zh_Hant")
    assert tongue(lin, "zh-CN") == "zh-Hant"
    lin.post("/language", data={"language": "en"})
    lin.set_cookie("language", "zh_Hant")
    assert tongue(lin, "zh-CN") == "en"
    assert db.session.get_one(type(cast.lin), cast.lin.id).language == "en"


def test_a_language_nobody_speaks_here_is_refused(stranger: FlaskClient):
    assert stranger.post("/language", data={"language": "tlh"}).status_code == 400
    stranger.set_cookie("language", "tlh")
    assert tongue(stranger, "en") == "en"


def test_choosing_a_language_leads_nowhere_else(stranger: FlaskClient):
    assert stranger.post("/language", data={"language": "en", "next": "//evil.example"}).location == "/"


def test_each_language_is_offered_in_its_own_script(stranger: FlaskClient):
    assert all(word in tongue_page for tongue_page in [stranger.get("/sign-in").text] for word in ("繁體", "English"))
    stranger.set_cookie("language", "en")
    assert all(word in stranger.get("/sign-in").text for word in ("简体", "繁體"))
