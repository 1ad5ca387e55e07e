"""Importer: Botpress Cloud conversations and their messages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jauge.importers.cards import card_of, labels, medium_of, titles
from jauge.importers.columns import channel_of
from jauge.importers.heard import Heard
from jauge.importers.markup import markdown_text
from jauge.importers.order import in_order
from jauge.importers.platform import SURE, Format, Page, Platform, Said
from jauge.importers.telling import How, LeftOut, Thread, Told
from jauge.importers.values import Value, first_text, id_of, items, mapping, part, text
from jauge.model.conversation import Handoff, Message, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from jauge.importers.head import Head
    from jauge.model.conversation import Medium

_MESSAGE = frozenset({"conversationId", "direction", "payload"})
_DIRECTIONS = ("incoming", "outgoing")
_MEDIA = frozenset({"image", "audio", "video", "file", "location", "card", "carousel"})
_FALSE = ("", "false", "0")
_PREFIX = re.compile(r"^[^:#]*[:#]")
_TAKEN = frozenset({"humanAgentId", "humanAgentName"})
_PEOPLE = _TAKEN | {"downstream"}


def _messages(value: Value) -> list[Value]:
    if "messages" in value:
        return items(value, "messages")
    inside = mapping(value, "message")
    return [inside or value] if _is_message(inside or value) else []


def _is_message(value: Value) -> bool:
    return value.keys() >= _MESSAGE and text(value, "direction") in _DIRECTIONS


def _is_ours(value: Value) -> bool:
    found = _messages(value)
    if found:
        return _is_message(found[0])
    about = mapping(value, "conversation")
    return "messages" in value and "integration" in about and "channel" in about


def recognise(head: Head) -> float:
    """Look for messages with a direction, a payload and a conversation."""
    return SURE * head.share(_is_ours)


def key(value: Value) -> str | LeftOut:
    """Give the conversation, whose pages are put together."""
    named = id_of(value, "conversation", "id")
    ids = (id_of(one, "conversationId") for one in _messages(value))
    return named or next(filter(None, ids), "")


def tell(values: Sequence[Value], how: How) -> Thread:
    """Tell the messages of a conversation, which come newest first."""
    timed = [
        (how.at(one, "createdAt"), one) for value in values for one in _messages(value)
    ]
    ordered = in_order([(at, (at, one)) for at, one in timed])
    abouts = [mapping(value, "conversation") for value in values]
    integration = first_text(values, "conversation", "integration")
    customers = {
        id_of(one, "userId")
        for _, one in ordered
        if text(one, "direction") == "incoming"
    }
    return Thread(
        str(key(values[0])),
        _told(ordered, how, set().union(*(_people(one) for one in abouts))),
        {
            "channel": channel_of(integration),
            "user_id": customers.pop() if len(customers) == 1 else "",
        },
    )


def _people(value: Value) -> set[str]:
    """Give the tags that the plugin for human answers has set: `hitl:downstream`."""
    tags = mapping(value, "tags")
    names = {
        name: _PREFIX.sub("", name)
        for name in tags
        if id_of(tags, name).lower() not in _FALSE
    }
    return {
        plain
        for name, plain in names.items()
        if plain in _PEOPLE or name.lower().startswith("hitl")
    }


def _is_agents(value: Value) -> bool:
    """Say whether an outgoing message is an agent's, which the bot passes on."""
    return bool(_people(value)) or bool(id_of(value, "payload", "userId"))


def _told(
    messages: Sequence[tuple[datetime | None, Value]], how: How, people: set[str]
) -> Iterator[Told]:
    heard, is_handed_off = Heard(), bool(people)
    robots = _robots([value for _, value in messages])
    for at, value in messages:
        message = _message(value, _role(value, robots, how), at)
        if message.role is Role.AGENT and is_handed_off:
            # When is not told: at the latest, before the agent speaks.
            is_handed_off = False
            yield Handoff(state="accepted")
        if message.role is Role.USER:
            yield heard.asked(message, text(value, "payload", "payload"))
        else:
            offered = titles(value, "payload", "options")
            yield heard.answered(message, offered)
    if is_handed_off:
        is_taken = bool(people & _TAKEN)
        yield Handoff(state="accepted" if is_taken else "requested")


def _robots(messages: Sequence[Value]) -> frozenset[str]:
    """Give the user in whose name the bot speaks; none where several might be it."""
    found = frozenset(
        id_of(one, "userId")
        for one in messages
        if text(one, "direction") == "outgoing" and not _is_agents(one)
    )
    return found if len(found) == 1 else frozenset()


def _role(value: Value, robots: frozenset[str], how: How) -> Role:
    known = Role.UNKNOWN
    direction = text(value, "direction")
    if direction == "incoming":
        known = Role.USER
    elif direction == "outgoing" and _is_agents(value):
        known = Role.AGENT
    elif direction == "outgoing" and id_of(value, "userId") in robots:
        known = Role.BOT
    return how.role(known, value, "userId")


def _message(value: Value, role: Role, at: datetime | None) -> Message:
    payload = mapping(value, "payload")
    card = card_of(_shown(payload) if role is not Role.USER else None)
    written = text(payload, "text") or markdown_text(text(payload, "markdown"))
    choices = (*labels(payload, "options"), *card.choices)
    return Message(
        role=role,
        text=written or card.text,
        choices=() if role is Role.USER else tuple(dict.fromkeys(choices)),
        media=tuple(_media(value)),
        at=at,
        id=id_of(value, "id") or None,
    )


def _shown(payload: Value) -> object:
    """Give what a card, a carousel or a bloc shows."""
    inside = [part(one, "payload") or one for one in items(payload, "items")]
    return inside or payload


def _media(value: Value) -> Iterator[Medium]:
    """Give the medium of a message, or those that a bloc puts together."""
    parts = [value]
    if text(value, "type") == "bloc":
        parts = items(value, "payload", "items")
    for one in parts:
        if text(one, "type") in _MEDIA:
            yield medium_of(text(one, "type"))


PLATFORM = Platform(
    Format(
        name="botpress_cloud",
        page=Page(
            title="Botpress Cloud",
            line=Said(
                "Botpress Cloud : conversations et pages de messages de l’API",
                "Botpress Cloud: conversations and pages of messages of the API",
            ),
            export=Said(
                "API : `GET /v1/chat/messages?conversationId=…`, chaque page dans un"
                " fichier ou sur une ligne ; avec la conversation à côté"
                ' (`{"conversation": …, "messages": […]}`), le canal et le'
                " transfert sont lus aussi.",
                "API: `GET /v1/chat/messages?conversationId=…`, each page in a file or"
                ' on a line; with the conversation beside it (`{"conversation": …,'
                ' "messages": […]}`), the channel and the hand-off are read too.',
            ),
            carries=Said(
                "textes, heures, qui parle, choix et cartes, clics, médias, messages"
                " d’un agent et transfert (extension HITL : `downstream`,"
                " `humanAgentId`, `payload.userId`).",
                "texts, times, who speaks, choices and cards, clicks, media, messages"
                " of an agent and the hand-off (HITL plugin: `downstream`,"
                " `humanAgentId`, `payload.userId`).",
            ),
            lacks=Said(
                "l’intention, la confiance, les replis, la note, l’heure du transfert ;"
                " ce que dit un agent quand le bot le relaie sans marque."
                " Quand plusieurs utilisateurs sortants n’ont pas d’étiquette, leur"
                " rôle reste inconnu : `--bot-id` et `--agent-id` disent qui est qui.",
                "intent, confidence, fallbacks, ratings, the time of the hand-off; what"
                " an agent says where the bot passes it on without a mark."
                " Where several outgoing users have no tag, their role stays unknown:"
                " `--bot-id` and `--agent-id` say who is who.",
            ),
            checked=False,
        ),
        recognise=recognise,
        key=key,
        tell=tell,
    )
)
