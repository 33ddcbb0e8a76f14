"""bin/flask: any command of the app, in the project's own environment, from any folder."""

import os
from pathlib import Path

from doors import environment
from doors.say import stop

NEED_NO_TABLES = ("db", "restore", "i18n", "keys", "routes", "run", "shell")


def swing(argv: list[str]) -> None:
    """Become `flask COMMAND`; DOORSTEP_DATA names the data folder as for every other door."""
    environment.enter("run")
    if asks_of_the_tables(argv) and not os.environ.get("DATABASE_URL"):
        see_that_there_is_a_database(Path(os.environ.get("DOORSTEP_DATA") or environment.ROOT / "data").expanduser())
    os.environ["FLASK_APP"] = str(environment.ROOT / "wsgi.py")
    os.execv(environment.PYTHON, [str(environment.PYTHON), str(environment.VENV / "bin" / "flask"), *argv])


def asks_of_the_tables(argv: list[str]) -> bool:
    """Whether this is a command that does something, and with the database."""
    return bool(argv) and "--help" not in argv and not argv[0].startswith("-") and argv[0] not in NEED_NO_TABLES


def see_that_there_is_a_database(data: Path) -> None:
    """End with a sentence where nobody has laid the tables yet: mostly it is another folder that was meant."""
    file = data.absolute() / "doorstep.sqlite3"
    if not file.exists() or not file.stat().st_size:
        stop(
            f"There is no database in {file.parent} yet. If another folder is meant, name it: DOORSTEP_DATA=… bin/flask …\n"
            "Else start Doorstep once (bin/start), or lay the tables with bin/flask db upgrade."
        )
