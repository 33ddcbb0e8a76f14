"""What browsers run is what we wrote, though comments and margins stay at home."""

import json
import subprocess
from pathlib import Path

import pytest

from webapp.foundation.assets import gather
from webapp.foundation.settings import ROOT

HOME = {"js": ROOT / "static/js", "service_worker": ROOT / "service_worker"}


@pytest.mark.slow
def test_a_served_script_says_word_for_word_what_was_written() -> None:
    served = {name: text for name, text in gather(ROOT).items() if name.split("/")[0] in HOME and name.endswith(".js")}
    pairs = {name: [_written(name), text.decode()] for name, text in served.items()}
    assert len(pairs) > 40
    assert all(len(served) <= len(written) for written, served in pairs.values())
    tokens = Path(__file__).parent / "tokens.mjs"
    done = subprocess.run(["node", tokens], input=json.dumps(pairs), capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []


def _written(name: str) -> str:
    room, _slash, path = name.partition("/")
    return (HOME[room] / path).read_text()
