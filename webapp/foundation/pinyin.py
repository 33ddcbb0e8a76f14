"""One search box for 汉字, full pinyin, initials, phone tails and English: keys that are stored, and questions to them.

The rules, few enough to be written a second time on the phone (its test is the same tests/foundation/search_table.json):

1. *Folding.* NFKD, lower case, accents off, NFC, each traditional 汉字 to its simplified one, +86 off.
2. *Units.* A run of letters (Ll) and digits (Nd) is one unit, a *word*. Every other letter, number or symbol (汉字, kana,
   emoji) is a unit of its own. Punctuation and spaces vanish, but between two words they end a *chunk*.
   A text of digits and phone punctuation, 7 digits or more, is one word.
3. *Key.* `" " + heads + " | " + rest + " "`: pieces with single spaces between. The pieces of a chunk: its text; and from each
   unit to the end the readings joined ("zhongguoshiyou guoshiyou shiyou you") and the first letters joined, two or more
   ("zgsy gsy sy"); a word reads as itself in both. Pieces are cut at 32 characters. Heads are what begins the first
   text, so that a name which begins with the question can stand first.
4. *Question.* Folded and cut likewise; spaces also end a chunk. Each chunk falls into runs: a word, or 汉字 in a row. Each
   run is a *needle*, and all must lie in the key: 汉字 and 4 or more digits as they are, other words with a space before.
5. *Adjacency.* A mixed chunk ("wang钢") also wants its runs side by side in one chunk of one text, each word in it
   covering whole syllables or initials, the last one as far as it was typed. `matches` sees to it; the needles alone do not.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, and_, case, true

from webapp.foundation.folding import Unit, chunks_of, fold, is_word, simplified, spans_of, spread_out
from webapp.foundation.keys import MAX_KEY, MAX_UNITS, PIECE, initials_of, readings_of, search_key, ways

MAX_NEEDLES = 8

__all__ = [
    "MAX_KEY",
    "conditions",
    "fold",
    "is_mixed",
    "like_all",
    "matches",
    "readings_of",
    "score",
    "score_order",
    "search_key",
]


def conditions(query: str) -> list[str]:
    """The needles of a question: each must lie in the key. None: nothing was asked, everything answers."""
    needles = (_needle(run) for runs in _questions(query) for run in runs)
    return list(dict.fromkeys(needles))[:MAX_NEEDLES]


def like_all(column: Any, query: str) -> ColumnElement[bool]:
    """SQL for rule 4 on a key column, the same on SQLite and PostgreSQL."""
    needles = conditions(query)
    return and_(*(column.contains(needle, autoescape=True) for needle in needles)) if needles else true()


def is_mixed(query: str) -> bool:
    """Whether rule 5 has something to say about this question, so that `matches` is to be asked after `like_all`."""
    return any(len(runs) > 1 for runs in _questions(query))


def matches(query: str, *texts: str | None) -> bool:
    """Rules 4 and 5, exactly, on the texts themselves."""
    chunks = [chunk for text in texts for chunk in chunks_of(text or "")]
    return all(any(_holds(chunk, runs) for chunk in chunks) for runs in _questions(query))


def score(query: str, key: str) -> int:
    """0: the name is what was asked, 1: it begins so, 2: it is found elsewhere, 3: not at all."""
    needles = conditions(query)
    if not all(needle in key for needle in needles):
        return 3
    head, first = key.partition(" | ")[0] + " ", " " + "".join(needles[:1]).strip()
    if not needles or first not in head:
        return 2
    return 0 if len(needles) == 1 and first + " " in head else 1


def score_order(column: Any, query: str) -> ColumnElement[int]:
    """`score` for ORDER BY, of rows that `like_all` has let through."""
    needles = conditions(query)
    if not needles:
        return case((true(), 2))
    first = " " + needles[0].strip()
    begins = (column.like(f"%{first}%|%"), 1)
    return case((column.like(f"%{first} %|%"), 0), begins, else_=2) if len(needles) == 1 else case(begins, else_=2)


def _questions(query: str) -> Iterator[list[str]]:
    """Rule 4: the runs of each chunk of a question; 4 digits and more are a chunk of their own."""
    for text in spread_out(query).split():
        for spans in spans_of(text):
            runs: list[tuple[str, bool]] = []
            for start, end, word in spans:
                part = text[start:end] if word else simplified(text[start])
                if runs and not word and not runs[-1][1]:
                    runs[-1] = (runs[-1][0] + part, False)
                else:
                    runs.append((part[:PIECE] if word else part, word))
            yield from ([run] for run, _word in runs if _is_number(run))
            if rest := [run for run, _word in runs if not _is_number(run)]:
                yield rest


def _is_number(run: str) -> bool:
    return len(run) >= 4 and run.isdecimal()


def _needle(run: str) -> str:
    return " " + run if is_word(run[0]) and not _is_number(run) else run


def _holds(chunk: list[Unit], runs: list[str]) -> bool:
    if _is_number(runs[0]):
        return any(runs[0] in unit.text for unit in chunk if unit.word)
    return any(
        _follows(chunk, readings, start, runs)
        for _changed, readings in ways(chunk[:MAX_UNITS])
        for start in range(len(chunk))
    )


def _follows(chunk: list[Unit], readings: list[str], start: int, runs: list[str]) -> bool:
    """Do the runs cover the chunk from `start` on, side by side?"""
    if not runs:
        return True
    run, last = runs[0], len(runs) == 1
    if not is_word(run[0]):
        end = start + len(run)
        return "".join(unit.text for unit in chunk[start:end]) == run and _follows(chunk, readings, end, runs[1:])
    spoken = readings[start:]
    for parts in (spoken, initials_of(chunk[start : start + len(spoken)], spoken)):
        if last and "".join(parts).startswith(run):
            return True
        ends = (end for end in range(1, len(parts) + 1) if "".join(parts[:end]) == run)
        if not last and any(_follows(chunk, readings, start + end, runs[1:]) for end in ends):
            return True
    return False
