"""Take the spans and log records out of the batches of OpenTelemetry.

A batch as the conventions have it is decoded by its types, and nothing else of it; one
of another shape is looked through, and says the same in more time.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from jauge.importers.otel_names import (
    EVALUATED,
    INDEXED,
    NAMES,
    RESOURCES,
    Named,
    by_theirs,
)
from jauge.importers.values import Value, id_of, items, mapping, part, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

LISTS = ("resourceSpans", "resourceLogs")
_SCOPES = {
    "resourceSpans": ("scopeSpans", "spans"),
    "resourceLogs": ("scopeLogs", "logRecords"),
}
_SCALARS = ("stringValue", "boolValue", "doubleValue", "intValue")
_DEEPEST = 20
_NAMES, _RESOURCES = by_theirs(NAMES), by_theirs(RESOURCES)
_PREFIXES = tuple(prefix for known in INDEXED.values() for prefix in known)
_NUMBER = re.compile(r"[0-9]{1,6}")


class _Given(Struct, frozen=True, rename="camel"):
    """The value of an attribute."""

    string_value: object = None
    bool_value: object = None
    double_value: object = None
    int_value: object = None
    array_value: object = None
    kvlist_value: object = None


class _Attribute(Struct, frozen=True):
    key: object = None
    value: _Given | None = None


class _About(Struct, frozen=True):
    attributes: list[_Attribute] = []


class _Event(Struct, frozen=True, rename="camel"):
    name: object = None
    time_unix_nano: object = None
    attributes: list[_Attribute] = []


class _Record(Struct, frozen=True, rename="camel"):
    """A span or a log record."""

    trace_id: object = None
    span_id: object = None
    parent_span_id: object = None
    start_time_unix_nano: object = None
    end_time_unix_nano: object = None
    time_unix_nano: object = None
    event_name: object = None
    attributes: list[_Attribute] = []
    events: list[_Event] = []


class _OfSpans(Struct, frozen=True):
    spans: list[_Record] = []


class _OfLogs(Struct, frozen=True, rename="camel"):
    log_records: list[_Record] = []


class _Resource(Struct, frozen=True, rename="camel"):
    resource: _About = _About()
    scope_spans: list[_OfSpans] = []
    scope_logs: list[_OfLogs] = []


class _Batch(Struct, frozen=True, rename="camel"):
    """A batch; one resource may stand in it without a list."""

    resource: _About = _About()
    scope_spans: list[_OfSpans] = []
    scope_logs: list[_OfLogs] = []
    resource_spans: list[_Resource] = []
    resource_logs: list[_Resource] = []


_BATCH = msgspec.json.Decoder(_Batch)


def is_batch(value: Value) -> bool:
    """Say whether a value is a batch, or one resource of it."""
    return any(name in value for name in LISTS) or any(
        scope in value for scope, _ in _SCOPES.values()
    )


def at_once(data: bytes) -> Sequence[Value] | None:
    """Give what `spread` gives of a batch that is as the conventions have it."""
    try:
        if not data.isascii():
            data.decode()  # the decoder does not look into fields that it skips
        batch = _BATCH.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    found: list[dict[str, object]] = []
    resources: tuple[_Batch | _Resource, ...] = (batch, *batch.resource_spans)
    for resource in resources:
        about = _about(resource.resource) if resource.scope_spans else {}
        for spans in resource.scope_spans:
            found += [one for span in spans.spans for one in _of_typed(span, about)]
    resources = (batch, *batch.resource_logs)
    for resource in resources:
        about = _about(resource.resource) if resource.scope_logs else {}
        for logs in resource.scope_logs:
            found += [one for log in logs.log_records for one in _of_typed(log, about)]
    is_ours = batch.resource_spans or batch.resource_logs or found
    return _completed(found) if is_ours else None


def _about(resource: _About) -> dict[str, object]:
    return _named(_pairs(resource.attributes), _RESOURCES)


def _of_typed(
    record: _Record, about: Mapping[str, object]
) -> Sequence[dict[str, object]]:
    named = _named(_pairs(record.attributes), _NAMES)
    event = text(record.event_name)
    if not record.events and _is_silent(named, event):
        return (_silent(record.trace_id, named),)
    ids = {
        **about,
        "trace": id_of(record.trace_id),
        "span": id_of(record.span_id),
        "parent": id_of(record.parent_span_id),
        "conversation": None,
    }
    told = {
        "start": record.start_time_unix_nano,
        "end": record.end_time_unix_nano or record.time_unix_nano,
        "event": event,
    }
    found = [{**ids, **named, **told}]
    for one in record.events:
        inside = _named(_pairs(one.attributes), _NAMES)
        inside.setdefault("conversation", named.get("conversation"))
        told = {"end": one.time_unix_nano, "event": text(one.name)}
        found.append({**ids, **inside, **told})
    return found


def _pairs(attributes: list[_Attribute]) -> list[tuple[object, object]]:
    return [(one.key, one.value) for one in attributes]


def _is_silent(named: Mapping[str, object], event: str) -> bool:
    """Say whether a span tells nothing but to which conversation its trace belongs."""
    return "input" not in named and "output" not in named and event != EVALUATED


def _silent(trace: object, named: Mapping[str, object]) -> dict[str, object]:
    return {"trace": id_of(trace), "conversation": named.get("conversation")}


def spread(value: Value) -> Sequence[Value]:
    """Give the spans, events and log records of a batch, each with its own names."""
    if not is_batch(value):
        return (value,)
    return _completed([*_in_batch(value)])


def _completed(found: list[dict[str, object]]) -> list[dict[str, object]]:
    # A conversation named on one span of a trace is that of the others.
    known = {one["trace"]: named for one in found if (named := one["conversation"])}
    for one in found:
        one["conversation"] = one["conversation"] or known.get(one["trace"])
    return found


def _in_batch(value: Value) -> Iterator[dict[str, object]]:
    for name, (scopes, records) in _SCOPES.items():
        for resource in (value, *items(value, name)):
            listed = items(resource, scopes)
            about = _in(mapping(resource, "resource"), _RESOURCES) if listed else {}
            for scope in listed:
                for record in items(scope, records):
                    yield from _of_record(record, about)


def _of_record(
    record: Value, about: Mapping[str, object]
) -> Iterator[dict[str, object]]:
    named = _in(record, _NAMES)
    event, events = text(record, "eventName"), items(record, "events")
    if not events and _is_silent(named, event):
        yield _silent(record.get("traceId"), named)
        return
    ids = {
        **about,
        "trace": id_of(record, "traceId"),
        "span": id_of(record, "spanId"),
        "parent": id_of(record, "parentSpanId"),
        "conversation": None,
    }
    end = record.get("endTimeUnixNano") or record.get("timeUnixNano")
    yield {
        **ids,
        **named,
        "start": record.get("startTimeUnixNano"),
        "end": end,
        "event": event,
    }
    for one in events:
        inside = {"conversation": named.get("conversation"), **_in(one, _NAMES)}
        at = part(one, "timeUnixNano")
        yield {**ids, **inside, "end": at, "event": text(one, "name")}


def _in(record: Value, names: Mapping[str, Named]) -> dict[str, object]:
    attributes = items(record, "attributes")
    return _named(((one.get("key"), one.get("value")) for one in attributes), names)


def _named(
    attributes: Iterable[tuple[object, object]], names: Mapping[str, Named]
) -> dict[str, object]:
    """Give what we look for of the attributes, under our own names."""
    found: dict[str, object] = {}
    numbered: dict[str, object] = {}
    youths: dict[str, int] = {}
    for theirs, value in attributes:
        if not isinstance(theirs, str):
            continue
        if named := names.get(theirs):
            youth, ours, _ = named
            # Of two names of one thing the newest counts; of one name, the last.
            if youth >= youths.get(ours, youth):
                youths[ours] = youth
                found[ours] = _plain(value)
        elif theirs.startswith(_PREFIXES):
            numbered[theirs] = value
    return {**_indexed(numbered), **found} if numbered else found


def _indexed(attributes: Mapping[str, object]) -> dict[str, object]:
    """Put together messages whose roles and contents are attributes of their own."""
    found: dict[str, dict[int, dict[str, object]]] = {}
    for key_, value in attributes.items():
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
    if isinstance(value, _Given):
        if value.string_value is not None:
            return value.string_value
        value = msgspec.to_builtins(value)
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
