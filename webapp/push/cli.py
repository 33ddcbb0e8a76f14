"""`bin/flask keys`: the pair by which push services know this house. `bin/flask jobs`: what is put off, and how it goes."""

import re

import click
from flask.cli import with_appcontext
from sqlalchemy import func, select

from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.foundation.later import MOST_TRIES, Job
from webapp.push import keys as key_pair
from webapp.push.models import Delivery

CONTACT = re.compile(r"mailto:[^@\s]+@[^@\s]+\.[^@\s]+|https://[^\s/]+\.[^\s]+")


@click.command("keys")
@click.option("--contact", help="Whom a push service may write to: mailto:ops@example.com, or an https address.")
@click.option("--new", is_flag=True, help="Make another pair although there is one; phones then subscribe anew.")
@with_appcontext
def keys(contact: str | None, new: bool) -> None:
    """Make the pair of keys for web push, beside the data; show the public one."""
    try:
        own = key_pair.keys()
    except key_pair.BadKeys as error:
        if not new:
            raise click.ClickException(str(error)) from error
        own = None
    if own is None or new:
        if not CONTACT.fullmatch(contact or ""):
            raise click.ClickException("Say whom a push service may write to: --contact mailto:ops@example.com")
        own = key_pair.make(contact or "")
        click.echo(f"Made {key_pair.path()}; keep it with the backups, and to yourselves.")
    click.echo(own.public)


@click.command("jobs")
@click.option("--all", "all_", is_flag=True, help="What is done, too.")
@with_appcontext
def jobs(all_: bool) -> None:
    """What is put off: by work what waits, is under way, was given up; and what became of the last day's pushes."""
    now = clock.here()
    wanted = select(Job).order_by(Job.due_at.desc()).limit(50)
    for job in db.session.scalars(wanted if all_ else wanted.where(Job.done_at.is_(None))):
        name = job.work.removeprefix("webapp.")
        click.echo(f"{_state(job, now):<10} {name:<44} due {job.due_at:%m-%d %H:%M}  tries {job.tries}  {job.error}")
    waiting = db.session.scalar(select(func.count()).select_from(Job).where(Job.done_at.is_(None))) or 0
    click.echo(f"{waiting} not done.")
    outcomes = select(Delivery.target, Delivery.state, Delivery.outcome, func.count())
    for target, state, outcome, n in db.session.execute(
        outcomes.group_by(Delivery.target, Delivery.state, Delivery.outcome).order_by(func.count().desc())
    ):
        click.echo(f"{n:>6}  {target} {state} {outcome}")


def _state(job: Job, now: object) -> str:
    if job.done_at:
        return "done"
    if job.tries >= MOST_TRIES:
        return "given up"
    return "under way" if job.claimed_until and job.claimed_until > now else "waiting"  # type: ignore[operator]


commands = [keys, jobs]
