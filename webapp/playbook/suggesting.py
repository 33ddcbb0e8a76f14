"""The one line for a door, and the few that a report is likely to name."""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Select, Text, cast, exists, or_

from webapp.customers.models import Customer
from webapp.foundation.db import db
from webapp.foundation.pinyin import conditions
from webapp.playbook import words
from webapp.playbook.asking import FELL_FLAT, Asking, asking
from webapp.playbook.library import approved, best_first, cells_of, in_one_language, with_such
from webapp.playbook.models import Kind, Misfit, TalkTrack, TrackUse
from webapp.playbook.ranking import is_stale, names_trade, situations_for
from webapp.playbook.standing import Standing, standing

FOR_A_REPORT = 9
AT_HAND = 2
"""Of the lines for a door: the best, and the one that a phone shows in its place when it is not for him."""


@dataclass(frozen=True)
class Suggestion:
    """A line, and why it is this one: how it did with whom, and which words of his it answers (a code, or ""); `next`:
    what takes its place if it is not for him."""

    track: TalkTrack
    kind: Kind
    went: Standing
    answers: str
    next: "Suggestion | None" = None


def line_for(customer: Customer, heard: tuple[str, ...] = ()) -> Suggestion | None:
    """The line for this customer's door, now. Two queries."""
    unfit = exists().where(Misfit.track_id == TalkTrack.id, Misfit.customer_id == customer.id)
    flat = exists().where(TrackUse.track_id == TalkTrack.id, TrackUse.customer_id == customer.id, *FELL_FLAT)
    of = replace(asking(customer), heard=heard)
    rows = db.session.execute(_query(of, _likely(of), "objection").add_columns(unfit, flat)).all()
    tried: dict[str, Any] = {
        "unfit": frozenset(row[0].id for row in rows if row[1]),
        "flat": frozenset(row[0].id for row in rows if row[2]),
    }
    return _best(replace(of, **tried), _for_trade(of, [row[0] for row in rows]))


def suggestion(of: Asking) -> Suggestion | None:
    """What answers what he said last time, then what is for this stage of the sale; a complaint before all. What fell
    flat with him comes last. Two queries."""
    return _best(of, _meant(of, _likely(of), "objection"))


def _likely(of: Asking) -> set[str]:
    return {*situations_for(of), "objection"}


def _best(of: Asking, tracks: list[TalkTrack]) -> Suggestion | None:
    likely = situations_for(of)
    tracks = [track for track in tracks if track.id not in of.unfit]
    answered = {track.id: _answered(track, of.heard) for track in tracks}
    tracks = [track for track in tracks if answered[track.id] or (track.situation in likely and _at_stage(track, of))]
    cells = cells_of(track.id for track in tracks)
    rank = best_first(with_such(cells, of.kind))

    def order(track: TalkTrack) -> tuple[object, ...]:
        first = track.situation != "complaint" and not answered[track.id]
        place = likely.index(track.situation) if track.situation in likely else len(likely)
        complaint = of.has_complaint and track.situation == "complaint"
        return (track.id in of.flat, not complaint, first, place, *_misfit(track, of), *rank(track))

    found: Suggestion | None = None
    for track in reversed(sorted(tracks, key=order)[:AT_HAND]):
        found = Suggestion(track, of.kind, standing(cells[track.id], of.kind), answered[track.id], found)
    return found


def tracks_for_report(customer: Customer | Asking) -> list[TalkTrack]:
    """The few tracks that a report on this customer is likely to name; objections come at any stage. Two queries."""
    of = customer if isinstance(customer, Asking) else asking(customer)
    likely = (*situations_for(of), "objection")
    tracks = _meant(of, set(likely), "objection")
    rank = best_first(with_such(cells_of(track.id for track in tracks), of.kind))
    tracks.sort(key=lambda track: (likely.index(track.situation), *_misfit(track, of), *rank(track)))
    objections = [track for track in tracks if track.situation == "objection"]
    others = [track for track in tracks if track.situation != "objection"]
    return (others[: FOR_A_REPORT - len(objections[:6])] + objections)[:FOR_A_REPORT]


def tracks_of(customer: Customer | Asking, situation: str) -> list[TalkTrack]:
    """What is meant for this customer in one situation, at any stage, best first. Two queries."""
    of = customer if isinstance(customer, Asking) else asking(customer)
    tracks = _meant(of, {situation}, situation)
    rank = best_first(with_such(cells_of(track.id for track in tracks), of.kind))
    return sorted(tracks, key=lambda track: (*_misfit(track, of), *rank(track)))


def _meant(of: Asking, situations: set[str], always: str) -> list[TalkTrack]:
    return _for_trade(of, list(db.session.scalars(_query(of, situations, always))))


def _query(of: Asking, situations: set[str], always: str) -> Select[TalkTrack]:
    """What is meant for this stage, by name; what is `always` of use, at any stage."""
    stages = cast(TalkTrack.stages, Text)
    at_stage = or_(TalkTrack.situation == always, stages == "[]", stages.contains(f'"{of.stage}"'))
    return approved("search_key").where(TalkTrack.situation.in_(situations), at_stage).order_by(TalkTrack.title)


def _for_trade(of: Asking, tracks: list[TalkTrack]) -> list[TalkTrack]:
    known = in_one_language(tracks)
    return [track for track in known if not track.industries or names_trade(track, of.industry)]


def _at_stage(track: TalkTrack, of: Asking) -> bool:
    return not track.stages or of.stage in track.stages


def _answered(track: TalkTrack, heard: tuple[str, ...]) -> str:
    """The first of what was heard that this track answers."""
    if track.situation != "objection":
        return ""
    known = (code for code in heard if code in words.HEARD)
    return next(
        (code for code in known if all(one in track.search_key for one in conditions(str(words.HEARD[code])))), ""
    )


def _misfit(track: TalkTrack, of: Asking) -> tuple[bool, bool, bool]:
    """Old figures, the industry not named, another level: none rules a track out, for any line is better than none."""
    of_another_level = bool(track.levels) and of.level not in track.levels
    return is_stale(track), not names_trade(track, of.industry), of_another_level
