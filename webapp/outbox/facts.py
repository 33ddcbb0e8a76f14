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
