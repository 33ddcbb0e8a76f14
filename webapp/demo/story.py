"""What happened in the demo office: told day by day through the same verbs that the real screens use."""

import tomllib
from datetime import timedelta
from pathlib import Path
from random import Random
from types import SimpleNamespace

from sqlalchemy import select

from webapp.accounts.models import User
from webapp.customers.models import Customer
from webapp.demo import library
from webapp.demo.companies import Founder
from webapp.demo.days import Diary
from webapp.demo.highlights import polish
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.playbook.models import TalkTrack
from webapp.playbook.starter import load_starter

PAST_WEEKS = 9
DOORS_A_DAY = {"lin": (2, 4), "sun": (1, 3), "wu": (1, 2)}


class Story:
    """One telling of the demo. The same seed and the same day tell the same story, but for the ids."""

    def __init__(self, people: SimpleNamespace, seed: int) -> None:
        self.people = people
        self.random = Random(seed)
        self.words = tomllib.loads((Path(__file__).parent / "story.toml").read_text(encoding="utf-8"))
        self.today = clock.today()

    def tell(self) -> None:
        """The library, the companies, nine weeks of visits, and the two days to come."""
        load_starter(self.people.zhou)
        tracks = list(db.session.scalars(select(TalkTrack).where(TalkTrack.language == "zh").order_by(TalkTrack.slug)))
        founder = Founder(self.words, self.random)
        diaries = {
            name: Diary(getattr(self.people, name), self.people.zhou, self.words, self.random, tracks)
            for name in DOORS_A_DAY
        }
        clock.freeze(clock.at(self.today - timedelta(weeks=PAST_WEEKS), 8))
        portfolios = {name: founder.found(getattr(self.people, name), name) for name in DOORS_A_DAY}
        db.session.flush()  # the days to come are told of customers that have an id
        for name, customers in portfolios.items():
            self._live(diaries[name], customers)
        clock.freeze(None)
        everybody = {c.short_name: c for customers in portfolios.values() for c in customers}
        polish(everybody, self.people, self.today, self.random)
        for name, customers in portfolios.items():
            diaries[name].plan_ahead(self.today, customers)
        library.fill(self.people, everybody, self.today)
        for customer in everybody.values():
            customer.tidy()

    def _live(self, diary: Diary, customers: list[Customer]) -> None:
        day = self.today - timedelta(weeks=PAST_WEEKS)
        while day < self.today:
            if day.weekday() < 5:
                diary.work(day, self._doors(diary.rep, customers), is_recent=(self.today - day).days <= 15)
            day += timedelta(days=1)

    def _doors(self, rep: User, customers: list[Customer]) -> list[Customer]:
        """Who is visited on a day: the better the level, the more often."""
        least, most = DOORS_A_DAY[rep.username]
        weight = {"A": 5, "B": 5, "C": 4, "D": 2, "E": 2, "F": 0.6}
        chosen: list[Customer] = []
        for _door in range(self.random.randint(least, most)):
            left = [c for c in customers if c not in chosen and c.stage != "search"]
            chosen += self.random.choices(left, [weight[c.level] for c in left])
        return chosen
