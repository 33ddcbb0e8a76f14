"""What a supervisor decided and what was said, for whoever is told of it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from webapp.reviews.models import Comment, Review


@dataclass(frozen=True)
class Decided:
    """A version of a plan or daily report (`subject`) was signed off or sent back."""

    review: "Review"
    subject: Any


@dataclass(frozen=True)
class Commented:
    """Somebody said something about a plan, a daily report or a visit (`subject`)."""

    comment: "Comment"
    subject: Any
