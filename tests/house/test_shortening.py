"""Scripts are shortened once; what was kept is what they say now, and a kept thing that is broken is none."""

import shutil
from pathlib import Path

import pytest

from webapp.foundation import shortening
from webapp.foundation.scripts import bundle
from webapp.foundation.settings import ROOT
from webapp.foundation.shortening import shortened

SAID = b'const greet = (name) => { console.log("hello " + name); }; greet("Lin");'
SHORT = b'console.log("hello Lin");'


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A house that has terser and keeps nothing yet."""
    terser = tmp_path / "node_modules/terser"
    terser.mkdir(parents=True)
    shutil.copy(ROOT / "node_modules/terser/package.json", terser)
    return tmp_path


def shelf(place: Path) -> Path:
    return place / "node_modules/.cache/doorstep"


def hide_node(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(shortening.sys, "prefix", "/nowhere")


def test_what_was_shortened_once_needs_no_node_any_more(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert shortened(place, {"a.js": SAID}) == {"a.js": SHORT}
    hide_node(monkeypatch)
    assert shortened(place, {"b.js": SAID}) == {"b.js": SHORT}
    with pytest.raises(RuntimeError, match="Node is missing"):
        shortened(place, {"a.js": SAID + b"greet('Sun')"})


def test_other_words_and_another_terser_are_shortened_anew(place: Path) -> None:
    shortened(place, {"a.js": SAID})
    assert shortened(place, {"a.js": SAID.replace(b"Lin", b"Sun")}) == {"a.js": SHORT.replace(b"Lin", b"Sun")}
    (place / "node_modules/terser/package.json").write_text('{"version":"6.0.0"}')
    shortened(place, {"a.js": SAID})
    assert len(list(shelf(place).iterdir())) == 3


def test_what_is_kept_and_not_whole_is_made_again(place: Path) -> None:
    shortened(place, {"a.js": SAID})
    (kept,) = shelf(place).iterdir()
    kept.write_bytes(kept.read_bytes()[:-3])
    assert shortened(place, {"a.js": SAID}) == {"a.js": SHORT}
    assert SHORT in kept.read_bytes() and len(list(shelf(place).iterdir())) == 1


def test_where_nothing_can_be_kept_it_is_made_each_time(place: Path) -> None:
    (place / "node_modules/.cache").write_text("no folder")
    assert shortened(place, {"a.js": SAID}) == {"a.js": SHORT}
    assert shortened(place, {"a.js": SAID}) == {"a.js": SHORT}


def test_old_results_make_room(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shortening, "KEPT", 2)
    shortened(place, {f"{n}.js": SAID.replace(b"Lin", b"%d" % n) for n in range(4)})
    assert len(list(shelf(place).iterdir())) == 2


def test_a_script_that_cannot_be_shortened_says_why(place: Path) -> None:
    with pytest.raises(RuntimeError, match=r"(?s)Name expected.*talk\.js"):
        shortened(place, {"talk.js": b"const = 1;"})
    with pytest.raises(RuntimeError, match="lacks terser"):
        shortened(place / "nowhere", {"a.js": SAID})


@pytest.mark.slow
def test_what_is_kept_is_what_would_be_made_now(tmp_path: Path) -> None:
    for name in ("static", "service_worker"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "node_modules").mkdir()
    for package in (ROOT / "node_modules").glob("[!.]*"):
        (tmp_path / "node_modules" / package.name).symlink_to(package)
    assert bundle(tmp_path) == bundle(ROOT)
    assert len(list(shelf(tmp_path).iterdir())) == len(bundle(ROOT))
