"""`bin/flask i18n`: which strings have no English yet, file by file."""

import click

from webapp.foundation import wording


@click.command("i18n")
def missing() -> None:
    """List the strings that have no English translation; ends with status 1 if there are any."""
    found = wording.untranslated()
    for path, strings in found.items():
        click.echo(path)
        for line, text in strings:
            click.echo(f"  {line:>4}  {text!r}")
    total = len({text for strings in found.values() for _line, text in strings})
    click.echo(f"{total} strings without English." if total else "Every string has its English.")
    raise SystemExit(1 if total else 0)


commands = [missing]
