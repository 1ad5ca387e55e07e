"""Times, markup, cards and threads, in the shapes that platforms write."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from jauge.importers.cards import card_of
from jauge.importers.head import Head, completed
from jauge.importers.markup import html_text, markdown_text
from jauge.importers.moments import moment
from jauge.importers.threads import cut
from jauge.importers.values import FaultError
from jauge.settings import Limits, ReadOptions
from jauge.sources import read, read_all
from jauge.testing import conversation

AT = datetime(2026, 9, 14, 8, 2, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        1789372931, 1789372931.0, "1789372931", 1789372931000, "1789372931000",
        1789372931000000, 1789372931000000000, "2026-09-14T08:02:11Z",
        "2026-09-14T08:02:11.0000000Z", "2026-09-14T10:02:11+02:00",
        "2026-09-14 08:02:11 UTC", "2026-09-14 08:02:11", "14/09/2026 08:02:11",
        "Mon, 14 Sep 2026 08:02:11 +0000", "Mon, 14 Sep 2026 08:02:11 GMT",
        "/Date(1789372931000)/", "/Date(1789372931000+0200)/",
        "Mon Sep 14 2026 01:02:11 GMT-0700 (Mountain Standard Time)",
        "14 Sep 2026 08:02:11 +0000",
    ],
)  # fmt: skip
def test_a_time_is_read_in_every_shape(written):
    assert moment(written, zone=UTC) == AT


@pytest.mark.parametrize("written", [None, "", 0])
def test_no_time_is_none(written):
    assert moment(written, zone=UTC) is None


@pytest.mark.parametrize(
    "written", [True, [], {}, "soon", "99/99/2026", 1e300, -1e300, "1" * 30, "Mon",
                "2026-13-01T00:00:00Z", "Mon, 99 Sep 2026 08:02:11 +9999", float("nan"),
                "0001-01-01T00:00:00+14:00"]
)  # fmt: skip
def test_what_is_no_time_is_a_fault(written):
    with pytest.raises(FaultError, match="no time"):
        moment({"at": written}, "at", zone=UTC)


@pytest.mark.parametrize("written", ["9999-12-31T23:59:59Z", "0002-06-01T00:00:00Z"])
def test_a_time_at_the_ends_of_the_calendar_is_read(written):
    assert moment(written, zone=UTC).isoformat() == written.replace("Z", "+00:00")


def test_a_time_without_a_zone_is_in_the_one_given():
    paris = moment("2026-09-14T10:02:11", zone=ZoneInfo("Europe/Paris"))

    assert paris == AT


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>Bonjour&nbsp;!</p><div>Ça va ?</div>", "Bonjour !\nÇa va ?"),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("<style>p{}</style><script>x<y</script>ok", "ok"),
        ('<img src="x" alt="plan"> voilà', "plan voilà"),
        ("<speak>Hello <break time='1s'/>you</speak>", "Hello you"),
        ("x &lt; y &amp; z", "x < y & z"),
        ("<script>never closed", ""),
        ("a <!-- note --> b", "a b"),
        ("5 < 6 but 7 > 6", "5 < 6 but 7 > 6"),
    ],
)
def test_html_becomes_what_the_customer_saw(body, text):
    assert html_text(body) == text


def test_markdown_becomes_what_the_customer_saw():
    body = "# Suivi\n**Votre** _colis_ : [ici](https://x.example) `AB_12_3` 2*3*4"

    assert markdown_text(body) == "Suivi\nVotre colis : ici AB_12_3 2*3*4"


@pytest.mark.parametrize(
    "mark", ["<", "<a ", "<!--", "[", "**a", "`", "\n ", "<script>"]
)
def test_hostile_markup_takes_no_longer(mark):
    body = mark * 100_000

    assert isinstance(html_text(body), str)
    assert isinstance(markdown_text(body), str)


def test_cards_of_any_kind_give_words_and_choices():
    adaptive = {
        "body": [
            {"type": "TextBlock", "text": "Colis"},
            {"items": [{"text": "Jeudi"}]},
        ],
        "actions": [{"title": "Voir"}, {"title": "Voir"}],
    }

    assert card_of(adaptive) == ("Colis\nJeudi", ("Voir",))
    assert card_of(None) == ("", ())


def test_a_nested_card_ends():
    card: dict[str, object] = {"text": "x"}
    for _ in range(500):
        card = {"body": [card]}

    assert card_of(card).text == ""


@pytest.mark.parametrize("end", range(1, 60))
def test_json_that_is_cut_off_is_completed(end):
    whole = b'{"a": [1, {"b": "x,}"}, "y"], "c": {"d": null}, "e": "\\"]"}'

    assert isinstance(json.loads(completed(whole[:end])), dict)


def test_a_head_shows_the_records_of_every_layout():
    one = {"id": "é"}
    for data in (
        json.dumps(one), json.dumps([one, one]), json.dumps(one, indent=2),
        json.dumps({"data": {"payload": [one]}}), "\ufeff" + json.dumps(one),
        f"{json.dumps(one)}\n{json.dumps(one)}\n{{half",
    ):  # fmt: skip
        assert Head(data.encode()).records(["data.payload"])[0] == one


def test_a_thread_is_cut_after_a_silence_and_late_ratings_stay():
    day = 86_400
    chat = conversation(
        {"user": "a", "at": 0},
        {"rating": 4, "at": 2 * day},
        {"user": "b", "at": 4 * day},
        {"bot": "c", "at": 4 * day + 5},
        id="82078",
        closed=False,
    )

    parts = cut(chat, timedelta(hours=12))

    assert [(one.id, len(one.events), one.closed) for one in parts] == [
        ("82078", 2, True),
        ("82078#2", 2, False),
    ]


def test_gap_and_as_of_hold_for_our_own_format_too(tmp_path):
    path = tmp_path / "a.jsonl"
    said = [
        {
            "type": "message",
            "role": "user",
            "text": "x",
            "at": f"2026-11-0{day}T10:00:00Z",
        }
        for day in (1, 2, 5)
    ]
    path.write_text(json.dumps({"id": "a", "events": said}))
    as_of = datetime(2026, 11, 5, 11, tzinfo=UTC)

    found = [*read(path, ReadOptions(gap=2 * 86400, as_of=as_of))]

    assert [(one.id, one.closed) for one in found] == [("a", True), ("a#2", False)]
    assert [one.id for one in read(path, ReadOptions(gap=0))] == ["a"]


def test_pieces_over_the_limit_are_refused_and_not_held(tmp_path):
    path = tmp_path / "a.jsonl"
    lines = [
        {"sender_id": "s", "event": "user", "timestamp": 1.0 + n, "text": "x" * 50}
        for n in range(20)
    ]
    path.write_text("\n".join(map(json.dumps, lines)))

    (refused,) = read(path, ReadOptions(limits=Limits(record_bytes=500)))

    assert "record_bytes" in refused.reason
    assert len(refused.record) <= 200


def test_a_conversation_over_files_stands_where_it_began(tmp_path):
    for name, senders in (("1.jsonl", "ab"), ("2.jsonl", "ba")):
        lines = [
            {"sender_id": s, "event": "user", "timestamp": n + 5, "text": name}
            for n, s in enumerate(senders)
        ]
        (tmp_path / name).write_text("\n".join(map(json.dumps, lines)))

    found = [*read_all([str(tmp_path)], ReadOptions())]

    assert [(one.id, len(one.events)) for one in found] == [("a", 2), ("b", 2)]


@pytest.mark.parametrize("gap", ["soon", "12", "00", "h"])
def test_a_gap_that_is_none_is_said_in_one_line(jauge, sample, gap):
    ran = jauge("score", sample, "--gap", gap)

    assert ran.status == 2
    assert ran.err.count("\n") == 1
    assert "30m" in ran.err


def _call(**more):
    return {
        "type": "notification_event",
        "topic": "conversation.user.created",
        "data": {
            "item": {
                "type": "conversation",
                "id": "1",
                "created_at": 1789372931,
                "source": {"body": "hi", "author": {"type": "user"}},
            }
        },
        **more,
    }


def test_a_call_that_is_sent_again_counts_once(tmp_path):
    file = tmp_path / "calls.jsonl"
    file.write_text(f"{json.dumps(_call())}\n" * 3)

    [chat] = read(file)

    assert [event.text for event in chat.events] == ["hi"]


def test_a_piece_nested_at_the_limit_is_read_or_refused(tmp_path):
    file = tmp_path / "deep.jsonl"
    plain = json.dumps(_call(deep=0))
    nested = ["[" * depth + "]" * depth for depth in range(800, 1010)]
    lines = [plain.replace('"deep": 0', f'"deep": {deep}') for deep in nested]
    lines = [
        line.replace('"id": "1"', f'"id": "{place}"')
        for place, line in enumerate([plain, *lines])
    ]
    file.write_text("\n".join(lines))

    found = list(read(file))

    assert len(found) == len(lines)
    reasons = {one.reason for one in found if not hasattr(one, "events")}
    assert reasons == {"nested too deeply to be read"}
