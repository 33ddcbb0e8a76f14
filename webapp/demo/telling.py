"""What a rep tells of one visit: how it went, what was heard, promised and kept."""

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import select

from webapp.attention.models import AttentionItem
from webapp.customers.models import Customer
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.playbook.models import TalkTrack
from webapp.visits.models import Promise
from webapp.visits.models.told import NextStep, Promised, Told, Words

OUTCOMES = ("worked", "worked", "half", "flat")
PURPOSE = {
    "search": "new_customer",
    "approach": "new_customer",
    "persuade": "service",
    "negotiate": "order",
    "sign": "order",
}
RESULTS = {
    "approach": ("progress", "unchanged", "refused", "absent"),
    "persuade": ("progress", "progress", "unchanged", "refused"),
    "negotiate": ("progress", "progress", "unchanged", "refused"),
    "sign": ("ordered", "progress", "progress"),
    "after_sales": ("ordered", "ordered", "progress", "unchanged"),
}
OBJECTIONS = ("too_expensive", "too_expensive", "think_about_it", "compare", "ask_boss", "none")


class Teller:
    """Draws by lot, and so that the same lot tells the same story."""

    def __init__(self, words: dict[str, Any], random: Random, tracks: list[TalkTrack]) -> None:
        self.words, self.random = words, random
        self.objections = [
            t for t in tracks if t.situation == "objection" and (not t.industries or "机械" in t.industries)
        ]

    def told(self, customer: Customer, day: date, arrived: datetime) -> Told:
        pick = self.random.choice
        result = pick(RESULTS.get(customer.stage, RESULTS["approach"]))
        seen = result != "absent"
        objection = pick(OBJECTIONS) if seen and result != "ordered" else "none"
        track = pick(self.objections) if objection != "none" and self.objections else None
        following = day + timedelta(days=pick((2, 3, 5, 7, 9, 14)))
        return Told(
            day=day,
            purpose=PURPOSE.get(customer.stage, "service"),
            result=result,
            words=self._words(customer, result, objection) if seen else Words(),
            arrived_at=arrived,
            left_at=clock.now(),
            met=customer.people[:1] if seen else [],
            objections=[objection] if seen else [],
            track_id=track.id if track else None,
            track_outcome=pick(OUTCOMES) if track else "",
            next=NextStep(pick(self.words["next_steps"]), following, True),
            openers=self._openers(customer) if seen else [],
            promised=self._promises(following) if seen and pick((True, *[False] * 6)) else [],
            settled=[(promise, pick(("kept", "kept", "kept", "broken"))) for promise in self._due(customer, day)],
        )

    def _words(self, customer: Customer, result: str, objection: str) -> Words:
        pick = self.random.choice
        buys = self.random.randint(4, 60) * 80_000 if result == "ordered" else None
        owed = customer.receivable_cents or 0
        return Words(
            needs=pick([*self.words["pains"], *self.words["needs"]]),
            objection_said=pick(self.words["said"]) if objection != "none" else "",
            competitor_news=pick(self.words["competitors"]),
            customer_said=pick(self.words["customer_said"]),
            insight=pick(self.words["insights"]),
            order_cents=buys,
            collection_cents=owed // 3 // 10_000 * 10_000 or None if self.random.random() < 0.5 else None,
            expense_cents=pick((None, 1800, 3500, 12000)),
        )

    def _openers(self, customer: Customer) -> list[tuple[AttentionItem, str]]:
        items = list(
            db.session.scalars(
                select(AttentionItem).where(AttentionItem.customer_id == customer.id, AttentionItem.flat == 0)
            )
        )
        return (
            [(self.random.choice(items), self.random.choice(OUTCOMES))] if items and self.random.random() < 0.5 else []
        )

    def _promises(self, due: date) -> list[Promised]:
        direction, text = (
            part.strip() for part in self.random.choice(self.words["promises"].strip().splitlines()).split("|")
        )
        return [Promised(text, direction, due)]

    def _due(self, customer: Customer, day: date) -> list[Promise]:
        due = select(Promise).where(Promise.customer_id == customer.id, Promise.state == "open", Promise.due_on <= day)
        return list(db.session.scalars(due))
