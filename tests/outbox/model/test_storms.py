"""The real server and the real worker, through two thousand storms; and the rules of the protocol, each broken once."""

import os
from collections.abc import Iterator

import pytest

from tests.outbox.model.mutants import MUTANTS, Mutant
from tests.outbox.model.office import Office
from tests.outbox.model.phones import Phones
from tests.outbox.model.storm import Storm

SCHEDULES = int(os.environ.get("DOORSTEP_STORMS", "2000"))
AT_ONCE = 50


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    office = Office()
    yield office
    office.close()


@pytest.fixture(scope="module")
def phones() -> Iterator[Phones]:
    phones = Phones()
    yield phones
    phones.close()


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, SCHEDULES, AT_ONCE))
def test_nothing_is_lost_or_doubled_in_any_storm(office, phones, first):
    wrong = {seed: said for seed in range(first, first + AT_ONCE) if (said := Storm(seed, office, phones).run())}
    assert not wrong


def found(mutant: Mutant, office: Office, phones: Phones, seed: int) -> bool:
    try:
        return bool(Storm(seed, office, phones).run())
    except AssertionError:  # the line never comes to rest
        return True


@pytest.mark.slow
@pytest.mark.parametrize("name", MUTANTS)
def test_a_storm_finds_every_broken_rule(name):
    """The storm of the table first; if the house has changed since, another one of the same two thousand must."""
    mutant = MUTANTS[name]
    office, phones = Office(), Phones(mutant.worker)
    try:
        with mutant.at_large(office):
            assert any(found(mutant, office, phones, seed) for seed in (mutant.storm, *range(SCHEDULES))), mutant.rule
    finally:
        phones.close()
        office.close()
