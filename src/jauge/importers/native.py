"""Decode one record of our own format, and say in words what is wrong with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from jauge.model.conversation import Conversation
from jauge.model.rejected import Rejected

if TYPE_CHECKING:
    from jauge.importers.protocol import Record

_DECODER = msgspec.json.Decoder(Conversation)
_PATH = re.compile(r" - at `([^`]*)`$")
# An escape of one half of a pair without the other: no character at all.
_HALF = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])"
    rb"|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)
BEGINNING = 200


def decode(record: Record) -> Conversation | Rejected:
    """Decode a record; the source bytes stay beside the conversation.

    >>> from jauge.importers.protocol import Record
    >>> decode(Record(b'{"id": 7}', "a.jsonl", 3)).reason
    'Expected `str`, got `int`'
    """
    try:
        record.data.decode()  # the decoder does not look into fields that it skips
        return _DECODER.decode(record.data).with_source(record.data)
    except msgspec.ValidationError as error:
        return reject(record, *fault_of(error))
    except msgspec.DecodeError as error:
        half = _HALF.search(record.data)
        if half:
            reason = (
                f"{half[0].decode()} is half a character: the text is cut inside it"
            )
            return reject(record, reason)
        return reject(record, f"not JSON: {error}", "$")
    except UnicodeDecodeError as error:
        return reject(record, f"not UTF-8: {error.reason} at byte {error.start}", "$")
    except RecursionError:
        return reject(record, "nested too deeply to be read", "$")


def fault_of(error: msgspec.ValidationError) -> tuple[str, str]:
    """Part what the decoder says into the reason and the JSON path.

    >>> fault_of(msgspec.ValidationError("Expected `str`, got `int` - at `$.id`"))
    ('Expected `str`, got `int`', '$.id')
    """
    message = str(error)
    path = _PATH.search(message)
    return _PATH.sub("", message), path[1] if path else "$"


def reject(record: Record, reason: str, path: str = "$") -> Rejected:
    """Refuse a record for a reason; all of its text is kept."""
    source = record.data if record.source is None else record.source
    text = source.decode("utf-8", "replace")
    return Rejected(record.file, record.line, path, reason, text)


def too_long(record: Record, limit: int) -> Rejected:
    """Refuse a record that is over the limit; only its beginning is kept."""
    shown = record._replace(data=record.data[:BEGINNING], source=None)
    return reject(shown, over(limit))


def over(limit: int) -> str:
    """Say that a record is over the limit, and that it has been cut."""
    return (
        f"longer than {limit} bytes (limit: record_bytes); only its beginning is kept"
    )
