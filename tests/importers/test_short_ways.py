"""Reading the short way says what reading the long way says, whatever is written."""

from __future__ import annotations

import functools
import io
import random
import re
from datetime import UTC
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jauge.importers import (
    cuts,
    flat_text,
    json_array,
    markup,
    moments,
    otel_batches,
)
from jauge.importers.finished import conversations
from jauge.importers.head import Head
from jauge.importers.json_array import JsonArray
from jauge.importers.markup import html_text, markdown_text
from jauge.importers.moments import moment
from jauge.importers.pieces import Joined, Pieces
from jauge.importers.platform import Platform
from jauge.importers.platforms import platforms
from jauge.importers.protocol import Record
from jauge.importers.values import FaultError
from jauge.model.rejected import Rejected
from jauge.settings import Limits, ReadOptions
from tests.formats.scenarios import SCENARIOS
from tests.formats.shapes_found import SHAPES
from tests.mutations import damaged, deeply_retold

if TYPE_CHECKING:
    from jauge.model.conversation import Conversation

NEVER = re.compile(r"(?!)")
ALWAYS = re.compile("")
TOO_LARGE = (b"1e999", b"9" * 400)
seeds = st.integers(0, 1 << 30)
kept = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "c/1", "d\0"]),
        st.sampled_from([b"{}", b'{"id":1}', b'{"text":"Bonjour"}', b"x" * 300]),
        st.integers(0, 2),
    ),
    max_size=30,
)


def put_together(told, room: int, limit: int) -> list[tuple[int, Record | Rejected]]:
    pieces = Pieces(room)
    for line, (key, data, source) in enumerate(told, 1):
        pieces.source = source
        pieces.keep(key, Record(data, f"{source}.jsonl", line))
    found = list(pieces.by_source(limit))
    pieces.close()
    return found


@given(kept, st.integers(0, 3000), st.integers(1, 1000))
def test_pieces_in_memory_and_on_disk_are_put_together_alike(told, room, limit):
    assert put_together(told, room, limit) == put_together(told, 1 << 30, limit)


def test_pieces_of_several_formats_share_the_room_in_memory():
    joined = Joined()
    one, other = platforms()[:2]
    for number in range(6):
        joined.begin(number)
        importer = (one, other)[number % 2]
        joined.of(importer).keep(f"c-{number // 4}", Record(b"%d" % number, "f", 1))

    found = [(source, told[1].data) for source, told in joined.records(1000)]

    joined.close()
    assert found == [(0, b"[0,2]"), (4, b"[4]"), (1, b"[1,3]"), (5, b"[5]")]


texts = st.text(st.sampled_from('ab"\\{}[],: é'), max_size=6)
named = st.dictionaries(st.sampled_from(["id", "b"]), texts, max_size=2)
inner = st.fixed_dictionaries({"id": texts, "parts": st.lists(named, max_size=3)})
outer = st.fixed_dictionaries({"id": st.integers(), "messages": st.lists(inner)})


@given(
    objects=st.lists(outer, max_size=8),
    seed=seeds,
    chunk=st.integers(20, 200),
    limit=st.sampled_from([60, 1 << 20]),
    indent=st.sampled_from([0, 1]),
)
def test_objects_are_cut_at_once_as_one_by_one(objects, seed, chunk, limit, indent):
    rnd = random.Random(seed)
    data = msgspec.json.format(msgspec.json.encode(objects), indent=indent)
    if rnd.random() < 0.5:
        data = damaged(data, rnd)
    options = ReadOptions(limits=Limits(record_bytes=limit))

    def cut() -> list[Record | Rejected]:
        return list(JsonArray().split(io.BytesIO(data), "a.json", options))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_array, "_CHUNK", chunk)
        at_once = cut()
        patch.setattr(json_array, "_run_in", lambda held, **_: None)
        one_by_one = cut()

    assert at_once == one_by_one


def test_objects_of_an_ordinary_list_are_cut_at_once():
    data = b'[{"id": 1, "of": {"id": 2}},\n{"id": 3, "of": {"id": 4}}, {"id": 5}]'

    found = json_array._run_in(data)

    assert found is not None
    assert found[2] == [b'{"id": 1, "of": {"id": 2}}', b'{"id": 3, "of": {"id": 4}}']


with_glance = [one for one in platforms() if one.form.glance is not None]


def read_with(importer: Platform, data: bytes) -> list[Conversation | Rejected]:
    records = importer.split(io.BytesIO(data), "a.jsonl", ReadOptions())
    return [
        one
        for record in records
        for one in (
            [record]
            if isinstance(record, Rejected)
            else conversations(importer, record, ReadOptions())
        )
    ]


@functools.cache
def some_values(importer: Platform) -> list[object]:
    heads = [Head(shape.render(SCENARIOS)) for shape in SHAPES]
    mine = [head for head in heads if importer.confidence(head) > 0]
    return [one for head in mine for one in head.records(importer.form.lists)]


@pytest.mark.parametrize("importer", with_glance, ids=lambda one: one.name)
@settings(max_examples=60)
@given(seed=seeds)
def test_a_key_that_is_glanced_at_is_the_one_of_the_whole(importer, seed):
    rnd = random.Random(seed)
    values = rnd.choices(some_values(importer), k=8)
    values += [deeply_retold(one, rnd) for one in values]
    lines = list(map(msgspec.json.encode, values))
    lines = [damaged(line, rnd) if rnd.random() < 0.3 else line for line in lines]
    data = b'{"id": 0}\n' + b"\n".join(
        line for line in lines if not any(one in line for one in TOO_LARGE)
    )
    without = Platform(importer.form._replace(glance=None))

    assert read_with(importer, data) == read_with(without, data)


def test_a_number_that_is_too_large_costs_its_piece_alone():
    importer = next(one for one in platforms() if one.name == "rasa")
    data = (
        b'{"sender_id": "a", "event": "user", "timestamp": 1, "text": "Hello"}\n'
        b'{"sender_id": "a", "event": "user", "timestamp": 2, "text": 1e999}\n'
        b'{"sender_id": "a", "event": "bot", "timestamp": 3, "text": "Hello!"}\n'
    )

    refused, made = read_with(importer, data)

    assert "out of range" in refused.reason
    assert [event.text for event in made.events] == ["Hello", "Hello!"]


batches = [
    line
    for shape in SHAPES
    if shape.name.startswith("otel")
    for line in shape.render(SCENARIOS).splitlines()
    if line[:1] == b"{" and line[-1:] == b"}"
]
odd = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 10**20), st.floats(0, 9), texts
)
values = st.recursive(
    st.one_of(
        st.builds(lambda one: {"stringValue": one}, odd),
        st.builds(lambda one: {"intValue": one, "boolValue": None}, odd),
        odd,
    ),
    lambda inside: st.one_of(
        st.builds(lambda one: {"arrayValue": {"values": one}}, st.lists(inside)),
        st.builds(
            lambda one: {"kvlistValue": {"values": [{"key": "a", "value": one}]}},
            inside,
        ),
    ),
    max_leaves=4,
)
names = st.sampled_from(
    [
        *("gen_ai.conversation.id", "session.id", "gen_ai.prompt", "input.value"),
        *("gen_ai.input.messages", "gen_ai.prompt.0.role", "gen_ai.prompt.0.content"),
        *("llm.output_messages.1.message.content", "service.name", "user.id", "x"),
    ]
)
attributes = st.lists(
    st.fixed_dictionaries({"key": st.one_of(names, odd)}, optional={"value": values}),
    max_size=5,
)
events = st.fixed_dictionaries(
    {"name": odd}, optional={"attributes": attributes, "timeUnixNano": odd}
)
spans = st.fixed_dictionaries(
    {"traceId": st.sampled_from(["t", 5, None]), "attributes": attributes},
    optional={
        "spanId": odd,
        "startTimeUnixNano": odd,
        "endTimeUnixNano": odd,
        "timeUnixNano": odd,
        "eventName": odd,
        "events": st.lists(events, max_size=2),
    },
)
spans_of = st.fixed_dictionaries({"spans": st.lists(spans, max_size=3)})
logs_of = st.fixed_dictionaries({"logRecords": st.lists(spans, max_size=3)})
resources = st.fixed_dictionaries(
    {},
    optional={
        "resource": st.fixed_dictionaries({}, optional={"attributes": attributes}),
        "scopeSpans": st.lists(spans_of, max_size=2),
        "scopeLogs": st.lists(logs_of, max_size=2),
    },
)
whole = st.one_of(
    resources,
    st.fixed_dictionaries(
        {}, optional={"resourceSpans": st.lists(resources, max_size=2)}
    ),
    st.fixed_dictionaries({"resourceLogs": st.lists(resources, max_size=2)}),
)


@given(whole, seeds)
def test_a_batch_of_spans_is_taken_at_once_as_it_is_looked_through(value, seed):
    rnd = random.Random(seed)
    if rnd.random() < 0.3:
        value = deeply_retold(value, rnd)
    data = msgspec.json.encode(value)
    at_once = otel_batches.at_once(data)

    if at_once is not None:
        assert at_once == list(otel_batches.spread(msgspec.json.decode(data)))


def test_the_batches_of_collectors_are_taken_at_once():
    assert batches
    for data in batches:
        at_once = otel_batches.at_once(data)
        assert at_once == list(otel_batches.spread(msgspec.json.decode(data)))


def read_or_fault(written: str) -> object:
    try:
        return moment(written, zone=UTC)
    except FaultError as fault:
        return str(fault)


clocks = st.from_regex(
    r"[012]\d{3}-\d\d-[0-3]\d[T ]\d\d:\d\d(:[0-6]\d(\.\d{1,7})?)?(Z|[+-]\d\d(:\d\d)?)?",
    fullmatch=True,
)
counts = st.one_of(
    st.integers(0, 10**21).map(str), st.text("0123456789٣", min_size=8, max_size=30)
)


@given(st.one_of(clocks, counts))
def test_a_usual_time_is_read_as_any_other(written):
    short = read_or_fault(written)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(moments, "_USUAL", NEVER)
        patch.setattr(moments, "_SHORTEST_COUNT", 1 << 30)
        long = read_or_fault(written)

    assert short == long


marks = st.lists(
    st.sampled_from(
        [
            *("<p>", "</p>", "<br>", "<div>", "&nbsp;", "&amp;", "<b>", "\n", "  "),
            *("- ", "* ", "# ", "> ", "`a`", "**b**", "[c](d)", "_", "-e", "é", "\t"),
            *("Bonjour", " ", "\r\n", "\u00a0", "+ ", "####### "),
        ]
    ),
    max_size=9,
).map("".join)


@given(marks, st.booleans())
def test_words_without_marks_are_read_as_those_with_them(body, in_paragraph):
    body = f"<p>{body}</p>" if in_paragraph else body
    short = html_text(body), markdown_text(body)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markup, "_ALONE", NEVER)
        patch.setattr(markup, "_MARKED", ALWAYS)
        long = html_text(body), markdown_text(body)

    assert short == long


left_out = st.lists(
    st.sampled_from(
        [
            *("<media omitted>", "<médias omis>", "IMAGE omitted", "photo absente"),
            *("<attached: a.jpg>", "<pièce jointe : b.mp4>", "vidéo ", "omise", " "),
            *("c.opus (file attached)", "d.pdf (FICHIER JOINT)", "Bonjour", "(joint)"),
        ]
    ),
    max_size=5,
).map("".join)


@given(left_out)
def test_what_is_left_out_of_a_text_is_looked_for_where_it_can_be(said):
    found = flat_text._OMITTED.search(said)

    assert found is None or flat_text._OMITS.search(said)


cells = st.text(st.sampled_from('ab", \n;é'), max_size=5)


@given(st.lists(st.lists(cells, max_size=4), max_size=6), seeds)
def test_a_row_that_is_known_decoded_is_the_one_that_is_written(table, seed):
    rows = [["id", "Text", "text", "b"], *table]
    data = "\n".join(
        ",".join('"{}"'.format(cell.replace('"', '""')) for cell in row) for row in rows
    )
    bytes_ = data.encode()
    if random.Random(seed).random() < 0.3:
        bytes_ = damaged(bytes_, random.Random(seed))

    for record in cuts.rows(io.BytesIO(bytes_), "a.csv", ReadOptions()):
        if isinstance(record, Record):
            assert record.value == msgspec.json.decode(record.data)
