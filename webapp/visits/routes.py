"""All doors of the room, one module a noun."""

from importlib import import_module
from importlib.util import find_spec

NOUNS = ("plan_routes", "report_routes", "check_in_routes", "promise_routes", "daily_routes")
blueprints = [import_module(f"webapp.visits.{noun}").bp for noun in NOUNS if find_spec(f"webapp.visits.{noun}")]
