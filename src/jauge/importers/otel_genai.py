"""Importer: OpenTelemetry GenAI traces and logs, as OTLP JSON."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from jauge.importers.histories import History, messages_in
from jauge.importers.langfuse import RATINGS
from jauge.importers.otel_names import (
    EVALUATED,
    INDEXED,
    MARKS,
    NAMES,
    RESOURCES,
    Named,
    by_theirs,
)
from jauge.importers.platform import SURE, Format, Page, Platform, Said
from jauge.importers.telling import How, LeftOut, Thread, Told
from jauge.importers.values import (
    Value,
    first_text,
    id_of,
    inner,
    items,
    mapping,
    number,
    part,
    text,
)
from jauge.model.conversation import Message, Rating, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jauge.importers.head import Head

_LISTS = ("resourceSpans", "resourceLogs")
_SCOPES = {
    "resourceSpans": ("scopeSpans", "spans"),
    "resourceLogs": ("scopeLogs", "logRecords"),
}
_SCALARS = ("stringValue", "boolValue", "doubleValue", "intValue")
_DEEPEST = 20
_DIGITS = 20
_NAMES, _RESOURCES = by_theirs(NAMES), by_theirs(RESOURCES)
_PREFIXES = tuple(prefix for known in INDEXED.values() for prefix in known)
_NUMBER = re.compile(r"[0-9]{1,6}")


def _is_batch(value: Value) -> bool:
    return any(name in value for name in _LISTS) or any(
        scope in value for scope, _ in _SCOPES.values()
    )


def _is_bare(value: Value) -> bool:
    return "role" in value and isinstance(value.get("parts"), list)


def recognise(head: Head) -> float:
    """Look for batches of spans or log records that know the conventions."""
    if not any(mark in head.text for mark in MARKS) and not head.share(_is_bare):
        return 0.0
    return SURE * head.share(lambda one: _is_batch(one) or _is_bare(one), _LISTS)


def spread(value: Value) -> Sequence[Value]:
    """Give the spans, events and log records of a batch, each with its own names."""
    if not _is_batch(value):
        return (value,)
    found = [*_in_batch(value)]
    # A conversation named on one span of a trace is that of the others.
    known = {
        one["trace"]: one["conversation"] for one in found if one.get("conversation")
    }
    return [
        {**one, "conversation": one.get("conversation") or known.get(one["trace"])}
        for one in found
    ]


def _in_batch(value: Value) -> Iterator[dict[str, object]]:
    for name, (scopes, records) in _SCOPES.items():
        for resource in [value, *items(value, name)]:
            listed = items(resource, scopes)
            about = _named(mapping(resource, "resource"), _RESOURCES) if listed else {}
            for scope in listed:
                for record in items(scope, records):
                    yield from _of_record(record, about)


def _of_record(record: Value, about: Value) -> Iterator[dict[str, object]]:
    ids = {
        "trace": id_of(record, "traceId"),
        "span": id_of(record, "spanId"),
        "parent": id_of(record, "parentSpanId"),
    }
    named = _named(record, _NAMES)
    start = part(record, "startTimeUnixNano")
    end = part(record, "endTimeUnixNano") or part(record, "timeUnixNano")
    event = text(record, "eventName")
    yield {**about, **ids, **named, "start": start, "end": end, "event": event}
    for one in items(record, "events"):
        inside = {"conversation": named.get("conversation"), **_named(one, _NAMES)}
        at = part(one, "timeUnixNano")
        yield {**about, **ids, **inside, "end": at, "event": text(one, "name")}


def _named(record: Value, names: Mapping[str, Named]) -> dict[str, object]:
    """Give what we look for of the attributes, under our own names."""
    listed = items(record, "attributes")
    if not listed:
        return {}
    attributes = {str(one.get("key")): one.get("value") for one in listed}
    # Of two names of one thing the newest counts, which comes last.
    known = sorted(names[one] for one in attributes.keys() & names.keys())
    return _indexed(attributes) | {
        named.ours: _plain(attributes[named.theirs]) for named in known
    }


def _indexed(attributes: Mapping[str, object]) -> dict[str, object]:
    """Put together messages whose roles and contents are attributes of their own."""
    found: dict[str, dict[int, dict[str, object]]] = {}
    numbered = [pair for pair in attributes.items() if pair[0].startswith(_PREFIXES)]
    if not numbered:
        return {}
    for key_, value in numbered:
        for name, prefixes in INDEXED.items():
            for prefix in prefixes:
                place, _, field = key_.removeprefix(prefix).partition(".")
                if key_.startswith(prefix) and _NUMBER.fullmatch(place):
                    message = found.setdefault(name, {}).setdefault(int(place), {})
                    message[field.removeprefix("message.")] = _plain(value)
    return {
        name: [message for _, message in sorted(messages.items())]
        for name, messages in found.items()
    }


def _plain(value: object, depth: int = 0) -> object:
    """Give the plain JSON of an attribute's value."""
    if depth > _DEEPEST or not isinstance(value, dict):
        return None if depth > _DEEPEST else {}
    for name in _SCALARS:
        if value.get(name) is not None:
            return value[name]
    if listed := items(value, "arrayValue", "values"):
        return [_plain(one, depth + 1) for one in listed]
    return {
        text(one, "key"): _plain(one.get("value"), depth + 1)
        for one in items(value, "kvlistValue", "values")
    }


def key(value: Value) -> str | LeftOut:
    """Give the conversation, or the trace where spans name none."""
    is_rated = text(value, "event") == EVALUATED
    if "trace" in value and not is_rated and not {"input", "output"} & value.keys():
        return LeftOut("trace")
    named = id_of(value, "conversation")
    if is_rated and not named:
        return LeftOut("trace")
    return named or id_of(value, "trace")


def tell(values: Sequence[Value], how: How) -> Thread:
    """Tell the calls of a conversation as its turns."""
    ordered = sorted(values, key=_when)
    users = (id_of(one, "user") for one in ordered)
    return Thread(
        str(key(values[0])),
        _told(ordered, how),
        {
            "bot": first_text(ordered, "agent") or first_text(ordered, "service"),
            "bot_version": first_text(ordered, "version"),
            "user_id": next(filter(None, users), ""),
        },
    )


def _when(value: Value) -> tuple[int, int]:
    start, end = _span_of(value)
    return start, -end


def _span_of(value: Value) -> tuple[int, int]:
    end = _nanoseconds(value, "end")
    return _nanoseconds(value, "start") or end, end


def _nanoseconds(value: Value, name: str) -> int:
    found = id_of(value, name)
    return int(found) if found.isdecimal() and len(found) < _DIGITS else 0


def _told(values: Sequence[Value], how: How) -> Iterator[Told]:
    history = History()
    outer: dict[str, Value] = {}
    for value in values:
        if text(value, "event") == EVALUATED:
            yield _rating(value, how)
            continue
        trace = id_of(value, "trace")
        if _is_inside(value, outer.get(trace)):
            # What an agent asks of its models is no turn: its own span tells those.
            yield LeftOut("trace")
            continue
        outer[trace] = value
        yield from _turn(value, history, how)


def _is_inside(value: Value, outer: Value | None) -> bool:
    if outer is None or "output" not in outer:
        return False
    if id_of(value, "parent") and id_of(value, "parent") == id_of(outer, "span"):
        return True
    (start, end), (first, last) = _span_of(value), _span_of(outer)
    return first <= start and end <= last and (start, end) != (first, last)


def _turn(value: Value, history: History, how: How) -> Iterator[Told]:
    asked = history.read(_json(value, "input"), Role.USER)
    given = messages_in(_json(value, "output"), Role.BOT)
    started, ended = how.at(value, "start"), how.at(value, "end")
    for message in history.fresh(asked):
        is_now = message.role is Role.USER
        yield replace(message, at=started) if is_now else message
    for one in given:
        if isinstance(one, Message):
            history.say(one)
            yield replace(one, at=ended)
        else:
            yield one


def _json(value: Value, name: str) -> object:
    found = inner(value, name)
    return found if found is not None else part(value, name)


def _rating(value: Value, how: How) -> Told:
    score = number(value, "score")
    if score is None or text(value, "evaluation").lower() not in RATINGS:
        return LeftOut("trace")
    comment = text(value, "explanation") or None
    return Rating(value=score, comment=comment, at=how.at(value, "end"))


PLATFORM = Platform(
    Format(
        name="otel_genai",
        page=Page(
            title="OpenTelemetry GenAI",
            line=Said(
                "OpenTelemetry GenAI : traces et journaux en JSON OTLP",
                "OpenTelemetry GenAI: traces and logs as OTLP JSON",
            ),
            export=Said(
                "Le `file` exporter du collecteur, au format `json` : un lot par ligne."
                " Les messages n’y sont que si l’instrumentation les capture"
                " (`OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=true`).",
                "The collector’s `file` exporter, format `json`: one batch a line. The"
                " messages are there only if the instrumentation captures them"
                " (`OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=true`).",
            ),
            carries=Said(
                "textes (l’historique répété à chaque appel ne compte qu’une fois),"
                " heure de chaque demande et de sa réponse, nom de l’agent, note du"
                " client dans `gen_ai.evaluation.result` (`csat`, `user-feedback`…)."
                " Sans `gen_ai.conversation.id`, chaque trace est une conversation.",
                "texts (the history that each call repeats counts once), time of each"
                " request and of its answer, name of the agent, the customer’s rating"
                " in `gen_ai.evaluation.result` (`csat`, `user-feedback`…). Without"
                " `gen_ai.conversation.id`, each trace is a conversation.",
            ),
            lacks=Said(
                "les choix, l’intention, les replis, le transfert, l’échelle de la"
                " note ; un agent humain y parle comme le bot. Les appels d’outils,"
                " les messages du système et les notes d’un juge ne sont pas des"
                " tours.",
                "choices, intent, fallbacks, the hand-off, the scale of the rating; a"
                " human agent speaks there as the bot. Tool calls, system messages and"
                " scores of a judge are no turns.",
            ),
            checked=True,
        ),
        recognise=recognise,
        key=key,
        tell=tell,
        lists=_LISTS,
        spread=spread,
    )
)
