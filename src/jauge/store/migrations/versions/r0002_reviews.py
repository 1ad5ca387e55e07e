"""Revision 0002: what people say of conversations, and who may use the service."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables of reviews and of people."""
    _make_label()
    _make_objection()
    _make_state()
    _make_view()
    _make_person()
    _make_session()


def _of_conversation(*, is_key: bool = False) -> sa.Column[int]:
    return sa.Column(
        "conversation",
        sa.Integer,
        sa.ForeignKey("conversation.number", ondelete="CASCADE"),
        primary_key=is_key,
        nullable=False,
    )


def _make_label() -> None:
    op.create_table(
        "label",
        sa.Column("number", sa.Integer, primary_key=True),
        _of_conversation(),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("stars", sa.Integer),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("blind", sa.Boolean, nullable=False),
        sa.Column("sampled", sa.Boolean, nullable=False),
        sa.Column("scorer", sa.Text),
        sa.Column("value", sa.Integer),
    )
    op.create_index("ix_label_conversation", "label", ["conversation"])


def _make_objection() -> None:
    op.create_table(
        "objection",
        sa.Column("number", sa.Integer, primary_key=True),
        _of_conversation(),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("scorer", sa.Text, nullable=False),
        sa.Column("signal", sa.Text, nullable=False),
        sa.Column("event", sa.Integer),
        sa.Column("span_start", sa.Integer),
        sa.Column("span_end", sa.Integer),
        sa.Column("tenths", sa.Integer, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("withdrawn_at", sa.DateTime),
    )
    op.create_index("ix_objection_conversation", "objection", ["conversation"])


def _make_state() -> None:
    op.create_table(
        "state",
        _of_conversation(is_key=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
    )


def _make_view() -> None:
    op.create_table(
        "view",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("query", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("who", "name", name="one_view"),
    )


def _make_person() -> None:
    op.create_table(
        "person",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("token_hash", sa.Text, nullable=False, unique=True),
        sa.Column("added_at", sa.DateTime, nullable=False),
        sa.Column("revoked_at", sa.DateTime),
    )


def _make_session() -> None:
    op.create_table(
        "session",
        sa.Column("digest", sa.Text, primary_key=True),
        sa.Column(
            "person",
            sa.Text,
            sa.ForeignKey("person.name", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.Column("seen_at", sa.DateTime, nullable=False),
        sa.Column("expires_at", sa.DateTime, nullable=False),
    )
    op.create_index("ix_session_person", "session", ["person"])
