from webapp.bargain.models.concession import Concession
from webapp.bargain.models.limit import Limit

__all__ = ["Concession", "Limit"]
