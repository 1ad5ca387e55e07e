"""CloudEvents: whatever is in an envelope is read as if it had none."""

from __future__ import annotations

import base64
import json
import random

import pytest

from jauge.importers.envelopes import is_enveloped
from jauge.settings import ReadOptions
from jauge.sources import look, read
from tests.formats.scenarios import SCENARIOS
from tests.formats.shapes_found import SHAPES
from tests.importers.test_hostile import check_read
from tests.mutations import MUTATIONS, mutated
from tests.within_limits import within_limits


def values_of(data: bytes) -> list[dict[str, object]]:
    """Give the objects of a file in lines, in an array or one after another."""
    text, place, found = data.decode().strip(), 0, []
    while place < len(text):
        value, place = json.JSONDecoder().raw_decode(text, place)
        found += value if isinstance(value, list) else [value]
        place += len(text[place:]) - len(text[place:].lstrip())
    return found


def envelope(value: object, number: int, **other: object) -> dict[str, object]:
    return {
        "specversion": "1.0",
        "type": "com.example.chat",
        "source": "/bots/lia",
        "id": f"A-{number}",
        "time": "2026-09-14T08:02:11Z",
        "datacontenttype": "application/json",
        **(other or {"data": value}),
    }


def json_shapes():
    for shape in SHAPES:
        try:
            yield pytest.param(values_of(shape.render(SCENARIOS)), id=shape.name)
        except (ValueError, UnicodeDecodeError):
            continue


@pytest.mark.parametrize("values", list(json_shapes()))
def test_every_format_is_read_out_of_its_envelopes(values, tmp_path):
    plain, packed = tmp_path / "plain", tmp_path / "packed"
    plain.write_text("\n".join(map(json.dumps, values)), "utf-8")
    told = [envelope(one, number) for number, one in enumerate(values)]
    packed.write_text("\n".join(map(json.dumps, told)), "utf-8")

    assert list(read(packed)) == list(read(plain))
    assert look(str(packed), ReadOptions())[0] == look(str(plain), ReadOptions())[0]


CHAT = {
    "id": "c-1",
    "events": [
        {"type": "message", "role": "user", "text": "où ?"},
        {"type": "message", "role": "bot", "text": "là\n🙂"},
    ],
}


@pytest.mark.parametrize(
    "told",
    [
        {"data": CHAT},
        {"data": json.dumps(CHAT)},
        {"data_base64": base64.b64encode(json.dumps(CHAT).encode()).decode()},
        {"data_base64": base64.b64encode(json.dumps(CHAT, indent=1).encode()).decode()},
    ],
)
@pytest.mark.parametrize("layout", ["lines", "batch", "laid out"])
def test_every_way_to_hold_data_is_opened(told, layout, tmp_path):
    one = envelope(None, 1, **told)
    path = tmp_path / "e.json"
    path.write_text(
        json.dumps(
            [one] if layout == "batch" else one, indent=layout == "laid out" or None
        )
    )

    (chat,) = read(path)

    assert (chat.id, chat.events[1].text) == ("c-1", "là\n🙂")


def test_the_same_event_twice_counts_once(tmp_path):
    path = tmp_path / "e.jsonl"
    path.write_text("\n".join(json.dumps(envelope(CHAT, n)) for n in (1, 1, 2)))
    left: list[str] = []

    assert len(list(read(path, ReadOptions(on_left_out=left.append)))) == 2
    assert left == ["duplicate"]


def test_what_is_no_json_is_refused_with_its_envelope(tmp_path):
    path = tmp_path / "e.jsonl"
    odd = [
        envelope(None, 2, data_base64="é…"),
        envelope(None, 3, data="<xml/>"),
        envelope(None, 4, data_base64="AAAA"),
    ]
    path.write_text("\n".join(map(json.dumps, [envelope(CHAT, 1), *odd])))

    chat, *refused = read(path)

    assert chat.id == "c-1"
    assert [json.loads(one.record)["id"] for one in refused] == ["A-2", "A-3", "A-4"]
    assert [one.line for one in refused] == [2, 3, 4]


def test_a_list_in_an_envelope_is_read_one_by_one(tmp_path):
    path = tmp_path / "e.jsonl"
    listed = [CHAT, {**CHAT, "id": "c-2"}]
    packed = base64.b64encode(json.dumps([{**CHAT, "id": "c-4"}]).encode()).decode()
    told = [
        envelope(listed, 1),
        envelope(None, 2, data=json.dumps([{**CHAT, "id": "c-3"}])),
        envelope(None, 3, data_base64=packed),
        envelope(listed, 1),
    ]
    path.write_text("\n".join(map(json.dumps, told)))

    assert [one.id for one in read(path)] == ["c-1", "c-2", "c-3", "c-4"]


@pytest.mark.parametrize("held", [[], [1], [CHAT, "x"], [[CHAT]], "[", "[{}"])
def test_a_list_of_anything_else_is_refused_with_its_envelope(held, tmp_path):
    path = tmp_path / "e.jsonl"
    told = [envelope(CHAT, 1), envelope(None, 2, data=held)]
    path.write_text("\n".join(map(json.dumps, told)))

    chat, refused = read(path)

    assert chat.id == "c-1"
    assert json.loads(refused.record)["id"] == "A-2"


@pytest.mark.parametrize(
    ("lang", "listed", "said"),
    [
        ("en", "envelopes around any", "in CloudEvents envelopes"),
        ("fr", "enveloppes CloudEvents autour", "dans des enveloppes CloudEvents"),
    ],
)
def test_envelopes_are_named_to_the_user(jauge, here, lang, listed, said):
    (here / "e.jsonl").write_text(json.dumps(envelope(CHAT, 1)))
    (here / "bare.jsonl").write_text(json.dumps(CHAT))

    assert listed in jauge("formats", "--lang", lang).out.decode()
    assert said in " ".join(
        jauge("doctor", "e.jsonl", "--lang", lang).out.decode().split()
    )
    assert (
        "CloudEvents" not in jauge("doctor", "bare.jsonl", "--lang", lang).out.decode()
    )


def test_other_json_is_no_envelope():
    assert not is_enveloped(b'{"id": "x", "specversion": "1.0", "events": []}')
    assert not is_enveloped(b'[{"text": "specversion"}]')


def test_whatever_is_done_to_envelopes_they_are_read_or_refused(tmp_path):
    rnd = random.Random(23)
    path = tmp_path / "e.jsonl"
    told = [envelope(CHAT, 1), envelope(None, 2, data_base64="e30=")]
    listed = [envelope([CHAT, {**CHAT, "id": "c-2"}], 1), envelope(CHAT, 1)]
    files = ["\n".join(map(json.dumps, some)).encode() for some in (told, listed)]
    for number in range(MUTATIONS):
        data = mutated(files[number % len(files)], rnd)
        path.write_bytes(data)
        with within_limits(data):
            check_read(path, ReadOptions())
