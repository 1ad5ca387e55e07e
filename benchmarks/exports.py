"""Very large exports in the shapes that the tests of formats render.

A block of conversations is rendered once, with a mark in its ids and one in its words;
each block of the file has other ones there. So gigabytes are made in seconds.
"""

from __future__ import annotations

import functools
import gzip
import itertools
import re
import zipfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from jauge.model.conversation import encode_conversation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_IN_BLOCK = 100
_ID_MARK, _WORD_MARK = b"7777777", b"qwzxqwzx"
_FIRST_ID = 1_000_000


class Made(NamedTuple):
    """A file, and how many conversations are in it."""

    path: Path
    conversations: int


class Form(NamedTuple):
    """A form that an export comes in: writes a file of at least so many bytes."""

    name: str
    write: Callable[[Path, int], Made]


class Parts(NamedTuple):
    """What stands before a block, the block, what parts it from another, what ends."""

    before: bytes
    block: bytes
    between: bytes
    after: bytes


def written(folder: Path, size: int, *, shape: str, scattered: bool = False) -> Made:
    """Write a shape of the tests, or `jsonl`, our own format.

    `scattered`: the lines of a conversation stand far apart.
    """
    path = folder / "export"
    render = _render(shape)
    parts = _parts(render(()), render(_block()))
    with path.open("wb") as out:
        out.write(parts.before)
        if scattered:
            count = _write_scattered(out, render, size)
        else:
            count = _write_blocks(out, parts.block, parts.between, size)
        out.write(parts.after)
    return Made(path, count * _IN_BLOCK)


def packed(folder: Path, size: int, *, shape: str, kind: str) -> Made:
    """Write a shape into a ZIP file (two members) or a gzip file."""
    plain = written(folder, size // 2 if kind == "zip" else size, shape=shape)
    path = folder / f"export.{kind}"
    if kind == "gz":
        with plain.path.open("rb") as source, gzip.open(path, "wb", 1) as out:
            _copy(source, out)
        plain.path.unlink()
        return Made(path, plain.conversations)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.write(plain.path, "a.jsonl")
        with (
            archive.open("b.jsonl", "w", force_zip64=True) as out,
            plain.path.open("rb") as source,
        ):
            # Other conversations than those of the first member, with other words.
            for line in source:
                other = line.replace(b'"id":"', b'"id":"b', 1)
                out.write(other.replace(b'"text":"', b'"text":"b '))
    plain.path.unlink()
    return Made(path, plain.conversations * 2)


def columnar(folder: Path, size: int, *, kind: str) -> Made:
    """Write the rows of a CSV of this size as Parquet or Arrow."""
    import duckdb
    import pyarrow

    table = one_message_a_row(folder, size)
    path = folder / f"export.{kind}"
    rows = f"SELECT * FROM read_csv('{table.path}', all_varchar = true)"
    with duckdb.connect(config={"memory_limit": "1GB", "threads": 1}) as database:
        if kind == "parquet":
            database.execute(f"COPY ({rows}) TO '{path}' (FORMAT parquet)")
        else:
            reader = pyarrow.RecordBatchReader.from_stream(database.sql(rows))
            with pyarrow.ipc.new_stream(str(path), reader.schema) as writer:
                for batch in reader:
                    writer.write_batch(batch)
    table.path.unlink()
    return Made(path, table.conversations)


def one_message_a_row(folder: Path, size: int, *, scattered: bool = False) -> Made:
    """Write CSV with one message a row."""
    path = folder / "export.csv"
    with path.open("wb") as out:
        out.write(b"id,role,at,text\n")
        if scattered:
            count = _write_scattered(out, _rows, size)
        else:
            count = _write_blocks(out, _rows(_block()), b"\n", size)
    return Made(path, count * _IN_BLOCK)


def _rows(chats: Sequence[Any]) -> bytes:
    return b"\n".join(
        f'{chat.id},{step.kind},{chat.at(step).isoformat()},"{step.text}"'.encode()
        for chat in chats
        for step in chat.steps
        if step.kind in ("user", "bot")
    )


@functools.cache
def _block() -> tuple[Any, ...]:
    """Give scenarios with a mark in each id and in each text of a customer."""
    told: Any = import_module("tests.formats.scenarios")
    word = _WORD_MARK.decode()
    return tuple(
        one._replace(
            id=f"{_ID_MARK.decode()}{number:03d}",
            steps=tuple(
                step._replace(text=f"{step.text} {word}{number:03d}".replace('"', ""))
                if step.kind == "user"
                else step
                for step in one.steps
            ),
        )
        for number, one in zip(
            range(_IN_BLOCK), itertools.cycle(told.SCENARIOS), strict=False
        )
    )


def _render(shape: str) -> Callable[[Sequence[Any]], bytes]:
    if shape == "jsonl":
        return _own
    shapes: Any = import_module("tests.formats.shapes_found").SHAPES
    found = next(one for one in shapes if one.name == shape)
    render: Callable[[Sequence[Any]], bytes] = found.render
    return render


def _own(chats: Sequence[Any]) -> bytes:
    told: Any = import_module("tests.formats.scenarios")
    made = (told.expected(one, told.ALL) for one in chats)
    return b"\n".join(map(encode_conversation, made))


def _parts(empty: bytes, full: bytes) -> Parts:
    """Part an export by what one without conversations has in common with it."""
    same = (here == there for here, there in zip(empty, full, strict=False))
    before = empty[: sum(itertools.takewhile(bool, same))]
    rest = empty[len(before) :]
    if b"[" in rest:
        # They differ in a count before the list.
        before = full[: full.index(b"[", len(before)) + 1]
        rest = rest[rest.index(b"[") + 1 :]
    # A count after the list has more digits here.
    ending = re.sub(rb"\d+", rb"\\d+", re.escape(rest))
    end = re.search(ending + rb"\Z", full)
    is_list = before.endswith((b"[", b"{")) and end is not None
    block = full[len(before) : end.start() if end else None].strip()
    return Parts(before, block, b"," if is_list else b"\n", rest)


def _write_blocks(out: BinaryIO, body: bytes, between: bytes, size: int) -> int:
    """Write blocks until the file is large enough; give how many."""
    for number in itertools.count():
        out.write(_other(body, number))
        if out.tell() >= size:
            return number + 1
        out.write(between)
    raise AssertionError


def _write_scattered(
    out: BinaryIO, render: Callable[[Sequence[Any]], bytes], size: int
) -> int:
    """Write the first lines of all conversations, then the second ones, and so on."""
    lines = [render((chat,)).split(b"\n") for chat in _block()]
    blocks = size // sum(len(line) + 1 for one in lines for line in one) + 1
    for place in range(max(map(len, lines))):
        body = b"\n".join(one[place] for one in lines if place < len(one))
        for number in range(blocks):
            out.write(_other(body, number) + b"\n")
    return blocks


def _other(body: bytes, number: int) -> bytes:
    """Put other ids and words where the marks are."""
    word = f"{number * 2_654_435_761 % 2**32:08x}".encode()
    changed = body.replace(_ID_MARK, b"%d" % (_FIRST_ID + number))
    return changed.replace(_WORD_MARK, word)


def _copy(source: BinaryIO, out: Any) -> None:
    while data := source.read(1 << 20):
        out.write(data)


def _form(name: str, shape: str, *, scattered: bool = False) -> Form:
    return Form(name, functools.partial(written, shape=shape, scattered=scattered))


FORMS = (
    _form("own format, JSON Lines", "jsonl"),
    _form("one array: Rasa, Botfront", "rasa Botfront"),
    _form("one array of pieces: Bot Framework", "botframework transcript"),
    _form("object with a list: Zendesk Chat", "zendesk chat page"),
    _form("object with a list: Chatwoot", "chatwoot API"),
    _form("joined webhooks: Intercom", "intercom webhooks"),
    _form("joined webhooks: Crisp", "crisp webhooks"),
    _form("joined webhooks, scattered: Chatwoot", "chatwoot webhooks", scattered=True),
    _form("joined events, scattered: Rasa", "rasa event broker", scattered=True),
    Form("CSV, one message a row", one_message_a_row),
    Form(
        "CSV, one message a row, scattered",
        functools.partial(one_message_a_row, scattered=True),
    ),
    _form("CSV of a platform: Rasa", "rasa SQL table"),
    Form("ZIP of JSON Lines", functools.partial(packed, shape="jsonl", kind="zip")),
    Form(
        "gzip of joined webhooks: Crisp",
        functools.partial(packed, shape="crisp webhooks", kind="gz"),
    ),
    Form("Parquet, of a CSV of this size", functools.partial(columnar, kind="parquet")),
    Form("Arrow, of a CSV of this size", functools.partial(columnar, kind="arrow")),
)


def every_form() -> Iterator[Form]:
    """Give a form for each shape of the tests."""
    for shape in import_module("tests.formats.shapes_found").SHAPES:
        yield _form(shape.name, shape.name)
