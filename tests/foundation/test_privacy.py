"""No identity card, passport or bank card gets into the file; phones, dates, barcodes, order numbers and sums do.

The table is the phone's too: tests/service_worker/secret.test.js.
"""

import json
from collections.abc import Iterator
from importlib import import_module
from inspect import getmembers, isclass
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import pytest
import wtforms

import webapp
from webapp.foundation.privacy import is_bank_card, is_id_card, no_secret_numbers, secret_number_in

TABLE = json.loads((Path(__file__).parent / "secret_numbers.json").read_text())
NOBODY_WRITES_IN = {
    "name in SignInForm": "who one is, at the door",
    "endpoint in SubscriptionForm": "what the browser says of itself",
    "p256dh in SubscriptionForm": "what the browser says of itself",
    "auth in SubscriptionForm": "what the browser says of itself",
}


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["text"] or "nothing")
def test_what_may_stay_and_what_may_not(row: dict[str, str]):
    assert secret_number_in(row["text"]) == row["kind"]


def test_nothing_is_no_number():
    assert secret_number_in(None) == ""


def test_the_check_digit_decides():
    assert is_id_card("11010519491231002X") and not is_id_card("110105194912310020")
    assert is_bank_card("4111111111111111") and not is_bank_card("4111111111111112")


def test_a_card_has_at_most_nineteen_digits():
    assert not is_bank_card("4" + "0" * 19)


def written_fields() -> Iterator[tuple[str, Any]]:
    """Every field of every form of the house in which somebody could write, by its name."""
    for module in walk_packages(webapp.__path__, "webapp."):
        if "form" not in module.name and "report_rows" not in module.name:
            continue
        for _name, form in getmembers(import_module(module.name), lambda found: isclass(found)):
            if not issubclass(form, wtforms.Form) or form.__module__ != module.name:
                continue
            for name, field in getmembers(form, lambda found: hasattr(found, "field_class")):
                if issubclass(field.field_class, wtforms.StringField) and not issubclass(
                    field.field_class, wtforms.PasswordField | wtforms.HiddenField
                ):
                    yield f"{name} in {form.__name__}", field


def test_no_form_lets_one_through():
    fields = dict(written_fields())
    assert len(fields) > 50
    bare = {name for name, field in fields.items() if no_secret_numbers not in _checks(field)}
    assert bare == set(NOBODY_WRITES_IN)


def _checks(unbound: Any) -> list[Any]:
    return list(unbound.bind(form=None, name="x", _meta=wtforms.meta.DefaultMeta()).validators)
