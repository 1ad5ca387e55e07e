"""Replace the customer's id by its keyed hash, everywhere in a record."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from jauge.model.conversation import Conversation, encode_conversation
from jauge.store.key import hashed

if TYPE_CHECKING:
    from collections.abc import Callable

    from jauge.model.rejected import Rejected

_ID = "user_id"
# What jauge reads or what people wrote stays: an id may be called `bot`, or `yes`.
_KEPT = frozenset({
    "id", "channel", "language", "department", "bot", "bot_version", "closed",
    "unavailable",
})  # fmt: skip
_KEPT_OF_EVENT = frozenset({
    "type", "role", "at", "id", "text", "comment", "choices", "media", "intent",
    "confidence", "fallback", "flow", "flow_type", "dialog", "action", "of", "value",
    "currency", "product", "state", "best", "worst",
})  # fmt: skip
# A shorter id stands in other words by chance.
_SHORTEST_INSIDE = 4
_FIELDS = msgspec.json.Decoder(dict[str, msgspec.Raw])
_EVENTS = msgspec.json.Decoder(list[dict[str, msgspec.Raw]])
_RECORD = msgspec.json.Decoder(Conversation)
_PLAIN = re.compile(r"[A-Za-z0-9_@.:+-]+")
_IN_TEXT = re.compile(r'("user_id"\s*:\s*)("(?:[^"\\]|\\.)*"|-?\d+)')


def without_customer(conversation: Conversation, key: bytes) -> Conversation:
    """Give the conversation as it is kept: no id of a customer in it, but its hash.

    What customers and bots wrote stays as it is, so the score stays the same.
    """
    source = encode_conversation(conversation)
    if not conversation.user_id and b"user_id" not in source and b"\\u" not in source:
        return conversation.with_source(source)
    plain = _plainly(source, conversation, key)
    if plain is not None:
        return plain
    written = _replaced(source, conversation.user_id or "", key)
    return _RECORD.decode(written).with_source(written)


def _plainly(
    source: bytes, conversation: Conversation, key: bytes
) -> Conversation | None:
    """Replace an id that stands in one place only, as most do; None for all others."""
    id_ = conversation.user_id or ""
    written = id_.encode()
    is_plain = (
        _PLAIN.fullmatch(id_)
        and source.count(written) == 1
        and source.count(b"user_id") == 1
        and b"\\u" not in source
    )
    if not is_plain:
        return None
    name = hashed(key, "user", id_)
    place = rb'("user_id"\s*:\s*")' + re.escape(written) + rb'(")'
    changed, count = re.subn(place, rb"\g<1>" + name.encode() + rb"\2", source)
    if count != 1:
        return None
    return msgspec.structs.replace(conversation, user_id=name).with_source(changed)


def _replaced(source: bytes, id_: str, key: bytes) -> bytes:
    change = _change(id_, key)
    fields = _FIELDS.decode(source)
    made = {name: _field(name, raw, change) for name, raw in fields.items()}
    if id_:
        made[_ID] = msgspec.Raw(msgspec.json.encode(hashed(key, "user", id_)))
    return msgspec.json.encode(made)


def _field(
    name: str, raw: msgspec.Raw, change: Callable[[str, object], object]
) -> msgspec.Raw:
    if name in _KEPT:
        return raw
    if name != "events":
        return _cleaned(name, raw, change)
    events = [
        {
            field: part if field in _KEPT_OF_EVENT else _cleaned(field, part, change)
            for field, part in event.items()
        }
        for event in _EVENTS.decode(raw)
    ]
    return msgspec.Raw(msgspec.json.encode(events))


def _cleaned(
    name: str, raw: msgspec.Raw, change: Callable[[str, object], object]
) -> msgspec.Raw:
    try:
        value = msgspec.json.decode(raw)
    except msgspec.DecodeError:
        # A number out of bounds: a field that nobody reads, and no id can be seen in.
        return msgspec.Raw(b"null")
    changed = change(name, value)
    return raw if changed == value else msgspec.Raw(msgspec.json.encode(changed))


def _change(id_: str, key: bytes) -> Callable[[str, object], object]:
    """Make what replaces the id in a value of any shape."""
    name_of = hashed(key, "user", id_) if id_ else ""
    inside = (
        re.compile(rf"(?<!\w){re.escape(id_)}(?!\w)")
        if len(id_) >= _SHORTEST_INSIDE
        else None
    )

    def change(name: str, value: object) -> object:
        if isinstance(value, dict):
            return {text(one): change(one, part) for one, part in value.items()}
        if isinstance(value, list):
            return [change(name, part) for part in value]
        is_id = name == _ID and not isinstance(value, bool)
        if is_id and isinstance(value, str | int) and value != "":
            return hashed(key, "user", str(value))
        if isinstance(value, int) and not isinstance(value, bool):
            return name_of if id_ and str(value) == id_ else value
        return text(value) if isinstance(value, str) else value

    def text(value: str) -> str:
        if id_ and value == id_:
            return name_of
        return inside.sub(name_of, value) if inside else value

    return change


def without_customer_in_text(
    rejected: Rejected, key: bytes, data: bytes = b""
) -> tuple[Rejected, frozenset[str]]:
    """Replace `user_id` where a refused record shows it; give the hashes too.

    `data` is the record as its importer read it, where its text has no names of fields.
    """
    hashes: set[str] = set()

    def replaced(found: re.Match[str]) -> str:
        try:
            told = str(msgspec.json.decode(found[2]))
        except msgspec.DecodeError:
            told = found[2]
        if not told:
            return found[0]
        name = hashed(key, "user", told)
        hashes.add(name)
        return f'{found[1]}"{name}"'

    record = _IN_TEXT.sub(replaced, rejected.record)
    for found in _IN_TEXT.finditer(data.decode("utf-8", "replace")):
        replaced(found)
        told = found[2].strip('"')
        if told:
            name = hashed(key, "user", told)
            record = re.sub(rf"(?<!\w){re.escape(told)}(?!\w)", name, record)
    return msgspec.structs.replace(rejected, record=record), frozenset(hashes)
