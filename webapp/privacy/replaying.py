"""After a restore, and before the house opens (an older database may have been put in by hand): whoever was erased since is
erased again, before anybody reads."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from webapp.accounts.models import User
from webapp.customers.models import Contact, Customer
from webapp.foundation import filing
from webapp.foundation.db import db
from webapp.outbox.backup import doing
from webapp.privacy import erasing, ledger, recording
from webapp.privacy.models import Erased, ErasedName, Erasure


def replay() -> None:
    """Erase again whom the ledger names and the database has not erased. The tables are those of today."""
    known = set(db.session.scalars(select(Erasure.id)))
    for line in ledger.lines():
        if line["id"] not in known:
            with filing.transaction():
                _again(line)


def _again(line: dict[str, Any]) -> None:
    there = select(User).where(User.id.in_((line["owner_id"], line["by_id"])))
    users = {user.id: user for user in db.session.scalars(there)}
    by = users.get(line["by_id"]) or db.session.scalar(select(User).where(User.role == "admin").limit(1))
    if by is None:
        return  # a house without people holds nobody
    erasure = Erasure(number=0, **{name: line[name] for name in ("id", "kind", "subject_id", "customer_id")})
    erasure.at, erasure.by_id = datetime.fromisoformat(line["at"]), by.id
    erasure.owner_id = line["owner_id"] if line["owner_id"] in users else by.id
    db.session.add(erasure)
    db.session.flush()
    _remember(line)
    person = db.session.get(Contact, erasure.subject_id) if erasure.kind == "contact" else None
    customer = db.session.get(Customer, erasure.subject_id) if erasure.kind == "customer" else None
    if person is not None:
        erasing.erase_contact(person, by, known=erasure)
    elif customer is not None:
        erasing.erase_customer(customer, by, known=erasure)
    else:
        recording.settle_empty(erasure)


def _remember(line: dict[str, Any]) -> None:
    of = {"erasure_id": line["id"]}
    for id in line["things"]:
        db.session.merge(Erased(id=id, **of))
    for length, digest in line["names"]:
        db.session.add(ErasedName(**of, customer_id=line["customer_id"], length=length, digest=digest))
    db.session.flush()


doing.after_restore.append(replay)
