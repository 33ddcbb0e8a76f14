"""Opens one door by name. Written so that an older python3 can still read it and hand over to a newer one."""

import os
import shutil
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
NEWER = ["python3." + minor for minor in ("14", "13", "12", "11")]


def find_newer() -> None:
    """Go on in the first Python of at least 3.11 on this machine, or end with a sentence (status 1)."""
    for name in NEWER:
        if path := shutil.which(name, path=os.environ.get("PATH", "") + ":/opt/homebrew/bin:/usr/local/bin"):
            os.execv(path, [path, HERE, *sys.argv[1:]])
    sys.exit(
        "Doorstep needs Python 3.11 or newer; this one is " + sys.version.split()[0] + ".\n"
        "Debian or Ubuntu: apt-get install python3 python3-venv · Mac: brew install python"
    )


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036
        find_newer()
    sys.path[0] = os.path.dirname(HERE)
    from importlib import import_module

    try:
        import_module("doors." + sys.argv[1]).swing(sys.argv[2:])
    except KeyboardInterrupt:
        sys.exit(130)
