"""Where the pages of the demo house are: read from its route table and, for the ids, from its database."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from flask import Flask

from tests.house.routes import FILES, rules
from webapp.factory import create_app
from webapp.foundation.settings import from_environment

OF_LIN = "SELECT id FROM user WHERE username = 'lin'"
IDS = {
    "customer_id": f"SELECT id FROM customer WHERE short_name = '恒润纺机' AND owner_id = ({OF_LIN})",
    "contact_id": "SELECT contact.id FROM contact JOIN customer ON customer.id = customer_id WHERE short_name = '恒润纺机'",
    "item_id": f"SELECT id FROM attention_item WHERE by_id = ({OF_LIN}) AND retired_at IS NULL",
    "report_id": f"SELECT id FROM report WHERE author_id = ({OF_LIN}) AND track_id IS NOT NULL ORDER BY day DESC",
    "daily_id": f"SELECT id FROM daily_report WHERE user_id = ({OF_LIN}) AND state = 'handed_in'",
    "stop_id": f"SELECT stop.id FROM stop JOIN day_plan ON plan_id = day_plan.id WHERE user_id = ({OF_LIN}) ORDER BY day DESC",
    "erasure_id": "SELECT id FROM erasure",
    "track_id": "SELECT id FROM talk_track WHERE slug = 'expensive-downtime' AND language = 'zh'",
    "comparison_id": "SELECT id FROM comparison",
    "product_id": "SELECT id FROM product WHERE is_ours ORDER BY name",
    "promise_id": f"SELECT id FROM promise WHERE state = 'open' AND by_id = ({OF_LIN})",
    "user_id": "SELECT id FROM user WHERE username = 'sun'",
    "team_id": "SELECT id FROM team WHERE parent_id IS NOT NULL",
    "plan": f"SELECT id FROM day_plan WHERE user_id = ({OF_LIN}) AND state = 'handed_in'",
    "daily": f"SELECT id FROM daily_report WHERE user_id = ({OF_LIN}) AND state = 'handed_in'",
    "complaint_id": "SELECT id FROM complaint WHERE closed_at IS NULL",
    "complaint": "SELECT id FROM complaint WHERE closed_at IS NULL",
    "concession_id": f"SELECT id FROM concession WHERE state = 'handed_in' AND by_id = ({OF_LIN})",
    "concession": "SELECT id FROM concession WHERE state = 'handed_in'",
    "market_id": "SELECT id FROM market_report",
    "market": "SELECT id FROM market_report",
    "customer": f"SELECT id FROM customer WHERE short_name = '恒润纺机' AND owner_id = ({OF_LIN})",
    "visit": f"SELECT id FROM report WHERE author_id = ({OF_LIN}) ORDER BY day DESC",
}
KINDS = ("plan", "daily", "visit", "complaint", "market", "customer", "concession")
LATER = {"quarantine.show", "imports.columns", "imports.preview", "imports.show", "users.one_time_password"}
"""Pages of what the demo does not have; test_importing and the page's own tests look at them."""
MORE = {
    "customers.index": ["?q=hr", "?due=overdue"],
    "merges.new": ["?q=纺"],
    "playbook.index": ["?q=贵"],
    "reports.new": ["?mode=hallway"],
    "visits.new_stop": [],
}
ALSO = {
    "/playbook/{}": ("SELECT id FROM talk_track WHERE state = 'draft'", "SELECT track_id FROM track_proposal"),
    "/playbook/products/{}": (IDS["product_id"],),
    "/erasures/{}": (IDS["erasure_id"],),
    "/customers/{}": (IDS["customer_id"],),
}
"""What zhou reads otherwise than lin does."""
SIGHT = {"accounts.sign_in": "", "users": "admin", "teams": "admin", "user_actions": "admin", "audit": "admin"}
SIGHT |= dict.fromkeys(
    [
        "phrases",
        "reviews",
        "insight",
        "reassignments",
        "playbook.edit",
        "products.new",
        "retention",
        "products.edit",
        "playbook_files",
    ],
    "zhou",
)
SIGHT |= {"limits": "director", "channels": "admin", "insight.forms": "lin", "mentions": "zhou"}


@dataclass(frozen=True)
class Addresses:
    """A running house: its base URL and data folder."""

    base: str
    data: Path

    @property
    def today(self) -> date:
        return datetime.now(ZoneInfo("Asia/Shanghai")).date()

    @property
    def tomorrow(self) -> date:
        return self.today + timedelta(days=1)

    def one(self, query: str, *values: object) -> str:
        """The first value that this query finds in the house's database."""
        with closing(sqlite3.connect(f"file:{self.data / 'doorstep.sqlite3'}?mode=ro", uri=True)) as database:
            row = database.execute(query, values).fetchone()
        assert row, query
        return str(row[0])

    def id(self, name: str) -> str:
        return self.one(IDS[name])

    def customer(self, title: str) -> str:
        """The path of a customer's door card."""
        return f"/customers/{self.one('SELECT id FROM customer WHERE short_name = ?', title)}"

    @cached_property
    def _app(self) -> Flask:
        return create_app(from_environment({"DOORSTEP_DATA": str(self.data)}))

    def pages(self) -> list[tuple[str, str]]:
        """Every page of the house as (who opens it, path), from the route table."""
        found = [("lin", "/customers/nothing-here"), ("", "/nothing-here")]
        for rule in rules(self._app, "GET"):
            if rule.endpoint in FILES | LATER or rule.endpoint == "visits.home":
                continue
            who = SIGHT.get(rule.endpoint, SIGHT.get(rule.endpoint.partition(".")[0], "lin"))
            for kind in [kind for kind in KINDS if kind in rule.rule] if "kind" in rule.arguments else ("",):
                path = self._fill(rule.endpoint, rule.arguments, kind)
                path += f"?add={self.id('customer_id')}" if rule.endpoint == "visits.new_stop" else ""
                found += [(who, path + more) for more in ["", *MORE.get(rule.endpoint, [])]]
        found += [("zhou", path) for path in ("/playbook", "/playbook/products", "/erasures")]
        return found + [("zhou", path.format(self.one(query))) for path, queries in ALSO.items() for query in queries]

    def _fill(self, endpoint: str, arguments: set[str], kind: str) -> str:
        values = {name: self._value(name, kind) for name in arguments}
        with self._app.test_request_context():
            return self._app.url_map.bind("localhost").build(endpoint, values)

    def _value(self, name: str, kind: str) -> object:
        if name == "day":
            return self.today
        return kind if name == "kind" else self.id(kind if name == "subject_id" else name)
