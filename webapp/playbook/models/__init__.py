"""What the playbook keeps: tracks with their earlier versions, and how each use of one went."""

from webapp.playbook.models.track import APPROVERS, PARTS, SITUATIONS, WORDS, TalkTrack, TrackVersion, may_approve
from webapp.playbook.models.use import OUTCOMES, TrackUse

__all__ = [
    "APPROVERS",
    "OUTCOMES",
    "PARTS",
    "SITUATIONS",
    "WORDS",
    "TalkTrack",
    "TrackUse",
    "TrackVersion",
    "may_approve",
]
