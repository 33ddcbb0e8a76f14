"""What a supervisor decided and what was said, for whoever is told of it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from webapp.accounts.models import User
    from webapp.reviews.models import Comment, Review


@dataclass(frozen=True)
class Decided:
    """A version of a plan or daily report (`subject`) was signed off or sent back."""

    review: "Review"
    subject: Any


@dataclass(frozen=True)
class DecidedTooLate:
    """The version that was decided about was not the one that stood any more; nothing is settled."""

    review: "Review"
    subject: Any


@dataclass(frozen=True)
class Commented:
    """Somebody said something about a plan, a daily report, a visit … (`subject`)."""

    comment: "Comment"
    subject: Any


@dataclass(frozen=True)
class Mentioned:
    """Somebody was named in it."""

    comment: "Comment"
    subject: Any
    people: tuple["User", ...]
