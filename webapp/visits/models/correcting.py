"""What a correction of a filed report puts right, in the report and in what followed from it."""

from typing import Any

from sqlalchemy import select

from webapp.accounts.models import User
from webapp.customers.models import HistoryEntry
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.foundation.facts import tell
from webapp.visits.facts import ReportCorrected
from webapp.visits.models.file_after import advance
from webapp.visits.models.file_keeping import add_to_pain, put_back_debts, spelled, take_off_debts, without
from webapp.visits.models.told import SAID, SUMS, NextStep, Words


class Correctable:
    """A filed report is a fact: putting something right makes a new version and keeps what it said."""

    def correct(self: Any, words: Words, step: NextStep, by: User) -> bool:
        """Change texts and sums, and what follows from them; false if nothing changed."""
        said = {name: getattr(words, name) for name in (*SAID, *SUMS)}
        said |= {"next_step": step.text, "next_step_on": step.on}
        changed = {name: value for name, value in said.items() if (value or None) != (getattr(self, name) or None)}
        if not changed:
            return False
        before = {name: spelled(getattr(self, name)) for name in changed}
        self.earlier = [*self.earlier, {"version": self.version, "until": clock.now().isoformat(), "said": before}]
        self.version, self.corrected_at = self.version + 1, clock.now()
        old_line = self.pain_line
        if (self.customer.next_step, self.customer.next_step_on) == (self.next_step, self.next_step_on):
            self.customer.plan_next_step(step.text, step.on)
        for name, value in changed.items():
            setattr(self, name, value)
        self.customer.pain = add_to_pain(without(self.customer.pain or "", old_line), self.pain_line)
        self._correct_trade(changed, by)
        tell(ReportCorrected(self))
        return True

    def _correct_trade(self: Any, changed: dict[str, Any], by: User) -> None:
        lines = {entry.kind: entry for entry in db.session.scalars(select(HistoryEntry).where(*self._own_lines()))}
        if "visit" in lines:
            lines["visit"].text = self.gist[:500]
        if self.order_cents and self.result != "ordered":
            self.result = "ordered"
            self.customer.record_purchase(self.happened_at, self.order_cents, by, self.url)
            advance(self, by)
        elif "order_cents" in changed and "order" in lines:
            lines["order"].detail = {**lines["order"].detail, "cents": self.order_cents}
        if "collection_cents" in changed:
            self._collect_anew(lines.get("collection"), by)

    def _collect_anew(self: Any, line: HistoryEntry | None, by: User) -> None:
        put_back_debts(self.customer, self.paid)
        self.paid = take_off_debts(self.customer, self.collection_cents or 0)
        if line:
            line.detail = {**line.detail, "cents": self.collection_cents or 0}
        elif self.collection_cents:
            at = self.happened_at
            self.customer.note_history("collection", "", by, at, self.url, cents=self.collection_cents)

    def _own_lines(self: Any) -> tuple[Any, ...]:
        return HistoryEntry.customer_id == self.customer_id, HistoryEntry.url == self.url
