"""let what was noticed age"""

from datetime import date, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

DAYS = {
    "hobby": 540,
    "reading": 180,
    "style": 540,
    "admires": 720,
    "office": 240,
    "desk": 120,
    "taste": 365,
    "channel": 270,
}
"""As they were when this was written (webapp/attention/ageing.py); an occasion does not age."""
COLUMNS = ("sureness", "stale_on", "asked_on", "confirmed_at", "confirmed_by_id", "changed_at", "worded_at")


def upgrade() -> None:
    op.add_column("attention_item", sa.Column("sureness", sa.String(length=8), server_default="seen", nullable=False))
    op.add_column("attention_item", sa.Column("stale_on", sa.Date(), nullable=True))
    op.add_column("attention_item", sa.Column("asked_on", sa.Date(), nullable=True))
    op.add_column("attention_item", sa.Column("confirmed_at", sa.DateTime(), nullable=True))
    op.add_column("attention_item", sa.Column("confirmed_by_id", sa.String(length=36), nullable=True))
    op.add_column("attention_item", sa.Column("changed_at", sa.DateTime(), nullable=True))
    op.add_column("attention_item", sa.Column("worded_at", sa.DateTime(), nullable=True))
    op.create_index(op.f("ix_attention_item_stale_on"), "attention_item", ["stale_on"], unique=False)
    op.create_table(
        "confirmation",
        sa.Column("item_id", sa.String(length=36), nullable=False),
        sa.Column("outcome", sa.String(length=8), nullable=False),
        sa.Column("by_id", sa.String(length=36), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("visit_id", sa.String(length=36), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_confirmation_by_id")),
        sa.ForeignKeyConstraint(["item_id"], ["attention_item.id"], name=op.f("fk_confirmation_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmation")),
    )
    op.create_index(op.f("ix_confirmation_item_id"), "confirmation", ["item_id"], unique=False)
    op.create_index(op.f("ix_confirmation_visit_id"), "confirmation", ["visit_id"], unique=False)
    _reckon()


def _reckon() -> None:
    """What was noticed before this ages from the day on which it was seen."""
    item = sa.table(
        "attention_item",
        sa.column("category", sa.String),
        sa.column("noticed_on", sa.Date),
        sa.column("stale_on", sa.Date),
    )
    seen = sa.select(item.c.category, item.c.noticed_on).distinct().where(item.c.category.in_(DAYS))
    days: list[tuple[str, date]] = [(row.category, row.noticed_on) for row in op.get_bind().execute(seen)]
    for category, noticed_on in days:
        alike = sa.update(item).where(item.c.category == category, item.c.noticed_on == noticed_on)
        op.get_bind().execute(alike.values(stale_on=noticed_on + timedelta(days=DAYS[category])))


def downgrade() -> None:
    op.drop_table("confirmation")
    op.drop_index(op.f("ix_attention_item_stale_on"), "attention_item")
    for column in COLUMNS:
        op.execute(f"ALTER TABLE attention_item DROP COLUMN {column}")
