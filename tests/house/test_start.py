"""bin/start as a person runs it: a process on this machine, a port, a data folder."""

import json
import os
import signal
import sqlite3
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from doors.environment import ROOT
from tests import servers

pytestmark = pytest.mark.server


@contextmanager
def a_house(data: Path, *wishes: str, **settings: str) -> Iterator[tuple[servers.Server, str]]:
    """A running house and its address; when the block is left it is told to stop, if nobody did."""
    command = [str(ROOT / "bin" / "start"), "--port", "0", "--data", str(data), *wishes]
    quiet = {name: value for name, value in os.environ.items() if name != "HUEY_IMMEDIATE"}
    server = servers.Server(command, r"Doorstep  (http://\S+)", cwd="/", env=quiet | settings)
    try:
        yield server, server.ready[1]
    finally:
        if server.process.poll() is None:
            server.end()


def health(address: str) -> dict[str, object]:
    with urllib.request.urlopen(f"{address}/healthz", timeout=30) as answer:
        return json.load(answer)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A name with a space in it, as on many Macs."""
    return tmp_path / "the data"


def test_a_stranger_starts_the_house_twice_and_nothing_is_left_when_it_is_told_to_stop(data):
    with a_house(data) as (first, address):
        assert health(address)["ok"] is True
        assert first.end() == 0
        schema = (data / "doorstep.sqlite3").stat().st_ino
    with a_house(data) as (second, address):
        assert health(address)["ok"] is True
        assert (data / "doorstep.sqlite3").stat().st_ino == schema
        assert second.end(signal.SIGINT) == 0


def test_no_process_is_left_when_the_starter_is_killed(data):
    with a_house(data, "--empty") as (house, address):
        health(address)
        assert house.end(signal.SIGKILL) == -signal.SIGKILL


def test_a_second_house_on_the_same_port_says_so(data):
    with a_house(data, "--empty") as (_house, address):
        port = address.rpartition(":")[2]
        command = [str(ROOT / "bin" / "start"), "--port", port, "--data", str(data)]
        second = subprocess.run(command, capture_output=True, text=True)
        assert second.returncode == 1
        assert f"127.0.0.1:{port}" in second.stderr
        assert "--port" in second.stderr
        assert health(address)["ok"] is True


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ({"DOORSTEP_ENV": "prodcution"}, "DOORSTEP_ENV is 'prodcution'"),
        ({"DATABASE_URL": "mysql://here"}, "DATABASE_URL must begin"),
        ({"DATABASE_URL": "postgresql:///doorstep?host=/nowhere"}, "cannot use its database"),
    ],
)
def test_a_setting_that_cannot_be_right_ends_the_start_with_its_sentence(data, setting, told):
    command = [str(ROOT / "bin" / "start"), "--port", "0", "--data", str(data)]
    result = subprocess.run(command, capture_output=True, text=True, env=os.environ | setting)
    assert result.returncode == 1
    assert told in result.stderr
    assert "Traceback" not in result.stderr


def test_a_database_of_a_newer_doorstep_is_left_alone(data):
    with a_house(data, "--empty"):
        pass
    with closing(sqlite3.connect(data / "doorstep.sqlite3", isolation_level=None)) as database:
        database.execute("UPDATE alembic_version SET version_num = 'from next year'")
    command = [str(ROOT / "bin" / "start"), "--port", "0", "--data", str(data)]
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == 1
    assert "is older than its database" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_command_works_from_any_folder_on_the_same_data(data, tmp_path):
    command = [str(ROOT / "bin" / "flask"), "db", "upgrade"]
    subprocess.run(
        command, cwd=tmp_path, check=True, capture_output=True, env=os.environ | {"DOORSTEP_DATA": str(data)}
    )
    assert (data / "doorstep.sqlite3").exists()


def test_a_command_on_a_folder_without_a_database_says_so_and_makes_none(data):
    command = [str(ROOT / "bin" / "flask"), "jobs"]
    result = subprocess.run(command, capture_output=True, text=True, env=os.environ | {"DOORSTEP_DATA": str(data)})
    assert result.returncode == 1
    assert f"There is no database in {data} yet" in result.stderr
    assert not data.exists()


def test_the_house_stands_on_postgresql_redis_and_a_bucket(data):
    with servers.postgres() as database, servers.redis() as queue, servers.s3() as bucket:
        settings = {"DATABASE_URL": database, "HUEY_URL": queue, **servers.s3_environment(bucket)}
        with a_house(data, **settings) as (house, address):
            assert health(address)["database"] == "postgresql"
            assert house.end() == 0
