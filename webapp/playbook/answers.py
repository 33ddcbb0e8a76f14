"""What to say to what a customer just said."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from webapp.accounts.models import User
from webapp.customers.models import Customer
from webapp.foundation.db import db
from webapp.foundation.pinyin import like_all, matches, score, search_key
from webapp.playbook.library import (
    Counts,
    approved,
    best_first,
    cells_of,
    continuations,
    in_one_language,
    my_outcomes,
    with_such,
)
from webapp.playbook.models import TalkTrack
from webapp.playbook.ranking import fits
from webapp.playbook.standing import kind_of, standing

LINES = 3
"""Nobody reads more than three at a door."""
ALSO = 6
ELSEWHERE = 2
"""The tier of what is found in the title or the line only."""


@dataclass(frozen=True)
class Answers:
    """What to say now: at most three lines, and what else may help."""

    lines: list[TalkTrack]
    also: list[TalkTrack]
    counts: Counts
    mine: dict[str, str]


def answers(said: str, user: User, customer: Customer | None = None) -> Answers:
    """The best lines for what a customer just said, in 汉字, pinyin, initials or English. Five queries.

    First what answers those very words, then what has them in its title or line; among equals what is meant for this
    customer, then what worked most with customers like him (webapp.playbook.standing). A track that was found by its
    wording in another language is shown in the reader's.
    """
    found = select(TalkTrack.slug).where(TalkTrack.state == "approved", like_all(TalkTrack.search_key, said))
    tracks = list(db.session.scalars(approved().where(TalkTrack.slug.in_(found)).order_by(TalkTrack.title)))
    tiers = _tiers(said, tracks)
    tracks = in_one_language([track for track in tracks if track.slug in tiers])
    cells = cells_of(track.id for track in tracks)
    counts = {track_id: standing(one).outcomes for track_id, one in cells.items()}
    tracks.sort(key=best_first(with_such(cells, kind_of(customer)) if customer else counts))
    tracks.sort(key=lambda track: (tiers[track.slug or ""], customer is not None and not fits(track, customer)))
    lines, rest = tracks[:LINES], tracks[LINES:]
    mine = my_outcomes(user.id, [track.id for track in lines], customer.id if customer else None)
    onward = continuations(lines, leave_out={track.slug for track in tracks})
    return Answers(lines=lines, also=(rest + onward)[:ALSO], counts=counts, mine=mine)


def _tiers(said: str, tracks: Sequence[TalkTrack]) -> dict[str, int]:
    """Slug → how well what was said is met; of a track in several languages the best."""
    tiers: dict[str, int] = {}
    for track in tracks:
        found = [_tier(said, phrase) for phrase in track.heard_lines if matches(said, phrase)]
        if found or matches(said, track.title, track.line, *track.heard_lines):
            slug = track.slug or ""
            tiers[slug] = min([tiers.get(slug, ELSEWHERE), *found])
    return tiers


def _tier(said: str, phrase: str) -> int:
    """0: customers say so. 1: only letters from its middle, which may be chance (tg is 太贵, but also 没听过)."""
    return 0 if not said.isascii() or score(said, search_key(phrase)) < 2 else 1
