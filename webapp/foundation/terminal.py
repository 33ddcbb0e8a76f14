"""What the commands know of the terminal they speak to."""

import os


def language() -> str:
    """The language of this terminal: zh_Hans, zh_Hant or en."""
    said = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    if not said.startswith("zh"):
        return "en"
    return "zh_Hant" if said[3:5] in ("TW", "HK", "MO") else "zh_Hans"
