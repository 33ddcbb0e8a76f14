from types import SimpleNamespace

import pytest
from flask import Flask
from sqlalchemy import select

from webapp.accounts.models import AuditEntry, User
from webapp.foundation.db import db

GOOD = "lamp oven tiger"


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")


def run(app: Flask, *words: str):
    result = app.test_cli_runner().invoke(args=["admin", *words])
    db.session.rollback()
    return result


def test_the_first_administrator(app: Flask):
    result = run(app, "create", "--username", "Boss", "--name", "王管", "--password", GOOD)
    assert (result.exit_code, result.output) == (0, "Administrator boss is ready to sign in.\n")
    boss = db.session.scalars(select(User)).one()
    assert (boss.username, boss.name, boss.role, boss.has_password(GOOD)) == ("boss", "王管", "admin", True)
    assert db.session.scalars(select(AuditEntry.action)).one() == "user_created"


def test_it_asks_for_what_was_not_said(app: Flask):
    result = app.test_cli_runner().invoke(args=["admin", "create"], input=f"boss\n王管\n{GOOD}\n{GOOD}\n")
    assert result.exit_code == 0
    assert GOOD not in result.output


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--username", "lin", "--name", "x", "--password", GOOD), "The user name lin is taken."),
        (("--username", "boss", "--name", "x", "--password", "short"), "Too short: at least 10 characters."),
        (("--username", "boss", "--name", "x", "--password", "doorstep-demo"), "Too easy to guess."),
        (("--username", "9", "--name", "x", "--password", GOOD), "A user name begins with a lower-case letter"),
        (("--username", "boss", "--name", " ", "--password", GOOD), "the name must not be empty"),
    ],
)
def test_a_bad_one_is_refused_in_a_sentence(app: Flask, cast: SimpleNamespace, words: tuple[str, ...], sentence: str):
    result = run(app, "create", *words)
    assert result.exit_code == 1
    assert sentence in result.output
    assert len(list(db.session.scalars(select(User)))) == 7


def test_a_new_password_signs_everything_out(app: Flask, cast: SimpleNamespace, lin):
    assert run(app, "password", "lin", "--password", GOOD).exit_code == 0
    assert lin.get("/settings").status_code == 303
    assert db.session.get_one(User, cast.lin.id).has_password(GOOD)


def test_a_password_for_nobody(app: Flask):
    result = run(app, "password", "nobody", "--password", GOOD)
    assert (result.exit_code, "Nobody has the user name nobody." in result.output) == (1, True)


def test_a_chinese_terminal_is_answered_in_chinese(app: Flask, monkeypatch: pytest.MonkeyPatch):
    for locale, sentence in (("zh_CN.UTF-8", "没有人叫用户名"), ("zh_TW.UTF-8", "沒有人叫使用者名稱")):
        monkeypatch.setenv("LC_ALL", locale)
        assert sentence in run(app, "password", "nobody", "--password", GOOD).output
