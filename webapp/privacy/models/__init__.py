"""What was erased, by ids and digests alone; which phones have confirmed it; how long what is kept."""

from webapp.privacy.models.erasure import CLOCK, Carrier, Erased, ErasedName, Erasure
from webapp.privacy.models.retention import MONTHS, KeptOn, Term

__all__ = ["CLOCK", "MONTHS", "Carrier", "Erased", "ErasedName", "Erasure", "KeptOn", "Term"]
