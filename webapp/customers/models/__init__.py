"""What is kept of customers: the company, its people, its level, and everything that happened."""

from webapp.customers.importing.models import ImportRun
from webapp.customers.models.contact import DECISION_RANK, Contact
from webapp.customers.models.customer import Customer, Tag
from webapp.customers.models.history import HistoryEntry
from webapp.customers.models.level import LEVELS, LevelChange

__all__ = ["DECISION_RANK", "LEVELS", "Contact", "Customer", "HistoryEntry", "ImportRun", "LevelChange", "Tag"]
