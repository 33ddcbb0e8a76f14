"""Customers from the command line: `bin/flask import-customers FILE --owner NAME`."""

from pathlib import Path

import click
from flask.cli import with_appcontext
from flask_babel import force_locale
from sqlalchemy import func, or_, select

from webapp.accounts.models import User
from webapp.customers.importing import queries, words
from webapp.customers.importing.beginning import Upload, begin
from webapp.customers.importing.models import ImportRun
from webapp.customers.importing.taking import go_on
from webapp.foundation import filing, terminal
from webapp.foundation.db import db, new_id
from webapp.foundation.i18n import _


@click.command("import-customers")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--owner", required=True, help="The person they belong to: user name, or full name.")
@click.option(
    "--duplicates",
    type=click.Choice(list(words.DUPLICATES)),
    default="merge",
    show_default=True,
    help="A company that is known: fill what is empty there, skip the row, or add a second file.",
)
@with_appcontext
def import_customers(file: Path, owner: str, duplicates: str) -> None:
    """Import the customers in FILE (CSV, XLSX or XLS); its columns are guessed from their headings."""
    with force_locale(terminal.language()):
        upload = Upload.taken(file.name, file.read_bytes())
        if upload.problem:
            raise click.ClickException(upload.problem)
        with filing.transaction():
            run_id = _begin(upload, _person(owner), duplicates)
        while not go_on(run_id):
            click.echo(_("到了%(n)s%%", n=_run(run_id).percent), err=True)
        _tell(_run(run_id))


def _person(owner: str) -> User:
    named = or_(func.lower(User.username) == owner.strip().lower(), User.name == owner.strip())
    found = db.session.scalars(select(User).where(named, User.disabled_at.is_(None))).all()
    if len(found) != 1:
        says = _("没有人叫%(name)s。", name=owner) if not found else _("不止一个人叫%(name)s，写用户名。", name=owner)
        raise click.ClickException(says)
    if not found[0].works_the_field:
        raise click.ClickException(_("%(name)s不跑客户，名下不能有客户。", name=found[0].name))
    return found[0]


def _begin(upload: Upload, owner: User, duplicates: str) -> str:
    run = begin(owner, upload, new_id())
    if "name" not in run.mapping.values():
        seen = _("、").join(run.headings) or _("没有表头")
        raise click.ClickException(_("认不出哪一列是公司名称：%(seen)s。", seen=seen))
    run.begin(owner.id, duplicates)
    return run.id


def _run(run_id: str) -> ImportRun:
    return db.session.get_one(ImportRun, run_id)


def _tell(run: ImportRun) -> None:
    """How it ended, with each row that was left out; status 1 if the file could not be read to its end."""
    for fault in queries.faults(run):
        place = words.place_of(fault.line)
        click.echo(
            _("%(place)s没导入：%(name)s %(why)s", place=place, name=fault.name, why=words.why_left_out(fault)),
            err=True,
        )
    counts = {"added": run.added, "merged": run.merged, "skipped": run.skipped, "faulty": run.faulty}
    click.echo(_("新增%(added)s家，补充%(merged)s家，没动%(skipped)s家，有错%(faulty)s行。", **counts))
    if run.state != "done":
        raise click.ClickException(_("文件读不下去了，再来一次就接着导，导过的不会重复。"))


commands = [import_customers]
