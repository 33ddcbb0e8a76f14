"""A sales office to look around in: people, customers with their stories, days that were and the days to come.

Everything is invented, relative to the day on which it is loaded, and the same for the same seed."""

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from webapp.accounts.models import User
from webapp.demo import people, post
from webapp.demo.story import Story
from webapp.foundation.db import db
from webapp.outbox import gate


@click.group("demo")
def command() -> None:
    """The demo office: invented people and customers."""


@command.command("load")
@click.option("--seed", default=7, help="The same seed tells the same story.", show_default=True)
@with_appcontext
def load(seed: int) -> None:
    """Load the demo office into an empty house; does nothing where people live already."""
    if db.session.scalar(select(User.id).limit(1)):
        click.echo("The house has people already; the demo was not loaded.")
        return
    with gate.transaction():
        Story(people.move_in(), seed).tell()
        post.hand_out()
    click.echo("Demo loaded: sign in as lin, sun, wu, zhou, director or admin, password doorstep-demo.")
