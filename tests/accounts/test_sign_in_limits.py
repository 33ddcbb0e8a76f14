"""How often one may try, and what is kept of it."""

import re
from datetime import timedelta
from types import SimpleNamespace

from sqlalchemy import func, select

from tests.accounts.conftest import Knock
from webapp.accounts.models import SignInAttempt
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.outbox import gate


def test_ten_wrong_tries_close_a_name_for_a_quarter_of_an_hour(knock: Knock):
    assert {knock("lin", f"try {n}").status_code for n in range(10)} == {422}
    clock.freeze(clock.now() + timedelta(minutes=4))
    closed = knock("lin")
    assert (closed.status_code, closed.headers["Retry-After"]) == (429, "660")
    assert "11分钟后再来" in closed.text
    assert knock("sun").status_code == 303
    clock.freeze(clock.now() + timedelta(minutes=11))
    assert knock("lin").status_code == 303


def test_tries_count_for_the_name_however_it_is_spelt(knock: Knock, cast: SimpleNamespace):
    for n in range(10):
        knock("139 0000 2746" if n % 2 else "13900002746", "wrong", address=f"198.51.100.{n}")
    assert knock("+86 13900002746").status_code == 429


def test_fifty_wrong_tries_close_an_address_for_all_names(knock: Knock):
    with gate.transaction():
        for n in range(50):
            SignInAttempt.failed(f"name{n}", "192.0.2.1")
    assert knock("lin").status_code == 429
    assert knock("lin", address="192.0.2.2").status_code == 303


def test_a_household_of_version_six_is_one_address(knock: Knock):
    with gate.transaction():
        for n in range(50):
            SignInAttempt.failed(f"name{n}", f"2001:db8:0:1::{n:x}")
    assert knock("lin", address="2001:db8:0:1:ffff::1").status_code == 429
    assert knock("lin", address="2001:db8:0:2::1").status_code == 303


def test_the_right_password_forgives_earlier_slips(knock: Knock):
    for _each in range(9):
        knock("lin", "slip")
    assert knock("lin").status_code == 303
    assert knock("lin", "slip").status_code == 422


def test_old_tries_are_swept_out(knock: Knock):
    knock("lin", "wrong")
    clock.freeze(clock.now() + timedelta(minutes=16))
    knock("sun", "wrong")
    assert db.session.scalar(select(func.count()).select_from(SignInAttempt)) == 2  # sun's name and the address


def test_neither_names_nor_addresses_can_be_read_from_the_tries(knock: Knock):
    knock("lin", "wrong")
    assert all(re.fullmatch("[0-9a-f]{64}", key) for key in db.session.scalars(select(SignInAttempt.key)))
