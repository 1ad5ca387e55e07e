"""Importer: Langfuse traces, each a turn of a session, with their scores."""

from __future__ import annotations

import functools
from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from jauge.importers.columns import channel_of
from jauge.importers.histories import History, messages_in
from jauge.importers.order import in_order
from jauge.importers.platform import SURE, Format, Page, Platform, Said
from jauge.importers.telling import How, LeftOut, Thread, Told
from jauge.importers.values import (
    Value,
    id_of,
    inner,
    items,
    mapping,
    number,
    part,
    share,
    text,
)
from jauge.model.conversation import Action, Message, Rating, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from jauge.importers.head import Head

_TRACE = frozenset({"id", "timestamp"})
_WORDS = frozenset({"input", "output"})
_OWN = frozenset(
    {"sessionid", "session_id", "release", "bookmarked", "htmlpath", "observations"}
)
_SCORE = frozenset({"traceid", "name", "value", "datatype"})
_OBSERVATION = frozenset({"traceid", "type", "starttime"})
_LISTS = ("data", "traces")
_DAY = 86400.0
RATINGS = frozenset(
    {
        "user-feedback", "user_feedback", "user feedback", "userfeedback", "feedback",
        "user-rating", "user_rating", "rating", "csat", "satisfaction", "thumbs",
    }
)  # fmt: skip
"""Names of scores that the customer gave; those of a judge are no ratings."""


def _names(value: Value) -> set[str]:
    return {name.lower() for name in value}


def _is_ours(value: Value) -> bool:
    names = _names(value)
    if names >= _SCORE or names >= _OBSERVATION:
        return True
    is_session = "projectid" in names and isinstance(value.get("traces"), list)
    is_trace = names >= _TRACE and bool(names & _WORDS) and bool(names & _OWN)
    return is_session or is_trace


def recognise(head: Head) -> float:
    """Look for traces with an input and an output, or for scores."""
    columns = set(head.columns)
    if columns >= _TRACE and columns >= _WORDS and columns & _OWN:
        return SURE
    return SURE * head.share(_is_ours, _LISTS)


@functools.lru_cache(maxsize=64)
def _spellings(name: str) -> tuple[str, str, str]:
    snake = "".join(f"_{one.lower()}" if one.isupper() else one for one in name)
    return name, name.lower(), snake


def _of(value: Value, name: str) -> object:
    """Give a field by its name in the API, in a table, or in Python."""
    for known in _spellings(name):
        if value.get(known) not in (None, ""):
            return value[known]
    return None


def key(value: Value) -> str | LeftOut:
    """Give the session; a trace without one is a conversation of its own."""
    session = id_of(_of(value, "sessionId"))
    names = _names(value)
    if names >= _OBSERVATION:
        return LeftOut("trace")
    if names >= _SCORE:
        # The API tells the session of a score inside its trace.
        return session or id_of(value, "trace", "sessionId") or LeftOut("other")
    return session or id_of(value, "id")


def tell(values: Sequence[Value], how: How) -> Thread:
    """Tell the traces of a session as its turns."""
    timed = [(how.at(one, "timestamp"), one) for one in values]
    moments = in_order([(at, (at, one)) for at, one in timed])
    ordered = [one for _, one in moments]
    about = [_metadata(one) for one in ordered]
    languages = (text(one, "language") or text(one, "locale") for one in about)
    channels = (text(one, "channel") for one in about)
    return Thread(
        str(key(values[0])),
        _told(moments, how),
        {
            "language": next(filter(None, languages), ""),
            "channel": channel_of(next(filter(None, channels), "")),
            "bot_version": next(
                filter(None, (id_of(_of(one, "release")) for one in ordered)), ""
            ),
            "user_id": id_of(_of(ordered[0], "userId")),
        },
    )


def _metadata(value: Value) -> Value:
    return mapping(inner(value, "metadata"))


def _told(moments: Sequence[tuple[datetime | None, Value]], how: How) -> Iterator[Told]:
    history = History()
    for at, trace in moments:
        if _names(trace) >= _SCORE:
            yield _of_score(trace, how)
            continue
        yield from _asked(trace, history, at)
        yield from _answered(trace, history, at)
        for score in items(inner(trace, "scores")):
            yield _of_score(score, how)


def _asked(trace: Value, history: History, at: datetime | None) -> Iterator[Told]:
    found = history.read(_input(trace), Role.USER)
    for message in history.fresh(found):
        is_now = message.role is Role.USER
        yield replace(message, at=at) if is_now else message


def _answered(
    trace: Value, history: History, started: datetime | None
) -> Iterator[Told]:
    about = _metadata(trace)
    at = _answered_at(trace, started)
    output = _output(trace)
    found = messages_in(output, Role.BOT)
    said = [one for one in found if isinstance(one, Message)]
    # An output that is a list of messages may hold the whole history again.
    for message in history.fresh(said) if len(said) > 1 else said:
        if len(said) == 1:
            history.say(message)
        if about.get("human") is True:
            # An agent had a part in it: whose words these are is not told.
            yield replace(message, role=Role.UNKNOWN, at=at)
        elif message.role is Role.BOT:
            yield replace(message, at=at, **_understood(about))
        else:
            yield replace(message, at=at)
        about = {}
    yield from (one for one in found if isinstance(one, LeftOut))


def _understood(about: Value) -> dict[str, object]:
    fallback = about.get("fallback")
    return {
        "intent": text(about, "intent") or None,
        "confidence": share(about, "confidence"),
        "fallback": fallback if isinstance(fallback, bool) else None,
    }


def _input(trace: Value) -> object:
    return _decoded(_of(trace, "input")) or part(_root(trace), "input")


def _output(trace: Value) -> object:
    return _decoded(_of(trace, "output")) or part(_root(trace), "output")


def _decoded(found: object) -> object:
    """Give JSON that stands in a cell; other text stays as it is."""
    if isinstance(found, str) and found.lstrip()[:1] in ("{", "[", '"'):
        return inner({"": found}, "") or found
    return found


def _root(trace: Value) -> Value:
    """Give the outermost observation, for a trace that has no words of its own."""
    roots = [
        one
        for one in items(trace, "observations")
        if not id_of(one, "parentObservationId")
    ]
    return roots[0] if roots else {}


def _answered_at(trace: Value, started: datetime | None) -> datetime | None:
    latency = number(trace, "latency")
    if started is None or latency is None or not 0 <= latency < _DAY:
        return None
    return started + timedelta(seconds=latency)


def _of_score(score: Value, how: How) -> Told:
    value = number(score, "value")
    if text(score, "name").lower() not in RATINGS or value is None:
        return LeftOut("trace")
    at = how.at(_of(score, "timestamp") or _of(score, "createdAt"))
    if (text(score, "dataType") or text(score, "datatype")).upper() == "BOOLEAN":
        action = "thumbs_up" if value > 0 else "thumbs_down"
        return Action(role=Role.USER, action=action, at=at)
    comment = text(score, "comment") or None
    return Rating(value=value, comment=comment, at=at, id=id_of(score, "id") or None)


PLATFORM = Platform(
    Format(
        name="langfuse",
        page=Page(
            title="Langfuse",
            line=Said(
                "Langfuse : traces (API, export JSON, JSON Lines ou CSV), une par tour",
                "Langfuse: traces (API, export as JSON, JSON Lines or CSV), one a turn",
            ),
            export=Said(
                "Traces, Exporter, JSON ou CSV ; ou l’API, `GET /api/public/traces`,"
                " une page par fichier. `sessionId` met les tours ensemble.",
                "Traces, Export, JSON or CSV; or the API, `GET /api/public/traces`, one"
                " page a file. `sessionId` puts the turns together.",
            ),
            carries=Said(
                "textes (texte simple, messages ou tout JSON usuel), heure de chaque"
                " tour et de sa réponse, version ; les scores du client"
                " (`user-feedback`, `csat`…) comme note ou pouce ; intention,"
                " confiance, repli et langue s’ils sont dans `metadata`.",
                "texts (plain, messages, or any usual JSON), time of each turn and of"
                " its answer, release; scores of the customer (`user-feedback`,"
                " `csat`…) as a rating or thumb; intent, confidence, fallback and"
                " language where they are in `metadata`.",
            ),
            lacks=Said(
                "les choix, le transfert, ce que dit un agent (`metadata.human` : le"
                " rôle reste inconnu), l’échelle de la note. Les observations et les"
                " scores d’un juge ne sont pas des tours ; un score sans `sessionId`"
                " exporté seul est laissé de côté.",
                "choices, the hand-off, what an agent says (`metadata.human`: the role"
                " stays unknown), the scale of the rating. Observations and scores of"
                " a judge are no turns; a score exported alone without a `sessionId` is"
                " left out.",
            ),
            checked=False,
        ),
        recognise=recognise,
        key=key,
        tell=tell,
        lists=_LISTS,
        layouts=("json", "table"),
    )
)
