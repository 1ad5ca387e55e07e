"""A mapping file reads JSON of any shape."""

from __future__ import annotations

import json
import pickle
import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from jauge.errors import UsageError
from jauge.importers.mapped import found_at, mapped
from jauge.mappings import load_mapping
from jauge.model.conversation import Action, Conversation, Handoff, Message, Rating
from jauge.settings import ReadOptions
from jauge.sources import read
from tests.importers.test_hostile import check_read
from tests.mutations import MUTATIONS, mutated
from tests.within_limits import within_limits

if TYPE_CHECKING:
    from jauge.model.rejected import Rejected

EXAMPLE = Path(__file__).parents[1] / "docs" / "samples"
ACME = load_mapping(str(EXAMPLE / "acme.toml"))


def mapping(tmp_path, text: str):
    path = tmp_path / "my.toml"
    path.write_text(text, "utf-8")
    return load_mapping(str(path))


def chats(tmp_path, data: object, text: str) -> list[Conversation | Rejected]:
    path = tmp_path / "export"
    path.write_text(data if isinstance(data, str) else json.dumps(data), "utf-8")
    return list(read(path, ReadOptions(mapping=mapping(tmp_path, text))))


def test_the_example_of_the_documentation_is_read_whole():
    left: list[str] = []
    options = ReadOptions(mapping=ACME, on_left_out=left.append)

    (chat,) = read(EXAMPLE / "acme.json", options)

    assert (chat.id, chat.channel, chat.language) == ("82078", "web_chat", "fr-CA")
    assert (chat.user_id, chat.closed) == ("v-1", True)
    assert [type(one) for one in chat.events] == [
        Message, Action, Message, Message, Handoff, Message, Rating,
    ]  # fmt: skip
    first, click, missed, asked, taken, agent, rated = chat.events
    assert first.text == "Bonjour !\nQue puis-je faire ?"
    assert first.choices == ("Suivre ma commande", "Autre")
    assert (click.action, click.target) == ("quick_reply", "Suivre ma commande")
    assert (missed.intent, missed.confidence, missed.fallback) == ("numero", 0.21, True)
    assert (str(asked.role), str(agent.role)) == ("user", "agent")
    assert asked.at.isoformat() == "2026-09-14T08:02:52+00:00"
    assert taken.state == "accepted"
    assert (rated.value, rated.best, rated.comment) == (2, 5, "long")
    assert left == ["other"]


def test_messages_one_a_line_are_put_together(tmp_path):
    lines = [
        {"c": 1, "who": "client", "said": "allô"},
        {"c": 2, "who": "bot", "said": "hello"},
        {"c": 1, "who": "robot", "said": "oui ?"},
    ]
    text = 'id = "c"\n[message]\nrole = "who"\ntext = "said"\n'

    first, second = chats(tmp_path, "\n".join(map(json.dumps, lines)), text)

    assert [(str(one.role), one.text) for one in first.events] == [
        ("user", "allô"),
        ("bot", "oui ?"),
    ]
    assert second.id == "2"


def test_a_table_is_mapped_by_its_columns_in_lower_case(tmp_path):
    table = "Ref;Wer;Was\n7;kunde;hallo\n7;maschine;ja\n"
    text = (
        'id = "ref"\n[message]\nrole = "wer"\ntext = "was"\n'
        '[roles]\nkunde = "user"\nmaschine = "bot"\n'
    )

    (chat,) = chats(tmp_path, table, text)

    assert [str(one.role) for one in chat.events] == ["user", "bot"]


def test_a_role_that_is_not_mapped_stays_unknown(tmp_path):
    data = {
        "id": "a",
        "m": [{"r": "x", "t": "a"}, {"r": None, "t": "b"}, {"t": "c"}, 7],
    }
    text = 'id = "id"\nmessages = "m"\n[message]\nrole = "r"\ntext = "t"\n'

    (chat,) = chats(tmp_path, data, text)

    assert {str(one.role) for one in chat.events} == {"unknown"}


def test_a_record_without_an_id_is_refused(tmp_path):
    text = 'id = "id"\nmessages = "m"\n[message]\nrole = "r"\ntext = "t"\n'

    (refused,) = chats(tmp_path, {"m": []}, text)

    assert refused.reason == "no conversation id"


def test_a_time_that_is_none_refuses_its_conversation(tmp_path):
    text = 'id = "id"\nmessages = "m"\n[message]\nrole = "r"\ntext = "t"\nat = "at"\n'
    data = {"id": "a", "m": [{"r": "user", "t": "a", "at": "soon"}]}

    (refused,) = chats(tmp_path, data, text)

    assert refused.reason == "no time: soon"
    assert refused.claimed_id == "a"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("id = 3", "Expected `str | array`, got `int` - at `$.id`"),
        ('id = "a"', "missing required field `message`"),
        ('id = "a"\nmesages = "b"\n[message]\nrole="r"\ntext="t"', "mesages"),
        ('id = "a"\n[message]\nrole="r"\ntext="t"\n[roles]\nx = "kunde"', "kunde"),
        ("id = ", "docs/mapping.md"),
    ],
)
def test_a_faulty_mapping_is_one_line_that_says_where(text, words, tmp_path):
    with pytest.raises(UsageError) as raised:
        mapping(tmp_path, text)

    assert words in str(raised.value)
    assert "\n" not in str(raised.value)
    assert "my.toml" in str(raised.value)


@pytest.mark.parametrize("name", ["absent.toml", ".", "a\0b"])
def test_a_mapping_that_is_not_there_is_said(name, tmp_path):
    with pytest.raises(UsageError, match="cannot be read"):
        load_mapping(str(tmp_path / name))


def test_the_importer_of_a_mapping_travels():
    assert pickle.loads(pickle.dumps(mapped(ACME))).name == "mapping"


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("a.b", [1]),
        ("a.x", []),
        ("l[].v", [1, 2]),
        ("l.0.v", [1]),
        ("l.9.v", []),
        ("l.99999999999999999999.v", []),
        ("s.q[]", [5, 6]),
        ("a.b.c", []),
        ("d.o.t", ["dots"]),
        ("l[].l[].l[]", []),
    ],
)
def test_paths_lead_somewhere_or_nowhere(path, found):
    value = {
        "a": {"b": 1},
        "l": [{"v": 1}, {"v": 2}, 3],
        "s": '{"q": [5, 6]}',
        "d.o.t": "dots",
    }

    assert list(found_at(value, path)) == found


def test_whatever_is_done_to_an_export_it_is_read_or_refused(tmp_path):
    rnd = random.Random(27)
    data = (EXAMPLE / "acme.json").read_bytes()
    path = tmp_path / "export.json"
    for _ in range(MUTATIONS):
        changed = mutated(data, rnd)
        path.write_bytes(changed)
        with within_limits(changed):
            check_read(path, ReadOptions(mapping=ACME))


@pytest.mark.parametrize("command", ["score", "load", "doctor"])
@pytest.mark.parametrize("name", ["acme.json", "acme.jsonl"])
def test_json_of_another_shape_is_told_of_mappings(jauge, here, command, name):
    chat = {"ticket": 7, "messages": [{"who": "visitor", "body": "hello"}]}
    (here / name).write_text(json.dumps([chat] if name == "acme.json" else chat))

    ran = jauge(command, name)

    told = " ".join(f"{ran.out.decode()} {ran.err}".split())
    assert ran.status == 2
    assert "--mapping FILE (docs/mapping.md)" in told


def test_a_record_that_lacks_its_id_among_good_ones_is_not_of_another_shape(
    jauge, here, sample
):
    good = Path(sample).read_text("utf-8").splitlines()[0]
    (here / "chats.jsonl").write_text(f'{good}\n{{"events": []}}\n', "utf-8")

    assert "--mapping" not in jauge("score", "chats.jsonl").err
