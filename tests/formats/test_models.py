"""What is peculiar to traces and messages of language models."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jauge.importers.histories import History, messages_in
from jauge.model.conversation import Action, Message, Rating, Role
from jauge.settings import ReadOptions
from jauge.sources import read, read_all
from tests.formats.scenarios import SCENARIOS
from tests.formats.shapes import otel_genai


def written(tmp_path, name: str, *lines: object) -> str:
    path = tmp_path / name
    path.write_text("\n".join(map(json.dumps, lines)))
    return str(path)


def one_of(tmp_path, *lines: object):
    (made,) = read(written(tmp_path, "export.jsonl", *lines))
    return made


def told(conversation) -> list[tuple[str, str]]:
    return [
        (one.role.value, one.text)
        for one in conversation.events
        if isinstance(one, Message)
    ]


SHAPES_OF_WORDS = (
    "Bonjour",
    {"role": "user", "content": "Bonjour"},
    {
        "messages": [
            {"role": "system", "content": "x"},
            {"role": "user", "content": "Bonjour"},
        ]
    },
    [{"type": "human", "content": "Bonjour"}],
    {"question": "Bonjour"},
    {"input": {"query": "Bonjour"}},
    {"role": "user", "parts": [{"type": "text", "content": "Bonjour"}]},
    [{"role": "user", "content": [{"type": "input_text", "text": "Bonjour"}]}],
    [{"role": "USER", "content": [{"type": None, "text": "Bonjour"}, {"type": []}]}],
)


@pytest.mark.parametrize("words", SHAPES_OF_WORDS, ids=repr)
def test_words_are_found_in_the_usual_shapes(words):
    found = [one for one in messages_in(words, Role.USER) if isinstance(one, Message)]

    assert [(one.role, one.text) for one in found] == [("user", "Bonjour")]


@pytest.mark.parametrize("odd", [None, 3, {}, {"a": {"b": 1}}, [1, None], "  "])
def test_nothing_is_made_of_what_has_no_words(odd):
    assert messages_in(odd, Role.USER) == []


def say(role: Role, words: str) -> Message:
    return Message(role=role, text=words)


def test_a_history_cut_short_joins_where_it_can_and_repeats_are_kept():
    history = History()
    one, two, three = (
        say(Role.USER, "no"),
        say(Role.BOT, "Sorry?"),
        say(Role.USER, "no"),
    )

    assert history.fresh([one]) == [one]
    history.say(two)
    assert history.fresh([one, two, three]) == [three]
    history.say(two)
    assert history.fresh([two, three, two, one]) == [one]
    assert history.fresh([three]) == [three]


def test_a_history_that_was_summed_up_gives_only_what_follows_the_last_answer():
    history = History()
    history.fresh([say(Role.USER, "a")])
    other = [say(Role.USER, "summary"), say(Role.BOT, "ok"), say(Role.USER, "b")]

    assert history.fresh(other) == other[-1:]


def test_a_history_of_the_customers_words_alone_joins_them():
    history = History()
    one, two = say(Role.USER, "no"), say(Role.USER, "help")

    history.fresh([one])
    history.say(say(Role.BOT, "Sorry?"))

    assert history.fresh([one, two]) == [two]
    history.say(say(Role.BOT, "Sorry?"))
    assert history.fresh([one, two, one]) == [one]


@given(st.lists(st.sampled_from("ab"), max_size=8), st.lists(st.sampled_from("ab")))
def test_the_longest_join_is_found(told, marks):
    history = History()
    history.told = [(Role.BOT, one) for one in told]
    given_ = [(Role.BOT, one) for one in marks]
    sizes = range(min(len(told), len(marks)) + 1)
    longest = max(size for size in sizes if told[len(told) - size :] == marks[:size])

    assert history._joined(given_) == longest


def trace(number: int, asked: object, answer: object, **more: object):
    at = f"2026-09-14T08:0{number}:00Z"
    made = {"id": f"t-{number}", "timestamp": at, "sessionId": "s-1"}
    return {**made, "input": asked, "output": answer, **more}


def test_a_boolean_score_is_a_thumb_and_a_judges_score_is_none(tmp_path):
    scores = [
        {"name": "user-feedback", "value": 0, "dataType": "BOOLEAN"},
        {"name": "hallucination", "value": 0.9, "dataType": "NUMERIC"},
    ]

    made = one_of(tmp_path, trace(1, "hi", "hello", scores=scores))

    assert [one.action for one in made.events if isinstance(one, Action)] == [
        "thumbs_down"
    ]
    assert not [one for one in made.events if isinstance(one, Rating)]


def test_a_score_in_a_file_of_its_own_joins_its_session(tmp_path):
    score = {
        "id": "x",
        "traceId": "t-1",
        "trace": {"sessionId": "s-1"},
        "name": "csat",
        "value": 4,
        "dataType": "NUMERIC",
        "timestamp": "2026-09-14T09:00:00Z",
    }
    files = [
        written(tmp_path, "traces.jsonl", trace(1, "hi", "hello")),
        written(tmp_path, "scores.jsonl", score),
    ]

    (made,) = read_all(files, ReadOptions())

    assert isinstance(made.events[-1], Rating)


def test_a_trace_without_session_or_without_latency_invents_neither(tmp_path):
    alone = {**trace(1, "hi", "hello"), "sessionId": None, "release": "1"}

    made = one_of(tmp_path, alone)

    assert made.id == "t-1"
    assert made.events[1].at is None


def test_the_words_of_a_trace_with_none_are_those_of_its_outermost_call(tmp_path):
    calls = [
        {"id": "o-2", "parentObservationId": "o-1", "input": "prompt", "output": "x"},
        {"id": "o-1", "input": "hi", "output": "hello"},
    ]

    made = one_of(tmp_path, trace(1, None, None, observations=calls))

    assert told(made) == [("user", "hi"), ("bot", "hello")]


def span(number: int, start: int, end: int, asked: object, given: object, **more: str):
    named = {
        "gen_ai.input.messages": json.dumps(asked),
        "gen_ai.output.messages": json.dumps(given),
        **more,
    }
    return {
        "traceId": "t-1",
        "spanId": str(number),
        "startTimeUnixNano": str(1789372931 * 10**9 + start),
        "endTimeUnixNano": str(1789372931 * 10**9 + end),
        "attributes": otel_genai.attributes(named),
    }


def batch(*spans: object) -> dict[str, object]:
    return {"resourceSpans": [{"scopeSpans": [{"spans": spans}]}]}


def test_what_an_agent_asks_of_its_models_inside_is_no_turn(tmp_path):
    ask, answer = otel_genai.said("user", "hi"), otel_genai.said("assistant", "hello")
    inside = otel_genai.said("user", "classify this")
    name = {"gen_ai.conversation.id": "c-1"}

    made = one_of(
        tmp_path,
        batch(
            span(2, 10, 20, [inside], [otel_genai.said("assistant", "greeting")]),
            span(1, 0, 90, [ask], [answer], **name),
            span(3, 30, 80, [ask], [answer]),
        ),
    )

    assert (made.id, told(made)) == ("c-1", [("user", "hi"), ("bot", "hello")])


def test_a_tool_called_between_two_calls_is_no_turn_and_repeats_nothing(tmp_path):
    ask = otel_genai.said("user", "weather?")
    call = {"role": "assistant", "parts": [{"type": "tool_call", "name": "get"}]}
    got = {"role": "tool", "parts": [{"type": "tool_call_response", "response": "x"}]}
    answer = otel_genai.said("assistant", "rain")

    made = one_of(
        tmp_path,
        batch(
            span(1, 0, 10, [ask], [call]),
            span(2, 20, 30, [ask, call, got], [answer]),
        ),
    )

    assert told(made) == [("user", "weather?"), ("bot", "rain")]
    assert made.id == "t-1"


def test_a_rating_of_the_logs_joins_the_words_of_the_traces(tmp_path):
    spans = [*otel_genai.spans(SCENARIOS[1])]
    records = [*otel_genai.evaluations(SCENARIOS[1])]
    logs = {"resourceLogs": [{"scopeLogs": [{"logRecords": records}]}]}
    files = [
        written(tmp_path, "traces.json", batch(*spans)),
        written(tmp_path, "logs.json", logs),
    ]

    (made,) = read_all(files, ReadOptions())

    assert made.events[-1].value == 5
    assert len(told(made)) == 6


def test_structured_messages_are_read_as_those_in_a_string(tmp_path):
    text = [{"key": "type", "value": {"stringValue": "text"}}]
    words = [*text, {"key": "content", "value": {"stringValue": "hi"}}]
    parts = {"arrayValue": {"values": [{"kvlistValue": {"values": words}}]}}
    message = [
        {"key": "role", "value": {"stringValue": "user"}},
        {"key": "parts", "value": parts},
    ]
    given = {"arrayValue": {"values": [{"kvlistValue": {"values": message}}]}}
    one = span(1, 0, 10, [], [])
    one["attributes"] = [{"key": "gen_ai.input.messages", "value": given}]

    assert told(one_of(tmp_path, batch(one))) == [("user", "hi")]


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("gen_ai.prompt.{}.{}", "gen_ai.completion.{}.{}"),
        ("llm.input_messages.{}.message.{}", "llm.output_messages.{}.message.{}"),
    ],
)
def test_messages_in_numbered_attributes_are_put_together(tmp_path, asked, answered):
    one = span(1, 0, 10, [], [])
    named = {
        asked.format(1, "content"): "hi",
        asked.format(1, "role"): "user",
        asked.format(0, "content"): "be kind",
        asked.format(0, "role"): "system",
        answered.format(0, "role"): "assistant",
        answered.format(0, "content"): "hello",
    }
    one["attributes"] = otel_genai.attributes(named)

    assert told(one_of(tmp_path, batch(one))) == [("user", "hi"), ("bot", "hello")]


def test_messages_without_a_conversation_are_refused_in_words(tmp_path):
    path = tmp_path / "messages.json"
    path.write_text(json.dumps([otel_genai.said("user", "hi")]))

    (refused,) = read(path)

    assert "no conversation id" in refused.reason


@pytest.mark.parametrize(
    "line",
    [
        {"messages": [{"role": "user", "content": "hi"}]},
        {"conversations": [{"from": "human", "value": "hi"}]},
    ],
)
def test_a_conversation_without_an_id_gets_the_same_one_each_time(tmp_path, line):
    first, second = (one_of(tmp_path, line) for _ in range(2))

    assert first.id == second.id
    assert told(first) == [("user", "hi")]


def test_an_unknown_speaker_is_never_the_customer(tmp_path):
    said = [{"from": "alien", "value": "?"}, {"from": "bard", "value": "ok"}]

    made = one_of(tmp_path, {"conversations": said})

    assert told(made) == [("unknown", "?"), ("bot", "ok")]


def test_pictures_and_refusals_of_openai_messages_are_read(tmp_path):
    picture = {"type": "image_url", "image_url": {"url": "https://x.example"}}
    lines = [
        {"role": "user", "content": [picture]},
        {"role": "assistant", "content": None, "refusal": "I cannot."},
        {"role": "developer", "content": "x"},
    ]

    made = one_of(tmp_path, {"messages": lines})

    assert made.events[0].media == ("image",)
    assert told(made)[1] == ("bot", "I cannot.")
    assert len(made.events) == 2
