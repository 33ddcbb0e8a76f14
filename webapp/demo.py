"""Placeholder until the demo data arrives."""
import click
from flask.cli import with_appcontext


@click.group("demo")
def command() -> None:
    """Demo data."""


@command.command("load")
@with_appcontext
def load() -> None:
    """Load the demo data once."""
