"""The invented companies and their people."""

import tomllib
from pathlib import Path
from random import Random
from typing import Any

from webapp.accounts.models import User
from webapp.attention.models import AttentionItem
from webapp.customers.models import DECISION_RANK, Contact, Customer
from webapp.foundation import clock
from webapp.foundation.db import db, new_id

FILES = tomllib.loads((Path(__file__).parent / "companies.toml").read_text(encoding="utf-8"))
LIFE = {"established": "maturity", "just_sold": "growth", "intent": "introduction", "prospect": "introduction"}
SENSITIVE = ("price", "quality", "service")
SOURCES = ("referral", "fair", "cold_visit", "listed", "website")
SIZES = ("small", "medium", "medium", "large")
STREETS = ("东吴南路", "学士街", "兴业路", "科技路", "长江路", "运河东路")
TAGS = ("重点", "样板客户", "账期长", "可转介绍", "旺季前")


class Founder:
    """Founds companies with people, needs and a first look at what they care about."""

    def __init__(self, words: dict[str, Any], random: Random) -> None:
        self.words, self.random = words, random
        self.noticed = [[part.strip() for part in line.split("|")] for line in words["attention"].strip().splitlines()]

    def found(self, owner: User, whose: str) -> list[Customer]:
        file = FILES[whose]
        rows = [[part.strip() for part in line.split("|")] for line in file["rows"].strip().splitlines()]
        return [self._found(owner, file, row) for row in rows]

    def _found(self, owner: User, file: dict[str, str], row: list[str]) -> Customer:
        short, name, industry, district, latitude, longitude, level, stage, relation = row
        pick, number = self.random.choice, self.random.randint
        customer = Customer(
            id=new_id(), owner=owner, name=name, short_name=short, industry=industry, level=level, stage=stage
        )
        customer.area, customer.city, customer.district = file["area"], file["city"], district
        customer.latitude, customer.longitude = float(latitude), float(longitude)
        customer.address = f"{district}{pick(STREETS)}{number(8, 399)}号"
        customer.phone = f"0512-{number(62000000, 68999999)}"
        customer.relation, customer.lifecycle = relation, LIFE[relation]
        customer.source, customer.size = pick(SOURCES), pick(SIZES)
        customer.sensitive_to = pick(SENSITIVE)
        customer.is_growing, customer.is_strategic = number(0, 4) == 0, number(0, 7) == 0
        customer.nps = number(6, 10) if relation == "established" else None
        customer.budget_cents = number(3, 40) * 1_000_000 if level in "ABC" else None
        customer.purchase_count = number(3, 9) if level == "A" else 0
        customer.receivable_cents = number(8, 40) * 500_000 if level in "AB" else None
        customer.tidy()
        db.session.add(customer)
        customer.note_history("created", "", owner)
        customer.tag_with([pick(TAGS)] if number(0, 2) == 0 else [])
        self._people(customer, owner)
        return customer

    def _people(self, customer: Customer, owner: User) -> None:
        """The one who decides first; the further on, the more of them are known, and the more is known of them."""
        stage = ("search", "approach", "persuade", "negotiate", "sign", "after_sales").index(customer.stage)
        roles = self.random.sample(self.words["titles"], k=min(3, 1 + stage // 2))
        for title, role in sorted(roles, key=lambda pair: DECISION_RANK[pair[1]]):
            person = self._person(customer, title, role)
            for category, observed, opener in self.random.sample(self.noticed, k=min(3, stage)):
                if role in ("decision_maker", "influencer"):
                    AttentionItem.notice(customer, owner, category, observed, opener, person.id)

    def _person(self, customer: Customer, title: str, role: str) -> Contact:
        pick, number = self.random.choice, self.random.randint
        name = pick(self.words["surnames"]) + pick(self.words["given"])
        person = Contact(id=new_id(), customer=customer, name=name, title=title, decision_role=role)
        person.phone = f"139{number(10000000, 99999999)}"
        person.wechat = f"wx_{number(100000, 999999)}"
        person.preferred_channel = pick(("wechat", "phone", "visit"))
        person.best_time = pick(("上午十点前", "下午三点后", "周五上午", ""))
        person.birthday_month, person.birthday_day = number(1, 12), number(1, 28)
        person.birthday_is_lunar = number(0, 2) == 0
        person.created_at = clock.now()
        person.tidy()
        db.session.add(person)
        person.record_consent(pick(("told", "given", "given", "not_asked")))
        return person
