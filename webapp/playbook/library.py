"""The library as such: what is approved, in which language, how it did, where it leads on to."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Select, false, func, select, true
from sqlalchemy.orm import defer

from webapp.foundation import clock, i18n
from webapp.foundation.db import db
from webapp.foundation.packing import is_casting
from webapp.playbook.models import PARTS, Kind, TalkTrack, TrackUse
from webapp.playbook.ranking import Outcomes
from webapp.playbook.standing import Cells, standing, worth

Counts = dict[str, Outcomes]


def language() -> str:
    """The language of tracks that this reader wants first; whoever reads traditional characters wants Chinese."""
    return "en" if i18n.tag() == "en" else "zh"


def cells_of(track_ids: Iterable[str]) -> dict[str, Cells]:
    """Track id → how its uses went with each kind of customer; one query, or none for no tracks."""
    found: dict[str, dict[Kind, Outcomes]] = {track_id: {} for track_id in track_ids}
    if not found:
        return {}
    by = (TrackUse.track_id, TrackUse.level, TrackUse.industry, TrackUse.role, TrackUse.outcome)
    counted = select(*by, func.count()).where(TrackUse.track_id.in_(list(found)), TrackUse.stands).group_by(*by)
    for track_id, level, industry, role, outcome, n in db.session.execute(counted):
        kind, cells = Kind(level, industry, role), found[track_id]
        cells[kind] = replace(cells.get(kind, Outcomes()), **{outcome: n})
    return {**found}


def outcome_counts(track_ids: Iterable[str]) -> Counts:
    """Track id → how its uses went with all; one query, or none for no tracks."""
    return {track_id: standing(cells).outcomes for track_id, cells in cells_of(track_ids).items()}


def in_one_language(tracks: Sequence[TalkTrack]) -> list[TalkTrack]:
    """Of tracks that say the same in several languages the one in the reader's; what he would miss stays in, last."""
    mine = language()
    known = {track.slug for track in tracks if track.language == mine}
    first = [track for track in tracks if track.language == mine]
    return first + [track for track in tracks if track.language != mine and track.slug not in known]


def brief(query: Select[TalkTrack], *needed: str) -> Select[TalkTrack]:
    """Without the long texts that a list does not show, but with those that are needed."""
    long = {*PARTS, "figures", "coach_note", "search_key"} - {*needed}
    return query.options(*(defer(getattr(TalkTrack, name)) for name in sorted(long)))


def approved(*needed: str) -> Select[TalkTrack]:
    """Those that everybody may use; none on a page that is to show what is the same for all."""
    seen = select(TalkTrack).where(TalkTrack.state == "approved", false() if is_casting() else true())
    return brief(seen, *needed)


def best_first(counts: Counts) -> Callable[[TalkTrack], tuple[bool, float]]:
    """In the reader's language, then by what it is worth; to be sorted by, ties stay as they were."""
    mine = language()
    return lambda track: (track.language != mine, -worth(counts[track.id]))


def with_such(cells: Mapping[str, Cells], kind: Kind) -> Counts:
    """Track id → how its uses went with customers of this kind, or with those who come nearest."""
    return {track_id: standing(one, kind).outcomes for track_id, one in cells.items()}


def continuations(tracks: Sequence[TalkTrack], leave_out: set[str | None]) -> list[TalkTrack]:
    """Where these tracks lead on to, in their order. One query."""
    slugs = [slug for slug in dict.fromkeys(s for track in tracks for s in track.next_slugs) if slug not in leave_out]
    onward = in_one_language(list(db.session.scalars(approved().where(TalkTrack.slug.in_(slugs))))) if slugs else []
    return sorted(onward, key=lambda track: slugs.index(track.slug or ""))


def my_outcomes(user_id: str, track_ids: Iterable[str], customer_id: str | None = None) -> dict[str, str]:
    """Track id → what this person said of it today (with this customer)."""
    said = select(TrackUse.track_id, TrackUse.outcome).where(TrackUse.track_id.in_(list(track_ids)), TrackUse.stands)
    mine = (TrackUse.by_id == user_id, TrackUse.customer_id == customer_id, TrackUse.day == clock.today())
    return {use.track_id: use.outcome for use in db.session.execute(said.where(*mine))}
