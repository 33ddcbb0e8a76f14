"""bin/flask playbook …"""

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from webapp.accounts.models import User
from webapp.foundation.db import db
from webapp.outbox import gate
from webapp.playbook.models import may_approve
from webapp.playbook.starter import load_starter


@click.group("playbook")
def playbook() -> None:
    """The playbook: talk tracks."""


@playbook.command("starter")
@click.option("--owner", default="admin", show_default=True, help="Sign-in name of whoever keeps the tracks.")
@with_appcontext
def starter(owner: str) -> None:
    """Load the starter library in Chinese and English. What is there already is left alone."""
    with gate.transaction():
        user = db.session.scalar(select(User).where(User.username == owner))
        if user is None or not may_approve(user):
            raise click.ClickException(f"{owner}: no such supervisor, manager, director or admin.")
        added = load_starter(user)
    click.echo(f"{added} tracks added.")


commands = [playbook]
