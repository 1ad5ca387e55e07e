"""Rows of a store: what a conversation and a score are in the tables, and back."""

from __future__ import annotations

import functools
import hashlib
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import msgspec
import zstandard

from jauge.errors import StoreError
from jauge.model.conversation import Conversation, Message, Role, encode_conversation
from jauge.model.score import Contribution, Score

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jauge.model.rejected import Rejected

Row = dict[str, Any]
_LEVEL = 3
_CONVERSATION = msgspec.json.Decoder(Conversation)
_CONTRIBUTIONS = msgspec.json.Decoder(tuple[Contribution, ...])
_NAMES = msgspec.json.Decoder(tuple[str, ...])
_DIMENSIONS = msgspec.json.Decoder(dict[str, float] | None)


Change = Literal["longer", "otherwise", "unchanged"]


class Version(NamedTuple):
    """Which version of a conversation it is: how many events, and what exactly."""

    events: int
    content: bytes


def version_of(row: Mapping[str, Any]) -> Version:
    """Give the version of a row."""
    return Version(row["events"], row["content"])


def change_of(new: Version, kept: Version) -> Change:
    """Say what a version that is loaded is to the one that is kept.

    With more events it is longer. With as many it is the same conversation read
    otherwise: with other times, roles or facts. With fewer it would lose some.
    """
    if new.content == kept.content or new.events < kept.events:
        return "unchanged"
    return "longer" if new.events > kept.events else "otherwise"


def identity(conversation: Conversation) -> Row:
    """Give what tells a version of a conversation from all others."""
    content = hashlib.sha256(encode_conversation(conversation)).digest()
    events = len(conversation.events)
    return {"id": conversation.id, "content": content, "events": events}


def conversation_row(conversation: Conversation) -> Row:
    """Make the row of a conversation; it must be without its customer's id."""
    record = encode_conversation(conversation)
    said = Counter(
        event.role for event in conversation.events if isinstance(event, Message)
    )
    times = [utc(event.at) for event in conversation.events if event.at is not None]
    return {
        **identity(conversation),
        "record": packed(record),
        "record_bytes": len(record),
        "user_messages": said[Role.USER],
        "bot_messages": said[Role.BOT],
        "agent_messages": said[Role.AGENT],
        "started_at": min(times, default=None),
        "ended_at": max(times, default=None),
        "channel": conversation.channel,
        "language": conversation.language,
        "department": conversation.department,
        "bot": conversation.bot,
        "bot_version": conversation.bot_version,
        "customer": conversation.user_id,
        "url": conversation.url,
    }


def conversation_of(row: Mapping[str, Any]) -> Conversation:
    """Read a conversation from its row."""
    record = unpacked(row["record"])
    return _CONVERSATION.decode(record).with_source(record)


def score_row(score: Score, row: Mapping[str, Any]) -> Row:
    """Make the row of a score, for a conversation as its row has it."""
    low, high = score.range or (None, None)
    encode = msgspec.json.encode
    return {
        "content": row["content"],
        "events": row["events"],
        "part": score.part,
        "status": score.status,
        "reason": score.reason,
        "value": score.value,
        "band": score.band,
        "low": low,
        "high": high,
        "logit": score.logit,
        "language": score.language,
        "base": score.base,
        "dimensions": encode(score.dimensions),
        "contributions": encode(score.contributions),
        "unavailable": encode(score.unavailable),
    }


def score_of(row: Mapping[str, Any], id_: str, scorer: str) -> Score:
    """Read a score from its row."""
    low, high = row["low"], row["high"]
    return Score(
        conversation_id=id_,
        status=row["status"],
        reason=row["reason"],
        part=row["part"],
        value=row["value"],
        band=row["band"],
        range=None if low is None else (low, high),
        logit=row["logit"],
        language=row["language"],
        base=row["base"],
        dimensions=_DIMENSIONS.decode(row["dimensions"]),
        contributions=_CONTRIBUTIONS.decode(row["contributions"]),
        unavailable=_NAMES.decode(row["unavailable"]),
        scorer=scorer,
    )


def rejected_row(rejected: Rejected) -> Row:
    """Make the row of a refusal; its record must be without ids of customers."""
    told = msgspec.json.encode(rejected)
    return {
        "digest": hashlib.sha256(told).digest(),
        "file": rejected.file,
        "line": rejected.line,
        "path": rejected.path,
        "reason": rejected.reason,
        "claimed": rejected.claimed_id,
        "record": packed(rejected.record.encode()),
    }


def packed(data: bytes) -> bytes:
    """Compress bytes."""
    return _packer().compress(data)


def unpacked(data: bytes) -> bytes:
    """Give the bytes that were compressed.

    Raises:
        StoreError: they are damaged.
    """
    try:
        return zstandard.ZstdDecompressor().decompress(data)
    except zstandard.ZstdError as error:
        msg = f"a record is damaged ({error}). Restore the file from a copy."
        raise StoreError(msg) from error


@functools.cache
def _packer() -> zstandard.ZstdCompressor:
    # With its checksum, a damaged record is noticed when it is read.
    return zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True)


def utc(at: datetime) -> datetime:
    """Give a time in UTC, without its zone: that is how times are kept."""
    try:
        return at.astimezone(UTC).replace(tzinfo=None)
    except OverflowError:
        # At the ends of the calendar there is no other zone.
        return at.replace(tzinfo=None)


def now() -> datetime:
    """Give the time, as times are kept."""
    return utc(datetime.now(UTC))
