"""JSON arrays and JSON over several lines: cut without a JSON library, and rightly."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jauge.importers import json_array
from jauge.importers.json_array import JsonArray
from jauge.model.conversation import Conversation
from jauge.model.rejected import Rejected
from jauge.settings import Limits, ReadOptions
from jauge.sources import read
from jauge.testing import check_importer

texts = st.text(st.sampled_from('ab"\\{}[],:\n é🙂'), max_size=8)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3)
    ),
    max_leaves=8,
)
arrays = st.lists(st.dictionaries(texts, values, max_size=4), max_size=5)


def cut(data: bytes, *, chunk: int = 1 << 20, limit: int = 1 << 26) -> list:
    """Cut in chunks of a given size."""
    options = ReadOptions(limits=Limits(record_bytes=limit))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_array, "_CHUNK", chunk)
        return list(JsonArray().split(io.BytesIO(data), "a.json", options))


@given(
    array=arrays,
    chunk=st.integers(1, 40),
    indent=st.sampled_from([None, 0, 2]),
    ascii_only=st.booleans(),
)
def test_what_comes_out_is_what_a_json_library_reads(array, chunk, indent, ascii_only):
    data = json.dumps(array, indent=indent, ensure_ascii=ascii_only).encode()

    found = cut(data, chunk=chunk)

    assert [json.loads(record.data) for record in found] == array


@given(array=arrays, chunk=st.integers(1, 40), limit=st.integers(1, 60))
def test_an_object_over_the_limit_costs_that_one_alone(array, chunk, limit):
    sizes = [len(json.dumps(one)) for one in array]

    found = cut(json.dumps(array).encode(), chunk=chunk, limit=limit)

    small = [json.loads(one.data) for one in found if not isinstance(one, Rejected)]
    assert len(found) == len(array)
    assert small == [
        one for one, size in zip(array, sizes, strict=True) if size <= limit
    ]


@given(array=arrays, chunk=st.integers(1, 40))
def test_the_line_is_where_the_object_starts(array, chunk):
    data = json.dumps(array, indent=1).encode()

    found = cut(data, chunk=chunk)

    lines = data.split(b"\n")
    assert all(lines[record.line - 1].lstrip()[:1] == b"{" for record in found)


@given(data=st.binary(max_size=60), chunk=st.integers(1, 20))
def test_any_bytes_are_cut_without_an_error(data, chunk):
    found = cut(b"[" + data, chunk=chunk, limit=30)

    records = [one for one in found if not isinstance(one, Rejected)]
    parsed = [JsonArray().parse(record) for record in records]
    assert all(record.data in data for record in records)
    assert all(isinstance(one, Conversation | Rejected) for one in parsed)


@pytest.mark.parametrize(
    "name", ["array.json", "indented.json", "one_after_another.json"]
)
def test_every_layout_gives_the_same_conversations(formats, name):
    expected = list(read(formats / "jsonl" / "chats.jsonl"))

    assert list(read(formats / "json" / name)) == expected


def test_an_array_keeps_what_all_importers_promise(formats):
    data = (formats / "json" / "indented.json").read_bytes()

    check_importer(JsonArray(), data, conversations=2)


def test_what_is_no_object_is_reported_and_the_rest_is_read():
    found = cut(b'[{"id": "a"}, 7, "x{", {"id": "b"}] tail')

    assert [record.reason for record in found if isinstance(record, Rejected)] == [
        "not a JSON object",
        "not a JSON object",
    ]
    assert len(found) == 4


def test_a_file_that_ends_inside_a_conversation_says_so():
    kept, rejected = cut(b'[{"id": "a"},\n{"id": "b", "ev')

    assert kept.data == b'{"id": "a"}'
    assert (rejected.line, rejected.record) == (2, '{"id": "b", "ev')
    assert rejected.reason == "the file ends inside a conversation"


def test_a_string_over_the_limit_that_ends_with_the_chunk_is_closed():
    data = b'[{"id": "' + b"x" * 50 + b'"}, {"id": "b"}]'

    found = [cut(data, chunk=chunk, limit=20) for chunk in range(1, 80)]

    assert all(len(records) == 2 for records in found)
    assert all(records[1].data == b'{"id": "b"}' for records in found)
