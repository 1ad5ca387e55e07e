"""The tables of a store, as the newest migration leaves them."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

conversation = Table(
    "conversation",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    # SHA-256 of the record below, before it is compressed.
    Column("content", LargeBinary, nullable=False),
    # One line of our own format, zstd; the customer's id is replaced inside it too.
    Column("record", LargeBinary, nullable=False),
    Column("record_bytes", Integer, nullable=False),
    Column("events", Integer, nullable=False),
    Column("user_messages", Integer, nullable=False),
    Column("bot_messages", Integer, nullable=False),
    Column("agent_messages", Integer, nullable=False),
    # Times are UTC.
    Column("started_at", DateTime, index=True),
    Column("ended_at", DateTime),
    Column("channel", Text, nullable=False),
    Column("language", Text),
    Column("department", Text),
    Column("bot", Text),
    Column("bot_version", Text),
    Column("customer", Text, index=True),
    Column("url", Text),
    Column("loaded_at", DateTime, nullable=False),
)

scorer = Table(
    "scorer",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("judge", Text, nullable=False),
    Column("first_used_at", DateTime, nullable=False),
)

score = Table(
    "score",
    metadata,
    Column("number", Integer, primary_key=True),
    Column(
        "conversation",
        ForeignKey("conversation.number", ondelete="CASCADE"),
        nullable=False,
    ),
    Column("scorer", ForeignKey("scorer.number"), nullable=False),
    # Of the conversation as it was: an earlier, shorter one keeps its score.
    Column("content", LargeBinary, nullable=False),
    Column("events", Integer, nullable=False),
    Column("part", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("reason", Text),
    Column("value", Integer),
    Column("band", Text),
    Column("low", Integer),
    Column("high", Integer),
    Column("logit", Integer),
    Column("language", Text),
    Column("base", Integer),
    # JSON
    Column("dimensions", LargeBinary),
    Column("contributions", LargeBinary, nullable=False),
    Column("unavailable", LargeBinary, nullable=False),
    Column("scored_at", DateTime, nullable=False),
    UniqueConstraint("conversation", "scorer", "part", "content", name="one_score"),
)

rating = Table(
    "rating",
    metadata,
    Column("number", Integer, primary_key=True),
    Column(
        "conversation",
        ForeignKey("conversation.number", ondelete="CASCADE"),
        nullable=False,
    ),
    # `own` is in the conversation, `table` is from a table beside it.
    Column("source", Text, nullable=False),
    # Hundredths of a point, from 0 to 10,000: whole numbers are alike everywhere.
    Column("hundredths", Integer, nullable=False),
    Column("loaded_at", DateTime, nullable=False),
    UniqueConstraint("conversation", "source", name="one_rating"),
)

load = Table(
    "load",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("file", Text, nullable=False),
    Column("started_at", DateTime, nullable=False),
    # None until the file was read to its end.
    Column("ended_at", DateTime),
    Column("read", Integer, nullable=False),
    Column("new", Integer, nullable=False),
    Column("longer", Integer, nullable=False),
    # Read otherwise than what is kept: left as they were, or taken.
    Column("otherwise", Integer, nullable=False, server_default="0"),
    Column("replaced", Integer, nullable=False, server_default="0"),
    Column("unchanged", Integer, nullable=False),
    Column("erased", Integer, nullable=False),
    Column("rejected", Integer, nullable=False),
)

rejected = Table(
    "rejected",
    metadata,
    Column("number", Integer, primary_key=True),
    # SHA-256 of all that follows: the same refusal is kept once.
    Column("digest", LargeBinary, nullable=False, unique=True),
    Column("file", Text, nullable=False),
    Column("line", Integer),
    Column("path", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("claimed", Text),
    Column("record", LargeBinary, nullable=False),
    Column("loaded_at", DateTime, nullable=False),
)

erased = Table(
    "erased",
    metadata,
    # Keyed hashes of what was forgotten, so that it does not come back unnoticed.
    Column("digest", Text, primary_key=True),
    Column("erased_at", DateTime, nullable=False),
)

setting = Table(
    "setting",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

label = Table(
    "label",
    metadata,
    Column("number", Integer, primary_key=True),
    Column(
        "conversation",
        ForeignKey("conversation.number", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    # Of the conversation as it was judged: it may have gone on since.
    Column("content", LargeBinary, nullable=False),
    # None: the person cannot tell.
    Column("stars", Integer),
    Column("reason", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("blind", Boolean, nullable=False),
    # Drawn at random, or chosen.
    Column("sampled", Boolean, nullable=False),
    # What was shown then.
    Column("scorer", Text),
    Column("value", Integer),
)

objection = Table(
    "objection",
    metadata,
    Column("number", Integer, primary_key=True),
    Column(
        "conversation",
        ForeignKey("conversation.number", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    # With the signal and its place, they name a point of a score.
    Column("content", LargeBinary, nullable=False),
    Column("scorer", Text, nullable=False),
    Column("signal", Text, nullable=False),
    Column("event", Integer),
    Column("span_start", Integer),
    Column("span_end", Integer),
    Column("tenths", Integer, nullable=False),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("withdrawn_at", DateTime),
)

state = Table(
    "state",
    metadata,
    Column(
        "conversation",
        ForeignKey("conversation.number", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("state", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", DateTime, nullable=False),
)

view = Table(
    "view",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("who", Text, nullable=False),
    Column("name", Text, nullable=False),
    # As it stands in the address of a page.
    Column("query", Text, nullable=False),
    Column("at", DateTime, nullable=False),
    UniqueConstraint("who", "name", name="one_view"),
)

person = Table(
    "person",
    metadata,
    Column("name", Text, primary_key=True),
    Column("role", Text, nullable=False),
    # SHA-256 of a token that only the person has.
    Column("token_hash", Text, nullable=False, unique=True),
    Column("added_at", DateTime, nullable=False),
    Column("revoked_at", DateTime),
)

session = Table(
    "session",
    metadata,
    # SHA-256 of what the browser keeps.
    Column("digest", Text, primary_key=True),
    Column(
        "person",
        ForeignKey("person.name", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("made_at", DateTime, nullable=False),
    Column("seen_at", DateTime, nullable=False),
    Column("expires_at", DateTime, nullable=False),
    # Which browser, in a word or two: `Firefox, Linux`. None where nobody knows.
    Column("browser", Text),
)

Index("score_of_scorer", score.c.scorer, score.c.conversation)
