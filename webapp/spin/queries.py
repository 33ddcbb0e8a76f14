"""The card of four questions: how to put them to this customer, and what he has answered before."""

from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, undefer

from webapp.customers.models import Customer
from webapp.foundation.db import db
from webapp.playbook.models import PARTS, TalkTrack
from webapp.playbook.suggesting import tracks_of
from webapp.spin.models import SpinTalk
from webapp.spin.words import general

BEFORE = 3
PART = {"situation": "pain", "problem": "line", "implication": "selling_point", "need_payoff": "solution"}
"""Which part of a track puts which question."""


@dataclass(frozen=True)
class Card:
    """`questions`: step → what to say; `track`: whose questions they are, None if they are those for anybody."""

    questions: dict[str, str]
    track: TalkTrack | None
    onward: str
    before: list[SpinTalk]


def card_for(customer: Customer) -> Card:
    """Four queries at most."""
    track = next(iter(tracks_of(customer, "spin")), None)
    asked = general(customer.prefers_product or "")
    if track is not None:
        db.session.scalar(whole(track.id))
        asked = {step: said(track, PART[step]) or question for step, question in asked.items()}
    talks = select(SpinTalk).where(SpinTalk.customer_id == customer.id).order_by(SpinTalk.at.desc(), SpinTalk.id)
    before = db.session.scalars(talks.options(joinedload(SpinTalk.contact), joinedload(SpinTalk.by)).limit(BEFORE))
    return Card(asked, track, said(track, "call_to_action") if track else "", list(before))


def whole(track_id: str) -> Select[TalkTrack]:
    """The track with the long texts that lists do without."""
    parts = (undefer(getattr(TalkTrack, name)) for name in PARTS)
    return select(TalkTrack).where(TalkTrack.id == track_id).options(*parts).execution_options(populate_existing=True)


def said(track: TalkTrack, part: str) -> str:
    """What is said aloud of a part of a track."""
    return "\n".join(line for line, is_aloud in track.spoken(part) if is_aloud)
