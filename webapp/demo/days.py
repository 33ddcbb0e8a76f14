"""The working days of one rep: plan, visits, daily report, and what the supervisor says to them."""

from datetime import date, timedelta
from random import Random
from typing import Any

from webapp.accounts.models import User
from webapp.customers.models import Customer
from webapp.demo.telling import PURPOSE, Teller
from webapp.foundation import clock
from webapp.foundation.db import db, new_id
from webapp.outbox.models import Receipt
from webapp.playbook.models import TalkTrack
from webapp.reviews.models import Opening, Review
from webapp.visits.daily_figures import figures_of
from webapp.visits.models import DailyReport, DayPlan, Report

HOURS = ((9, 10), (10, 45), (13, 40), (15, 20))


class Diary:
    """One rep's days, written by what the rep's own screens would call."""

    def __init__(self, rep: User, boss: User, words: dict[str, Any], random: Random, tracks: list[TalkTrack]) -> None:
        self.rep, self.boss, self.words, self.random = rep, boss, words, random
        self.now, self.today = clock.now(), clock.today()
        self.teller = Teller(words, random, tracks)

    def work(self, day: date, doors: list[Customer], is_recent: bool) -> None:
        """A day that was. Only the recent ones have a plan and a daily report: it is a demo, not an archive."""
        if is_recent:
            self._plan(day, doors)
        for customer, (hour, minute) in zip(doors, HOURS, strict=False):
            self._visit(customer, day, hour, minute)
        if is_recent:
            self._hand_in(day)

    def plan_ahead(self, today: date, customers: list[Customer]) -> None:
        """Today is planned and signed off, tomorrow waits for the supervisor."""
        mine = {c.short_name: c for c in customers}
        first = [mine[name] for name in TODAY.get(self.rep.username, ()) if name in mine] or customers[:2]
        self._approve("plan", self._plan(today, first))
        rest = [mine[name] for name in TOMORROW.get(self.rep.username, ()) if name in mine] or customers[2:4]
        self._plan(today + timedelta(days=1), rest)

    def _plan(self, day: date, doors: list[Customer]) -> DayPlan:
        clock.freeze(min(clock.at(day - timedelta(days=1), 17, 30), self.now))
        plan = DayPlan.of(self.rep, day)
        for customer, (hour, minute) in zip(doors, HOURS, strict=False):
            purpose = "complaint" if customer.open_complaint else PURPOSE.get(customer.stage, "service")
            objective = customer.next_step or self.random.choice(self.words["objectives"])
            plan.add(customer, at=f"{hour:02d}:{minute:02d}", purpose=purpose, objective=objective)
        plan.hand_in("")
        self._file("plan", day.isoformat(), plan.id, f"/days/{day}")
        if day < self.today:
            self._approve("plan", plan)
        return plan

    def _visit(self, customer: Customer, day: date, hour: int, minute: int) -> None:
        arrived = clock.at(day, hour, minute)
        _freeze(day, hour, minute, after=timedelta(minutes=self.random.randint(18, 55)))
        report = Report.file(customer, self.rep, self.teller.told(customer, day, arrived), new_id())
        self._file("report", customer.title, report.id, report.url)

    def _hand_in(self, day: date) -> None:
        _freeze(day, 18, 20)
        daily = DailyReport.of(self.rep, day, new_id())
        daily.hand_in(
            figures_of(self.rep, day), "field", "", self.random.choice([w for w in self.words["insights"] if w])
        )
        self._file("daily", day.isoformat(), daily.id, f"/daily-reports/{daily.id}")
        db.session.flush()  # a sign-off looks for what it is about
        if (self.today - day).days > 3:
            self._approve("daily", daily)

    def _approve(self, kind: str, subject: Any) -> None:
        if self.rep.team_id == self.boss.team_id:
            words = self.random.choice(("", "心得写得好", "款要盯紧", "我陪你去一趟"))
            Review.decide(kind, subject, "approved", subject.version, words, self.boss, new_id())
        else:
            subject.settle("approved")
            Opening.note(kind, subject.id, self.boss)

    def _file(self, kind: str, title: str, subject_id: str, location: str) -> None:
        receipt = Receipt(id=new_id(), user_id=self.rep.id, path=location, fingerprint="", location=location, kind=kind)
        receipt.title, receipt.subject_id, receipt.filed_at = title, subject_id, clock.now()
        db.session.add(receipt)


TODAY = {
    "lin": ("恒润纺机", "宏锦印染", "德瑞水泵", "金禾造纸"),
    "sun": ("锡南铸机", "太湖泵业"),
    "wu": ("钟山风电", "栖霞石化"),
}
TOMORROW = {"lin": ("佳禾包装", "平望精密", "盛泽联纺"), "sun": ("江南起重", "新吴精工"), "wu": ("秦淮水务",)}


def _freeze(day: date, hour: int, minute: int, after: timedelta = timedelta()) -> None:
    clock.freeze(clock.at(day, hour, minute) + after)
