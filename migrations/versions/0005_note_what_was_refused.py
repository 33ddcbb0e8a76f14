"""note how many refused things lie on a phone"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("device", sa.Column("refused", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    op.drop_column("device", "refused")
