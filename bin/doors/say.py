"""What the doors tell the person at the terminal: plain sentences on standard error, nothing when nothing happens."""

import sys
from typing import NoReturn


def tell(sentence: str) -> None:
    """One sentence about what is going on, so that a long wait has a reason."""
    print(sentence, file=sys.stderr, flush=True)


def stop(sentence: str) -> NoReturn:
    """End with status 1 and the sentence that says what to do."""
    print(sentence, file=sys.stderr, flush=True)
    raise SystemExit(1)
