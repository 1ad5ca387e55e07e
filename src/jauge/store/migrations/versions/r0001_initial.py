"""Revision 0001: the first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make all tables."""
    _make_conversation()
    _make_scorer()
    _make_score()
    _make_rating()
    _make_load()
    _make_rejected()
    _make_erased()
    _make_setting()


def _make_conversation() -> None:
    op.create_table(
        "conversation",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("record", sa.LargeBinary, nullable=False),
        sa.Column("record_bytes", sa.Integer, nullable=False),
        sa.Column("events", sa.Integer, nullable=False),
        sa.Column("user_messages", sa.Integer, nullable=False),
        sa.Column("bot_messages", sa.Integer, nullable=False),
        sa.Column("agent_messages", sa.Integer, nullable=False),
        sa.Column("started_at", sa.DateTime),
        sa.Column("ended_at", sa.DateTime),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("language", sa.Text),
        sa.Column("department", sa.Text),
        sa.Column("bot", sa.Text),
        sa.Column("bot_version", sa.Text),
        sa.Column("customer", sa.Text),
        sa.Column("url", sa.Text),
        sa.Column("loaded_at", sa.DateTime, nullable=False),
    )
    op.create_index("ix_conversation_started_at", "conversation", ["started_at"])
    op.create_index("ix_conversation_customer", "conversation", ["customer"])


def _make_scorer() -> None:
    op.create_table(
        "scorer",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("judge", sa.Text, nullable=False),
        sa.Column("first_used_at", sa.DateTime, nullable=False),
    )


def _make_score() -> None:
    op.create_table(
        "score",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column(
            "conversation",
            sa.Integer,
            sa.ForeignKey("conversation.number", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("scorer", sa.Integer, sa.ForeignKey("scorer.number"), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("events", sa.Integer, nullable=False),
        sa.Column("part", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("value", sa.Integer),
        sa.Column("band", sa.Text),
        sa.Column("low", sa.Integer),
        sa.Column("high", sa.Integer),
        sa.Column("logit", sa.Integer),
        sa.Column("language", sa.Text),
        sa.Column("base", sa.Integer),
        sa.Column("dimensions", sa.LargeBinary),
        sa.Column("contributions", sa.LargeBinary, nullable=False),
        sa.Column("unavailable", sa.LargeBinary, nullable=False),
        sa.Column("scored_at", sa.DateTime, nullable=False),
        sa.UniqueConstraint(
            "conversation", "scorer", "part", "content", name="one_score"
        ),
    )
    op.create_index("score_of_scorer", "score", ["scorer", "conversation"])


def _make_rating() -> None:
    op.create_table(
        "rating",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column(
            "conversation",
            sa.Integer,
            sa.ForeignKey("conversation.number", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("hundredths", sa.Integer, nullable=False),
        sa.Column("loaded_at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("conversation", "source", name="one_rating"),
    )


def _make_load() -> None:
    op.create_table(
        "load",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("file", sa.Text, nullable=False),
        sa.Column("started_at", sa.DateTime, nullable=False),
        sa.Column("ended_at", sa.DateTime),
        sa.Column("read", sa.Integer, nullable=False),
        sa.Column("new", sa.Integer, nullable=False),
        sa.Column("longer", sa.Integer, nullable=False),
        sa.Column("unchanged", sa.Integer, nullable=False),
        sa.Column("erased", sa.Integer, nullable=False),
        sa.Column("rejected", sa.Integer, nullable=False),
    )


def _make_rejected() -> None:
    op.create_table(
        "rejected",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("digest", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("file", sa.Text, nullable=False),
        sa.Column("line", sa.Integer),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("claimed", sa.Text),
        sa.Column("record", sa.LargeBinary, nullable=False),
        sa.Column("loaded_at", sa.DateTime, nullable=False),
    )


def _make_erased() -> None:
    op.create_table(
        "erased",
        sa.Column("digest", sa.Text, primary_key=True),
        sa.Column("erased_at", sa.DateTime, nullable=False),
    )


def _make_setting() -> None:
    op.create_table(
        "setting",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
