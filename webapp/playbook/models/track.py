from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Integer, Select, String, Text, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.accounts.access import visible_to
from webapp.accounts.models import User
from webapp.foundation import clock
from webapp.foundation.db import Base, HasId, UtcDateTime, db, new_id
from webapp.foundation.facts import tell
from webapp.foundation.pinyin import search_key
from webapp.playbook.facts import TrackApproved, TrackHandedIn, TrackSentBack
from webapp.playbook.models.lines import Readable
from webapp.playbook.models.version import TrackProposal, TrackVersion, spelled, stored, version_at

SITUATIONS = ("opening", "spin", "pain", "objection", "comparison", "closing", "after_sales", "complaint", "care")
PARTS = ("pain", "selling_point", "solution", "call_to_action")
APPLIES = ("product", "industries", "stages", "levels", "personas", "next_slugs", "figures", "figures_valid_until")
WORDS = ("title", "situation", "heard", "line", *PARTS, *APPLIES)
"""What a track says and when it applies: what a new version may change."""
APPROVERS = ("supervisor", "manager", "director", "admin")
"""Whoever leads a team or keeps the house answers for what everybody reads."""


def may_approve(user: User) -> bool:
    return user.role in APPROVERS


class TalkTrack(Readable, HasId, Base):
    """What to say in one situation: pain → selling point → solution with evidence → call to action.

    Empty `industries`, `stages`, `levels` or `personas` (decision roles of contacts) mean all. `heard` holds what the
    customer says, a line each; `line` is the one sentence that carries. In the four parts a line in brackets is a
    reminder and is not said aloud. `figures`: a line each, «the figure | where it comes from», to be looked at again on
    `figures_valid_until`. `coach_note` is read by those who may approve, and by nobody else. `remark`: why its last
    change came back to its owner. `state`: 'draft', 'approved' or 'retired'. `slug` names a track over all languages;
    other tracks lead on to it. A change to an approved track by somebody who may not approve is a `TrackProposal`:
    until it is approved everybody reads what was approved before.
    """

    __tablename__ = "talk_track"

    slug: Mapped[str | None] = mapped_column(String(80), index=True)
    language: Mapped[str] = mapped_column(String(10), default="zh")
    title: Mapped[str] = mapped_column(String(100))
    situation: Mapped[str] = mapped_column(String(16), index=True)
    heard: Mapped[str] = mapped_column(Text, default="")
    line: Mapped[str] = mapped_column(String(120), default="")
    pain: Mapped[str] = mapped_column(Text, default="")
    selling_point: Mapped[str] = mapped_column(Text, default="")
    solution: Mapped[str] = mapped_column(Text, default="")
    call_to_action: Mapped[str] = mapped_column(Text, default="")
    product: Mapped[str] = mapped_column(String(100), default="")
    industries: Mapped[list[str]] = mapped_column(JSON, default=list)
    stages: Mapped[list[str]] = mapped_column(JSON, default=list)
    levels: Mapped[list[str]] = mapped_column(JSON, default=list)
    personas: Mapped[list[str]] = mapped_column(JSON, default=list)
    next_slugs: Mapped[list[str]] = mapped_column(JSON, default=list)
    figures: Mapped[str] = mapped_column(Text, default="")
    figures_valid_until: Mapped[date | None] = mapped_column(Date)
    coach_note: Mapped[str] = mapped_column(Text, default="")
    remark: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(Integer, default=1)
    state: Mapped[str] = mapped_column(String(10), default="draft", index=True)
    owner_id: Mapped[str] = mapped_column(ForeignKey("user.id"))
    approved_by_id: Mapped[str | None] = mapped_column(ForeignKey("user.id"))
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    search_key: Mapped[str] = mapped_column(Text, default="")

    owner: Mapped[User] = relationship(foreign_keys=[owner_id])
    approved_by: Mapped[User | None] = relationship(foreign_keys=[approved_by_id])

    @classmethod
    def visible_to(cls, user: User) -> Select["TalkTrack"]:
        """What was approved, also if retired since; drafts only with their authors and those who lead them."""
        return select(cls).where(or_(cls.approved_at.is_not(None), visible_to(user, cls.owner_id)))

    @classmethod
    def write(cls, by: User, id: str | None = None, **words: Any) -> "TalkTrack":
        """A new track; of someone who may approve it, it is approved at once."""
        track_id = id or new_id()
        track = cls(id=track_id, slug=words.pop("slug", None) or track_id, owner_id=by.id, version=1, **words)
        db.session.add(track)
        track._settle(by)
        return track

    def may_be_edited_by(self, user: User) -> bool:
        return self.state != "retired" and (self.owner_id == user.id or may_approve(user))

    def may_be_retired_by(self, user: User) -> bool:
        return self.state != "retired" and (may_approve(user) or (self.owner_id == user.id and self.state == "draft"))

    def revise(self, by: User, **words: Any) -> bool:
        """Change what the track says: a new version, or a proposal of one. False if nothing changed."""
        before = self.words()
        if all(before[name] == value for name, value in words.items()):
            return False
        if self.state == "approved" and not may_approve(by):
            self.remark = ""
            TrackProposal.make(self.id, self.version, stored({**before, **words}), by)
            tell(TrackHandedIn(self, by))
            return True
        TrackProposal.drop(self.id)
        self._become(words, by)
        self._settle(by)
        return True

    def _become(self, words: dict[str, Any], by: User) -> None:
        before = spelled(self.words())
        db.session.add(TrackVersion(track_id=self.id, version=self.version, body=before, by_id=by.id))
        for name, value in words.items():
            setattr(self, name, value)
        self.version, self.updated_at = self.version + 1, clock.now()

    def approve(self, by: User) -> None:
        """Let everyone read and use it from now on: what is written, or what was proposed."""
        if self.state == "approved" and (proposal := TrackProposal.of(self.id)):
            author = proposal.by
            self._become(proposal.words(), author)
            TrackProposal.drop(self.id)
        else:
            author = self.owner
        self._let_in(by)
        tell(TrackApproved(self, author, by))

    def _let_in(self, by: User) -> None:
        self.state, self.approved_by_id, self.approved_at, self.remark = "approved", by.id, clock.now(), ""
        self.search_key = search_key(self.title, self.line, *self.heard_lines)

    def send_back(self, by: User, remark: str) -> None:
        """What was handed in is not approved as it stands; its author reads why and may hand it in again."""
        self.remark = remark
        proposal = TrackProposal.of(self.id)
        tell(TrackSentBack(self, proposal.by if proposal else self.owner, by))

    def retire(self) -> None:
        """Take it out of the lists; reports that name it still lead to it."""
        self.state, self.updated_at = "retired", clock.now()
        TrackProposal.drop(self.id)

    def words(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in WORDS}

    def version_at(self, moment: datetime) -> int:
        """Which version everybody read at that time."""
        return self.version if self.updated_at <= moment else version_at(self.id, moment, self.version)

    def _settle(self, by: User) -> None:
        self.updated_at, self.remark = clock.now(), ""
        if may_approve(by):
            self._let_in(by)
            return
        self.search_key = search_key(self.title, self.line, *self.heard_lines)
        self.state, self.approved_by_id, self.approved_at = "draft", None, None
        tell(TrackHandedIn(self, by))
