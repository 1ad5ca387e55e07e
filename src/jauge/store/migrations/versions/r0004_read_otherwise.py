"""Revision 0004: how many of a load were read otherwise than what is kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the columns; loads before this release told none apart."""
    for name in ("otherwise", "replaced"):
        op.add_column(
            "load", sa.Column(name, sa.Integer, nullable=False, server_default="0")
        )
