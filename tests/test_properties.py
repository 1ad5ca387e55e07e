"""What holds for every conversation: a score is a function of the record alone."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from jauge import samples
from jauge.importers.native import decode
from jauge.importers.protocol import Record
from jauge.live import LiveScore
from jauge.model.conversation import (
    Action,
    Close,
    Conversation,
    Handoff,
    Message,
    Product,
    Rating,
    Role,
    encode_conversation,
)
from jauge.model.score import Score
from jauge.pipeline import score, score_many
from jauge.scorers import build_scorer
from jauge.sources import read

CHATS = tuple(read(Path(samples.__file__).with_name("conversations.jsonl")))
SENTENCE_END = re.compile(r"(?<=[.?!]) ")
always = settings(derandomize=True, deadline=None, max_examples=60)

SENTENCES = {
    "bot": (
        "Bonjour !", "Désolé.", "Je n'ai pas compris.", "Pouvez-vous reformuler ?",
        "Voici votre commande.", "Votre colis arrive demain.", "Oui.", "C'est fait.",
        "Je ne peux pas faire cela.", "Avez-vous une autre question ?",
        "Hello!", "Sorry, I didn't understand.", "Done.", "No.", "Yes!",
        "Your order is on its way.", "Could you rephrase?", "Anything else?",
        "Please choose an option.", "I can't do that.", "Have a nice day!", "🙂", "...",
    ),
    "user": (
        "merci", "où est mon colis ?", "je veux parler à un humain", "non", "allo ??",
        "vous êtes nuls", "super", "thanks!", "where is my order?", "are you there?",
        "no",
        "I want to talk to a person", "this is useless", "great", "😡", "",
    ),
}  # fmt: skip


@st.composite
def conversations(draw: st.DrawFn) -> Conversation:
    """A short chat of plain sentences, with facts here and there."""
    events = []
    for _ in range(draw(st.integers(1, 8))):
        role = draw(st.sampled_from(["bot", "user"]))
        said = draw(st.lists(st.sampled_from(SENTENCES[role]), min_size=1, max_size=3))
        facts = {}
        if role == "bot":
            facts = {
                "fallback": draw(st.sampled_from([None, None, False, True])),
                "confidence": draw(st.sampled_from([None, 0.1, 0.5, 0.95])),
                "choices": draw(st.sampled_from([(), (), ("Yes", "No"), ("Oui",)])),
            }
        events.append(Message(role=Role(role), text=" ".join(said), **facts))
    language = draw(st.sampled_from(["fr", "en", None]))
    return Conversation(
        id="-", events=tuple(events), language=language, closed=draw(st.booleans())
    )


texts = st.text(st.characters(codec="utf-8"), max_size=12)
maybe = st.none() | texts
zones = st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))
times = st.none() | st.datetimes(
    min_value=datetime(1970, 1, 3),  # noqa: DTZ001 - the zone is drawn beside it
    max_value=datetime(2100, 1, 1),  # noqa: DTZ001 - the strategy adds zones
    timezones=zones,
)
numbers = st.floats(-1e15, 1e15)
products = st.none() | st.builds(Product, id=maybe, price=st.none() | numbers)
events = st.one_of(
    st.builds(
        Message, role=st.sampled_from(Role), text=texts, at=times, flow=maybe,
        choices=st.lists(texts, max_size=2).map(tuple), product=products,
        confidence=st.none() | st.floats(0, 1), fallback=st.none() | st.booleans(),
    ),
    st.builds(
        Action, role=st.sampled_from(Role), action=texts, at=times, of=maybe,
        value=st.none() | numbers, product=products,
    ),
    st.builds(
        Handoff, at=times, state=st.sampled_from(["requested", "refused", "accepted"])
    ),
    st.builds(Rating, at=times, value=numbers, best=st.none() | numbers, comment=maybe),
    st.builds(Close, at=times, id=maybe),
)  # fmt: skip
any_conversations = st.builds(
    Conversation,
    id=st.text(st.characters(codec="utf-8"), min_size=1, max_size=5),
    events=st.lists(events, max_size=6).map(tuple),
    language=maybe,
    closed=st.booleans(),
    unavailable=st.lists(texts, max_size=2).map(tuple),
    metadata=st.dictionaries(texts, st.none() | texts | st.integers(-9, 9), max_size=2),
)


def apart_from_places(found: Score) -> Score:
    """Drop the indexes of events: they move when events are put in."""
    parts = tuple(replace(part, event=None) for part in found.contributions)
    return replace(found, contributions=parts)


def decoded(data: bytes) -> Conversation:
    made = decode(Record(data, "-", 1))
    assert isinstance(made, Conversation), made
    return made


@always
@given(any_conversations)
def test_what_is_written_is_read_again(chat):
    written = encode_conversation(chat)

    again = decoded(written)

    assert again == chat
    assert encode_conversation(replace(again)) == written


@pytest.mark.parametrize("chat", CHATS, ids=lambda chat: chat.id)
def test_read_write_read_changes_nothing(chat):
    made = replace(chat)
    assert made.source is None

    assert decoded(encode_conversation(made)) == chat
    assert encode_conversation(decoded(encode_conversation(chat))) == chat.source


@always
@given(any_conversations)
def test_any_valid_conversation_is_scored_or_says_why_not(chat):
    found = score(chat)

    tenths = sum(part.tenths for part in found.contributions)
    if found.status == "scored":
        assert 10 * found.base + tenths == 10 * found.value
        assert found.range[0] <= found.value <= found.range[1]
        assert round(10 * sum(found.dimensions.values())) == tenths
    else:
        assert found.reason
        assert found.value is found.base is found.range is found.dimensions is None
        assert found.contributions == ()


def bubbles(chat: Conversation, *, facts_on: str) -> Conversation:
    """Split bot messages at sentence ends; choices stay with the last bubble."""
    split = []
    for event in chat.events:
        if not isinstance(event, Message) or event.role is not Role.BOT:
            split.append(event)
            continue
        said = SENTENCE_END.split(event.text)
        for place, text in enumerate(said):
            last = place == len(said) - 1
            bubble = replace(event, text=text, choices=event.choices if last else ())
            if facts_on == "last" and not last:
                bubble = replace(bubble, fallback=None, confidence=None)
            split.append(bubble)
    return replace(chat, events=tuple(split))


def points_of(found: Score) -> tuple[object, ...]:
    points = Counter((part.signal, part.points) for part in found.contributions)
    return found.status, found.value, found.range, found.logit, found.base, points


@pytest.mark.parametrize("facts_on", ["all", "last"])
def test_samples_in_bubbles_score_the_same(facts_on):
    changed = [
        (chat.id, whole.value, split.value)
        for chat in CHATS
        for whole, split in [(score(chat), score(bubbles(chat, facts_on=facts_on)))]
        if points_of(whole) != points_of(split)
    ]

    assert changed == []


@settings(always, max_examples=150)
@given(conversations(), st.sampled_from(["all", "last"]))
def test_bubbles_change_nothing_but_indexes(chat, facts_on):
    split = bubbles(chat, facts_on=facts_on)

    assert points_of(score(split)) == points_of(score(chat))


def test_score_does_not_depend_on_what_was_read_before():
    forth = {chat.id: score(chat).to_json() for chat in CHATS}
    # More texts than a reader keeps, so that what it forgets is tried as well.
    for number in range(5000):
        score(Conversation.of([("user", f"colis {number}"), ("bot", f"oui {number}")]))

    back = {chat.id: score(chat).to_json() for chat in reversed(CHATS)}
    fresh = {
        chat.id: build_scorer().score(chat).to_json()
        for chat in (CHATS[5], CHATS[-5], CHATS[40])
    }

    assert back == forth
    assert fresh.items() <= forth.items()


@always
@given(conversations(), conversations())
def test_chat_read_just_before_leaves_no_trace(chat, before):
    fresh = build_scorer().score(chat).to_json()

    used = build_scorer()
    used.score(before)

    assert used.score(chat).to_json() == fresh


def test_stream_gives_what_one_at_a_time_gives():
    streamed = [found.to_json() for found in score_many(CHATS)]

    assert streamed == [score(chat).to_json() for chat in CHATS]


def test_live_score_is_the_score_of_the_record_so_far():
    for chat in CHATS:
        live = LiveScore.of(replace(chat, events=()))
        for count, event in enumerate(chat.events, 1):
            so_far = replace(chat, events=chat.events[:count], closed=False)
            assert live.add(event).to_json() == score(so_far).to_json(), chat.id

        assert live.close().to_json() == score(replace(chat, closed=True)).to_json()


@always
@given(any_conversations)
def test_live_score_follows_odd_conversations_too(chat):
    live = LiveScore.of(replace(chat, events=()))
    for count, event in enumerate(chat.events, 1):
        so_far = replace(chat, events=chat.events[:count], closed=False)
        assert live.add(event).to_json() == score(so_far).to_json()


@pytest.mark.parametrize("value", [1, 5])
def test_rating_changes_no_score(value):
    changed = []
    for chat in CHATS:
        bare = tuple(event for event in chat.events if not isinstance(event, Rating))
        without = apart_from_places(score(replace(chat, events=bare)))
        for place in range(len(bare) + 1):
            at = bare[place - 1].at if place else None
            rating = Rating(value=value, best=5, worst=1, comment="nul, merci", at=at)
            rated = replace(chat, events=(*bare[:place], rating, *bare[place:]))
            if apart_from_places(score(rated)) != without:
                changed.append((chat.id, place))

    assert changed == []


def test_time_of_a_rating_is_no_time_of_the_conversation():
    chat = Conversation.of([("user", "where is my parcel?"), ("bot", "On its way.")])
    at = datetime(2026, 11, 2, tzinfo=UTC)
    rated = replace(chat, events=(*chat.events, Rating(value=1, at=at)))

    assert apart_from_places(score(rated)) == apart_from_places(score(chat))


def test_unknown_fields_do_not_matter():
    for chat in CHATS:
        record = msgspec.json.decode(chat.source)
        record |= {"x_mood": "angry", "score": 3, "agent": {"events": [1, None]}}
        for event in record["events"]:
            event |= {"x_sentiment": -1, "rating": 5, "closed": True}

        found = score(decoded(msgspec.json.encode(record)))

        assert found.to_json() == score(chat).to_json()
