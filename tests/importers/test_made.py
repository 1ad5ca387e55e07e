"""A conversation made the short way is the one made the long way, faults included."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from jauge.importers.histories import History, messages_in
from jauge.importers.made import made
from jauge.model.conversation import (
    Action,
    Conversation,
    Handoff,
    Message,
    Product,
    Role,
)

ZONES = (UTC, timezone(timedelta(hours=-5)), None)
times = st.one_of(
    st.none(),
    st.builds(
        lambda zone, minute: datetime(2026, 10, 5, 9, minute, tzinfo=zone),
        st.sampled_from(ZONES),
        st.integers(0, 59),
    ),
)
numbers = st.sampled_from([None, 0, 0.0, 0.5, 1, 1.0, 1.5, -0.1, float("nan"), "much"])
messages = st.builds(
    Message,
    role=st.sampled_from(Role),
    text=st.sampled_from(["Bonjour", "Hello", ""]),
    at=times,
    confidence=numbers,
    product=st.sampled_from([None, Product(id="p-1"), Product(id="p-1", price=-3)]),
)
actions = st.builds(
    Action, role=st.just(Role.USER), action=st.just("buy"), at=times, value=numbers
)
handoffs = st.builds(
    Handoff, state=st.sampled_from(["requested", "accepted", "refused"]), at=times
)
facts = st.fixed_dictionaries(
    {"id": st.sampled_from(["c-1", "", 5])},
    optional={"channel": st.sampled_from(["sms", "odd", 3])},
)


def long_way(facts, events) -> Conversation:
    whole = msgspec.to_builtins({**facts, "events": events})
    return msgspec.convert(whole, Conversation)


def outcome(make, facts, events) -> object:
    try:
        return make(facts, events)
    except (msgspec.ValidationError, TypeError) as error:
        return str(error)


TURNS = (
    {"role": "user", "content": "Bonjour"},
    {"role": "assistant", "content": "Hello"},
    {"role": "system", "content": "Be kind."},
    {"role": "tool", "content": "{}"},
    {"role": "assistant", "content": None},
    "no message",
    {"role": 5},
)


@given(st.lists(st.lists(st.sampled_from(TURNS), max_size=6), max_size=4))
def test_a_history_that_calls_repeat_is_read_as_each_call_alone(calls):
    history = History()

    assert [history.read(call, Role.USER) for call in calls] == [
        messages_in(call, Role.USER) for call in calls
    ]


@given(facts, st.lists(st.one_of(messages, actions, handoffs), max_size=4))
def test_the_short_way_gives_what_the_long_way_gives(told, events):
    assert outcome(made, told, events) == outcome(long_way, told, events)
