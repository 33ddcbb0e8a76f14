"""Every route of the house with an address that exists in the furnished office, so that no test keeps a list by hand."""

from types import SimpleNamespace
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

ANY = {"kind": ("plan", "daily", "visit"), "sheet": ("tracks.csv",)}
"""What a route may be asked for; the first that it takes is taken."""

FILES = {
    "agenda.download",
    "agenda.feed",
    "attachments.show",
    "delivery.how_far",
    "exports.as_comma_separated",
    "exports.as_workbook",
    "field_pack.index",
    "field_pack.search",
    "held.copy",
    "held.copy_for_programs",
    "imports.faults",
    "imports.sample",
    "playbook_files.hand_out",
    "pwa.health",
    "pwa.manifest",
    "pwa.worker",
}
"""Routes that answer with something else than a page."""


def rules(app: Flask, method: str = "") -> list[Rule]:
    """The routes by name, or those of them that take this method."""
    found = [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]
    return sorted(
        (rule for rule in found if not method or method in (rule.methods or ())), key=lambda rule: rule.endpoint
    )


def address(app: Flask, rule: Rule, office: SimpleNamespace, **others: Any) -> str:
    """The path of this route for what lin has; `others` replace single arguments."""
    values = {name: others.get(name) or _value(rule, name, office, others) for name in rule.arguments}
    with app.test_request_context():
        return app.url_map.bind("localhost").build(rule.endpoint, values, method=next(iter(rule.methods or {"GET"})))


def _value(rule: Rule, name: str, office: SimpleNamespace, others: dict[str, Any]) -> Any:
    if name == "day":
        return office.day
    if name in ANY:
        return next(word for word in ANY[name] if word in str(rule.rule))
    if name == "subject_id":
        kind = others.get("kind") or _value(rule, "kind", office, others)
        return office.ids.get(kind) or office.ids[f"{kind}_id"]
    return office.ids[name]


def page_rules(app: Flask) -> list[Rule]:
    """The routes that answer with a page."""
    return [rule for rule in rules(app, "GET") if rule.endpoint not in FILES]


def is_of_one_thing(rule: Rule) -> bool:
    """Whether its address holds an id."""
    return "<id:" in str(rule.rule)
