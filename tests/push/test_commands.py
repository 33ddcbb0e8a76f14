"""What an admin sees and makes at the terminal."""

import json
import stat

import pytest

from webapp.push import keys


@pytest.fixture
def run(house_keys, app):
    runner = app.test_cli_runner()
    return lambda *words: runner.invoke(args=words)


@pytest.fixture
def no_keys(house_keys):
    keys.path().unlink()


def test_the_keys_are_made_once_beside_the_data_and_for_our_eyes_only(run, no_keys):
    assert run("keys").exit_code == 1 and not keys.path().exists()
    assert run("keys", "--contact", "ops").exit_code == 1
    made = run("keys", "--contact", "mailto:ops@example.com")
    assert made.exit_code == 0 and stat.S_IMODE(keys.path().stat().st_mode) == 0o600
    again = run("keys")
    assert again.output.strip() == made.output.strip().splitlines()[-1] == keys.public_key()
    assert json.loads(keys.path().read_text())["private"] not in made.output + again.output


def test_another_pair_is_made_only_when_one_says_so(run, no_keys):
    run("keys", "--contact", "mailto:ops@example.com")
    first = keys.public_key()
    assert run("keys", "--contact", "mailto:ops@example.com").output.strip() == first
    run("keys", "--new", "--contact", "https://example.com/contact")
    assert keys.public_key() != first


def test_keys_that_are_none_are_told_and_stop_no_page(run, lin):
    keys.path().write_text("{}")
    assert "holds no keys" in run("keys").output
    assert lin.get("/inbox").status_code == 200


def test_the_jobs_say_what_waits_and_what_became_of_it(run, cast, tell, phone, service):
    phone(cast.zhou, "z")
    service.answers["z"] = 503
    tell("returned", cast.zhou)
    said = run("jobs").output
    assert "push.carrying.send" in said and "waiting" in said and "phone waiting 503" in said
    assert "push.carrying.carry" in run("jobs", "--all").output
    assert service.base not in said and "恒润" not in said
