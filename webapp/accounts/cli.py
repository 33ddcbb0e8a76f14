"""The first administrator, and the way back in when no administrator is left: `bin/flask admin …`."""

import click
from flask.cli import with_appcontext
from flask_babel import force_locale
from sqlalchemy import select

from webapp.accounts import auditing, passwords, queries, words
from webapp.accounts.models import User, note
from webapp.foundation import filing, terminal
from webapp.foundation.db import db, new_id
from webapp.foundation.i18n import _, ngettext


@click.group("admin")
def admin() -> None:
    """Administrators: create the first one, give one a new password."""


@admin.command("create")
@click.option("--username", prompt="User name", help="What to sign in with: lower-case letters, digits, dots, hyphens.")
@click.option("--name", prompt="Name", help="How the person is called.")
@click.option(
    "--password", prompt="Password", hide_input=True, confirmation_prompt=True, help="At least 10 characters."
)
@with_appcontext
def create(username: str, name: str, password: str) -> None:
    """Create an administrator."""
    username, name = username.strip().lower(), name.strip()[:64]
    with force_locale(terminal.language()), filing.transaction():
        if not words.USERNAME.fullmatch(username) or not name:
            raise click.ClickException(
                _("用户名要小写字母开头，后面是字母、数字、点或横线，至少两个字符；名字不能空着。")
            )
        if queries.username_is_taken(username):
            raise click.ClickException(_("已经有人叫用户名%(username)s。", username=username))
        user = User(id=new_id(), username=username, name=name, role="admin")
        user.set_password(_sound(password, username, name))
        db.session.add(user)
        note("user_created", user, role="admin")
        click.echo(_("管理员%(username)s建好了，可以登录。", username=username))


@admin.command("password")
@click.argument("username")
@click.option(
    "--password", prompt="Password", hide_input=True, confirmation_prompt=True, help="At least 10 characters."
)
@with_appcontext
def change_password(username: str, password: str) -> None:
    """Give USERNAME a new password; all devices of that person are signed out."""
    with force_locale(terminal.language()), filing.transaction():
        user = db.session.scalar(select(User).where(User.username == username.strip().lower()))
        if user is None:
            raise click.ClickException(_("没有人叫用户名%(username)s。", username=username))
        user.change_password(_sound(password, user.username, user.name, user.phone))
        note("password_reset", user)
        click.echo(_("%(name)s的密码换好了，设备都退出了。", name=user.name))


@click.group("audit")
def audit() -> None:
    """The log of what was done with other people's data."""


@audit.command("verify")
@with_appcontext
def verify() -> None:
    """Read the whole log; ends with status 1 and names the first line that is not as it was written."""
    with force_locale(terminal.language()):
        verdict = auditing.verify()
        if verdict.broken:
            raise click.ClickException(_("第%(n)s条对不上：它或它前面的被人改过、删过。", n=verdict.broken))
        click.echo(
            ngettext(
                "%(num)s条，一条不差。最后一条的指纹：%(digest)s",
                "%(num)s条，一条不差。最后一条的指纹：%(digest)s",
                verdict.count,
                digest=verdict.digest,
            )
        )
        if not auditing.is_locked():
            raise click.ClickException(_("数据库里的锁没了：记录能被改动。重新启动一次会装回去。"))


def _sound(password: str, *about: str) -> str:
    if fault := passwords.fault(password, *about):
        raise click.ClickException(str(fault))
    return password


commands = [admin, audit]
