"""Make the conversations of a record: parsed, cut, with what the options add."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from jauge.importers.native import BEGINNING, reject
from jauge.importers.platform import Platform
from jauge.importers.threads import cut, is_open
from jauge.model.conversation import Message
from jauge.model.rejected import Rejected

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jauge.importers.protocol import Importer, Record
    from jauge.model.conversation import Conversation
    from jauge.settings import ReadOptions

_DAY = timedelta(days=1)


def conversations(
    importer: Importer, record: Record, options: ReadOptions
) -> list[Conversation | Rejected]:
    """Make the conversations of a record, with what the options add, cut and limit."""
    if isinstance(importer, Platform):
        made = importer.conversations(record, options)
    else:
        made = _cut(importer.parse(record), options)
    return [_finished(one, record, options) for one in made]


def _cut(
    made: Conversation | Rejected, options: ReadOptions
) -> list[Conversation | Rejected]:
    silence = options.silence
    return (
        [made] if isinstance(made, Rejected) or not silence else [*cut(made, silence)]
    )


def _finished(
    made: Conversation | Rejected, record: Record, options: ReadOptions
) -> Conversation | Rejected:
    if isinstance(made, Rejected):
        return made
    if len(made.events) > options.limits.events:
        reason = f"more than {options.limits.events} events (limit: events)"
        return reject(record, reason, "$.events")
    longest = options.limits.text_chars
    # Text is no longer than the record that it was read from: most need no count.
    if len(record.data) > longest and _chars(made) > longest:
        return _too_long(made, record, longest)
    facts: dict[str, object] = dict(options.set)
    if options.as_of is not None:
        facts["closed"] = not is_open(made, options.as_of, options.silence or _DAY)
    return _with_facts(made, facts) if facts else made


def _chars(made: Conversation) -> int:
    said = (one for one in made.events if isinstance(one, Message))
    return sum(len(one.text) + sum(map(len, one.choices)) for one in said)


def _too_long(made: Conversation, record: Record, limit: int) -> Rejected:
    """Refuse a conversation that says more than can be read; its beginning is kept."""
    reason = f"more than {limit} characters of text (limit: text_chars)"
    shown = record._replace(data=record.data[:BEGINNING], source=None)
    return replace(reject(shown, reason, "$.events"), claimed=made.id)


def _with_facts(made: Conversation, facts: Mapping[str, object]) -> Conversation:
    """Set facts, in the source bytes too, where they replace what is said there."""
    changed = replace(made, **facts)
    if made.source is None:
        return changed
    fields = msgspec.json.decode(made.source, type=dict[str, msgspec.Raw])
    return changed.with_source(msgspec.json.encode({**fields, **facts}))
