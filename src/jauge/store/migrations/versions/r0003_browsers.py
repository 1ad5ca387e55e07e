"""Revision 0003: which browser a session is of."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the column; nobody knows of the sessions that there are."""
    op.add_column("session", sa.Column("browser", sa.Text))
