"""What a rep tells of one visit, as a form has understood it: the words that a report is filed from. Sums are cents."""

from dataclasses import dataclass, field
from datetime import date, datetime

from webapp.attention.models import AttentionItem
from webapp.customers.models import Contact
from webapp.visits.models.attachment import Attachment
from webapp.visits.models.promise import Promise

SAID = ("needs", "objection_said", "competitor_news", "customer_said", "insight", "expense_for")
SUMS = ("order_cents", "collection_cents", "expense_cents")


@dataclass(frozen=True)
class Noticed:
    category: str
    observed: str
    opener: str = ""
    contact_id: str | None = None


@dataclass(frozen=True)
class Promised:
    text: str
    direction: str = "ours"
    due_on: date | None = None


@dataclass(frozen=True)
class NextStep:
    """What comes next and when. `is_said`: the rep chose it, and be it «nothing yet»."""

    text: str = ""
    on: date | None = None
    is_said: bool = False


@dataclass(frozen=True)
class Words:
    """What may still be corrected once the report is filed."""

    needs: str = ""
    objection_said: str = ""
    competitor_news: str = ""
    customer_said: str = ""
    insight: str = ""
    expense_for: str = ""
    order_cents: int | None = None
    collection_cents: int | None = None
    expense_cents: int | None = None


@dataclass(frozen=True)
class Told:
    """`arrived_at` and `left_at` are UTC or unknown; `met_new` is the name of a person whom the file does not know.

    `complaint_words` stand for a complaint of which nothing was written; `level` is the one proposed, or empty.
    """

    day: date
    purpose: str
    result: str
    words: Words = Words()
    arrived_at: datetime | None = None
    left_at: datetime | None = None
    stop_id: str | None = None
    check_in_id: str | None = None
    met: list[Contact] = field(default_factory=list)
    met_new: str = ""
    objections: list[str] = field(default_factory=list)
    track_id: str | None = None
    track_outcome: str = ""
    next: NextStep = NextStep()
    noticed: list[Noticed] = field(default_factory=list)
    openers: list[tuple[AttentionItem, str]] = field(default_factory=list)
    asked: tuple[AttentionItem, str] | None = None
    promised: list[Promised] = field(default_factory=list)
    settled: list[tuple[Promise, str]] = field(default_factory=list)
    level: str = ""
    level_reason: str = ""
    complaint_words: str = ""
    complaint_settled: bool = False
    is_urgent: bool = False
    is_hallway: bool = False
    attachments: list[Attachment] = field(default_factory=list)

    @property
    def is_passed_on(self) -> bool:
        """Whether it says anything that other rooms keep."""
        return bool(self.noticed or self.openers or self.track_id or self.promised or self.settled)
