from webapp.attention.models.confirmation import ANSWERS, Confirmation
from webapp.attention.models.greeting import Greeting
from webapp.attention.models.item import AttentionItem
from webapp.attention.models.use import OUTCOMES, OpenerUse

__all__ = ["ANSWERS", "OUTCOMES", "AttentionItem", "Confirmation", "Greeting", "OpenerUse"]
