"""What a phone is told about the app before and after it is installed."""

import struct

import pytest

from webapp.foundation.settings import ROOT


@pytest.fixture
def manifest(lin):
    return lin.get("/manifest.webmanifest").get_json()


def size_of(content: bytes) -> tuple[int, int]:
    """Of a PNG or a lossy WebP, in pixels."""
    if content.startswith(b"\x89PNG"):
        return struct.unpack(">II", content[16:24])
    assert content[:4] == b"RIFF" and content[8:16] == b"WEBPVP8 "
    width, height = struct.unpack("<HH", content[26:30])
    return width & 0x3FFF, height & 0x3FFF


def test_every_picture_that_it_names_is_there_in_its_size_and_small(app, manifest):
    named = manifest["icons"] + manifest["screenshots"] + [shortcut["icons"][0] for shortcut in manifest["shortcuts"]]
    for picture in named:
        with app.test_client().get(picture["src"]) as answer:
            content = answer.data
        assert f"{'x'.join(map(str, size_of(content)))}" == picture["sizes"]
        assert len(content) < 60_000


def test_it_can_be_installed_everywhere(manifest):
    assert (manifest["id"], manifest["start_url"], manifest["display"]) == ("/", "/", "standalone")
    assert {(icon["sizes"], icon.get("purpose")) for icon in manifest["icons"]} >= {
        ("192x192", None),
        ("512x512", None),
        ("512x512", "maskable"),
    }
    assert {screen["form_factor"] for screen in manifest["screenshots"]} == {"narrow", "wide"}
    assert (ROOT / "static/icons/apple-touch-icon.png").exists()


def test_its_shortcuts_and_what_it_can_be_handed_lead_to_pages(app, lin, manifest):
    assert [shortcut["url"] for shortcut in manifest["shortcuts"]] == ["/new-report", "/", "/customers"]
    for shortcut in manifest["shortcuts"]:
        assert lin.get(shortcut["url"], follow_redirects=True).status_code == 200
    target = manifest["share_target"]
    assert app.url_map.bind("localhost").match(target["action"], target["method"])[0] == "pwa.share"


def test_it_speaks_the_readers_language(client_of, cast):
    names = {
        language: client_of(cast.sun, language=language).get("/manifest.webmanifest").get_json()["shortcuts"][0]["name"]
        for language in ("zh-CN", "zh-TW", "en")
    }
    assert names == {"zh-CN": "写报告", "zh-TW": "寫報告", "en": "Report"}


def test_who_works_in_the_dark_is_not_met_by_a_white_screen(lin):
    day = lin.get("/manifest.webmanifest").get_json()["background_color"]
    lin.post("/settings", data={"name": "林晓岚", "phone": "", "language": "", "scheme": "dark", "zone": ""})
    night = lin.get("/manifest.webmanifest").get_json()
    assert night["background_color"] == night["theme_color"] == "#0b110e" != day
