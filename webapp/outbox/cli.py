"""`bin/flask backup FILE.tar.gz` and `bin/flask restore FILE.tar.gz --yes`."""

from pathlib import Path

import click
from flask.cli import with_appcontext
from flask_babel import force_locale

from webapp.foundation import terminal
from webapp.foundation.i18n import _
from webapp.outbox.backup import doing
from webapp.outbox.backup.bundle import Trouble


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--with-key", is_flag=True, help="The secret key too; whoever has the file can then sign in your name.")
@with_appcontext
def backup(file: Path, with_key: bool) -> None:
    """Write the database, the photos and the voice notes to FILE, while the house goes on."""
    with force_locale(terminal.language()):
        try:
            count = doing.back_up(file, with_key)
        except Trouble as trouble:
            raise click.ClickException(str(trouble)) from trouble
        size = file.stat().st_size / 1_000_000
        click.echo(
            _("备份好了：%(file)s，%(size)s MB，照片和录音%(n)s个文件。", file=str(file), size=f"{size:.1f}", n=count)
        )


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Do it: what the house holds now is replaced (and kept aside).")
@click.option("--sign-out", is_flag=True, help="Sign everybody out.")
@with_appcontext
def restore(file: Path, yes: bool, sign_out: bool) -> None:
    """Let the house be what FILE holds. Stop it first; start it afterwards."""
    with force_locale(terminal.language()):
        if not yes:
            raise click.ClickException(_("恢复会换掉现在的数据（旧的留在一边）。先停下登门，再加--yes。"))
        try:
            aside = doing.restore(file, sign_out)
        except Trouble as trouble:
            raise click.ClickException(str(trouble)) from trouble
        click.echo(_("恢复好了。原来的数据在%(folder)s。手机上备份里没有的，会自己再送一遍。", folder=str(aside)))


commands = [backup, restore]
