"""What a person said about being noted: for the use as a whole, and for each thing that is nobody's business unless he says so."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.accounts.models import User
from webapp.customers.facts import ConsentChanged
from webapp.foundation import clock
from webapp.foundation.db import UtcDateTime
from webapp.foundation.facts import tell

TOPICS = ("health", "family", "faith", "money")
"""Sensitive personal information (个人信息保护法 §28): kept only with a separate yes."""
ANSWERS = ("told", "given", "refused")
ORDER = ("not_asked", *ANSWERS)


class Consenting:
    """`consent`: 'not_asked', 'told' (knows the purpose), 'given' or 'refused'; `agreed`: topic → who noted what he said, when."""

    consent: Mapped[str] = mapped_column(String(20), default="not_asked")
    consent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    consent_by_id: Mapped[str | None] = mapped_column(ForeignKey("user.id"))
    agreed: Mapped[dict[str, dict[str, Any]]] = mapped_column(JSON, default=dict)

    def record_consent(self: Any, consent: str, by: User | None = None, topic: str = "") -> None:
        """What the person was told and said about keeping notes on him, of this topic or of everything; dated when it changes.
        A no hides at once what was noted; a yes brings it back."""
        if consent == self.says(topic):
            return
        at = clock.now()
        if topic:
            noted = {"said": consent, "at": at.isoformat(), "by_id": by.id if by else None}
            self.agreed = {**(self.agreed or {}), topic: noted}
        else:
            self.consent, self.consent_at = consent, at if consent != "not_asked" else None
            self.consent_by_id = by.id if by and consent != "not_asked" else None
        if self.customer and self.id:
            if by:
                self.customer.note_history("consent", self.name, by, said=consent, topic=topic)
            tell(ConsentChanged(self.id, self.customer.id))

    def says(self: Any, topic: str = "") -> str:
        """What he said last."""
        if not topic:
            return self.consent or "not_asked"
        return str((self.agreed or {}).get(topic, {}).get("said", "not_asked"))

    def allows(self: Any, topic: str = "") -> bool:
        """Whether what was noted of this topic may be shown: a topic needs a yes of its own."""
        return self.consent != "refused" and (not topic or self.says(topic) == "given")

    def take_consent_from(self: Any, other: Any) -> None:
        """Of two entries of one person: a refusal outweighs a consent."""
        if ORDER.index(other.consent) > ORDER.index(self.consent):
            self.consent, self.consent_at, self.consent_by_id = other.consent, other.consent_at, other.consent_by_id
        for topic in (other.agreed or {}).keys() - (self.agreed or {}).keys():
            self.agreed = {**(self.agreed or {}), topic: other.agreed[topic]}
        for topic in TOPICS:
            if other.says(topic) == "refused":
                self.agreed = {**(self.agreed or {}), topic: other.agreed[topic]}
