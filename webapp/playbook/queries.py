"""Talk tracks as the pages of the playbook need them."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Text, cast, or_, select

from webapp.accounts.models import User
from webapp.customers.models import Customer
from webapp.foundation.db import db
from webapp.playbook.history import Difference, differences
from webapp.playbook.library import (
    approved,
    best_first,
    continuations,
    in_one_language,
    my_outcomes,
    outcome_counts,
)
from webapp.playbook.masters import Master, master_of
from webapp.playbook.models import TalkTrack, TrackProposal
from webapp.playbook.models.version import spelled
from webapp.playbook.ranking import Outcomes, is_stale, names_trade, situations_for
from webapp.playbook.shelves import proposals_for

FOR_A_REPORT = 9


@dataclass(frozen=True)
class TrackPage:
    """All that a track's own page shows beside the track. `proposal`: what its author wants instead, and may be read."""

    outcomes: Outcomes
    mine: str
    next: list[TalkTrack]
    translation: TalkTrack | None
    versions: int
    proposal: TrackProposal | None
    proposed: list[Difference]
    master: Master | None
    version_to_approve: str


def track_page(track: TalkTrack, user: User, customer: Customer | None = None) -> TrackPage:
    others = approved().where(TalkTrack.slug == track.slug, TalkTrack.language != track.language).limit(1)
    proposal = db.session.scalar(proposals_for(user).where(TrackProposal.track_id == track.id))
    return TrackPage(
        outcomes=outcome_counts([track.id])[track.id],
        mine=my_outcomes(user.id, [track.id], customer.id if customer else None).get(track.id, ""),
        next=continuations([track], leave_out={track.slug}),
        translation=db.session.scalars(others).first(),
        versions=track.version,
        proposal=proposal,
        proposed=differences(spelled(track.words()), spelled(proposal.words())) if proposal else [],
        master=master_of(track.id),
        version_to_approve=_mark(track, proposal),
    )


def version_to_approve(track: TalkTrack) -> str:
    """What an approval has to name: the version as written, or as proposed."""
    return _mark(track, TrackProposal.of(track.id))


def _mark(track: TalkTrack, proposal: TrackProposal | None) -> str:
    return f"{track.version}-{proposal.id[-8:]}" if proposal else str(track.version)


def waits(track: TalkTrack) -> bool:
    """Whether something of it is still to be approved."""
    return track.state == "draft" or TrackProposal.of(track.id) is not None


def to_be_written(track: TalkTrack, user: User) -> dict[str, Any]:
    """What the form begins with: what this person has proposed himself, else what stands."""
    proposal = db.session.scalar(select(TrackProposal).where(TrackProposal.track_id == track.id))
    return proposal.words() if proposal and proposal.by_id == user.id else track.words()


def onward_choices(track: TalkTrack | None = None) -> list[tuple[str, str]]:
    """(slug, title) of the tracks that another may lead on to; first those that it leads to already, in their order."""
    tracks = in_one_language(list(db.session.scalars(approved().order_by(TalkTrack.situation, TalkTrack.title))))
    titles = {other.slug or "": other.title for other in tracks if track is None or other.slug != track.slug}
    chosen = [slug for slug in track.next_slugs if slug in titles] if track else []
    return [(slug, titles[slug]) for slug in dict.fromkeys([*chosen, *titles])]


def best_line(customer: Customer) -> TalkTrack | None:
    """The approved track whose line fits this customer best now, for the door card. Two queries."""
    return next(iter(_fitting(customer, situations_for(customer))), None)


def tracks_for_report(customer: Customer) -> list[TalkTrack]:
    """The few tracks that a report on this customer is likely to name; objections come at any stage. Two queries."""
    likely = situations_for(customer)
    tracks = _fitting(customer, (*likely, "objection"), always="objection")
    objections = [track for track in tracks if track.situation == "objection"]
    others = [track for track in tracks if track.situation != "objection"]
    return (others[: FOR_A_REPORT - len(objections[:6])] + objections)[:FOR_A_REPORT]


def _fitting(customer: Customer, situations: tuple[str, ...], always: str = "") -> list[TalkTrack]:
    """What is meant for this stage and industry, likeliest situation first; what is `always` of use, at any stage."""
    stages = cast(TalkTrack.stages, Text)
    query = approved().where(
        TalkTrack.situation.in_(situations),
        or_(TalkTrack.situation == always, stages == "[]", stages.contains(f'"{customer.stage}"')),
    )
    tracks = in_one_language(list(db.session.scalars(query.order_by(TalkTrack.title))))
    tracks = [track for track in tracks if not track.industries or names_trade(track, customer.industry)]
    rank = best_first(outcome_counts(track.id for track in tracks))
    return sorted(
        tracks, key=lambda track: (situations.index(track.situation), *_misfit(track, customer), *rank(track))
    )


def _misfit(track: TalkTrack, customer: Customer) -> tuple[bool, bool, bool]:
    """Old figures, the industry not named, another level: none rules a track out, for any line is better than none."""
    of_another_level = bool(track.levels) and customer.level not in track.levels
    return is_stale(track), not names_trade(track, customer.industry), of_another_level
