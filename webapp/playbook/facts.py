"""What happens to talk tracks."""

from dataclasses import dataclass
from typing import Any

from webapp.accounts.models import User


@dataclass(frozen=True)
class TrackHandedIn:
    """A track, or a change to one, waits to be approved; `by` wrote it."""

    track: Any
    by: User


@dataclass(frozen=True)
class TrackApproved:
    """What `author` wrote may be used by everybody; `by` said so."""

    track: Any
    author: User
    by: User


@dataclass(frozen=True)
class TrackSentBack:
    """What `author` wrote is not approved as it stands; why is in the track's `remark`."""

    track: Any
    author: User
    by: User
