"""The same facts are read from every shape, and get the same score."""

from __future__ import annotations

import io
import json
import pickle
import random
import zipfile
from collections import Counter

import msgspec
import pytest
from msgspec.structs import replace

import jauge
from jauge.importers.finished import conversations
from jauge.importers.head import Head
from jauge.importers.platforms import platforms
from jauge.importers.recognition import recognised
from jauge.model.conversation import Conversation, encode_conversation
from jauge.model.rejected import Rejected
from jauge.settings import ReadOptions
from jauge.sources import importer_of, importers, read, read_all
from jauge.unpacked import HEAD
from tests.formats.scenarios import SCENARIOS
from tests.formats.shapes_found import SHAPES
from tests.mutations import MUTATIONS, mutated
from tests.within_limits import within_limits

IS_TAKEN_RIGHT = 0.9
NAMES = {one.name for one in importers()}
FACTS = (
    "role", "text", "choices", "at", "fallback", "intent", "confidence", "action",
    "target", "state", "value", "comment",
)  # fmt: skip
each_shape = pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
each_platform = pytest.mark.parametrize("one", platforms(), ids=lambda one: one.name)


def facts_of(conversation: Conversation) -> list[tuple[object, ...]]:
    """Give what the events say, without ids and media."""
    return [
        (type(event).__name__, *(getattr(event, name, None) for name in FACTS))
        for event in conversation.events
    ]


def platform_of(name: str):
    return next(one for one in platforms() if one.name == name)


@each_shape
def test_what_a_shape_carries_is_read_back(shape, tmp_path):
    path = tmp_path / "export"
    path.write_bytes(shape.render(SCENARIOS))

    found = {one.id: one for one in read(path)}

    assert sorted(found) == sorted(one.id for one in SCENARIOS)
    for scenario in SCENARIOS:
        wanted, made = shape.expected(scenario), found[scenario.id]
        assert facts_of(made) == facts_of(wanted)
        assert (made.language, made.channel) == (wanted.language, wanted.channel)


@each_shape
def test_the_same_facts_get_the_same_score(shape, tmp_path):
    path = tmp_path / "export"
    path.write_bytes(shape.render(SCENARIOS))

    found = {one.id: jauge.score(one) for one in read(path)}

    for scenario in SCENARIOS:
        assert found[scenario.id] == jauge.score(shape.expected(scenario))


@each_shape
def test_a_shape_is_recognised_by_itself_and_by_no_other(shape):
    data = shape.render(SCENARIOS)

    sure = {one.name: one.confidence(Head(data)) for one in platforms()}

    assert recognised(data[:65536], "export").name == shape.importer
    assert max(sure, key=sure.get) == shape.importer


@each_shape
def test_a_conversation_over_two_files_counts_what_comes_twice_once(shape, tmp_path):
    paths = [tmp_path / "a", tmp_path / "b"]
    for path in paths:
        path.write_bytes(shape.render(SCENARIOS))
    if platform_of(shape.importer).form.key is None:
        pytest.skip("each value of this format is a whole conversation")

    found = [*read_all(map(str, paths), ReadOptions())]

    assert [len(one.events) for one in found] == [
        len(one.events) for one in read(paths[0])
    ]


@each_shape
def test_an_archive_is_read_as_the_file_in_it(shape, tmp_path):
    plain, packed = tmp_path / "export", tmp_path / "export.zip"
    plain.write_bytes(shape.render(SCENARIOS))
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(plain, "chats/export")

    assert [*read(packed)] == [*read(plain)]


@each_shape
def test_an_empty_export_has_no_conversation(shape, tmp_path):
    path = tmp_path / "export"
    path.write_bytes(shape.render(()))

    options = ReadOptions(format=shape.importer)
    assert [one for one in read(path, options) if isinstance(one, Conversation)] == []


@each_platform
def test_an_importer_has_words_and_travels(one):
    page = one.form.page

    for said in (page.line, page.export, page.carries, page.lacks):
        assert said.fr
        assert said.en
        assert said.fr != said.en
    assert pickle.loads(pickle.dumps(one)).name == one.name
    assert {shape.importer for shape in SHAPES} >= {one.name}, "no shape in tests"


@each_platform
def test_whatever_is_done_to_a_file_it_is_read_or_refused(one):
    shapes = [shape for shape in SHAPES if shape.importer == one.name]
    rnd = random.Random(one.name)
    told = [SCENARIOS[start : start + 2] for start in range(len(SCENARIOS) - 1)]
    files = [shape.render(some) for some in told for shape in shapes]
    kinds: Counter[type] = Counter()
    for number in range(MUTATIONS):
        data = mutated(files[number % len(files)], rnd)
        # Now and then it is taken for a file of another platform.
        importer = one if rnd.random() < IS_TAKEN_RIGHT else rnd.choice(platforms())
        with within_limits(data):
            name_or_doubt(data)
            for made in made_of(importer, data):
                check(made)
                kinds[type(made)] += 1
    # Neither is a reader that refuses all, nor one that takes anything.
    assert kinds.keys() == {Conversation, Rejected}


def name_or_doubt(data: bytes) -> None:
    """Recognise a file: a format, the same twice, or an error of one line."""
    said = [named(data), named(data)]
    assert said[0] == said[1]
    assert said[0] in NAMES or (": " in said[0] and "\n" not in said[0])


def named(data: bytes) -> str:
    try:
        return importer_of(data[:HEAD], "export", ReadOptions()).name
    except jauge.JaugeError as error:
        return str(error)


def made_of(importer, data: bytes):
    options = ReadOptions(format=importer.name)
    for record in importer.split(io.BytesIO(data), "export", options):
        if isinstance(record, Rejected):
            yield record
        else:
            yield from conversations(importer, record, options)


def check(made: object) -> None:
    """What comes is of two kinds, and can be written and read again."""
    assert isinstance(made, Conversation | Rejected)
    if isinstance(made, Rejected):
        assert made.reason
        msgspec.json.encode(made)
        return
    again = msgspec.json.decode(encode_conversation(made), type=Conversation)
    assert again == replace(made)


def test_a_doubt_names_the_candidates_and_the_option(monkeypatch):
    data = json.dumps({"sender_id": "a", "events": []}).encode()
    twins = (platform_of("rasa"), platform_of("rasa"))
    monkeypatch.setattr("jauge.importers.recognition.platforms", lambda: twins)

    with pytest.raises(jauge.JaugeError, match=r"could be rasa or rasa.*--from rasa"):
        recognised(data, "export")
