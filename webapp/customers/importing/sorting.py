"""The rows of a file, sorted: faulty, known, or new. The preview counts them, the run takes them in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from webapp.customers.importing.known import Known, Twin
from webapp.customers.importing.meaning import Fault
from webapp.customers.importing.rows import Draft, draft_of, first_words

Row = tuple[int, list[str]]
BATCH = 500


@dataclass
class Pile:
    """So many rows, each in the place where it belongs, in the order of the file."""

    rows: int = 0
    new: list[Draft] = field(default_factory=list)
    known: list[tuple[Draft, Twin]] = field(default_factory=list)
    faulty: list[tuple[int, str, Fault]] = field(default_factory=list)


def sort(
    rows: Iterable[Row], mapping: dict[int, str], headings: list[str], known: Known | None, whole: bool = True
) -> Pile:
    """Sort these rows; without `known` every good row is new."""
    pile = Pile()
    drafts = []
    for line, cells in rows:
        pile.rows += 1
        try:
            drafts.append(draft_of(line, cells, mapping, headings))
        except Fault as fault:
            pile.faulty.append((line, first_words(cells, mapping), fault))
    if known is None:
        pile.new = drafts
        return pile
    known.learn(drafts)
    for draft in drafts:
        if twin := known.find(draft):
            pile.known.append((draft, twin))
        else:
            known.remember(draft, whole)
            pile.new.append(draft)
    return pile


@dataclass
class Survey:
    """How many rows of a file are new, known and faulty, with the first of each to be shown."""

    new: int = 0
    known: int = 0
    faulty: int = 0
    first: Pile = field(default_factory=Pile)


def survey(rows: Iterable[Row], mapping: dict[int, str], headings: list[str], known: Known, shown: int) -> Survey:
    """Sort a whole file, some hundred rows at a time, and keep only what is shown of it."""
    counted = Survey()
    for batch in batches(iter(rows), BATCH):
        pile = sort(batch, mapping, headings, known, whole=False)
        for kind in ("new", "known", "faulty"):
            found, kept = getattr(pile, kind), getattr(counted.first, kind)
            setattr(counted, kind, getattr(counted, kind) + len(found))
            kept += found[: shown - len(kept)]
    return counted


def batches(rows: Iterator[Row], size: int) -> Iterator[list[Row]]:
    while batch := list(islice(rows, size)):
        yield batch
