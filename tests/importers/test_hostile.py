"""Whatever is done to a file, its reader gives conversations and refusals, no error."""

from __future__ import annotations

import json
import random

import msgspec
import pytest

from jauge.errors import InputError
from jauge.model.conversation import Conversation, encode_conversation
from jauge.model.rejected import Rejected
from jauge.settings import Limits, ReadOptions
from jauge.sources import read
from tests.mutations import MUTATIONS, damaged, retold
from tests.within_limits import within_limits

TABLE = (
    "id;role;texte;date;heure;confidence;note;canal;choix;action;type\r\n"
    + "".join(
        f'c{i % 4};{who};"{i} ""x""";{i + 1:02}/11/2026;14:{i:02};0,5;4;web;A|B;;\r\n'
        for i, who in enumerate(("client", "robot") * 8)
    )
)


def check_read(path, options: ReadOptions) -> None:
    """Read a file: what comes is of two kinds, and can be written and read again."""
    try:
        for found in read(path, options):
            assert isinstance(found, Conversation | Rejected)
            if isinstance(found, Conversation):
                again = msgspec.json.decode(
                    encode_conversation(found), type=Conversation
                )
                assert again == found
            else:
                assert found.reason
                msgspec.json.encode(found)
    except InputError as error:
        assert "\n" not in str(error)  # noqa: PT017 - often there is none


@pytest.mark.parametrize("layout", ["lines", "array", "indented"])
def test_whatever_is_done_to_records_they_are_read_or_refused(layout, sample, tmp_path):
    rnd = random.Random(layout)
    records = [json.loads(line) for line in sample.read_bytes().splitlines()]
    path = tmp_path / "chats"
    for _ in range(MUTATIONS):
        some = [retold(record, rnd) for record in rnd.sample(records, 2)]
        if layout == "lines":
            path.write_text("\n".join(map(json.dumps, some)))
        else:
            path.write_text(
                json.dumps(some, indent=1 if layout == "indented" else None)
            )

        with within_limits(path.read_bytes()):
            check_read(path, ReadOptions())


@pytest.mark.parametrize("form", ["jsonl", "json", "csv"])
def test_whatever_is_done_to_bytes_they_are_read_or_refused(form, sample, tmp_path):
    rnd = random.Random(form)
    lines = sample.read_bytes().splitlines()
    path = tmp_path / "chats"
    for _ in range(MUTATIONS):
        sound = {
            "jsonl": b"\n".join(rnd.sample(lines, 2)),
            "json": b"[" + b",\n".join(rnd.sample(lines, 2)) + b"]",
            "csv": TABLE.encode(),
        }[form]
        path.write_bytes(damaged(sound, rnd))
        limits = Limits(record_bytes=rnd.choice((1000, 10**6)), events=5)

        for options in (
            ReadOptions(limits=limits),
            ReadOptions(format=form, set={"bot": "Lia"}),
        ):
            with within_limits(path.read_bytes()):
                check_read(path, options)


@pytest.mark.parametrize("type_", [{}, [], {"type": "message"}, None, 1])
def test_a_first_event_of_an_odd_type_costs_that_record_alone(type_, tmp_path):
    path = tmp_path / "chats.jsonl"
    odd = {"id": "a", "events": [{"type": type_}]}
    path.write_text("\n".join(map(json.dumps, [odd, {"id": "b", "events": []}])))

    refused, chat = read(path)

    assert isinstance(refused, Rejected)
    assert chat.id == "b"


def test_a_conversation_with_more_events_than_the_limit_names_it(tmp_path):
    path = tmp_path / "long.jsonl"
    path.write_text(json.dumps({"id": "a", "events": [{"type": "close"}] * 6}))

    (found,) = read(path, ReadOptions(limits=Limits(events=5)))

    assert found.reason == "more than 5 events (limit: events)"


@pytest.mark.parametrize(
    "said", [{"text": "é" * 6}, {"text": "é", "choices": ["ab"] * 3}]
)
def test_a_conversation_with_more_text_than_the_limit_names_it(said, tmp_path):
    path = tmp_path / "long.jsonl"
    message = {"type": "message", "role": "user", **said}
    chats = [{"id": id_, "events": [message], "more": "x" * 9} for id_ in "ab"]
    chats[1]["events"] = []
    path.write_text("\n".join(map(json.dumps, chats)))

    refused, kept = read(path, ReadOptions(limits=Limits(text_chars=5)))

    assert refused.reason == "more than 5 characters of text (limit: text_chars)"
    assert (refused.claimed, kept.id) == ("a", "b")
