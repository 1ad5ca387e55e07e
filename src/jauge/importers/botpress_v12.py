"""Importer: the `events` table of Botpress v12, as JSON rows or CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from jauge.importers import glances
from jauge.importers.cards import card_of, labels, medium_of, titles
from jauge.importers.columns import channel_of
from jauge.importers.heard import Heard
from jauge.importers.markup import markdown_text
from jauge.importers.order import in_order
from jauge.importers.platform import SURE, Format, Page, Platform, Said
from jauge.importers.telling import How, Kind, LeftOut, Thread, Told
from jauge.importers.values import (
    FaultError,
    Value,
    first_text,
    id_of,
    inner,
    is_true,
    mapping,
    number,
    part,
    share,
    text,
)
from jauge.model.conversation import Action, Message, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from jauge.importers.head import Head

_ROW = frozenset({"threadid", "direction", "event", "createdon"})
_KINDS: Mapping[str, Kind] = {
    "typing": "typing",
    "visit": "activity",
    "session_reset": "activity",
    "session_references": "system",
    "delivered": "receipt",
    "read": "receipt",
    "feedback": "activity",
}
_SPOKEN = frozenset(
    {
        "text", "quick_reply", "single-choice", "dropdown", "card", "carousel",
        "image", "audio", "video", "file", "location", "custom", "markdown", "voice",
    }
)  # fmt: skip
_MEDIA = _SPOKEN & {"image", "audio", "video", "file", "location", "card", "carousel"}
_EVENT = "$.event"


def _is_row(value: Value) -> bool:
    return {name.lower() for name in value} >= _ROW


def recognise(head: Head) -> float:
    """Look for rows with a thread, a direction and an event."""
    if _ROW.issubset(head.columns):
        return SURE
    return SURE * head.share(_is_row)


def _cell(value: Value, name: str) -> str:
    """Give a cell, whose column may have lost its capitals."""
    return id_of(value, name) or id_of(value, name.lower())


def key(value: Value) -> str | LeftOut:
    """Give the thread, with its bot before it: older ones are counted per bot."""
    thread = _cell(value, "threadId")
    return f"{_cell(value, 'botId')}/{thread}" if thread else ""


def tell(values: Sequence[Value], how: How) -> Thread:
    """Tell the events of a thread."""
    found = [(value, _event(value)) for value in values]
    timed = [(_at(*pair, how), pair) for pair in found]
    rows = in_order([(at, (at, *pair)) for at, pair in timed])
    channel = next(filter(None, (_cell(value, "channel") for value in values)), "")
    nlu = [mapping(event, "nlu") for _, _, event in rows]
    return Thread(
        _cell(values[0], "threadId"),
        _told(rows, how),
        {
            "channel": channel_of(channel),
            "language": first_text(nlu, "language"),
            "bot": _cell(values[0], "botId"),
            "user_id": _cell(values[0], "target"),
        },
    )


def _at(row: Value, event: Value, how: How) -> datetime | None:
    written = part(row, "createdOn") or part(row, "createdon")
    return how.at(written or part(event, "createdOn"))


def _event(value: Value) -> Value:
    found = inner(value, "event")
    if not isinstance(found, dict):
        raise FaultError(_EVENT, "not a JSON object")
    return found


def _told(
    rows: Sequence[tuple[datetime | None, Value, Value]], how: How
) -> Iterator[Told]:
    heard = Heard()
    for at, row, event in rows:
        kind = text(event, "type") or _cell(row, "type")
        if kind not in _SPOKEN and not text(event, "payload", "text"):
            yield LeftOut(_KINDS.get(kind, "other"))
            continue
        message = replace(_message(row, event, kind, how), at=at)
        if message.role is Role.USER:
            yield _asked(event, message, kind, heard)
            _hear(event, heard)
        else:
            yield heard.answered(message, _sent(event))
            yield from _thumb(row, message)


def _sent(event: Value) -> dict[str, str]:
    payload = mapping(event, "payload")
    return titles(payload, "choices") | titles(payload, "quick_replies")


def _asked(event: Value, message: Message, kind: str, heard: Heard) -> Told:
    told = heard.asked(message, text(event, "payload", "payload"))
    if kind != "quick_reply" or isinstance(told, Action):
        return told
    # Marked as a click, though what was offered is not in this export.
    return Action(
        role=Role.USER,
        action="quick_reply",
        target=message.text or None,
        at=message.at,
        id=message.id,
    )


def _hear(event: Value, heard: Heard) -> None:
    intent = mapping(event, "nlu", "intent")
    name = text(intent, "name")
    if name == "none" or is_true(event, "nlu", "errored"):
        heard.hear(fallback=True)
    elif name:
        heard.hear(name, share(intent, "confidence"))


def _message(row: Value, event: Value, kind: str, how: How) -> Message:
    payload = mapping(event, "payload")
    role = _role(row, event, how)
    is_users = role is Role.USER
    card = card_of(None if is_users else payload)
    written = text(payload, "text")
    if is_true(payload, "markdown") and not is_users:
        written = markdown_text(written)
    choices = (
        *labels(payload, "choices"),
        *labels(payload, "quick_replies"),
        *card.choices,
    )
    return Message(
        role=role,
        text=written or text(payload, "markdown") or card.text,
        choices=() if is_users else tuple(dict.fromkeys(choices)),
        media=(medium_of(kind),) if kind in _MEDIA else (),
        id=_cell(row, "messageId") or id_of(event, "id") or None,
    )


def _role(row: Value, event: Value, how: How) -> Role:
    direction = text(event, "direction") or _cell(row, "direction")
    agent = id_of(event, "payload", "agentId")
    if direction == "incoming":
        return how.role(Role.USER, row, "target")
    if direction != "outgoing":
        return Role.UNKNOWN
    return Role.AGENT if agent else Role.BOT


def _thumb(row: Value, message: Message) -> Iterator[Told]:
    found = number(row, "feedback")
    if found:
        action = "thumbs_up" if found > 0 else "thumbs_down"
        yield Action(role=Role.USER, action=action, of=message.id, at=message.at)


PLATFORM = Platform(
    Format(
        name="botpress_v12",
        page=Page(
            title="Botpress v12",
            line=Said(
                "Botpress v12 : lignes de la table `events` (JSON, CSV)",
                "Botpress v12: rows of the `events` table (JSON, CSV)",
            ),
            export=Said(
                "Base de données : exportez la table `events` en CSV avec son en-tête"
                " (`\\copy events to 'events.csv' csv header`) ou en JSON, une ligne"
                " par événement.",
                "Database: export the table `events` as CSV with its header (`\\copy"
                " events to 'events.csv' csv header`) or as JSON, one line an event.",
            ),
            carries=Said(
                "textes, heures, choix et clics, intention et confiance, replis"
                " (intention `none`, compréhension en erreur), pouces (`feedback`),"
                " messages d’un agent (`agentId`), langue.",
                "texts, times, choices and clicks, intent and confidence, fallbacks"
                " (intent `none`, an error of the NLU), thumbs (`feedback`), messages"
                " of an agent (`agentId`), language.",
            ),
            lacks=Said(
                "l’intention derrière un repli, le transfert (il dépend du module),"
                " la note.",
                "the intent behind a fallback, the hand-off (it depends on the"
                " module), ratings.",
            ),
            checked=False,
        ),
        recognise=recognise,
        key=key,
        glance=glances.BotpressV12,
        tell=tell,
        layouts=("json", "table"),
    )
)
