"""Talk tracks as the pages of the playbook need them."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from webapp.accounts.models import User
from webapp.customers.models import Customer
from webapp.foundation.db import db
from webapp.playbook.history import Difference, differences
from webapp.playbook.library import (
    approved,
    continuations,
    in_one_language,
    my_outcomes,
    outcome_counts,
)
from webapp.playbook.masters import Master, master_of
from webapp.playbook.models import TalkTrack, TrackProposal
from webapp.playbook.models.version import spelled
from webapp.playbook.ranking import Outcomes
from webapp.playbook.shelves import proposals_for


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
