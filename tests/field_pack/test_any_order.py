"""Whatever happens in whatever order: a phone that pulled now and then holds what one holds that asks for everything."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.field_pack.phone import Phone
from tests.field_pack.test_every_change import held_against
from tests.making import a_contact, a_customer, an_attention_item
from webapp.accounts.models import User
from webapp.customers.models import Customer
from webapp.field_pack.keeping import FAR_DAYS_WAIT
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.outbox import gate
from webapp.visits.models import DayPlan, Promise


def customers() -> list[Customer]:
    return list(db.session.scalars(db.select(Customer).where(Customer.merged_into_id.is_(None)).order_by(Customer.id)))


def user(name: str) -> User:
    return db.session.scalars(db.select(User).where(User.username == name)).one()


def begin(n):
    Customer.begin(user(("lin", "sun")[n % 2]), user("lin"), name=f"Customer {n}")


def hand_on(n):
    one = customers()[n % len(customers())]
    one.reassign(user("sun" if one.owner.username == "lin" else "lin"), user("zhou"))


def merge(n):
    gone, kept = customers()[n % len(customers())], customers()[(n + 1) % len(customers())]
    if gone is not kept and len(customers()) > 2:
        gone.merge_into(kept, user("zhou"))


def rename(n):
    customers()[n % len(customers())].revise(name=f"Renamed {n}")


def plan(n):
    one = customers()[n % len(customers())]
    DayPlan.of(one.owner, clock.today() + timedelta(days=n % 4)).add(one)


def step(n):
    customers()[n % len(customers())].plan_next_step("Call", clock.today() + timedelta(days=n % 20 - 3), user("lin"))


def promise(n):
    one = customers()[n % len(customers())]
    Promise.give(one, one.owner, f"A sample {n}", due_on=clock.today() + timedelta(days=n % 5))


def notice(n):
    an_attention_item(customers()[n % len(customers())], user("lin"), f"Seen {n}")


def meet(n):
    a_contact(customers()[n % len(customers())], f"Person {n}", birthday_month=11, birthday_day=24 + n % 6)


def level(n):
    customers()[n % len(customers())].set_level("ABCDEF"[n % 6], "why", user("zhou"))


def wait(n):
    clock.freeze(clock.now() + timedelta(hours=7 + n % 30))


DEEDS = (begin, hand_on, merge, rename, plan, step, promise, notice, meet, level, wait)
deeds = st.lists(
    st.one_of(st.tuples(st.sampled_from(DEEDS), st.integers(0, 99)), st.sampled_from(["lin", "sun"])), max_size=10
)


@pytest.fixture
def people(app, cast, client_of):
    return {name: client_of(getattr(cast, name)) for name in ("lin", "sun")}


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds)
@pytest.mark.slow
def test_pulls_between_any_deeds_come_to_the_same_as_asking_for_everything(people, what):
    start = clock.now()
    with gate.transaction():
        a_customer(user("lin"), "First"), a_customer(user("sun"), "Second")
    phones = {name: Phone(browser) for name, browser in people.items()}
    for one in what:
        if isinstance(one, str):
            phones[one].pull()
        else:
            with gate.transaction():
                one[0](one[1])
    clock.freeze(clock.now() + FAR_DAYS_WAIT)  # far days follow a little later
    for phone in phones.values():
        phone.pull()
        assert not (odd := held_against(phone)), odd
    clock.freeze(start)
