"""All doors of the room, one module a noun; the visits of a plan stand on the plan's own blueprint."""

from webapp.visits import (
    attachment_routes,
    check_in_routes,
    daily_routes,
    plan_routes,
    promise_routes,
    report_routes,
    stop_routes,  # noqa: F401 (it adds its doors to those of the plan)
)

NOUNS = (plan_routes, report_routes, check_in_routes, attachment_routes, promise_routes, daily_routes)
blueprints = [noun.bp for noun in NOUNS]
