"""Importer: our own format as one JSON array, or as JSON written over several lines.

The stream is cut at the ends of the top-level values, so a fault inside one of them
costs that one alone and the source bytes are kept; a JSON library would stop there.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, BinaryIO, ClassVar, NamedTuple

import msgspec

from jauge.importers import native
from jauge.importers.protocol import Record
from jauge.model.rejected import Rejected

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping

    from jauge.model.conversation import Conversation
    from jauge.settings import ReadOptions

_BOM = b"\xef\xbb\xbf"
_CHUNK = 1 << 20
_START = re.compile(rb'\[|\{\s*("|\})')
_STRING = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_PLAIN = rb'[^"{}\[\]]*+'
# Objects are rarely deeper. Each level may read once more what the chunk cuts off.
_DEEPEST, _DEEPEST_INSIDE = 20, 4
# What may stand before an object, and how it begins: up to its first name.
_FIRST = re.compile(rb'\A[ \t\r\n,\[]*+(?P<begin>\{\s*+"[^"\\]*+"\s*+:)')
_RUN = msgspec.json.Decoder(list[msgspec.Raw])
_LONGEST_BLANK = 200


def _balanced(begin: bytes, deepest: int) -> bytes:
    """Give the pattern of what a mark begins, up to its end, so many levels deep."""
    inside = _STRING
    for _ in range(deepest):
        inside = _STRING + rb"|[{\[]" + _PLAIN + _repeated(inside) + rb"[}\]]"
    return begin + _PLAIN + _repeated(inside) + rb"[}\]]"


def _repeated(inside: bytes) -> bytes:
    return rb"(?:(?:" + inside + rb")" + _PLAIN + rb")*+"


def _up_to_mark(passed: bytes) -> re.Pattern[bytes]:
    """Find the next mark that nests, or a string that the chunk cuts off, or the end.

    A string may be cut off behind a backslash.
    """
    cut = rb'(?P<cut>"(?:[^"\\]++|\\.)*+(?P<escape>\\?)\Z)'
    found = rb"(?:(?P<mark>[{}\[\]])|" + cut + rb"|\Z)"
    return re.compile(_PLAIN + _repeated(passed) + found, re.DOTALL)


class _Patterns(NamedTuple):
    """What finds the next mark between objects and inside one, and a whole object.

    The last two pass over in one step what the marks one by one would say as well.
    """

    between: re.Pattern[bytes]
    inside: re.Pattern[bytes]
    whole: re.Pattern[bytes]


@functools.cache
def _patterns() -> _Patterns:
    nested = _balanced(rb"[{\[]", _DEEPEST_INSIDE)
    return _Patterns(
        _up_to_mark(_STRING),
        _up_to_mark(_STRING + rb"|" + nested),
        re.compile(_balanced(rb"\{", _DEEPEST), re.DOTALL),
    )


class JsonArray:
    """Conversations in one JSON array, or one after another, however laid out."""

    name: ClassVar[str] = "json"
    words: ClassVar[Mapping[str, str]] = {
        "fr": "le format de jauge : un tableau JSON de conversations, "
        "ou du JSON sur plusieurs lignes",
        "en": "jauge's own format: a JSON array of conversations, "
        "or JSON over several lines",
    }

    def recognizes(self, head: bytes) -> bool:
        """Say whether a JSON value starts here that JSON Lines would not read."""
        return _START.match(head.removeprefix(_BOM).lstrip()) is not None

    def split(
        self, stream: BinaryIO, file: str, options: ReadOptions
    ) -> Iterator[Record | Rejected]:
        """Cut a stream at the ends of its objects, outside or inside one array."""
        cutter = Cutter(file, options.limits.record_bytes)
        size = _CHUNK
        more = stream.read(size).removeprefix(_BOM)
        while more:
            yield from cutter.feed(more, is_last=len(more) + len(_BOM) < size)
            # An object over many chunks is put together in ever larger steps.
            size = max(_CHUNK, len(cutter.held))
            more = stream.read(size)
        yield from cutter.end()

    def parse(self, record: Record) -> Conversation | Rejected:
        """Decode one object."""
        decoded = native.decode(record)
        if isinstance(decoded, Rejected) or b"\n" not in record.data:
            return decoded
        return decoded.with_source(msgspec.json.format(record.data, indent=-1))


class Cutter:
    """Cuts at the closing mark of each outermost object.

    `held` starts at the open object, or holds what stands between objects; `over` is
    the refusal of an open object that is too long to be held. With `one_list`, it stops
    at the end of the list in which it starts; `is_done` says that it has.
    """

    def __init__(self, file: str, limit: int, *, one_list: bool = False) -> None:
        self.file, self.limit, self.one_list = file, limit, one_list
        self.is_done = False
        self.held = b""
        self.line = 1
        self.depth = self.place = 0
        self.over: Rejected | None = None

    def feed(
        self, more: bytes, *, is_last: bool = False
    ) -> Iterator[Record | Rejected]:
        """Take the next bytes; give the objects that end in them.

        `is_last`: the list probably ends in them, which is then tried first.
        """
        held, ahead = self._taken_ahead(self.held + more, is_last=is_last)
        yield from ahead
        start, patterns = 0, _patterns()
        rest, place, mark = b"", self.place, b"{"
        while mark:
            pattern = patterns.inside if self.depth else patterns.between
            found = next(pattern.finditer(held, place))
            mark, at, place = found["mark"], found.start("mark"), found.end()
            if mark is None:
                rest, place = _cut_off(found) or (rest, place)
            elif self.depth:
                self.depth += 1 if mark in b"{[" else -1
                if self.depth == 0:
                    yield self._whole(held[start:place])
                    start = place
            elif mark == b"{":
                start = yield from self._begun(held, start, at)
                place = max(place, start)
            elif mark == b"]" and self.one_list:
                yield from self._between(held[start:at])
                self.held, self.place, self.is_done = b"", 0, True
                return
        self.held, self.place = held[start:], place - start
        if len(self.held) > self.limit:
            yield from self._drop(rest)

    def _taken_ahead(
        self, held: bytes, *, is_last: bool
    ) -> tuple[bytes, list[Record | Rejected]]:
        """Have a JSON library cut off what it can at once; say what is left.

        The marks one by one would say the same, in more time.
        """
        run = _run_in(held, is_last=is_last) if self.depth == 0 else None
        if run is None:
            return held, []
        start, end, objects = run
        self.place, file = 0, self.file
        line = self.line + held.count(b"\n", 0, start)
        found: list[Record | Rejected] = []
        for data in objects:
            record = Record(data, file, line)
            is_over = len(data) > self.limit
            found.append(native.too_long(record, self.limit) if is_over else record)
            # Between two of them there are blanks and a comma only.
            after = held.find(b"{", start + len(data), end)
            line += held.count(b"\n", start, after if after > 0 else end)
            start = after
        self.line = line
        return held[end:], found

    def _begun(
        self, held: bytes, start: int, at: int
    ) -> Generator[Record | Rejected, None, int]:
        """Give the object that begins at a place if it is whole; say where to go on."""
        yield from self._between(held[start:at])
        whole = _patterns().whole.match(held, at)
        if whole is None:
            self.depth = 1
            return at
        yield self._whole(whole[0])
        return whole.end()

    def end(self) -> Iterator[Rejected]:
        """Say what is left when the stream has ended."""
        if self.depth == 0:
            yield from self._between(self.held)
            return
        record = Record(self.held, self.file, self.line)
        ends = native.reject(record, "the file ends inside a conversation")
        yield self.over or ends

    def _whole(self, data: bytes) -> Record | Rejected:
        record = Record(data, self.file, self.line)
        self.line += data.count(b"\n")
        over, self.over = self.over, None
        if over is None and len(data) > self.limit:
            over = native.too_long(record, self.limit)
        return over or record

    def _between(self, data: bytes) -> Iterator[Rejected]:
        """Refuse what is neither a comma nor a mark of the array."""
        stray = data.strip(b" \t\r\n,[]")
        if stray:
            record = Record(stray, self.file, self.line)
            yield native.reject(record, "not a JSON object")
        self.line += data.count(b"\n")

    def _drop(self, rest: bytes) -> Iterator[Rejected]:
        """Let go of what is over the limit; `rest` is the string that goes on."""
        if self.depth == 0:
            yield from self._between(self.held)
        else:
            record = Record(self.held, self.file, self.line)
            self.over = self.over or native.too_long(record, self.limit)
            self.line += self.held.count(b"\n")
        self.held, self.place = rest, 0


_Run = tuple[int, int, list[bytes]]


def _run_in(held: bytes, *, is_last: bool = False) -> _Run | None:
    """Give the objects at the start of a chunk that are whole for sure, and where.

    They end where another begins with the same name; one inside an object may, too.
    """
    first = _FIRST.match(held)
    if first is None:
        return None
    start, begin = first.start("begin"), first["begin"]
    if is_last and (found := _listed(held, start, held.rfind(b"]", start))):
        return found
    last = held.rfind(begin, start + 1)
    if last < 0:
        return None
    found = _before(held, start, last)
    if found is None:
        found = _before(held, start, _closed_before(held, start, begin))
    return found


def _before(held: bytes, start: int, next_: int) -> _Run | None:
    """Give the objects up to the comma before the next one."""
    end = held.rfind(b",", max(start, next_ - _LONGEST_BLANK), max(next_, 0))
    return _listed(held, start, end)


def _listed(held: bytes, start: int, end: int) -> _Run | None:
    """Give the objects between two places if they decode as a list: then they are."""
    if end < 0:
        return None
    try:
        objects = list(map(bytes, _RUN.decode(b"[%b]" % held[start:end])))
    except (msgspec.DecodeError, RecursionError):
        return None
    is_sound = all(one.startswith(b"{") for one in objects)
    return (start, end, objects) if is_sound else None


def _closed_before(held: bytes, start: int, begin: bytes) -> int:
    """Find the last place where an object begins and all marks before it are closed."""
    end = len(held)
    is_open = held.count(b"{", start) - held.count(b"}", start)
    while (at := held.rfind(begin, start + 1, end)) > 0:
        is_open -= held.count(b"{", at, end) - held.count(b"}", at, end)
        end = at
        if is_open == 0:
            return at
    return -1


def _cut_off(found: re.Match[bytes]) -> tuple[bytes, int] | None:
    """Give the string that the chunk cuts off, and where it starts."""
    if found["cut"] is None:
        return None
    return b'"' + found["escape"], found.start("cut")
