"""The server of a schedule: the real app in this process, over a database that is copied, restored and cut off at will."""

import gc
import logging
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Collection, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import structlog
from sqlalchemy import select

os.environ["HUEY_IMMEDIATE"] = "1"

from tests import making
from webapp.accounts import sessions
from webapp.accounts.models import User
from webapp.accounts.models import device as devices
from webapp.customers.models import Customer
from webapp.factory import create_app
from webapp.field_pack import contents, feed, keeping, moulds, search_index
from webapp.field_pack.rendering import Reader
from webapp.foundation import clock, epoch
from webapp.foundation.db import db, new_id
from webapp.foundation.settings import from_environment
from webapp.outbox import arrivals, delivery, delivery_routes, durable, gate, handing
from webapp.outbox.models import Receipt
from webapp.outbox.user_hash import user_hash

PIECE = 128
SHM = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


class PowerCut(BaseException):
    """The server dies in the middle of a batch."""


class Drawer:
    """A file store in memory."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def write(self, key: str, content: bytes, media_type: str) -> None:
        self.files[key] = content

    def read(self, key: str) -> bytes:
        return self.files[key]

    def delete(self, key: str) -> None:
        self.files.pop(key, None)


class Office:
    """One server for many schedules. `poisoned`: words that make a view fail; `log`: (entry id, phone, number, scope) in the
    order in which entries were taken in; `refused`: the ids of those that were refused once; `cut`: how many entries of
    the next batch are taken in before the power goes."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="doorstep-model-", dir=SHM))
        settings = replace(from_environment({"DOORSTEP_DATA": str(self.folder)}), secret_key="for schedules only")
        self.app = create_app(settings)
        self.app.testing = True
        self.client = self.app.test_client(use_cookies=False)
        self.drawer = self.app.extensions["files"] = Drawer()
        self.patches = ExitStack()
        self._shrink()
        clock.freeze(datetime.fromisoformat("2026-11-24T02:00:00+00:00"))
        with self.app.app_context():
            db.create_all()
            with gate.transaction():
                cast = making.the_cast()  # their ids are random; nothing in a schedule is drawn from them
                customers = [
                    making.a_customer(owner, f"{name}厂")
                    for owner, name in zip([cast.lin, cast.sun] * 2, "甲乙丙丁", strict=True)
                ]
                for number, customer in enumerate(customers):
                    customer.id = f"0000000{number}-c000-4000-8000-000000000000"
            self.people = {name: getattr(cast, name).id for name in ("lin", "sun", "zhou")}
            self.customers = [customer.id for customer in customers]
            self.path = Path(db.engine.url.database or "")
        self.hashes = {name: user_hash(id) for name, id in self.people.items()}
        self.names = {hash: name for name, hash in self.hashes.items()}
        self.fresh = self._copy()
        self.begin()
        self.usual = gc.get_threshold()
        gc.freeze()
        gc.set_threshold(50_000, 20, 20)

    def _shrink(self) -> None:
        """Small measures, so that short schedules come to every border; pages that say just what they depend on."""
        patch = lambda *given: self.patches.enter_context(mock.patch.object(*given))  # noqa: E731
        patch(contents, "pages", pages)
        patch(moulds, "of", lambda app, reader: moulds.Moulds((), {}, True, "none"))
        patch(feed, "render", render)
        patch(search_index, "simple", lambda: "")
        patch(arrivals, "PIECE", PIECE)
        patch(delivery_routes, "PIECE", PIECE)
        patch(devices, "MOST_BATCHES", 10**9)
        self._hush()
        taken, together, viewed = delivery._take_in, delivery._together, handing.hand_to_view
        patch(delivery, "_take_in", lambda entry: self._noted(taken, entry))
        patch(delivery, "_together", lambda run, waiting: self._noted_together(together, run, waiting))
        patch(handing, "hand_to_view", lambda entry, is_new=False: self._tasted(viewed, entry, is_new))

    def _hush(self) -> None:
        said = structlog.get_config()["wrapper_class"]
        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
        self.patches.callback(lambda: structlog.configure(wrapper_class=said))

    def _noted(self, take_in: Any, entry: Any) -> Any:
        if self.cut is not None:
            self.cut -= 1
            if self.cut < 0:
                raise PowerCut
        return self._note(entry, take_in(entry))

    def _noted_together(self, together: Any, run: Any, waiting: Any) -> Any:
        """A run is taken in as a whole or not at all: the power goes before it, or after."""
        answers = together(run, waiting)
        if answers and self.cut is not None:
            self.cut -= len(run)
            if self.cut < 0:
                raise PowerCut
        return [self._note(entry, answer) for entry, answer in zip(run, answers, strict=False)]

    def _note(self, entry: Any, answer: Any) -> Any:
        if answer["result"] in ("accepted", "quarantined") and entry.id not in self.known:
            self.taken.append((entry.id, entry.device, entry.seq, entry.scope))
        if answer["result"] == "rejected":
            self.refused.add(entry.id)
        return answer

    def _tasted(self, view: Any, entry: Any, is_new: bool) -> Any:
        if not any(value in self.poisoned for _name, value in entry.fields):
            return view(entry, is_new)
        if int(entry.id[7], 16) % 2:
            raise RuntimeError("poison")
        response = view(entry, is_new)
        db.session.add(Receipt(id=new_id()))  # or its rows are such that the database does not take them
        return response

    # ---- its life

    def begin(self) -> None:
        self._put_back(self.fresh)
        self.drawer.files = {}
        self.poisoned: set[str] = set()
        self.cut: int | None = None
        self.log: list[tuple[str, str, int, str]] = []
        self.known: set[str] = set()
        self.refused: set[str] = set()
        self.taken: list[tuple[str, str, int, str]] = []
        if getattr(self, "backup", None):
            self.backup[0].close()
        self.backup: Any = None
        self.reserve: Any = lambda: None
        self.reserved: list[int] = []
        for name in ("epoch", "durable.json"):
            (self.folder / name).unlink(missing_ok=True)
        clock.freeze(datetime.fromisoformat("2026-11-24T02:00:00+00:00"))

    def _copy(self) -> sqlite3.Connection:
        source, copy = sqlite3.connect(self.path), sqlite3.connect(":memory:")
        source.backup(copy)
        source.close()
        return copy

    def _put_back(self, copy: sqlite3.Connection) -> None:
        target = sqlite3.connect(self.path, timeout=15)
        target.execute("PRAGMA synchronous=OFF")
        copy.backup(target)
        target.close()

    def pass_time(self, seconds: float) -> None:
        clock.freeze(clock.now() + timedelta(seconds=seconds))

    def back_up(self) -> None:
        if self.backup:
            self.backup[0].close()
        self.backup = (self._copy(), dict(self.drawer.files), list(self.log))
        with self.app.app_context():
            durable.remember(durable.reached(db.session.connection()), clock.now())

    def restore(self, with_files: bool) -> None:
        if self.backup is None:
            return
        copy, files, log = self.backup
        self._put_back(copy)
        if with_files:
            self.drawer.files = dict(files)
        self.log, self.known = list(log), {line[0] for line in log}
        with self.app.app_context():
            epoch.renew()

    @property
    def epoch(self) -> str:
        with self.app.app_context():
            return epoch.epoch()

    def do(self, work: Any) -> Any:
        """Something that a person at a desk does, in the gate's transaction."""
        with self.app.app_context(), gate.transaction():
            return work()

    def ask(self, work: Any) -> Any:
        with self.app.app_context():
            return work()

    def sign_in(self, name: str) -> str:
        return self.do(lambda: sessions.begin(db.session.get_one(User, self.people[name]), "phone"))

    # ---- the line

    def serve(self, request: dict[str, Any], cut: int | None = None) -> dict[str, Any] | None:
        """What the app answers; None if it died before its commit."""
        if request["url"] == "/":  # where the phone's home is does not matter here
            return {"status": 200, "headers": {}, "body": b""}
        headers = {
            **request["headers"],
            "Sec-Fetch-Site": "same-origin",
            "Cookie": f"{sessions.COOKIE}={request['cookie'] or ''}",
        }
        self.taken, self.cut = [], cut
        try:
            answer = self.client.open(request["url"], method=request["method"], headers=headers, data=request["body"])
        except PowerCut:
            return None
        finally:
            self.cut = None
        if answer.status_code < 400:
            self.log += self.taken
            self.known |= {line[0] for line in self.taken}
        return {"status": answer.status_code, "headers": dict(answer.headers), "body": answer.data}

    def close(self) -> None:
        self.patches.close()
        self.fresh.close()
        if self.backup:
            self.backup[0].close()
        gc.unfreeze()
        gc.set_threshold(*self.usual)
        clock.freeze(None)
        with self.app.app_context():
            db.engine.dispose()
        shutil.rmtree(self.folder, ignore_errors=True)


def pages(user: User, today: date, settled: Collection[str] = ()) -> Iterator[contents.Page]:
    """A small pack: the day, two lists, and of each own customer (unless they are settled) the card and one form."""
    yield contents.Page(f"/days/{today}", "day", str(today))
    yield contents.Page(f"/days/{today}/report", "daily", str(today))
    yield from (contents.Page(url, kind) for kind, url in (("customers", "/customers"), ("new", "/customers/new")))
    if "card" in settled:
        return
    mine = select(Customer.id).where(Customer.owner_id == user.id, Customer.merged_into_id.is_(None))
    ids = list(db.session.scalars(mine.order_by(Customer.id)))
    yield from (contents.Page(f"/customers/{id}", "card", id) for id in ids)
    yield from (contents.Page(f"/customers/{id}/reports/new", "report", id) for id in ids)


def render(app: Any, url: str, reader: Reader, kind: str = "") -> tuple[str | None, dict[str, Any]]:
    """A page of few words: of a customer, what may be seen of him by this reader and how often he was changed."""
    parts = url.split("/")
    if len(parts) < 3 or parts[1] != "customers" or parts[2] == "new":
        return f"page {url}", {}
    own = Customer.owner_id == reader.user_id, Customer.merged_into_id.is_(None)
    with app.app_context():
        seen = db.session.scalar(select(Customer.next_step).where(Customer.id == parts[2], *own))
    return (None if seen is None else f"page {url}: {seen}"), {}


__all__ = ["PIECE", "Office", "PowerCut", "keeping", "render"]
