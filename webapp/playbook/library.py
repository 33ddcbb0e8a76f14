"""The library as such: what is approved, in which language, how it did, where it leads on to."""

from collections.abc import Callable, Iterable, Sequence

from sqlalchemy import Select, false, func, select, true
from sqlalchemy.orm import defer

from webapp.foundation import clock, i18n
from webapp.foundation.db import db
from webapp.foundation.packing import is_casting
from webapp.playbook.models import PARTS, TalkTrack, TrackUse
from webapp.playbook.ranking import Outcomes

Counts = dict[str, Outcomes]


def language() -> str:
    """The language of tracks that this reader wants first; whoever reads traditional characters wants Chinese."""
    return "en" if i18n.tag() == "en" else "zh"


def outcome_counts(track_ids: Iterable[str]) -> Counts:
    """Track id → how its uses went; one query, or none for no tracks."""
    ids = list(track_ids)
    if not ids:
        return {}
    counted = select(TrackUse.track_id, TrackUse.outcome, func.count()).where(TrackUse.track_id.in_(ids))
    found: dict[str, dict[str, int]] = {track_id: {} for track_id in ids}
    for track_id, outcome, n in db.session.execute(counted.group_by(TrackUse.track_id, TrackUse.outcome)):
        found[track_id][outcome] = n
    return {track_id: Outcomes(**counts) for track_id, counts in found.items()}


def in_one_language(tracks: Sequence[TalkTrack]) -> list[TalkTrack]:
    """Of tracks that say the same in several languages the one in the reader's; what he would miss stays in, last."""
    mine = language()
    known = {track.slug for track in tracks if track.language == mine}
    first = [track for track in tracks if track.language == mine]
    return first + [track for track in tracks if track.language != mine and track.slug not in known]


def brief(query: Select[TalkTrack]) -> Select[TalkTrack]:
    """Without the long texts that a list does not show."""
    return query.options(*(defer(getattr(TalkTrack, name)) for name in (*PARTS, "figures", "coach_note", "search_key")))


def approved() -> Select[TalkTrack]:
    """Those that everybody may use; none on a page that is to show what is the same for all."""
    return brief(select(TalkTrack).where(TalkTrack.state == "approved", false() if is_casting() else true()))


def best_first(counts: Counts) -> Callable[[TalkTrack], tuple[bool, float]]:
    """In the reader's language, then by how likely it is to work; to be sorted by, ties stay as they were."""
    mine = language()
    return lambda track: (track.language != mine, -counts[track.id].promise)


def continuations(tracks: Sequence[TalkTrack], leave_out: set[str | None]) -> list[TalkTrack]:
    """Where these tracks lead on to, in their order. One query."""
    slugs = [slug for slug in dict.fromkeys(s for track in tracks for s in track.next_slugs) if slug not in leave_out]
    onward = in_one_language(list(db.session.scalars(approved().where(TalkTrack.slug.in_(slugs))))) if slugs else []
    return sorted(onward, key=lambda track: slugs.index(track.slug or ""))


def my_outcomes(user_id: str, track_ids: Iterable[str], customer_id: str | None = None) -> dict[str, str]:
    """Track id → what this person said of it today (with this customer)."""
    today = clock.day_bounds(clock.today())[0]
    said = select(TrackUse.track_id, TrackUse.outcome).where(TrackUse.track_id.in_(list(track_ids)))
    said = said.where(TrackUse.by_id == user_id, TrackUse.customer_id == customer_id, TrackUse.at >= today)
    return {use.track_id: use.outcome for use in db.session.execute(said.order_by(TrackUse.at))}
