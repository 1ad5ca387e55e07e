"""Importer: Freshdesk tickets with their conversations, of the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jauge.importers.cards import labels, medium_of
from jauge.importers.markup import html_text
from jauge.importers.platform import SURE, Format, Page, Platform, Said
from jauge.importers.telling import How, LeftOut, Thread, Told
from jauge.importers.values import (
    EMPTY,
    Value,
    first_text,
    id_of,
    is_true,
    items,
    mapping,
    number,
    part,
    text,
)
from jauge.model.conversation import Message, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from jauge.importers.head import Head

_CATEGORIES: Mapping[float, Role] = {1: Role.USER, 3: Role.AGENT, 5: Role.BOT}
"""What `category` says of the author: the customer, an agent, the bot's greeting."""
_CHANNELS: Mapping[float, str] = {
    1: "email",
    2: "web",
    3: "voice",
    7: "web_chat",
    9: "web",
    10: "email",
    15: "web_chat",
}
_WRITTEN = frozenset({1, 2, 9})
"""Sources whose ticket begins with what the customer wrote; not a chat."""
_DONE = frozenset({4, 5})


def _is_reply(value: Value) -> bool:
    return "incoming" in value and "private" in value and "body_text" in value


def _ticket(value: Value) -> Value:
    if _is_reply(value):
        return EMPTY
    return mapping(value, "ticket") if "ticket" in value else value


def _is_ours(value: Value) -> bool:
    if _is_reply(value):
        return "ticket_id" in value
    ticket = _ticket(value)
    replies = items(value, "conversations") or items(ticket, "conversations")
    has_names = "requester_id" in ticket and "source" in ticket
    return has_names and all(map(_is_reply, replies))


def recognise(head: Head) -> float:
    """Look for tickets of a requester, or for the conversations of tickets."""
    return SURE * head.share(_is_ours)


def key(value: Value) -> str | LeftOut:
    """Give the ticket."""
    return (
        id_of(value, "ticket_id") if _is_reply(value) else id_of(_ticket(value), "id")
    )


def tell(values: Sequence[Value], how: How) -> Thread:
    """Tell a ticket: what the customer wrote first, then its conversations."""
    tickets = [ticket for value in values if (ticket := _ticket(value))]
    latest = tickets[-1] if tickets else EMPTY
    source = number(latest, "source")
    facts: dict[str, object] = {
        "channel": _CHANNELS.get(source, "") if source is not None else "",
        "user_id": id_of(latest, "requester_id"),
        "language": first_text(tickets, "requester", "language"),
    }
    status = number(latest, "status")
    if status is not None:
        facts["closed"] = status in _DONE
    return Thread(str(key(values[0])), _told(values, latest, how), facts)


def _told(values: Sequence[Value], ticket: Value, how: How) -> Iterator[Told]:
    if number(ticket, "source") in _WRITTEN:
        yield Message(
            role=Role.USER,
            text=_body(ticket, "description_text", "description"),
            media=(),
            at=how.at(ticket, "created_at"),
            id=f"ticket {id_of(ticket, 'id')}",
        )
    requester = id_of(ticket, "requester_id")
    for value in values:
        yield from (_of_reply(one, requester, how) for one in _replies(value))


def _replies(value: Value) -> list[Value]:
    if _is_reply(value):
        return [value]
    return items(value, "conversations") or items(_ticket(value), "conversations")


def _of_reply(one: Value, requester: str, how: How) -> Told:
    at: datetime | None = how.at(one, "created_at")
    if is_true(one, "private"):
        return LeftOut("note")
    files = items(one, "attachments")
    return Message(
        role=how.role(_known(one, requester), one, "user_id"),
        text=_body(one, "body_text", "body"),
        choices=tuple(_choices(one)),
        media=tuple(medium_of(text(file, "content_type")) for file in files),
        at=at,
        id=id_of(one, "id") or None,
    )


def _known(one: Value, requester: str) -> Role:
    """Tell who wrote: by the category, else by who the author is."""
    category = number(one, "category")
    if category is not None and category in _CATEGORIES:
        return _CATEGORIES[category]
    author = id_of(one, "user_id")
    if is_true(one, "incoming") or (author and author == requester):
        return Role.USER
    return Role.AGENT if author and requester else Role.UNKNOWN


def _body(value: Value, plain: str, html: str) -> str:
    return text(value, plain) or html_text(text(value, html))


def _choices(one: Value) -> Iterator[str]:
    for piece in items(one, "structured_body", "body_contents"):
        data = part(piece, "data")
        for name in ("buttons", "options", "quick_replies"):
            yield from labels(data, name)


PLATFORM = Platform(
    Format(
        name="freshdesk",
        page=Page(
            title="Freshdesk",
            line=Said(
                "Freshdesk : tickets de l’API avec leurs conversations",
                "Freshdesk: tickets of the API with their conversations",
            ),
            export=Said(
                "API : `GET /api/v2/tickets/{id}?include=conversations,requester`, un"
                " ticket par ligne ou par fichier, ou les pages de"
                " `…/tickets/{id}/conversations` à côté de leurs tickets.",
                "API: `GET /api/v2/tickets/{id}?include=conversations,requester`, one"
                " ticket a line or a file, or the pages of"
                " `…/tickets/{id}/conversations` beside their tickets.",
            ),
            carries=Said(
                "textes, heures, qui parle (client, agent, message d’accueil du bot),"
                " pièces jointes, état. Un ticket écrit par courriel ou formulaire"
                " commence par sa description.",
                "texts, times, who speaks (customer, agent, the bot’s greeting),"
                " attachments, state. A ticket written by email or form begins with"
                " its description.",
            ),
            lacks=Said(
                "les replis, l’intention et la confiance du bot, les clics, les"
                " transferts et les notes de satisfaction. Les notes internes ne"
                " sont pas des tours.",
                "the bot’s fallbacks, intent and confidence, clicks, hand-offs and"
                " satisfaction ratings. Private notes are no turns.",
            ),
            checked=True,
        ),
        recognise=recognise,
        key=key,
        tell=tell,
    )
)
