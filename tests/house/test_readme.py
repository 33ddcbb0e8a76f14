"""What the README and the page on backups tell a stranger to type, to set and to tap is there, spelled like that."""

import re
import shlex

import click
import pytest
from flask import Flask
from flask.cli import FlaskGroup, ScriptInfo

from doors import start
from webapp.foundation.settings import ROOT, from_environment
from webapp.foundation.wording import english

README = (ROOT / "README.md").read_text()
PAGES = README + (ROOT / "docs/backup.md").read_text()
TYPED = [
    found[0].partition("#")[0].strip()
    for block in re.findall(r"^```sh\n(.*?)^```", PAGES, re.M | re.S)
    for line in block.splitlines()
    if (found := re.search(r"\bbin/.*", line))
]
"""What stands in boxes of the shell, from the name of the door on."""
ROWS = dict(re.findall(r"^\| (`[^|]+`) \|.*\| ([^|]*) \|$", README.partition("## Deploy")[2], re.M))
"""Names of settings, as the table of the deployment has them, and their defaults."""


def words_of(line: str) -> list[str]:
    return shlex.split(line)[1:]


@pytest.mark.parametrize("line", [line for line in TYPED if line.startswith("bin/flask ")])
def test_a_command_is_understood_as_it_is_written(app: Flask, line: str) -> None:
    command, words = FlaskGroup(create_app=lambda: app), words_of(line)
    context = click.Context(command, obj=ScriptInfo(create_app=lambda: app))
    while isinstance(command, click.Group):
        command = command.get_command(context, words.pop(0))
    assert command, line
    given, left, _order = command.make_parser(click.Context(command)).parse_args(words)
    assert left == []
    assert [one.name for one in command.params if isinstance(one, click.Argument) and given[one.name] is None] == []


@pytest.mark.parametrize("line", [line for line in TYPED if not line.startswith("bin/flask ")])
def test_a_door_is_there(line: str) -> None:
    assert (ROOT / shlex.split(line)[0]).stat().st_mode & 0o111


@pytest.mark.parametrize("wish", re.findall(r"^\| `(--[^`]+)` \|", README, re.M))
def test_the_start_understands_each_wish_of_its_table(wish: str) -> None:
    start.parse(wish.split())


def test_the_table_of_settings_has_those_that_are_read_and_no_other() -> None:
    read = re.findall(r'"((?:DOORSTEP|DATABASE|HUEY)_\w+)"', (ROOT / "webapp/foundation/settings.py").read_text())
    assert set(re.findall(r"[A-Z][A-Z0-9_]+_\w+", " ".join(ROWS))) == set(read)


def test_the_defaults_of_settings_are_told_as_they_are(tmp_path) -> None:
    bare = from_environment({"DOORSTEP_DATA": str(tmp_path)})
    told = {name.strip("`"): default.strip("`") for name, default in ROWS.items()}
    assert told["DOORSTEP_ENV"] == bare.environment
    assert told["DOORSTEP_ZONE"] == bare.default_zone
    assert int(told["DOORSTEP_SESSION_DAYS"]) == bare.session_days
    assert int(told["DOORSTEP_LEASE_DAYS"]) == bare.lease_days
    assert int(told["DOORSTEP_MAX_UPLOAD_MB"]) * 1024 * 1024 == bare.max_upload
    assert int(told["DOORSTEP_TRUSTED_PROXIES"]) == bare.trusted_proxies


def test_what_one_is_told_to_tap_is_written_like_that_on_a_screen() -> None:
    labels = set(re.findall(r"(?<![*\w])\*([^*]+)\*(?!\*)", README))
    said = {text for entry in english() for text in entry.texts}
    assert len(labels) > 10
    assert sorted(label for label in labels if re.sub(r"\s+", " ", label) not in said) == []


def test_every_page_and_picture_that_is_pointed_at_is_there_and_no_other_picture() -> None:
    pointed_at = set(re.findall(r"\]\((docs/[^)]+)\)", README))
    assert [path for path in sorted(pointed_at) if not (ROOT / path).exists()] == []
    pictures = {path.relative_to(ROOT).as_posix() for path in (ROOT / "docs/pictures").glob("*.png")}
    assert pictures <= pointed_at
