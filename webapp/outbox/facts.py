from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from webapp.outbox.arrivals import Announced


@dataclass(frozen=True)
class AttachmentArrived:
    """An attachment is here whole; whoever filed the entry `announced.entry_id` takes it in, or says in
    `announced.refused` why it cannot."""

    announced: "Announced"
    content: bytes


@dataclass(frozen=True)
class LateArrival:
    """So many reports have come at once that had been waiting on their author's phone for hours."""

    user_id: str
    count: int


@dataclass(frozen=True)
class HeldForDecision:
    """A report came too late for its customer: somebody who leads has to decide about it (`webapp.outbox.arrivals.Quarantined`)."""

    held_id: str
    author_id: str
    customer_id: str
