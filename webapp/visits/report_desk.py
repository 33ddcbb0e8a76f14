"""What lies on the desk when somebody writes a report: what is known already, so that it need not be typed."""

from functools import cached_property
from typing import Any

from sqlalchemy import select

from webapp.accounts.models import User
from webapp.attention import queries as attention
from webapp.attention.asking import Question, question
from webapp.attention.models import AttentionItem
from webapp.customers.models import Contact, Customer
from webapp.foundation import at_hand, clock
from webapp.foundation.date_chips import PICK
from webapp.foundation.db import as_id, db
from webapp.playbook.models import TalkTrack
from webapp.playbook.suggesting import tracks_for_report
from webapp.visits.models import Promise, Report
from webapp.visits.promise_queries import open_promises
from webapp.visits.report_queries import last_report
from webapp.visits.report_ties import check_in_of, stop_of

MOST_PROMISES = 9


class Desk:
    """All that lies on the desk when somebody writes a report on a customer; fetched when it is looked at."""

    def __init__(
        self, customer: Customer, user: User, stop_id: str | None = None, check_in_id: str | None = None
    ) -> None:
        self.customer, self.user = customer, user
        self.stop = stop_of(customer, user, stop_id)
        self.check_in = check_in_of(customer, user, check_in_id)
        self._found: dict[str | None, TalkTrack | None] = {}

    @cached_property
    def people(self) -> list[Contact]:
        return self.customer.people

    @cached_property
    def last(self) -> Report | None:
        return last_report(self.customer)

    @cached_property
    def tracks(self) -> list[TalkTrack]:
        return tracks_for_report(self.customer)

    @cached_property
    def attention(self) -> attention.AttentionList:
        return attention.items(self.customer.id)

    @cached_property
    def openers(self) -> list[AttentionItem]:
        return self.attention.openers()

    @cached_property
    def question(self) -> Question | None:
        """What to find out on this visit, if nobody did so today."""
        return question(self.attention, self.customer)

    @cached_property
    def promises(self) -> list[Promise]:
        return open_promises(self.customer.id)[:MOST_PROMISES]

    @property
    def noticeable(self) -> list[Contact]:
        """Those of whom something may be noted."""
        return [person for person in self.people if attention.person_allows(person)]

    @property
    def met(self) -> list[Contact]:
        """Who was probably met: who was met last time, or the one who decides, or the only one."""
        known = {person.id for person in self.last.met} if self.last else set()
        again = [person for person in self.people if person.id in known]
        deciding = [person for person in self.people if person.decision_role == "decision_maker"]
        return again or deciding[:1] or self.people[:1]

    @property
    def purpose(self) -> str:
        if self.stop:
            return self.stop.purpose
        return self.last.purpose if self.last else "new_customer"

    @property
    def reminder(self) -> str:
        """What was to be done on this visit."""
        due = self.customer.next_step_on
        step = self.customer.next_step if due is None or due <= clock.today() else ""
        return (self.stop.objective if self.stop else "") or step

    def prefill(self) -> dict[str, Any]:
        arrived = clock.local(self.check_in.at) if self.check_in else None
        values: dict[str, Any] = {
            "met": [person.id for person in self.met],
            "purpose": self.purpose,
            "track_id": self.tracks[0].id if self.tracks else None,
            "stop_id": self.stop.id if self.stop else "",
            "check_in_id": self.check_in.id if self.check_in else "",
            "day": clock.today(),
            "openers": [{"item_id": item.id} for item in self.openers],
            "settled": [{"promise_id": promise.id} for promise in self.promises],
        }
        if arrived:
            values["arrived"] = f"{arrived:%H:%M}"
        if self.customer.next_step_on and self.customer.next_step_on > clock.today():
            values |= {"next_on": PICK, "next_pick": self.customer.next_step_on, "next_step": self.customer.next_step}
        return values

    def track(self, track_id: str | None) -> TalkTrack | None:
        if track_id and track_id not in self._found:
            self._found[track_id] = at_hand.keep("track", track_id, lambda: self._track(track_id))
        return self._found.get(track_id)

    def _track(self, track_id: str) -> TalkTrack | None:
        return self._named("tracks", track_id, TalkTrack.visible_to(self.user).where(TalkTrack.id == as_id(track_id)))

    def opener(self, item_id: str | None) -> AttentionItem | None:
        own = select(AttentionItem).where(AttentionItem.customer_id == self.customer.id)
        return self._named("openers", item_id, own.where(AttentionItem.id == as_id(item_id)))

    def asked(self, item_id: str) -> AttentionItem | None:
        """What a question was about; None if that is gone, or of another customer."""
        found = at_hand.take("asked", item_id, lambda: self.opener(item_id))
        return found if found and found.customer_id == self.customer.id else None

    def promise(self, promise_id: str | None) -> Promise | None:
        own = select(Promise).where(Promise.customer_id == self.customer.id)
        return self._named("promises", promise_id, own.where(Promise.id == as_id(promise_id)))

    def _named(self, pile: str, row_id: str | None, otherwise: Any) -> Any:
        """From the pile if that was fetched already, else by itself."""
        found = next((row for row in self.__dict__.get(pile, ()) if row.id == row_id), None)
        return found or (db.session.scalar(otherwise) if as_id(row_id) else None)
