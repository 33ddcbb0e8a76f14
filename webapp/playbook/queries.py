"""Talk tracks as the pages of the playbook need them."""

from dataclasses import dataclass

from sqlalchemy import Text, cast, or_, select

from webapp.accounts.models import User
from webapp.customers.models import Customer
from webapp.foundation.db import db
from webapp.playbook.library import (
    Counts,
    approved,
    best_first,
    brief,
    continuations,
    in_one_language,
    my_outcomes,
    outcome_counts,
)
from webapp.playbook.models import SITUATIONS, TalkTrack, TrackVersion, may_approve
from webapp.playbook.ranking import Outcomes, is_stale, names_trade, situations_for

FOR_A_REPORT = 9


@dataclass(frozen=True)
class Shelf:
    """The whole playbook as one list: by situation, with what waits for approval and what is retired beside it."""

    groups: list[tuple[str, list[TalkTrack]]]
    drafts: list[TalkTrack]
    retired: list[TalkTrack]
    situations: list[str]
    industries: list[str]
    counts: Counts


def shelf(user: User, situation: str = "", stage: str = "", industry: str = "") -> Shelf:
    """What this user finds in the playbook; the best of each situation first. Two queries."""
    seen = list(db.session.scalars(brief(TalkTrack.visible_to(user)).order_by(TalkTrack.title)))
    of_all = in_one_language([track for track in seen if track.state == "approved"])
    counts = outcome_counts(track.id for track in of_all)
    wanted = [track for track in of_all if _answers_filters(track, situation, stage, industry)]
    wanted.sort(key=best_first(counts))
    groups = [(name, [track for track in wanted if track.situation == name]) for name in SITUATIONS]
    mine = [track for track in seen if track.owner_id == user.id or may_approve(user)]
    return Shelf(
        groups=[group for group in groups if group[1]],
        drafts=[track for track in mine if track.state == "draft"],
        retired=[track for track in mine if track.state == "retired"],
        situations=[name for name in SITUATIONS if any(track.situation == name for track in of_all)],
        industries=sorted({name for track in of_all for name in track.industries}),
        counts=counts,
    )


def _answers_filters(track: TalkTrack, situation: str, stage: str, industry: str) -> bool:
    return (
        (not situation or track.situation == situation)
        and (not stage or not track.stages or stage in track.stages)
        and (not industry or not track.industries or industry in track.industries)
    )


@dataclass(frozen=True)
class TrackPage:
    """All that a track's own page shows beside the track."""

    outcomes: Outcomes
    mine: str
    next: list[TalkTrack]
    translation: TalkTrack | None
    versions: list[TrackVersion]


def track_page(track: TalkTrack, user: User, customer: Customer | None = None) -> TrackPage:
    others = approved().where(TalkTrack.slug == track.slug, TalkTrack.language != track.language).limit(1)
    versions = select(TrackVersion).where(TrackVersion.track_id == track.id).order_by(TrackVersion.version.desc())
    return TrackPage(
        outcomes=outcome_counts([track.id])[track.id],
        mine=my_outcomes(user.id, [track.id], customer.id if customer else None).get(track.id, ""),
        next=continuations([track], leave_out={track.slug}),
        translation=db.session.scalars(others).first(),
        versions=list(db.session.scalars(versions.limit(20))),
    )


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
