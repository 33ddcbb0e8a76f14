"""A database full of customers: `own` of them lin's, the others shared among a hundred reps of another team."""

import os
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[2]
HAN = "恒润宏锦德瑞金禾立远新盛成明川佳同庆泽联平望旺达泰鼎丰海天工长兴乐康重华晨光启航博"
SAID = (
    "id", "owner_id", "name", "short_name", "industry", "city", "level", "stage", "next_step_on", "latitude", "longitude",
    "phone", "name_key", "phone_key", "sort_key", "search_key",
)  # fmt: skip
TRADES = ("纺织机械", "印染", "泵阀", "造纸", "包装", "电机", "机床", "齿轮")


def fill(data: Path, total: int, own: int) -> None:
    """Make this data folder in a process of its own, since a process opens one house."""
    _apart(data, f"_fill({total}, {own})")


def cursor(data: Path, username: str, edition: str) -> str:
    """The cursor of a phone of his that has everything as it is now."""
    return _apart(data, f"_cursor({username!r}, {edition!r})").split()[-1]


def some(data: Path, n: int) -> list[str]:
    """So many of lin's customers."""
    with sqlite3.connect(data / "doorstep.sqlite3") as db:
        found = "SELECT c.id FROM customer c JOIN user u ON u.id = c.owner_id WHERE u.username = 'lin' LIMIT ?"
        return [str(id) for (id,) in db.execute(found, (n,))]


def _apart(data: Path, call: str) -> str:
    env = {**os.environ, "DOORSTEP_DATA": str(data), "PYTHONPATH": str(ROOT)}
    code = f"from tests.bench import stock; stock.{call}"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE)
    return done.stdout.decode()


def _cursor(username: str, edition: str) -> None:
    from sqlalchemy import select

    from webapp.accounts.models import User
    from webapp.factory import create_app
    from webapp.field_pack import feed
    from webapp.field_pack.rendering import Reader
    from webapp.foundation.db import db

    app = create_app()
    told = {"Accept-Language": "zh-CN"}
    with app.test_request_context(headers=told):
        user = db.session.scalars(select(User).where(User.username == username)).one()
        print(feed._signed(feed.begin(app, user, Reader(user.id, None, told), edition, {})))


def _fill(total: int, own: int) -> None:
    from flask_migrate import upgrade

    from webapp.demo import people
    from webapp.factory import create_app
    from webapp.outbox import gate
    from webapp.playbook.starter import load_starter

    app = create_app()
    with app.app_context():
        upgrade(directory=str(ROOT / "migrations"))
        with gate.transaction():
            staff = people.move_in()
            load_starter(staff.zhou)
            owners = [staff.lin.id] * own + _crowd(staff, total - own)
            _customers(owners, Random(7))


def _crowd(staff: object, n: int) -> list[str]:
    from webapp.accounts.models import User
    from webapp.foundation.db import db, new_id

    reps = [User(id=new_id(), username=f"rep{i}", name=f"Rep {i}", role="rep", team=staff.wu.team) for i in range(100)]
    for rep in reps:
        rep.password_hash = staff.lin.password_hash
    db.session.add_all(reps)
    db.session.flush()
    return [reps[i % 100].id for i in range(n)]


def _customers(owners: list[str], random: Random) -> None:
    from webapp.customers.models import Contact, Customer, HistoryEntry
    from webapp.foundation.db import db, new_id

    now = datetime.now(UTC)
    for start in range(0, len(owners), 5000):
        rows, people, history = [], [], []
        for owner_id in owners[start : start + 5000]:
            name = "".join(random.choices(HAN, k=4)) + random.choice(("机械", "纺织", "电气", "食品")) + "有限公司"
            customer = Customer(id=new_id(), owner_id=owner_id, name=name, short_name=name[:4], contacts=[])
            customer.industry, customer.city = random.choice(TRADES), "苏州"
            customer.level, customer.stage = random.choice("ABCDEF"), random.choice(("search", "approach", "persuade"))
            customer.next_step_on = (
                (now + timedelta(days=random.randint(-5, 60))).date() if random.random() < 0.7 else None
            )
            customer.latitude, customer.longitude = 31 + random.random(), 120 + random.random()
            customer.phone = f"0512-{random.randint(60000000, 69999999)}"
            customer.tidy()
            rows.append(_row(customer))
            people.append({"id": new_id(), "customer_id": customer.id, "name": "陈" + random.choice(HAN)})
            history += [
                {"id": new_id(), "customer_id": customer.id, "kind": "note", "text": "电话约过", "detail": {}}
                for _n in range(2)
            ]
        db.session.execute(Customer.__table__.insert(), rows)
        db.session.execute(Contact.__table__.insert(), people)
        db.session.execute(HistoryEntry.__table__.insert(), history)


def _row(customer: object) -> dict[str, object]:
    """What was said of it; every row names the same columns, the rest is left to their defaults."""
    return {name: getattr(customer, name) for name in SAID}
