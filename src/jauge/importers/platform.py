"""The importer of a platform: made of what the platform's file declares of it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

import msgspec
from msgspec.structs import replace

from jauge.importers import cuts
from jauge.importers.head import Head, head_of
from jauge.importers.made import made
from jauge.importers.native import fault_of, reject
from jauge.importers.noted import noted, sessions
from jauge.importers.order import in_order
from jauge.importers.pieces import Pieces
from jauge.importers.protocol import Record
from jauge.importers.telling import Break, How, LeftOut, Thread
from jauge.importers.threads import part_id, parted
from jauge.importers.values import FaultError, Value, itself
from jauge.model.rejected import Rejected

if TYPE_CHECKING:
    from jauge.model.conversation import Conversation, Event
    from jauge.settings import ReadOptions

SURE = 0.9
"""How sure `recognise` is where nothing else looks like it; 0 is « not mine »."""

_PIECES = msgspec.json.Decoder(list[Value])
_CUT = msgspec.json.Decoder(list[msgspec.Raw]).decode
_CLOSED = {"closed": True}
_TOO_DEEP = "nested too deeply to be read"
# What a call says of all its pieces is repeated in each: a hostile one, many times.
_REPEATED, _SMALL = 8, 1 << 16

Cut = Callable[[BinaryIO, str, "ReadOptions"], "Iterator[Record | Rejected]"]


class Said(NamedTuple):
    """A text in both languages, Markdown."""

    fr: str
    en: str


class Page(NamedTuple):
    """What the documentation says of a platform.

    `checked`: a real file of it was read. `title_fr`: its title in French, if other.
    """

    title: str
    line: Said
    export: Said
    carries: Said
    lacks: Said
    checked: bool
    title_fr: str = ""


class Format(NamedTuple):
    """What a platform's file declares.

    Args:
        name: what `--from` takes.
        page: what it is, how to get the export, what it carries and what not.
        recognise: how sure it is, 0 to 1, that a file is its own.
        tell: what the values of one conversation say; its pieces in the order of the
            file where there is a `key`, else one value.
        key: the conversation that a value is a piece of; `LeftOut` where it is of none.
            None: each value is a whole conversation.
        lists: paths of a list of values inside an object: `data.payload`.
        layouts: `json`, `table` (a row is an object: column → cell) or `text` (a value
            is `{"text": …}`).
        gap: the silence after which a thread is cut, where the id is a customer's.
        spread: the pieces of a value that tells of several conversations: one call of
            a webhook, one page.
        glance: what `key` and `spread` look at; the rest is decoded when it is told.
        at_once: the same pieces straight from the bytes of a value, in less time; None
            where only `spread` can tell.
        wordless: whether a message with nothing in it is kept: the source tells that it
            was sent, and not what it said.
        cut: cuts a file into values by itself, where no layout is its own.
    """

    name: str
    page: Page
    recognise: Callable[[Head], float]
    tell: Callable[[Sequence[Value], How], Thread]
    key: Callable[[Value], str | LeftOut] | None = None
    lists: tuple[str, ...] = ()
    layouts: tuple[str, ...] = ("json",)
    gap: timedelta | None = None
    spread: Callable[[Value], Sequence[Value]] = itself
    glance: type | None = None
    at_once: Callable[[bytes], Sequence[Value] | None] | None = None
    wordless: bool = False
    cut: Cut | None = None


class Platform:
    """An importer made of a `Format`: cut, put together, told, ordered, checked."""

    def __init__(self, form: Format) -> None:
        self.form = form

    @property
    def name(self) -> str:
        """What `--from` takes."""
        return self.form.name

    @property
    def words(self) -> Mapping[str, str]:
        """What it reads, in one line."""
        return self.form.page.line._asdict()

    @property
    def joins(self) -> bool:
        """Say whether a conversation may be in pieces, over several files."""
        return self.form.key is not None

    def recognizes(self, head: bytes) -> bool:
        """Say whether the first bytes of a file look like this format."""
        return self.confidence(Head(head)) > 0

    def confidence(self, head: Head) -> float:
        """Say how sure it is that a file is its own."""
        return self.form.recognise(head)

    def split(
        self, stream: BinaryIO, file: str, options: ReadOptions
    ) -> Iterator[Record | Rejected]:
        """Cut a file into conversations; those in pieces are put together."""
        if self.form.key is None:
            yield from self._cut(stream, file, options)
            return
        with closing(Pieces()) as pieces:
            yield from self.keep(stream, file, options, pieces)
            yield from pieces.records(options.limits.record_bytes)

    def keep(
        self, stream: BinaryIO, file: str, options: ReadOptions, pieces: Pieces
    ) -> Iterator[Rejected]:
        """Keep the pieces of a file under their conversations; refuse the others."""
        for record in self._cut(stream, file, options):
            if isinstance(record, Rejected):
                yield record
                continue
            yield from self._keep(record, options, pieces)

    def _keep(
        self, record: Record, options: ReadOptions, pieces: Pieces
    ) -> list[Rejected]:
        """Keep what a record tells of each conversation; give what is refused of it."""
        found = self._found_in(record)
        if isinstance(found, Rejected) or self.form.key is None:
            return [found] if isinstance(found, Rejected) else []
        whole, parts = found
        refused: list[Rejected] = []
        room = _REPEATED * len(record.data) + _SMALL
        for one in parts:
            key = self.form.key(one)
            if isinstance(key, LeftOut):
                options.leave_out(key.kind)
                continue
            piece = record
            if one is not whole:
                data = msgspec.json.encode(one)
                piece = Record(data, record.file, record.line, record.source)
            room -= len(piece.data)
            if room < 0:
                return [*refused, reject(record, "its pieces repeat too much")]
            if key:
                pieces.keep(key, piece)
            else:
                refused.append(reject(piece, "no conversation id"))
        return refused

    def _found_in(
        self, record: Record
    ) -> tuple[Value | None, Sequence[Value]] | Rejected:
        """Give the value of a record, and what it tells of each conversation."""
        if self.form.at_once is not None:
            parts = self.form.at_once(record.data)
            if parts is not None:
                return None, parts
        value = record.value or self._glanced(record.data) or _value_of(record)
        if isinstance(value, Rejected):
            return value
        return value, self.form.spread(value)

    def _glanced(self, data: bytes) -> Value | None:
        """Decode what the key of a value is made of, if all is as it should be."""
        if self.form.glance is None:
            return None
        try:
            if not data.isascii():
                data.decode()  # the decoder does not look into fields that it skips
            return _decoder_of(self.form.glance).decode(data)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return None

    def _cut(
        self, stream: BinaryIO, file: str, options: ReadOptions
    ) -> Iterator[Record | Rejected]:
        if self.form.cut is not None:
            yield from self.form.cut(stream, file, options)
            return
        is_json = head_of(stream).data.startswith((b"{", b"["))
        if "text" in self.form.layouts and not is_json:
            for record in cuts.whole(stream, file, options):
                yield record if isinstance(record, Rejected) else _as_value(record)
        elif "table" in self.form.layouts and not is_json:
            yield from cuts.rows(stream, file, options)
        else:
            yield from cuts.json_values(stream, file, options, self.form.lists)

    def parse(self, record: Record) -> Conversation | Rejected:
        """Make the first conversation of a record, read with no options."""
        from jauge.settings import ReadOptions

        return next(iter(self.conversations(record, ReadOptions())))

    def conversations(
        self, record: Record, options: ReadOptions
    ) -> list[Conversation | Rejected]:
        """Make the conversations of a record: several where a thread has breaks."""
        values, refused = self._values(record)
        if not values:
            return [*refused]
        how = How.of(options)
        thread = Thread("", ())
        try:
            thread = self.form.tell(values, how)
            told = noted(thread.told, options, wordless=self.form.wordless)
            return [*refused, *self._made(thread, told, options)]
        except FaultError as fault:
            refusal = reject(record, str(fault), fault.path)
        except msgspec.ValidationError as error:
            refusal = reject(record, *fault_of(error))
        return [*refused, replace(refusal, claimed=thread.id or None)]

    def _values(self, record: Record) -> tuple[list[Value], list[Rejected]]:
        """Decode a record, one value or the list of its pieces; say what cannot be."""
        pieces = [record]
        try:
            if self.form.key is not None:
                return _PIECES.decode(record.data), []
        except RecursionError:
            # The list around a piece that could just be read is one level more.
            return [], [reject(record, _TOO_DEEP)]
        except msgspec.DecodeError:
            # A number that is too large, which a glance passes over.
            pieces = [record._replace(data=bytes(one)) for one in _CUT(record.data)]
        found = list(map(_value_of, pieces))
        return (
            [value for value in found if not isinstance(value, Rejected)],
            [value for value in found if isinstance(value, Rejected)],
        )

    def _made(
        self, thread: Thread, told: Sequence[Event | Break], options: ReadOptions
    ) -> Iterator[Conversation | Rejected]:
        facts = {name: fact for name, fact in thread.facts.items() if fact}
        if "closed" in thread.facts:
            facts["closed"] = thread.facts["closed"]
        gap = self.form.gap if options.gap is None else options.silence
        parts = [part for one in sessions(told) for part in parted(in_order(one), gap)]
        for number, events in enumerate(parts):
            last = number == len(parts) - 1
            own = {"id": part_id(thread.id, number), **({} if last else _CLOSED)}
            yield made({**facts, **own}, events)


@functools.cache
def _decoder_of(glance: type) -> msgspec.json.Decoder[Value]:
    return msgspec.json.Decoder(glance)


def _as_value(record: Record) -> Record:
    text = record.data.decode("utf-8-sig", "replace")
    return record._replace(data=msgspec.json.encode({"text": text}), source=record.data)


def _value_of(record: Record) -> Value | Rejected:
    try:
        value = msgspec.json.decode(record.data)
    except msgspec.DecodeError as error:
        return reject(record, f"not JSON: {error}")
    except UnicodeDecodeError as error:
        return reject(record, f"not UTF-8: {error.reason} at byte {error.start}")
    except RecursionError:
        return reject(record, _TOO_DEEP)
    return value if isinstance(value, dict) else reject(record, "not a JSON object")
