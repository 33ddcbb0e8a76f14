"""Whose lines work: a new rep sees what the best rep says, and whom to ask how."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, case, func, select

from webapp.accounts.models import User
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.foundation.packing import is_casting
from webapp.playbook.models import TalkTrack, TrackUse
from webapp.playbook.ranking import ENOUGH, Outcomes

SEASON = timedelta(days=90)
LINES = 3


@dataclass(frozen=True)
class Master:
    """Who gets most out of one track, and how it went with him."""

    user: User
    outcomes: Outcomes


@dataclass(frozen=True)
class Best:
    """The person whose lines worked most often lately, and those lines, the best first."""

    user: User
    outcomes: Outcomes
    tracks: list[TalkTrack]


def _sums(kind: str) -> ColumnElement[int]:
    return func.sum(case((TrackUse.outcome == kind, 1), else_=0))


def master_of(track_id: str) -> Master | None:
    """Of all who used it often enough, the one with whom it worked most. One query."""
    counted = [_sums(kind) for kind in ("worked", "half", "flat")]
    rows = (
        select(User, *counted)
        .join(User, User.id == TrackUse.by_id)
        .where(TrackUse.track_id == track_id, TrackUse.stands)
    )
    rows = rows.where(User.disabled_at.is_(None), User.role == "rep").group_by(User.id).having(func.count() >= ENOUGH)
    found = [Master(user, Outcomes(*map(int, sums))) for user, *sums in db.session.execute(rows)]
    found = [one for one in found if _is_good(one.outcomes)]
    return max(found, key=lambda one: (one.outcomes.promise, one.user.name), default=None)


def best_of(tracks: Sequence[TalkTrack]) -> Best | None:
    """Whose lines of these worked most often in the last ninety days; nobody while there is too little to say.
    Two queries. Not on a page that is to show what is the same for all."""
    if is_casting():
        return None
    since = clock.day_bounds(clock.today())[0] - SEASON
    counted = [_sums(kind) for kind in ("worked", "half", "flat")]
    rows = select(TrackUse.by_id, TrackUse.track_id, *counted).join(User, User.id == TrackUse.by_id)
    rows = rows.where(TrackUse.at >= since, TrackUse.stands, User.disabled_at.is_(None), User.role == "rep")
    known = {track.id: track for track in tracks}
    people: dict[str, dict[str, Outcomes]] = {}
    for by_id, track_id, *sums in db.session.execute(rows.group_by(TrackUse.by_id, TrackUse.track_id)):
        if track_id in known:
            people.setdefault(by_id, {})[track_id] = Outcomes(*map(int, sums))
    whole = {by_id: _together(list(uses.values())) for by_id, uses in people.items()}
    whole = {by_id: sums for by_id, sums in whole.items() if sums.total >= ENOUGH and _is_good(sums)}
    if not whole:
        return None
    by_id = max(whole, key=lambda id: (whole[id].promise, id))
    uses = {id: one for id, one in people[by_id].items() if one.worked}
    lines = sorted(uses, key=lambda id: (-uses[id].promise, known[id].title))[:LINES]
    return Best(db.session.get_one(User, by_id), whole[by_id], [known[id] for id in lines])


def _is_good(outcomes: Outcomes) -> bool:
    """It worked at least every other time: nobody is to be asked how he failed."""
    return outcomes.worked * 2 >= outcomes.total


def _together(outcomes: list[Outcomes]) -> Outcomes:
    return Outcomes(*(sum(getattr(one, kind) for one in outcomes) for kind in ("worked", "half", "flat")))
