"""Who is told what becomes of a track: those who approve it, and its author."""

from webapp.accounts.leaders import supervisors_of
from webapp.foundation.facts import hears
from webapp.playbook.facts import TrackApproved, TrackHandedIn, TrackSentBack
from webapp.playbook.models import TalkTrack
from webapp.push.models import notify


def _url(track: TalkTrack) -> str:
    return f"/playbook/{track.id}"


@hears(TrackHandedIn)
def tell_who_approves(fact: TrackHandedIn) -> None:
    track, people = fact.track, supervisors_of(fact.by)
    notify("track", people, subject=track.id, url=_url(track), title=track.title, text=track.line, by=fact.by)


@hears(TrackApproved)
def tell_the_author(fact: TrackApproved) -> None:
    notify("approved", [fact.author], subject=fact.track.id, url=_url(fact.track), title=fact.track.title, by=fact.by)


@hears(TrackSentBack)
def tell_why(fact: TrackSentBack) -> None:
    track = fact.track
    told = {"title": track.title, "text": track.remark, "by": fact.by}
    notify("returned", [fact.author], subject=track.id, url=_url(track), **told)
