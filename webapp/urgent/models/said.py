from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """What a customer complains about, in his words, and what he wants."""

    words: str = ""
    about: str = "other"
    product: str = ""
    wants: str = ""
