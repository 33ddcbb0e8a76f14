from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from webapp.accounts.access import find_or_404
from webapp.foundation.db import db
from webapp.worth.models import Comparison, ComparisonVersion


def find(comparison_id: str) -> Comparison:
    """A comparison at a customer whom the person who asks may see; 404 otherwise."""
    seen = Comparison.visible_to(current_user).where(Comparison.id == comparison_id)
    return find_or_404(seen.options(joinedload(Comparison.customer)))


def former(comparison: Comparison) -> list[ComparisonVersion]:
    """The versions before the one that holds, the newest first. One query."""
    before = select(ComparisonVersion).where(
        ComparisonVersion.comparison_id == comparison.id, ComparisonVersion.number < comparison.version
    )
    newest = before.order_by(ComparisonVersion.number.desc()).options(joinedload(ComparisonVersion.by))
    return list(db.session.scalars(newest))
