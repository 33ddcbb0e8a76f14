"""The first screen is one screen. What may be left out gives way, then the longest lines that are left share the room
that is left."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True)
class Room:
    """What the ledger holds on a phone of 390 × 844 px: lines, and columns of half a 汉字 in each of them."""

    lines: int = 13
    columns: int = 36

    def lines_of(self, text: str, taken: int = 0) -> int:
        """How many lines a text wants, beside a mark that takes some columns."""
        return max(1, ceil((columns(text) + taken) / self.columns))

    def give_way(self, wanted: Sequence[int], least: Sequence[int]) -> list[int]:
        """How many lines each row may keep. The last rows give way first, none goes below its least."""
        keep = list(wanted)
        for place in reversed(range(len(keep))):
            keep[place] = max(min(least[place], wanted[place]), keep[place] - max(0, sum(keep) - self.lines))
        return keep

    def roomy(self, texts: Iterable[tuple[str, int]], taken: int) -> frozenset[str]:
        """Those of the texts that may take a second line, the first ones first; the others are cut at the end of theirs."""
        long = [text for text, mark in texts if self.lines_of(text, mark) > 1]
        return frozenset(long[: max(0, self.lines - taken)])


ROOM = {"en": Room(lines=15, columns=40)}
"""English is set smaller: more lines, more letters in each."""


def columns(text: str) -> int:
    """How wide a text is: a 汉字 counts two, other signs one."""
    return sum(2 if sign > "\u2e7f" else 1 for sign in text)
