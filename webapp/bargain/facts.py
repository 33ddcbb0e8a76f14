from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from webapp.bargain.models import Concession


@dataclass(frozen=True)
class ConcessionAsked:
    """Somebody wants to give more than he may decide by himself."""

    concession: "Concession"
