"""bin/flask: any command of the app, in the project's own environment, from any folder."""

import os

from doors import environment


def swing(argv: list[str]) -> None:
    """Become `flask COMMAND`; DOORSTEP_DATA names the data folder as for every other door."""
    environment.enter("run")
    os.environ["FLASK_APP"] = str(environment.ROOT / "wsgi.py")
    os.execv(environment.PYTHON, [str(environment.PYTHON), str(environment.VENV / "bin" / "flask"), *argv])
