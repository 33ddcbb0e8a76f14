from collections.abc import Mapping
from typing import Any

from webapp.customers.facts import CustomersMerged
from webapp.customers.following import follow
from webapp.customers.telling import tells
from webapp.foundation.facts import hears
from webapp.foundation.i18n import _
from webapp.foundation.words import money
from webapp.worth import reading  # noqa: F401 (it registers itself)
from webapp.worth.models import Comparison


@hears(CustomersMerged)
def move_to_the_kept_customer(fact: CustomersMerged) -> None:
    follow(fact, Comparison.customer_id)


@tells("comparison")
def tell_of_it(text: str, detail: Mapping[str, Any]) -> str:
    saved = int(detail.get("saved", 0))
    said = {"what": text, "years": detail.get("years", ""), "sum": money(abs(saved))}
    if saved > 0:
        return _("%(what)s：%(years)s年省%(sum)s", **said)
    return _("%(what)s：%(years)s年多花%(sum)s", **said) if saved else _("%(what)s：%(years)s年两边一样", **said)
