"""Wherever a rep taps on his phone: the page is there, the letterbox takes the form, or it is one of the few things that
need a signal, and then the page that stands in says why."""

import json
import re
import subprocess
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.field_pack.phone import Phone
from tests.house.routes import FILES
from webapp.foundation import packing

ROOT = Path(__file__).parents[2]
LINK = re.compile(r'<(?:a|form)\b[^>]*?\b(?:href|action)="(/[^"]*)"')
FORM = re.compile(r'<form\b[^>]*\bmethod="post"[^>]*\baction="(/[^"#]*)"[^>]*>(.*?)</form>', re.S)
NAMES = (ROOT / "service_worker/names.js").read_text("utf-8")
SERVER_ONLY = re.compile(re.search(r"SERVER_ONLY = /(.+)/;", NAMES)[1].replace("\\/", "/"))


@pytest.fixture
def lin_s(phones):
    return phones["lin"]


def needs_a_signal(path, page):
    """Whether the page that stands in knows a reason for this address."""
    return any(re.search(pattern, path) for pattern in re.findall(r'data-for="([^"]+)"', unescape(page)))


def reached(phone: Phone, links: list[str]) -> dict[str, str | None]:
    told = {"pages": phone.pages, "beside": phone.beside, "moulds": phone.moulds, "links": links}
    script = str(ROOT / "tests/service_worker/reach.js")
    done = subprocess.run(["node", script], input=json.dumps(told), capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.slow
def test_every_link_leads_somewhere_without_a_signal(lin_s):
    links, at = set(), {}
    for url, page in lin_s.pages.items():
        for link in LINK.findall(page):
            place = urlsplit(unescape(link))
            path = place.path + (f"?{place.query}" if place.query else "")
            if place.path == "/" or "0000-00-00" in path or packing.STRANGER in path or path.startswith("/assets/"):
                continue
            links.add(path)
            at.setdefault(path, url)
    gets = {link for link in links if not any(link == urlsplit(action).path for action in actions(lin_s))}
    found = reached(lin_s, sorted(gets))
    stands_in = lin_s.pages["/offline"]
    dead = {link: at[link] for link, title in found.items() if not title and not needs_a_signal(link, stands_in)}
    assert not dead, "\n".join(f"{link} on {url}" for link, url in sorted(dead.items()))
    assert len(found) > 100


def actions(phone):
    return [unescape(action) for page in phone.pages.values() for action, _body in FORM.findall(page)]


@pytest.mark.slow
def test_every_form_goes_through_the_letterbox_or_is_named(lin_s):
    astray = {
        action: url
        for url, page in lin_s.pages.items()
        for action, body in FORM.findall(page)
        if 'name="submission_id"' not in body and not SERVER_ONLY.search(urlsplit(unescape(action)).path)
    }
    assert not astray


@pytest.mark.slow
def test_what_stands_in_knows_every_address_that_is_the_servers_alone(lin_s):
    stands_in = lin_s.pages["/offline"]
    for path in (
        "/customers/import",
        "/settings/password",
        "/sign-in",
        "/users",
        "/teams/1",
        "/audit",
        "/customers/export.csv",
        "/insight",
        "/reviews/quarantine/1",
        "/team",
    ):
        assert needs_a_signal(path, stands_in), path
    assert FILES
