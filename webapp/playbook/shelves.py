"""The playbook as one list."""

from dataclasses import dataclass, replace

from sqlalchemy import Select, exists, or_, select

from webapp.accounts.access import visible_to
from webapp.accounts.models import User
from webapp.foundation.db import db
from webapp.playbook.library import Counts, best_first, brief, in_one_language, outcome_counts
from webapp.playbook.masters import Best, best_of
from webapp.playbook.models import SITUATIONS, TalkTrack, TrackProposal, may_approve


def proposals_for(user: User) -> Select[TrackProposal]:
    """The changes that this person may read: his own, and those of the people whom he leads."""
    return select(TrackProposal).where(visible_to(user, TrackProposal.by_id))


@dataclass(frozen=True)
class Shelf:
    """The whole playbook as one list: by situation, with what waits for approval and what is retired beside it."""

    groups: list[tuple[str, list[TalkTrack]]]
    drafts: list[TalkTrack]
    retired: list[TalkTrack]
    situations: list[str]
    industries: list[str]
    counts: Counts
    best: Best | None


def shelf(user: User, situation: str = "", **filters: str) -> Shelf:
    """What this user finds in the playbook; the best of each situation first. Five queries.

    `filters`: stage, industry, level, persona; what a track leaves open answers any of them.
    """
    seen = list(db.session.scalars(brief(TalkTrack.visible_to(user)).order_by(TalkTrack.title)))
    of_all = in_one_language([track for track in seen if track.state == "approved"])
    counts = outcome_counts(track.id for track in of_all)
    meant = {track.id for track in seen if situation in ("", track.situation) and _answers(track, filters)}
    wanted = sorted((track for track in of_all if track.id in meant), key=best_first(counts))
    groups = [(name, [track for track in wanted if track.situation == name]) for name in SITUATIONS]
    mine = [track for track in seen if track.owner_id == user.id or may_approve(user)]
    best = best_of(of_all)
    proposed = set(db.session.scalars(proposals_for(user).with_only_columns(TrackProposal.track_id)))
    return Shelf(
        groups=[group for group in groups if group[1]],
        drafts=[track for track in mine if track.id in meant and (track.state == "draft" or track.id in proposed)],
        retired=[track for track in mine if track.state == "retired"],
        situations=[name for name in SITUATIONS if any(track.situation == name for track in of_all)],
        industries=sorted({name for track in of_all for name in track.industries}),
        counts=counts,
        best=best and replace(best, tracks=[track for track in best.tracks if track.id in meant]),
    )


COLUMNS = {"stage": "stages", "industry": "industries", "level": "levels", "persona": "personas"}


def _answers(track: TalkTrack, filters: dict[str, str]) -> bool:
    """Whether the track is meant for all that was chosen."""
    meant = ((getattr(track, COLUMNS[name]), value) for name, value in filters.items() if value)
    return all(not values or value in values for values, value in meant)


def waiting_for(user: User) -> Select[TalkTrack]:
    """The tracks of the people whom this person leads that wait to be approved, and whose turn it is not to mend them."""
    proposed = exists().where(TrackProposal.track_id == TalkTrack.id)
    rows = select(TalkTrack).where(or_(TalkTrack.state == "draft", proposed), TalkTrack.remark == "")
    mine = rows.where(TalkTrack.owner_id != user.id, visible_to(user, TalkTrack.owner_id))
    return mine.order_by(TalkTrack.updated_at, TalkTrack.id)
