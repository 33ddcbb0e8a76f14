"""The commands: `bin/flask --help` lists them. Each room brings its own in its `cli` module."""

from importlib import import_module
from importlib.util import find_spec

from flask import Flask

WITH_COMMANDS = ("foundation", "accounts", "outbox", "push", "customers", "playbook")


def prepare(app: Flask) -> None:
    for room in WITH_COMMANDS:
        if find_spec(f"webapp.{room}.cli"):
            for command in import_module(f"webapp.{room}.cli").commands:
                app.cli.add_command(command)
    if find_spec("webapp.demo"):
        app.cli.add_command(import_module("webapp.demo").command)
