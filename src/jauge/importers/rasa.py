"""Importer: Rasa trackers, event broker lines, the SQL `events` table, and Botfront."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from jauge.importers import glances
from jauge.importers.cards import card_of, labels, titles
from jauge.importers.platform import SURE, Format, Page, Platform, Said
from jauge.importers.telling import Break, How, LeftOut, Thread, Told
from jauge.importers.values import (
    FaultError,
    Value,
    first_text,
    id_of,
    inner,
    items,
    mapping,
    number,
    part,
    share,
    text,
)
from jauge.model.conversation import Action, Handoff, Message, Rating, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from jauge.importers.head import Head
    from jauge.model.conversation import Medium

_COLUMNS = frozenset({"sender_id", "type_name", "data"})
_FALLBACKS = frozenset(
    {
        "action_default_fallback",
        "action_default_ask_rephrase",
        "action_default_ask_affirmation",
        "action_botfront_fallback",
        "action_two_stage_fallback",
    }
)
_HANDOFFS = ("handoff", "hand_off", "human_agent", "escalat")
_RATINGS = frozenset(
    {"csat", "csat_score", "rating", "satisfaction", "feedback_rating"}
)
_DATA = "$.data"
_LOOKED_AT = 20
_OPENS = frozenset({"/get_started", "/session_start"})
_CHANNELS = {
    "facebook": "messenger",
    "twilio": "sms",
    "webchat": "web_chat",
    "socketio": "web_chat",
    "chatroom": "web_chat",
    "rest": "",
    "callback": "",
    "cmdline": "",
}


def _tracker(value: Value) -> Value:
    return mapping(value, "tracker") if "tracker" in value else value


def _is_tracker(value: Value) -> bool:
    tracker = _tracker(value)
    events = items(tracker, "events")
    if "sender_id" not in tracker or "events" not in tracker:
        return False
    return not events or "event" in events[0]


def _is_event(value: Value) -> bool:
    return {"sender_id", "event", "timestamp"} <= value.keys()


def recognise(head: Head) -> float:
    """Look for the words of a tracker, of the broker's events, or of the table."""
    if _COLUMNS.issubset(head.columns):
        return SURE
    return SURE * head.share(lambda value: _is_tracker(value) or _is_event(value))


def key(value: Value) -> str | LeftOut:
    """Give the sender, whose events are put together."""
    return id_of(_tracker(value), "sender_id") or id_of(value, "_id")


def tell(values: Sequence[Value], how: How) -> Thread:
    """Tell the events of one sender; a started session is another conversation."""
    events = list(_events(values))
    users = [event for event in events if event.get("event") == "user"]
    channel = first_text(users, "input_channel")
    # The bot says the same of itself on each event: its first answers will do.
    metadata = [event.get("metadata") for event in events[:_LOOKED_AT]]
    metadata = list(filter(None, metadata))
    return Thread(
        str(key(values[0])),
        _told(events, how),
        {
            "channel": _CHANNELS.get(channel, channel),
            "language": first_text(values, "language")
            or first_text(metadata, "language"),
            "bot": first_text(metadata, "assistant_id"),
            "bot_version": first_text(metadata, "model_id"),
        },
    )


def _events(values: Sequence[Value]) -> Iterator[Value]:
    """Give the events of trackers, lines and rows; those of two trackers once."""
    seen: set[bytes] = set()
    for value in values:
        if "type_name" in value:
            row = inner(value, "data")
            if not isinstance(row, dict):
                raise FaultError(_DATA, "not a JSON object")
            yield row
        elif not _is_tracker(value):
            yield value
        else:
            fresh = [
                (mark, event)
                for event in items(_tracker(value), "events")
                if (mark := msgspec.json.encode(event)) not in seen
            ]
            seen.update(mark for mark, _ in fresh)
            yield from (event for _, event in fresh)


class _Heard:
    """What the bot made of the last customer message, until it answers."""

    def __init__(self) -> None:
        self.intent: str | None = None
        self.confidence: float | None = None
        self.is_fallback: bool | None = None
        self.offered: dict[str, str] = {}
        self.has_handed_off = False

    def hear(self, event: Value) -> None:
        """Keep the intent; that of a fallback is the best guess behind it."""
        found: Value = mapping(event, "parse_data", "intent")
        self.is_fallback = None
        if text(found, "name") == "nlu_fallback":
            self.is_fallback = True
            found = mapping(event, "parse_data", "intent_ranking", 1)
        self.intent = text(found, "name") or None
        self.confidence = share(found, "confidence")

    def forget(self) -> None:
        """Forget it: the bot has answered."""
        self.intent = self.confidence = self.is_fallback = None


def _told(events: Sequence[Value], how: How) -> Iterator[Told]:
    heard = _Heard()
    for event in events:
        kind = text(event, "event")
        at = how.at(event, "timestamp")
        if kind == "user":
            yield _of_user(event, at, heard)
        elif kind == "bot":
            yield _of_bot(event, at, heard)
        elif kind == "agent":
            yield Message(role=Role.AGENT, text=text(event, "text"), at=at)
        elif kind == "action":
            yield _of_action(event, at, heard)
        elif kind == "session_started":
            yield Break()
        elif kind == "pause" and not heard.has_handed_off:
            heard.has_handed_off = True
            yield Handoff(state="requested", at=at)
        else:
            yield _of_rest(event, at)


def _of_user(event: Value, at: datetime | None, heard: _Heard) -> Told:
    heard.hear(event)
    written = text(event, "text")
    id_ = id_of(event, "message_id") or None
    title = heard.offered.get(written)
    if title is not None:
        heard.offered = {}
        return Action(role=Role.USER, action="quick_reply", target=title, at=at, id=id_)
    if written in _OPENS:
        return Action(role=Role.USER, action="widget_open", at=at, id=id_)
    if written.startswith("/") and written[1:].partition("{")[0] == text(
        event, "parse_data", "intent", "name"
    ):
        # A payload whose title is not known: the customer clicked, and wrote nothing.
        return Action(role=Role.USER, action="click", at=at, id=id_)
    return Message(role=Role.USER, text=written, at=at, id=id_)


def _of_bot(event: Value, at: datetime | None, heard: _Heard) -> Told:
    data = mapping(event, "data")
    card = card_of([part(data, "custom"), part(data, "elements")])
    offers = (*labels(data, "buttons"), *labels(data, "quick_replies"), *card.choices)
    heard.offered = {
        **titles(data, "buttons"),
        **titles(data, "quick_replies"),
    } or heard.offered
    message = Message(
        role=Role.BOT,
        text=text(event, "text") or card.text,
        media=tuple(_media(data)),
        choices=tuple(dict.fromkeys(offers)),
        intent=heard.intent,
        confidence=heard.confidence,
        fallback=heard.is_fallback,
        at=at,
    )
    heard.forget()
    return message


def _media(data: Value) -> Iterator[Medium]:
    if data.get("image"):
        yield "image"
    if data.get("attachment"):
        yield "file"
    if data.get("custom") or data.get("elements"):
        yield "card"


def _of_action(event: Value, at: datetime | None, heard: _Heard) -> Told:
    name = text(event, "name")
    if name in _FALLBACKS:
        heard.is_fallback = True
    if name == "action_session_start":
        return Break()
    if not heard.has_handed_off and any(word in name for word in _HANDOFFS):
        heard.has_handed_off = True
        return Handoff(state="requested", at=at)
    return LeftOut("trace")


def _of_rest(event: Value, at: datetime | None) -> Told:
    if text(event, "event") == "slot" and text(event, "name").lower() in _RATINGS:
        value = number(event, "value")
        if value is not None:
            return Rating(value=value, at=at)
    return LeftOut("trace")


PLATFORM = Platform(
    Format(
        name="rasa",
        page=Page(
            title="Rasa",
            line=Said(
                "Rasa : trackers JSON, lignes du courtier d’événements, table SQL"
                " `events` en CSV, Botfront",
                "Rasa: tracker JSON, event broker lines, the SQL `events` table as CSV,"
                " Botfront",
            ),
            export=Said(
                "Trackers : `GET /conversations/{sender_id}/tracker` de l’API, un objet"
                " par conversation. Courtier d’événements : les lignes du fichier ou du"
                " sujet Kafka, telles quelles. Base SQL : exportez la table `events` en"
                " CSV avec son en-tête. Botfront : l’export des conversations.",
                "Trackers: `GET /conversations/{sender_id}/tracker` of the API, one"
                " object a conversation. Event broker: the lines of its file or Kafka"
                " topic as they are. SQL store: export the table `events` as CSV with"
                " its header. Botfront: the export of conversations.",
            ),
            carries=Said(
                "textes, heures, boutons et clics, intention et confiance, replis"
                " (`nlu_fallback`, `action_default_fallback`…), demandes de transfert"
                " (`pause`), messages d’un agent, note dans un slot nommé `csat`,"
                " `rating` ou `satisfaction`. Une session commencée est une autre"
                " conversation.",
                "texts, times, buttons and clicks, intent and confidence, fallbacks"
                " (`nlu_fallback`, `action_default_fallback`…), requested hand-offs"
                " (`pause`), messages of an agent, a rating in a slot named `csat`,"
                " `rating` or `satisfaction`. A started session is another"
                " conversation.",
            ),
            lacks=Said(
                "l’échelle de la note et son commentaire ; si un agent a vraiment"
                " pris la suite ; le libellé d’un bouton quand seul son contenu est"
                " connu.",
                "the scale of the rating and its comment; whether an agent really took"
                " over; the title of a button where only its payload is known.",
            ),
            checked=True,
        ),
        recognise=recognise,
        key=key,
        glance=glances.Rasa,
        tell=tell,
        layouts=("json", "table"),
    )
)
