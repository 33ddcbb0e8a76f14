"""Plain functions that make things with sensible defaults; the caller holds the transaction."""

import io
import zipfile
from types import SimpleNamespace
from typing import Any

import argon2

from webapp.accounts.models import Team, User
from webapp.attention.models import AttentionItem
from webapp.customers.models import Contact, Customer
from webapp.foundation import clock
from webapp.foundation.db import db, new_id
from webapp.visits.models import Report

PASSWORD = "doorstep-demo"
_hash = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
"""A hash says itself how much work it is: a thousandth of what the app asks of those that it makes."""


def a_user(username: str, role: str, team: Team | None, **values: Any) -> User:
    user = User(id=new_id(), username=username, name=values.pop("name", username), role=role, team=team, **values)
    user.password_hash = _hash
    db.session.add(user)
    return user


def the_cast() -> SimpleNamespace:
    east = Team(name="华东区", region="华东")
    suzhou = Team(name="苏州办事处", region="苏南", parent=east)
    nanjing = Team(name="南京办事处", region="苏北", parent=east)
    db.session.add_all([east, suzhou, nanjing])
    db.session.flush()  # users point to teams by id
    return SimpleNamespace(
        east=east,
        suzhou=suzhou,
        nanjing=nanjing,
        lin=a_user("lin", "rep", suzhou, name="林晓岚"),
        sun=a_user("sun", "rep", suzhou, name="孙海涛"),
        wu=a_user("wu", "rep", nanjing, name="吴俊"),
        zhou=a_user("zhou", "supervisor", suzhou, name="周建国"),
        manager=a_user("manager", "manager", east, name="方敏"),
        director=a_user("director", "director", east, name="沈总监"),
        admin=a_user("admin", "admin", None, name="管理员"),
    )


def a_customer(owner: User, name: str = "恒润纺机", **values: Any) -> Customer:
    customer = Customer(id=new_id(), owner_id=owner.id, name=name, **values)
    customer.tidy()
    db.session.add(customer)
    return customer


def a_contact(customer: Customer, name: str = "陈国栋", **values: Any) -> Contact:
    contact = Contact(id=new_id(), customer=customer, name=name, **values)
    db.session.add(contact)
    contact.tidy()
    customer.tidy()
    return contact


def an_attention_item(
    customer: Customer, by: User, observed: str = "茶台上常年一罐凤凰单丛", **values: Any
) -> AttentionItem:
    values = {"category": "taste", "opener": "带点鸭屎香请他品品", "noticed_on": clock.today(), **values}
    item = AttentionItem(id=new_id(), customer_id=customer.id, by_id=by.id, observed=observed, **values)
    db.session.add(item)
    return item


def a_report(customer: Customer, by: User, **values: Any) -> Report:
    values = {"purpose": "service", "result": "progress", "day": clock.today(), **values}
    report = Report(id=new_id(), customer_id=customer.id, author_id=by.id, **values)
    db.session.add(report)
    return report


def a_package_of_tomorrow(**files: str) -> bytes:
    """A zip that says it wants a newer unpacker than there is."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as package:
        for name, text in files.items():
            package.writestr(name, text)
    content = bytearray(whole.getvalue())
    at = content.index(b"PK\x01\x02")
    content[at + 6] = 99  # the version needed, in tenths
    return bytes(content)
