"""The starter library: every situation of every trade, short enough to say, the same in both languages."""

import re
from collections import Counter

import pytest

from webapp.customers.models import LEVELS
from webapp.customers.words import DECISION_ROLES
from webapp.foundation.db import db
from webapp.outbox import gate
from webapp.playbook.forms import TrackForm
from webapp.playbook.models import PARTS, SITUATIONS, WORDS, Product, TalkTrack
from webapp.playbook.ranking import TRADES
from webapp.playbook.starter import HERE, entries, load_starter, product_entries
from webapp.playbook.starter import TRADES as LIBRARY
from webapp.playbook.texts import tracks
from webapp.playbook.words import STAGES
from webapp.worth.starts import starts

BREATH, LONGEST = 20, 60


READ = {}


@pytest.fixture
def library(app):
    """(trade, language, slug) → words."""
    if not READ:
        READ.update({(trade, words["language"], words["slug"]): words for trade, words in entries()})
    return READ


def test_there_are_sixty_in_each_language_and_the_same_ones(library):
    chinese = {(trade, slug): words for (trade, spoken, slug), words in library.items() if spoken == "zh"}
    english = {(trade, slug): words for (trade, spoken, slug), words in library.items() if spoken == "en"}
    assert len(chinese) >= 60
    assert chinese.keys() == english.keys()
    for key, words in chinese.items():
        other = english[key]
        for name in ("situation", "stages", "levels", "personas", "next_slugs", "figures_valid_until"):
            assert words[name] == other[name], (key, name)
        assert words["industries"] == [TRADES[name] for name in other["industries"]], key
        assert len(words["figures"].splitlines()) == len(other["figures"].splitlines()), key


def test_every_situation_of_every_trade_has_its_own_track(library):
    found = {(trade, words["situation"]) for (trade, _spoken, _slug), words in library.items()}
    assert {(trade, situation) for trade in LIBRARY for situation in SITUATIONS} - found == set()


def test_every_track_is_whole_and_its_line_can_be_said_in_a_breath(library):
    for (_trade, spoken, slug), words in library.items():
        assert words["situation"] in SITUATIONS, slug
        assert set(words["stages"]) <= STAGES.keys(), slug
        assert set(words["levels"]) <= set(LEVELS), slug
        assert set(words["personas"]) <= DECISION_ROLES.keys(), slug
        assert all(words[part] for part in PARTS), slug
        assert len(words["heard"].splitlines()) >= 3, slug
        assert 6 <= len(re.findall(r"[\u4e00-\u9fff]", words["line"])) <= BREATH or spoken == "en", (
            slug,
            words["line"],
        )
        assert len(words["line"]) <= LONGEST, (slug, spoken, words["line"])
        for part in PARTS:
            assert all(len(line) <= (140 if spoken == "zh" else 320) for line in words[part].splitlines()), (slug, part)


def test_no_two_say_the_same(library):
    for name in ("line", "title", *PARTS):
        said = Counter((words["language"], words[name]) for words in library.values())
        assert [text for text, n in said.items() if n > 1] == [], name
    slugs = Counter((spoken, slug) for _trade, spoken, slug in library)
    assert [slug for slug, n in slugs.items() if n > 1] == []


def test_every_next_track_is_there_and_none_leads_to_itself(library):
    slugs = {slug for _trade, _spoken, slug in library}
    for (_trade, _spoken, slug), words in library.items():
        assert set(words["next_slugs"]) <= slugs - {slug}, slug


def test_whoever_tells_a_figure_says_where_it_comes_from_and_how_long_it_stands(library):
    for (_trade, _spoken, slug), words in library.items():
        assert bool(words["figures"]) == bool(words["figures_valid_until"]), slug
        assert all(line.partition("|")[2].strip() for line in words["figures"].splitlines()), slug


def test_the_english_is_english_and_the_chinese_is_chinese(library):
    for (_trade, spoken, slug), words in library.items():
        text = "".join(
            str(words[name]) for name in ("title", "line", "heard", "figures", "coach_note", *PARTS) if name in words
        )
        assert bool(re.search(r"[\u3400-\u9fff]", text)) == (spoken == "zh"), slug
        if spoken == "zh":
            assert not re.search(r"[,;!?](?!\d)", text), (slug, re.search(r".{5}[,;!?](?!\d)", text))


def test_every_track_can_be_opened_in_the_form_and_saved(app, library):
    """What the library says is within the bounds that the form sets."""
    for (_trade, spoken, slug), words in library.items():
        said = {name: words[name] for name in WORDS} | {"industries": "、".join(words["industries"])}
        with app.test_request_context(method="POST", data=said | {"next_slugs": []}):
            form = TrackForm()
            form.next_slugs.choices = []
            assert form.validate(), (slug, spoken, form.errors)


def test_every_file_is_as_we_would_write_it(app):
    """So that whoever exports what he loaded and compares sees only what he has changed."""
    for path in sorted(HERE.glob("*/*/*.txt")):
        if path.parent.name == "products":
            continue
        text = path.read_text(encoding="utf-8")
        words, _lines = tracks.from_text(text)
        assert path.stem == words["slug"]
        assert path.parent.parent.name == words["language"]
        undated = lambda text: re.sub(r"(数字管到哪天：|Figures good until: ).*\n", "", text)  # noqa: E731
        assert undated(tracks.text_of({name: words[name] for name in tracks.FIELDS if name in words})) == undated(text)


def test_loading_twice_adds_nothing_and_keeps_what_was_changed(cast, app):
    with gate.transaction():
        load_starter(cast.zhou)
    with gate.transaction():
        track = db.session.query(TalkTrack).filter_by(slug="expensive-trial", language="zh").one()
        track.revise(cast.zhou, line="先试两台。")
        assert load_starter(cast.admin) == 0
    assert db.session.query(TalkTrack).filter_by(slug="expensive-trial", language="zh").one().line == "先试两台。"
    assert db.session.query(Product).count() == len(list(product_entries()))


def test_the_command_loads_the_library_in_both_languages(app, cast):
    runner = app.test_cli_runner()
    assert runner.invoke(args=["playbook", "starter", "--owner", "zhou"]).output == "144 tracks added.\n"
    assert runner.invoke(args=["playbook", "starter", "--owner", "zhou"]).output == "0 tracks added.\n"
    assert {track.approved_by_id for track in db.session.query(TalkTrack)} == {cast.zhou.id}


def test_the_products_come_in_the_language_that_is_asked_for(app, cast):
    command = ["playbook", "starter", "--owner", "zhou", "--products", "en"]
    assert app.test_cli_runner().invoke(args=command).exit_code == 0
    names = {product.name for product in db.session.query(Product)}
    assert "Imported 6205" in names
    assert not re.search(r"[\u3400-\u9fff]", " ".join(names))


def test_the_products_say_the_same_in_both_languages(app):
    """File by file the same prices and figures, in the same order; nothing of one language in the other."""
    both = [list(product_entries(language)) for language in ("zh", "en")]
    assert len(both[0]) == len(both[1]) >= 6
    for chinese, english in zip(*both, strict=True):
        for name in ("is_ours", "price_cents", "valid_until"):
            assert chinese[name] == english[name], english["name"]
        figures = [
            [(one["number"], one["cents_per_unit"]) for one in words["attributes"]] for words in (chinese, english)
        ]
        assert figures[0] == figures[1], english["name"]
        assert bool(chinese["note"]) == bool(english["note"])
        assert not re.search(r"[\u3400-\u9fff，。；：]", str(english)), english["name"]


def test_the_calculator_begins_with_the_english_bearing_as_with_the_chinese_one(app, cast):
    for language, label in (("zh", "6205轴承 · 国产6205"), ("en", "6205 bearing · Domestic 6205")):
        with gate.transaction():
            load_starter(cast.zhou, language)
        said = next(start.said for start in starts(cast.lin) if start.label == label)
        figures = [said[name] for name in ("ours_price", "theirs_price", "ours_life", "theirs_life")]
        assert figures == [360_000, 68_000, 100_000, 8_000]


@pytest.mark.parametrize("owner", ["lin", "nobody"])
def test_the_command_wants_somebody_who_may_approve(app, cast, owner):
    result = app.test_cli_runner().invoke(args=["playbook", "starter", "--owner", owner])
    assert result.exit_code == 1
    assert "no such supervisor" in result.output


def test_the_bearing_of_the_book_is_there_with_its_rival(cast, app):
    with gate.transaction():
        load_starter(cast.zhou)
    ours = db.session.query(Product).filter_by(group="6205轴承", is_ours=True).one()
    [theirs] = ours.rivals()
    assert (ours.attribute("寿命").number, theirs.attribute("寿命").number) == (100_000, 8_000)
    assert (ours.price_cents, theirs.price_cents) == (360_000, 68_000)
