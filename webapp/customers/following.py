"""Two files, or two people in them, became one: what named the one that is gone names the one that is kept."""

from typing import Any

from sqlalchemy import update

from webapp.customers.facts import ContactsMerged, CustomersMerged
from webapp.foundation.db import db


def follow(fact: CustomersMerged | ContactsMerged, *columns: Any) -> None:
    """Let these columns (`Report.customer_id`) do so."""
    for column in columns:
        gone = update(column.class_).where(column == fact.gone_id)
        db.session.execute(gone.values({column.key: fact.kept_id}))
