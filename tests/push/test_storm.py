"""No notice is lost or doubled: the job process is killed at random, two schedulers work at once, an office hands in together.
On real servers: PostgreSQL for the rows, Redis for the queue."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from huey import RedisHuey
from sqlalchemy import select

from tests import making, servers
from tests.apps import an_app
from tests.push.service import PushService, running
from webapp.accounts import sessions
from webapp.accounts.models import Device, Team
from webapp.foundation import clock
from webapp.foundation.db import db, new_id
from webapp.foundation.later import Job
from webapp.foundation.settings import ROOT, from_environment
from webapp.outbox import gate
from webapp.push import keys
from webapp.push.models import Delivery, Notice, Subscription, Wishes, notify

pytestmark = [pytest.mark.slow, pytest.mark.server, pytest.mark.filterwarnings("ignore")]
KILLS = int(os.environ.get("DOORSTEP_KILLS", "200"))
NURSERY = """
import dataclasses, os, sys
from datetime import timedelta
from webapp import factory, jobs
from webapp.foundation import later, settings
app = factory.create_app(dataclasses.replace(settings.from_environment(), push_loopback=True))
jobs._app = lambda: app
print("ready", flush=True)
for order in sys.stdin:
    pid = os.fork()
    if pid:
        print(pid, flush=True)
    elif order.strip() == "huey":
        jobs.huey.create_consumer(workers=2, max_delay=0.2).run()
    else:
        later.LEASE, later.SOON = timedelta(seconds=2), timedelta(seconds=0)
        with app.app_context():
            while True:
                for job_id in later.sweep():
                    later.carry_out(job_id)
"""
"""Job processes are born quickly here: what they need has been read before."""


class Office:
    """An app on real servers, people with phones that are told, and job processes that may die."""

    def __init__(self, data: Path, environment: dict[str, str]) -> None:
        self.environment = {**os.environ, **environment, "DOORSTEP_DATA": str(data), "PYTHONPATH": str(ROOT)}
        self.environment.pop("HUEY_IMMEDIATE", None)
        settings = from_environment({**environment, "DOORSTEP_DATA": str(data)})
        self.app = an_app(replace(settings, push_loopback=True))
        with self.app.app_context():
            db.create_all()
            self.public = keys.make("mailto:ops@example.com").public

    def move_in(self, service: PushService, people: int) -> list[str]:
        with self.app.app_context(), gate.transaction():
            cast = making.the_cast()
            ids = [cast.zhou.id]
            for n in range(people - 1):
                user = making.a_user(f"boss{n}", "supervisor", cast.suzhou)
                ids.append(user.id)
            db.session.flush()
            for user_id in ids:
                Wishes.of(user_id).keep(
                    [], "", ""
                )  # job processes go by the real time, which may lie in the quiet hours
                token = sessions.begin(db.session.get(making.User, user_id), "phone")
                db.session.flush()
                device = db.session.scalar(select(Device.id).where(Device.token_hash == sessions.digest(token)))
                fields = service.subscribe(user_id)
                Subscription.keep(
                    db.session.get(making.User, user_id), device, fields["endpoint"], fields["p256dh"], fields["auth"]
                )
        return ids

    @contextmanager
    def nursery(self) -> Iterator["Nursery"]:
        command = [sys.executable, "-c", NURSERY]
        pipes: Any = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
        with subprocess.Popen(command, env=self.environment, cwd=ROOT, text=True, **pipes) as parent:
            nursery = Nursery(parent)
            assert nursery.listen() == "ready"
            yield nursery
            for pid in nursery.alive:
                os.kill(pid, signal.SIGKILL)
            parent.kill()


class Nursery:
    def __init__(self, parent: subprocess.Popen[str]) -> None:
        self.parent, self.alive = parent, list[int]()

    def listen(self) -> str:
        assert self.parent.stdout
        return self.parent.stdout.readline().strip()

    def bear(self, kind: str = "sweeper") -> None:
        assert self.parent.stdin
        self.parent.stdin.write(kind + "\n")
        self.parent.stdin.flush()
        self.alive.append(int(self.listen()))

    def kill(self, which: int) -> None:
        os.kill(self.alive.pop(which), signal.SIGKILL)


@contextmanager
def real_servers() -> Iterator[dict[str, str]]:
    with servers.postgres() as database, servers.redis() as queue:
        yield {"DATABASE_URL": database, "HUEY_URL": queue}


@contextmanager
def an_office(data: Path) -> Iterator[tuple[Office, PushService]]:
    clock.freeze(None)
    with real_servers() as environment:
        office = Office(data, environment)
        with running(office.public) as service:
            yield office, service
        with office.app.app_context():
            db.engine.dispose()


def rest(office: Office, seconds: float) -> int:
    """Wait until nothing is left to do; how many works are left."""
    ends = time.monotonic() + seconds
    while True:
        with office.app.app_context():
            left = len(db.session.scalars(select(Job.id).where(Job.done_at.is_(None))).all())
        if not left or time.monotonic() > ends:
            return left
        time.sleep(0.2)


def test_two_job_processes_are_killed_over_and_over_and_each_notice_arrives(tmp_path: Path) -> None:
    """Every push may come twice to the push service (it was killed before it could note that it had sent), and shows
    once on the phone: it is the same notice. None is missing, and no row is doubled."""
    chance, wanted = random.Random(7), 0
    with an_office(tmp_path) as (office, service), office.nursery() as nursery:
        office.app.extensions["queue"] = lambda job_id: None  # every one is lost on its way to the queue
        (zhou,) = office.move_in(service, 1)
        nursery.bear()
        nursery.bear()
        for n in range(KILLS):
            with office.app.app_context(), gate.transaction():
                kind = ("report", "plan", "daily", "commented")[n % 4]
                notify(kind, [zhou], subject=str(n), url="/reviews", key="once")
                wanted += 1
            time.sleep(chance.random() * 0.15)
            nursery.kill(chance.randrange(2))
            nursery.bear()
        left = rest(office, 60)
        with office.app.app_context():
            rows = Counter(db.session.scalars(select(Notice.subject)))
            states = Counter(db.session.scalars(select(Delivery.state)))
            last = {
                kind: id
                for id, kind in db.session.execute(select(Notice.id, Notice.kind).order_by(Notice.at, Notice.id))
            }
    shown = Counter(got["message"]["id"] for got in service.got)
    assert left == 0 and len(rows) == wanted and set(rows.values()) == {1}
    assert set(last.values()) <= set(shown), "the newest of each kind, which speaks for all of it, has arrived"
    assert set(states) <= {"sent", "failed"} and states["sent"] >= 4, states
    sys.stdout.write(
        json.dumps({"kills": KILLS, "pushes": sum(shown.values()), "twice": sum(n - 1 for n in shown.values())})
    )


def test_two_hundred_reps_hand_in_within_a_minute_and_every_supervisor_hears_in_two(tmp_path: Path) -> None:
    with an_office(tmp_path) as (office, service), office.nursery() as nursery:
        office.app.extensions["queue"] = queue_in(office.environment["HUEY_URL"])
        office.move_in(service, 20)
        tokens = _reps(office.app, 200)
        nursery.bear("huey")
        began, slowest, answers = time.monotonic(), 0.0, Counter[int]()
        lock = threading.Lock()

        def work(mine: list[tuple[str, str]]) -> None:
            nonlocal slowest
            for token, customer in mine:
                asked = time.monotonic()
                status = _file(office.app, token, customer)
                with lock:
                    answers[status] += 1
                    slowest = max(slowest, time.monotonic() - asked)

        threads = [threading.Thread(target=work, args=(tokens[n::8],)) for n in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        filed = time.monotonic() - began
        left = rest(office, 120)
        out = time.monotonic() - began
    assert answers == {303: 200} and filed < 60 and left == 0 and out < 120
    told = {got["name"] for got in service.got}
    assert len(told) == 20 and max(got["message"]["n"] for got in service.got) == 200
    sys.stdout.write(
        json.dumps(
            {
                "filed_s": round(filed, 1),
                "out_s": round(out, 1),
                "slowest_s": round(slowest, 2),
                "pushes": len(service.got),
            }
        )
    )


def queue_in(url: str) -> Any:
    """What a web process does: it puts the number of the job into Redis, from where the job process takes it."""

    def carry_out(job_id: str) -> None:
        raise AssertionError("not here")

    carry_out.__module__ = "webapp.jobs"
    return RedisHuey("doorstep", url=url).task()(carry_out)


def _reps(app: Flask, n: int) -> list[tuple[str, str]]:
    with app.app_context(), gate.transaction():
        suzhou = db.session.scalar(select(Team).where(Team.name == "苏州办事处"))
        reps = [making.a_user(f"rep{n}", "rep", suzhou) for n in range(n)]
        db.session.flush()
        return [(sessions.begin(rep, "phone"), making.a_customer(rep, f"客户{rep.username}").id) for rep in reps]


def _file(app: Flask, token: str, customer: str) -> int:
    client = app.test_client()
    client.set_cookie(sessions.COOKIE, token)
    headers: Any = {"Sec-Fetch-Site": "same-origin"}
    fields = {"submission_id": new_id(), "purpose": "service", "result": "progress", "needs": "再要两套"}
    return client.post(f"/customers/{customer}/reports", data=fields, headers=headers).status_code
