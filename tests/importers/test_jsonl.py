"""JSON Lines: one conversation a line, and a bad line costs only itself."""

from __future__ import annotations

import io

import pytest

from jauge.importers.jsonl import JsonLines
from jauge.model.conversation import Conversation
from jauge.model.rejected import Rejected
from jauge.settings import Limits, ReadOptions
from jauge.testing import check_importer

GOOD = b'{"id": "good", "events": []}'
SAID = '{"id": "a", "events": [{"type": "message", "role": "user", "text": %s}]}'


def read_lines(data: bytes, **limits: int) -> list[Conversation | Rejected]:
    options = ReadOptions(limits=Limits(**limits))
    records = JsonLines().split(io.BytesIO(data), "a.jsonl", options)
    return [
        found if isinstance(found, Rejected) else JsonLines().parse(found)
        for found in records
    ]


def test_lines_keep_what_all_importers_promise(formats):
    data = (formats / "jsonl" / "chats.jsonl").read_bytes()

    check_importer(JsonLines(), data, conversations=2)


def test_an_empty_line_is_no_record_and_lines_are_counted():
    found = read_lines(b"\xef\xbb\xbf\n" + GOOD + b"\r\n  \n\nnot json\n")

    assert isinstance(found[0], Conversation)
    assert [(one.line, one.path) for one in found[1:]] == [(5, "$")]


def test_one_bad_line_at_the_top_does_not_cost_the_file():
    broken = b'{"id": "a", "events": [\n'

    assert JsonLines().recognizes(broken + GOOD + b"\n")
    assert JsonLines().recognizes(b"# exported today\n" + GOOD + b"\n")


def test_a_line_over_the_limit_is_rejected_with_its_beginning():
    long = b'{"id": "long"' + b" " * 500 + b"}"

    rejected, kept = read_lines(long + b"\n" + GOOD + b"\n", record_bytes=100)

    assert rejected.reason == (
        "longer than 100 bytes (limit: record_bytes); only its beginning is kept"
    )
    assert rejected.record.startswith('{"id": "long"')
    assert kept.id == "good"


def test_a_line_of_just_the_limit_is_read():
    for end in (b"", b"\n"):
        (kept,) = read_lines(GOOD + end, record_bytes=len(GOOD))

        assert isinstance(kept, Conversation)


@pytest.mark.parametrize(
    ("line", "path", "reason"),
    [
        (b'{"id": 7, "events": []}', "$.id", "Expected `str`, got `int`"),
        (b'{"id": "", "events": []}', "$.id", "length >= 1"),
        (b'{"events": []}', "$", "missing required field `id`"),
        (b'{"id": "a"}', "$", "missing required field `events`"),
        (b'{"id": "a", "events": {}}', "$.events", "Expected `array`"),
        (b'{"id": "a", "events": [null]}', "$.events[0]", "Expected `object`"),
        (b'{"id": "a", "events": [{"type": "x"}]}', "$.events[0].type", "'x'"),
        (b'{"id": "a", "events": [{"type": "message"}]}', "$.events[0]", "`role`"),
        (
            b'{"id": "a", "events": [{"type": "message", "role": "boss"}]}',
            "$.events[0].role",
            "'boss'",
        ),
        (
            b'{"id": "a", "events": [{"type": "close", "at": "2026-01-01T00:00:00"}]}',
            "$.events[0].at",
            "timezone",
        ),
        (
            b'{"id": "a", "events": [{"type": "rating", "value": 1e999}]}',
            "$.events[0].value",
            "out of range",
        ),
        (b'{"id": "a", "events": [], "x": NaN}', "$", "not JSON"),
        (b'{"id": "a", "events": []} {}', "$", "trailing characters"),
        (b'{"id": "a\x00", "events": []}', "$", "not JSON"),
        (b'{"id": "a", "events": [], "x": "\xff"}', "$", "not UTF-8"),
        (b"[]", "$", "Expected `object`, got `array`"),
        (b"null", "$", "Expected `object`, got `null`"),
        (b'{"id": "a", "events": [], "x": ' + b"[" * 10_000, "$", "nested too deeply"),
        (
            b'{"id": "a", "events": [], "metadata": {"x": ' + b"9" * 5000 + b"}}",
            "$.metadata[...]",
            "out of range",
        ),
    ],
)
def test_a_hostile_record_is_rejected_in_words(line, path, reason):
    rejected, kept = read_lines(line + b"\n" + GOOD)

    assert (rejected.file, rejected.line, rejected.path) == ("a.jsonl", 1, path)
    assert reason in rejected.reason
    assert rejected.record
    assert kept.id == "good"


@pytest.mark.parametrize("half", [r'"\ud83d"', r'"\ude00 ok"', r'"x\ud83d\n"'])
def test_half_a_character_is_named_as_such(half):
    (rejected,) = read_lines((SAID % half).encode())

    assert "is half a character" in rejected.reason


def test_a_whole_character_in_two_escapes_is_read():
    (chat,) = read_lines((SAID % r'"\ud83d\ude00"').encode())

    assert chat.events[0].text == "😀"


def test_unknown_fields_of_any_kind_are_no_fault():
    line = (
        b'{"id": "a", "events": [], "id": "b", "n": ' + b"9" * 5000 + b', "m": 1e999}'
    )

    (chat,) = read_lines(line)

    assert (chat.id, chat.source) == ("b", line)
