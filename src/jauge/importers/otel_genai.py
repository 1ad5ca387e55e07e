"""Importer: OpenTelemetry GenAI traces and logs, as OTLP JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from jauge.importers.histories import History, messages_in
from jauge.importers.langfuse import RATINGS
from jauge.importers.otel_batches import LISTS, at_once, is_batch, spread
from jauge.importers.otel_names import EVALUATED, MARKS
from jauge.importers.platform import SURE, Format, Page, Platform, Said
from jauge.importers.telling import How, LeftOut, Thread, Told
from jauge.importers.values import (
    Value,
    first_text,
    id_of,
    inner,
    number,
    part,
    text,
)
from jauge.model.conversation import Message, Rating, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jauge.importers.head import Head

_DIGITS = 20


def _is_bare(value: Value) -> bool:
    return "role" in value and isinstance(value.get("parts"), list)


def recognise(head: Head) -> float:
    """Look for batches of spans or log records that know the conventions."""
    if not any(mark in head.text for mark in MARKS) and not head.share(_is_bare):
        return 0.0
    return SURE * head.share(lambda one: is_batch(one) or _is_bare(one), LISTS)


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
        lists=LISTS,
        spread=spread,
        at_once=at_once,
    )
)
