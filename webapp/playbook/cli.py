"""bin/flask playbook …"""

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from webapp.accounts.models import User
from webapp.foundation.db import db
from webapp.outbox import gate
from webapp.playbook.models import may_approve
from webapp.playbook.starter import LANGUAGES, load_starter


@click.group("playbook")
def playbook() -> None:
    """The playbook: talk tracks."""


@playbook.command("starter")
@click.option("--owner", default="admin", show_default=True, help="Sign-in name of whoever keeps the tracks.")
@click.option("--products", type=click.Choice(LANGUAGES), default="zh", show_default=True, help="Their language.")
@with_appcontext
def starter(owner: str, products: str) -> None:
    """Load the starter library: tracks in Chinese and English, and products. What is there already is left alone."""
    with gate.transaction():
        user = db.session.scalar(select(User).where(User.username == owner))
        if user is None or not may_approve(user):
            raise click.ClickException(f"{owner}: no such supervisor, manager, director or admin.")
        added = load_starter(user, products)
    click.echo(f"{added} tracks added.")


commands = [playbook]
