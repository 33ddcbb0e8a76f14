"""All doors of the room, one module a noun."""

from webapp.visits import attachment_routes, check_in_routes, daily_routes, plan_routes, promise_routes, report_routes

NOUNS = (plan_routes, report_routes, check_in_routes, attachment_routes, promise_routes, daily_routes)
blueprints = [noun.bp for noun in NOUNS]
