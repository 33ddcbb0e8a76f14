"""The rows of a file, sorted: faulty, known, or new. The preview counts them, the run takes them in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from webapp.customers.importing.known import Known, Twin
from webapp.customers.importing.rows import Draft, Fault, draft_of, first_words

Row = tuple[int, list[str]]
BATCH = 500


@dataclass
class Pile:
    """So many rows, each in the place where it belongs, in the order of the file."""

    rows: int = 0
    new: list[Draft] = field(default_factory=list)
    known: list[tuple[Draft, Twin]] = field(default_factory=list)
    faulty: list[tuple[int, str, Fault]] = field(default_factory=list)


def sort(rows: Iterable[Row], mapping: dict[int, str], headings: list[str], known: Known | None) -> Pile:
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
            known.remember(draft)
            pile.new.append(draft)
    return pile


def sort_all(rows: Iterable[Row], mapping: dict[int, str], headings: list[str], known: Known) -> Pile:
    """Sort a whole file, some hundred rows at a time, for counting."""
    whole = Pile()
    for batch in batches(iter(rows), BATCH):
        pile = sort(batch, mapping, headings, known)
        whole.rows += pile.rows
        whole.new += pile.new
        whole.known += pile.known
        whole.faulty += pile.faulty
    return whole


def batches(rows: Iterator[Row], size: int) -> Iterator[list[Row]]:
    while batch := list(islice(rows, size)):
        yield batch
