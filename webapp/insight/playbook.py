"""How the library does: which tracks are used, by whom, with what result, by industry and level; and what is missing in it."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from webapp.accounts.access import visible_to
from webapp.accounts.models import User
from webapp.customers.models import Customer
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.foundation.pinyin import matches
from webapp.playbook.library import brief, in_one_language
from webapp.playbook.models import Gap, TalkTrack, TrackUse
from webapp.playbook.ranking import Outcomes, is_stale
from webapp.visits.models import Report

DAYS = 90
TRACKS, ROWS, GAPS, UNUSED = 12, 8, 12, 8


@dataclass
class Line:
    """So many uses with this result; `people` who used it, how often each."""

    name: str
    id: str = ""
    worked: int = 0
    half: int = 0
    flat: int = 0
    people: Counter[str] = field(default_factory=Counter)

    @property
    def outcomes(self) -> Outcomes:
        return Outcomes(self.worked, self.half, self.flat)


@dataclass
class Missing:
    """What was heard and has no track: the words, how often, by whom, when last."""

    said: str
    times: int
    people: list[str]
    last: datetime | date


@dataclass
class Library:
    since: date
    tracks: list[Line]
    people: list[Line]
    industries: list[Line]
    levels: list[Line]
    unused: list[TalkTrack]
    stale: list[TalkTrack]
    typed: list[Missing]
    heard: list[Missing]

    @property
    def uses(self) -> int:
        return sum(line.outcomes.total for line in self.people)


def library_of(user: User) -> Library:
    """The last ninety days of the people whom this person leads. Six queries."""
    since = clock.today() - timedelta(days=DAYS)
    rows = _uses(user, since)
    tracks = list(db.session.scalars(brief(select(TalkTrack).where(TalkTrack.state == "approved"))))
    names = {track.id: track.title for track in tracks}
    used = {row.track_id for row in rows}
    return Library(
        since=since,
        tracks=_lines(rows, lambda row: (row.track_id, names.get(row.track_id, "")))[:TRACKS],
        people=_lines(rows, lambda row: (row.by_id, row.person)),
        industries=_lines(rows, lambda row: (row.industry, row.industry))[:ROWS],
        levels=sorted(_lines(rows, lambda row: (row.level, row.level)), key=lambda line: line.name),
        unused=[track for track in in_one_language(tracks) if track.id not in used][:UNUSED],
        stale=[track for track in in_one_language(tracks) if is_stale(track)],
        typed=_typed(user, since, tracks),
        heard=_heard(user, since),
    )


def _uses(user: User, since: date) -> list[Any]:
    by = (TrackUse.track_id, TrackUse.by_id, TrackUse.outcome, Customer.industry, Customer.level)
    rows = select(*by, User.name.label("person"), func.count().label("n")).join(User, User.id == TrackUse.by_id)
    rows = rows.outerjoin(Customer, Customer.id == TrackUse.customer_id).group_by(*by, User.name)
    start = clock.day_bounds(since)[0]
    return list(db.session.execute(rows.where(visible_to(user, TrackUse.by_id), TrackUse.at >= start, TrackUse.stands)))


def _lines(rows: Iterable[Any], named: Callable[[Any], tuple[str | None, str | None]]) -> list[Line]:
    """The rows together by what they are named, the most used first; what has no name is left out."""
    lines: dict[str, Line] = {}
    for row in rows:
        id, name = named(row)
        if not name:
            continue
        line = lines.setdefault(id or name, Line(name, id or ""))
        setattr(line, row.outcome, getattr(line, row.outcome) + row.n)
        line.people[row.person] += row.n
    return sorted(lines.values(), key=lambda line: (-line.outcomes.total, line.name))


def _typed(user: User, since: date, tracks: list[TalkTrack]) -> list[Missing]:
    """What was reported as missing and no track answers yet."""
    start = clock.day_bounds(since)[0]
    rows = select(Gap.said, Gap.at, User.name).join(User, User.id == Gap.by_id).where(Gap.at >= start)
    found: dict[str, Missing] = {}
    for said, at, person in db.session.execute(rows.where(visible_to(user, Gap.by_id)).order_by(Gap.at.desc())):
        one = found.setdefault(said, Missing(said, 0, [], at))
        one.times += 1
        one.people += [person] if person not in one.people else []
    texts = [(track.title, track.line, *track.heard_lines) for track in tracks]
    open_ = [one for one in found.values() if not any(matches(one.said, *said) for said in texts)]
    return sorted(open_, key=lambda one: -one.times)[:GAPS]


def _heard(user: User, since: date) -> list[Missing]:
    """What customers said against it in reports that name no track, the latest first; the same words once."""
    rows = select(Report.objection_said, Report.day, User.name).join(User, User.id == Report.author_id)
    rows = rows.where(Report.objection_said != "", Report.track_id.is_(None), Report.day >= since)
    rows = rows.where(visible_to(user, Report.author_id)).order_by(Report.day.desc(), Report.id)
    found: dict[str, Missing] = {}
    for said, day, person in db.session.execute(rows.limit(200)):
        one = found.setdefault(said.strip(), Missing(said.strip(), 0, [], day))
        one.times += 1
        one.people += [person] if person not in one.people else []
    return sorted(found.values(), key=lambda one: -one.times)[:GAPS]
