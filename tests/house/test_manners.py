"""How pages change in place, in a real browser: place, focus and typed words are kept; nothing refused is lost.

The pages are made here, from the same base, macros and forms that every room uses.
"""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, Response, abort, flash, redirect, render_template_string, request
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server
from wtforms import MultipleFileField

from doors import machine
from tests import browsers
from tests.apps import an_app
from webapp.accounts.access import public
from webapp.foundation.forms import Choice, FieldForm, LongText, Text
from webapp.foundation.settings import from_environment

pytestmark = pytest.mark.browser

TOP = """{% extends "base.html" %}{% import "parts/macros.html" as m with context %}
{% import "parts/form.html" as form_ with context %}{% block title %}TITLE{% endblock %}"""

LIST = """{% block header %}{{ m.bar("客户") }}{% endblock %}{% block main %}
<div class="stack" id="results">{% for name in names %}<article class="card"><h2><a href="/card">{{ name }}</a></h2>
<p>一<br>二<br>三<br>四<br>五<br>六</p></article>{% endfor %}</div>{% endblock %}
{% block dock %}{{ m.search("/list", "搜索", "名称", request.args.q) }}{% endblock %}"""

CARD = """{% block page_class %}page--detail{% endblock %}
{% block header %}{{ m.bar("恒润纺机", back="/list") }}{% endblock %}{% block main %}
<p>{{ m.relative(today, "due") }}</p><p>{% for n in range(40) %}{{ n }}<br>{% endfor %}</p>
<ul>{% for said in notes %}<li>{{ said }}</li>{% endfor %}</ul>
<form method="post" action="/card" id="note" data-behaviour="dirty">
<textarea name="said" aria-label="记一句"></textarea><button>记下</button></form>
<form method="post" action="/broken"><button>出错</button></form><a href="/report">写报告</a>
<div id="side" hx-get="/list" hx-trigger="load" hx-select="#results" hx-swap="innerHTML"></div>{% endblock %}"""

REPORT = """{% block header %}{{ m.bar("报告", back="/card") }}{% endblock %}{% block main %}
{% call form_.open(form, "/report", draft=true, id="visit", files=true, behaviour="position") %}
{{ form_.chips(form.result) }}{{ form_.textarea(form.needs) }}{{ form_.field(form.todo) }}
{{ form_.photos(form.photos, {"image": "不是照片"}, 9) }}
{% endcall %}{% endblock %}{% block dock %}{{ form_.actions("交报告", "visit") }}{% endblock %}"""


class ReportForm(FieldForm):
    result = Choice("结果", choices=[("ordered", "下单了"), ("progress", "有进展")], required=True)
    needs = LongText("痛点")
    todo = Text("做什么", required=True, missing="写一句。")
    photos = MultipleFileField("照片")


@pytest.fixture(scope="module")
def heard() -> dict[str, Any]:
    return {"notes": [], "report": None}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, heard: dict[str, Any]) -> Iterator[str]:
    settings = replace(
        from_environment({"DOORSTEP_DATA": str(tmp_path_factory.mktemp("manners"))}), secret_key="for tests only"
    )
    app = an_app(settings)
    show_pages(app, heard)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


def show_pages(app: Flask, heard: dict[str, Any]) -> None:
    names = ["恒润纺机", "宏锦印染", "德瑞水泵", "金禾造纸"]

    def render(body: str, title: str, **facts: Any) -> str:
        return render_template_string(TOP.replace("TITLE", title) + body, request=request, **facts)

    @app.get("/list")
    @public
    def show_list() -> str:
        return render(LIST, "客户", names=[name for name in names if request.args.get("q", "") in name])

    @app.route("/card", methods=["GET", "POST"])
    @public
    def card() -> str | Response:
        if request.method == "GET":
            return render(CARD, "恒润纺机", notes=heard["notes"])
        heard["notes"].append(request.form["said"])
        flash("记下了")
        return redirect("/card", 303)  # type: ignore[return-value]

    @app.route("/report", methods=["GET", "POST"])
    @public
    def report() -> str | Response | tuple[str, int]:
        form = ReportForm()
        if request.method == "GET":
            return render(REPORT, "报告", form=form)
        if not form.validate():
            return render(REPORT, "报告", form=form), 422
        heard["report"] = {**request.form, "photos": [photo.filename for photo in request.files.getlist("photos")]}
        return redirect("/list", 303)  # type: ignore[return-value]

    @app.post("/broken")
    @public
    def broken() -> None:
        abort(500)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browsers.chromium(machine.chromium()) as browser:
        yield browser


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    context = chromium.new_context(
        base_url=address,
        locale="zh-CN",
        viewport={"width": 390, "height": 600},
        service_workers="block",  # nobody is signed in here, and a drawer is somebody's
        geolocation={"latitude": 31.2, "longitude": 120.6, "accuracy": 12},
    )
    context.grant_permissions(["geolocation"])
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


def ready(page: Page, path: str) -> None:
    """Open a page and wait until its behaviours are awake."""
    page.goto(path, wait_until="networkidle")


def test_going_and_coming_back_keeps_title_place_and_focus(page: Page) -> None:
    ready(page, "/list")
    page.evaluate("window.same = true; scrollTo(0, 200)")
    page.get_by_role("link", name="德瑞水泵").click()
    page.locator("#side h2").first.wait_for()
    expect(page).to_have_title("恒润纺机 · 登门")
    assert page.evaluate("window.same && scrollY === 0 && document.activeElement.tagName") == "H1"
    page.go_back()
    expect(page).to_have_title("客户 · 登门")
    page.wait_for_function("scrollY === 200")


def test_a_form_answered_on_its_own_page_leaves_the_reader_where_she_was(page: Page) -> None:
    ready(page, "/card")
    box = page.get_by_label("记一句")
    box.fill("轴承两套")
    box.scroll_into_view_if_needed()
    before = page.evaluate("[scrollY, history.length]")
    page.get_by_role("button", name="记下").click()
    expect(page.get_by_role("status").filter(has_text="记下了")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="轴承两套")).to_have_count(1)
    expect(box).to_have_value("")
    expect(page.locator("#side h2")).to_have_count(4)
    assert page.evaluate("history.length") == before[1]
    assert abs(page.evaluate("scrollY") - before[0]) < 60
    expect(page.locator("time")).to_have_text("今天到期")


def test_what_the_server_or_the_signal_drops_stays_on_the_screen(page: Page) -> None:
    ready(page, "/card")
    page.get_by_label("记一句").fill("别丢")
    page.get_by_role("button", name="出错").click()
    expect(page.get_by_role("alert")).to_contain_text("服务器出了毛病")
    page.context.set_offline(True)
    page.get_by_role("button", name="记下").click()
    expect(page.get_by_role("alert")).to_contain_text("没有信号")
    expect(page.get_by_label("记一句")).to_have_value("别丢")


def test_leaving_a_form_that_keeps_no_draft_is_asked_about(page: Page) -> None:
    ready(page, "/card")
    page.get_by_label("记一句").fill("别丢")
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.get_by_role("link", name="写报告").click()
    assert asked == ["写的还没送出去。不要了？"]
    assert page.url.endswith("/card")


def test_searching_while_typing_keeps_the_caret(page: Page) -> None:
    ready(page, "/list")
    page.get_by_role("searchbox").press_sequentially("金禾")
    expect(page.locator("#results h2")).to_have_count(1)
    assert "q=" in page.url
    page.keyboard.type("造")
    expect(page.get_by_role("searchbox")).to_have_value("金禾造")
    expect(page.get_by_role("searchbox")).to_be_focused()


def test_a_report_survives_a_reload_and_a_mistake_and_is_then_forgotten(
    page: Page, heard: dict[str, Any], tmp_path: Path
) -> None:
    photo = tmp_path / "plate.png"
    photo.write_bytes((Path(__file__).parents[2] / "static/icons/icon-192.png").read_bytes())
    ready(page, "/report")
    page.get_by_label("痛点").fill("一年换一次轴承")
    page.get_by_text("有进展").click()
    expect(page.get_by_role("status").filter(has_text="草稿在这部手机上")).to_be_visible()
    born = page.locator("[name=submission_id]").input_value()
    page.reload(wait_until="networkidle")
    expect(page.get_by_label("痛点")).to_have_value("一年换一次轴承")
    assert page.locator("[name=submission_id]").input_value() == born

    page.locator("#photos").set_input_files(photo)
    page.get_by_role("button", name="交报告").click()
    expect(page.locator("[data-errors]")).to_be_focused()
    expect(page.locator(".shot")).to_have_count(1)
    page.get_by_role("link", name="做什么").click()
    page.keyboard.type("约沈总")
    page.get_by_role("button", name="交报告").click()
    page.wait_for_url("**/list")

    assert heard["report"]["photos"] == ["plate.jpg"]  # drawn anew by the page
    assert (heard["report"]["accuracy_m"], heard["report"]["reason"]) == ("12", "")
    ready(page, "/report")
    expect(page.get_by_label("痛点")).to_have_value("")


def test_a_report_is_sent_without_a_position_when_the_phone_gives_none(page: Page, heard: dict[str, Any]) -> None:
    page.context.clear_permissions()
    ready(page, "/report")
    page.get_by_text("下单了").click()
    page.get_by_label("做什么").fill("送货")
    page.get_by_role("button", name="交报告").click()
    page.wait_for_url("**/list")
    assert heard["report"]["reason"] == "denied"
    assert "latitude" not in heard["report"]


def test_all_of_it_works_without_script(chromium: Browser, address: str, heard: dict[str, Any]) -> None:
    context = chromium.new_context(base_url=address, java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto("/report")
    page.get_by_label("痛点").fill("停机")
    page.get_by_role("button", name="交报告").click()
    expect(page.get_by_text("有2处要改")).to_be_visible()
    expect(page.get_by_label("痛点")).to_have_value("停机")
    page.get_by_text("下单了").click()
    page.get_by_label("做什么").fill("送货")
    page.get_by_role("button", name="交报告").click()
    page.wait_for_url("**/list")
    assert heard["report"]["needs"] == "停机"
    context.close()
