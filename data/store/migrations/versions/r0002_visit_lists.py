"""Second revision: visit lists."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "visit_lists",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("visits", sa.Text, nullable=False),
        sa.Column("period", sa.Text),
        sa.Column("reference_date", sa.Date),
        sa.Column("asked", sa.Text, nullable=False),
        sa.Column("made_at", TIME, nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("changed_at", TIME, nullable=False),
        sa.Column("changed_by", sa.Text, nullable=False),
        sa.Column("removed", sa.Boolean, nullable=False),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 80"),
        sa.CheckConstraint("(period IS NULL) = (reference_date IS NULL)"),
    )
