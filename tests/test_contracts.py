"""The promises that every detector, every importer and every record has."""

import io
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import msgspec
import pytest
from msgspec.structs import replace
from xlsxwriter import Workbook

from jauge import detectors, importers, samples
from jauge.live import LiveScore
from jauge.model.conversation import Conversation, Rating
from jauge.model.score import REASONS
from jauge.pipeline import score
from jauge.scoring.status import first_agent_event
from jauge.sources import read
from jauge.testing import check_detector, check_importer, conversation

SAMPLES = Path(samples.__file__).with_name("conversations.jsonl")
CHATS = tuple(read(SAMPLES))
LINES = SAMPLES.read_bytes().splitlines()
NAMES = [detector.name for detector in detectors.BUILTIN]
OF_WORDS = [found.name for found in detectors.BUILTIN if "words" in found.needs]
TALK = ("user: where is my parcel?", "bot: It arrives tomorrow.")
ROWS = (
    ("c-1", "user", "où est mon colis ?", "2026-11-02T14:00:00Z"),
    ("c-1", "bot", "Il arrive demain.", "2026-11-02T14:00:04Z"),
    ("c-2", "user", "merci; bonne journée", "2026-11-02T15:00:00Z"),
    ("c-2", "bot", "Avec plaisir !", "2026-11-02T15:00:02Z"),
)


def in_workbook() -> bytes:
    """The rows as an Excel workbook."""
    made = io.BytesIO()
    with Workbook(made) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate([("conversation_id", "role", "text", "at"), *ROWS]):
            sheet.write_row(at, 0, row)
    return made.getvalue()


def in_parquet() -> bytes:
    """The rows as a Parquet file."""
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as database:
        path = Path(folder, "rows.parquet")
        database.execute('CREATE TABLE t (id TEXT, role TEXT, text TEXT, "at" TEXT)')
        database.executemany("INSERT INTO t VALUES (?, ?, ?, ?)", ROWS)
        database.execute(f"COPY t TO '{path}'")
        return path.read_bytes()


FILES = {
    "xlsx": in_workbook(),
    "parquet": in_parquet(),
    "jsonl": b"\n".join(LINES[:2]) + b"\n",
    "json": b"[\n" + b",\n".join(LINES[:2]).replace(b'"events"', b'\n"events"') + b"]",
    "csv": (
        "conversation_id;role;text;timestamp\n"
        "c-1;user;où est mon colis ?;2026-11-02T14:00:00Z\n"
        'c-2;user;"merci; bonne journée";2026-11-02T15:00:00Z\n'
        "c-1;bot;Il arrive demain.;2026-11-02T14:00:04Z\n"
        "c-2;bot;Avec plaisir !;2026-11-02T15:00:02Z\n"
    ).encode(),
}  # fmt: skip


@pytest.mark.parametrize("detector", detectors.BUILTIN, ids=lambda found: found.name)
def test_detector_keeps_its_promises_on_odd_and_on_sample_chats(detector):
    check_detector(detector, CHATS)


@pytest.mark.parametrize("importer", importers.BUILTIN, ids=lambda found: found.name)
def test_importer_keeps_its_promises_on_a_small_file(importer):
    check_importer(importer, FILES[importer.name], conversations=2)


def test_names_of_signals_and_formats_are_unique():
    formats = [importer.name for importer in importers.BUILTIN]

    assert len(NAMES) == len(set(NAMES))
    assert len(formats) == len(set(formats))


# From the reason that is asked last to the first: each hides those before it.
NOT_SCORED = (
    ("not_engaged", conversation("bot: hi", {"action": "widget_open"})),
    ("no_bot_message", conversation("user: hi")),
    ("unknown_roles", conversation("user: hi", "unknown: hi")),
    ("agent", conversation("unknown: hi", "user: hi", "agent: hi")),
    ("email", conversation("unknown: hi", "agent: hi", channel="email")),
)


@pytest.mark.parametrize(("reason", "chat"), NOT_SCORED)
def test_first_reason_that_holds_is_the_one_given(reason, chat):
    found = score(chat)

    assert (found.status, found.reason) == ("not_scored", reason)
    assert found.value is found.band is found.range is found.base is None
    assert found.logit is found.dimensions is None
    assert found.contributions == ()


def test_every_reason_has_its_case_in_the_order_of_the_contract():
    assert tuple(reason for reason, _ in reversed(NOT_SCORED)) == REASONS


@pytest.mark.parametrize(
    "chat",
    [
        conversation(*TALK),
        conversation("bot: hi", {"action": "quick_reply", "target": "Orders"}),
        conversation(*TALK, {"handoff": "requested"}, {"handoff": "refused"}),
        conversation(*TALK, "unknown: joined"),
        conversation("system: started", *TALK, {"close": True}),
    ],
)
def test_short_or_refused_or_partly_unknown_is_scored(chat):
    assert score(chat).status == "scored"


@pytest.mark.parametrize(
    "chat",
    [
        conversation("bot: hi"),
        conversation("bot: hi", {"rating": 1}),
        conversation("bot: hi", {"action": "widget_close"}),
        conversation("bot: hi", "system: left", {"close": True}),
    ],
)
def test_who_only_looks_or_rates_is_not_engaged(chat):
    assert score(chat).reason == "not_engaged"


@pytest.mark.parametrize("taken", ["agent: I am here.", {"handoff": "accepted"}])
def test_before_handoff_scores_the_open_part_and_marks_it(taken):
    chat = conversation(*TALK, "user: I want a person", taken, "user: thank you")

    found = score(chat, before_handoff=True)

    before = replace(chat, events=chat.events[:3], closed=False)
    assert found.part == "before_handoff"
    assert replace(found, part="whole") == score(before)
    assert score(chat).reason == "agent"


def test_before_handoff_changes_nothing_where_no_agent_came():
    others = [chat for chat in CHATS if first_agent_event(chat) is None]
    assert len(others) > 70

    assert all(score(chat, before_handoff=True) == score(chat) for chat in others)


def test_live_score_of_the_part_before_an_agent_stays_what_it_was():
    live = LiveScore("-", before_handoff=True)
    for event in conversation(*TALK, "agent: I am here.").events:
        last = live.add(event)

    assert replace(last, part="whole") == score(conversation(*TALK, closed=False))
    assert live.add(conversation("user: thank you").events[0]) == last
    assert live.close() == last


def test_part_without_the_customer_is_not_engaged():
    chat = conversation("bot: hi", "agent: hello, I take over", "user: good")

    found = score(chat, before_handoff=True)

    assert (found.part, found.reason) == ("before_handoff", "not_engaged")


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("user_leaves", ["user: my parcel is lost", "bot: I didn't understand."]),
        ("bot_silent", [*TALK, "user: and my refund, where is it?"]),
    ],
)
def test_open_conversation_has_no_signal_of_an_end(name, lines):
    ended, going_on = conversation(*lines), conversation(*lines, closed=False)

    assert name in {part.signal for part in score(ended).contributions}
    assert name not in {part.signal for part in score(going_on).contributions}


def test_open_samples_have_no_signal_of_an_end():
    for chat in CHATS:
        found = score(replace(chat, closed=False)).contributions

        assert not {"user_leaves", "bot_silent"} & {part.signal for part in found}


def test_only_what_the_source_cannot_show_is_unavailable():
    timed = [{"user": "hi", "at": 0}, {"bot": "Hello!", "at": 2, "confidence": 0.9}]

    assert score(conversation(*timed)).unavailable == ()
    assert score(conversation(*timed, "user: ok")).unavailable == ()
    assert score(conversation(*TALK)).unavailable == ("bot_unsure", "bot_slow")


def test_record_may_name_signals_that_its_source_cannot_show():
    chat = conversation(*TALK, "user: thanks", unavailable=["user_thanks", "other"])

    found = score(chat)

    assert found.unavailable == ("user_thanks", "bot_unsure", "bot_slow")
    assert "user_thanks" not in {part.signal for part in found.contributions}


def test_unknown_confidence_of_the_customer_is_none_of_the_bot():
    chat = conversation({"user": "hi", "confidence": 0.9}, "bot: Hello!")

    assert "bot_unsure" in score(chat).unavailable


@pytest.mark.parametrize("language", ["es", "de-AT", "ja"])
def test_other_languages_have_their_structure_scored_and_words_unread(language):
    chat = conversation(
        "user: gracias, thank you, merci",
        {"bot": "Lo siento.", "fallback": True, "at": 40},
        {"action": "purchase"},
        language=language,
    )

    found = score(chat)

    assert set(OF_WORDS) <= set(found.unavailable)
    assert {part.signal for part in found.contributions} == {
        "bot_fallback",
        "user_purchase",
    }
    assert found.language == language


@pytest.mark.parametrize("language", ["fr", "fr-CA", "en-GB", "EN_us", None])
def test_french_and_english_are_read(language):
    chat = conversation("user: merci", "bot: Thank you.", language=language)

    assert not set(OF_WORDS) & set(score(chat).unavailable)


def test_rating_is_no_input():
    said = conversation("user: my parcel is lost", "bot: What is your order number?")
    rated = replace(said, events=(*said.events, Rating(value=5, best=5, worst=1)))

    assert score(rated).to_json() == score(said).to_json()


def without_times(chat: Conversation) -> Conversation:
    events = tuple(replace(event, at=None) for event in chat.events)
    return replace(chat, events=events)


@pytest.mark.parametrize("chat", CHATS, ids=lambda chat: chat.id)
def test_without_times_only_the_signals_of_time_are_lost(chat):
    timed, bare = score(chat), score(without_times(chat))

    of_time = {found.name for found in detectors.BUILTIN if "times" in found.needs}
    assert bare.status == timed.status
    if timed.status == "scored":
        assert set(bare.unavailable) == set(timed.unavailable) | of_time
        assert [part.signal for part in bare.contributions] == [
            part.signal for part in timed.contributions if part.signal not in of_time
        ]


def test_times_of_another_zone_are_the_same_times():
    start = datetime(2026, 11, 2, 14, tzinfo=UTC)
    here = conversation(
        {"user": "hi", "at": start},
        {"bot": "Hello!", "at": start + timedelta(seconds=90)},
    )
    text = msgspec.json.encode(here).replace(b"T14:01:30Z", b"T09:01:30-05:00")
    there = msgspec.json.decode(text, type=Conversation)

    assert score(there).to_json() == score(here).to_json()
