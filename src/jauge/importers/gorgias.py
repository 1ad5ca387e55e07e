"""Importer: Gorgias tickets and their messages, of the REST API."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jauge.importers.cards import labels, medium_of
from jauge.importers.columns import channel_of, language_of
from jauge.importers.markup import html_text
from jauge.importers.order import in_order
from jauge.importers.platform import SURE, Format, Page, Platform, Said
from jauge.importers.telling import How, LeftOut, Thread, Told, clicked
from jauge.importers.values import (
    Value,
    first_text,
    id_of,
    is_true,
    items,
    mapping,
    number,
    once,
    text,
)
from jauge.model.conversation import Handoff, Message, Rating, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jauge.importers.head import Head

_HANDED = re.compile(r"hand-?_?\s?over|hand-?_?\s?off|escalat|transfer", re.I)
_MACHINES = frozenset({"rule", "automation", "ai-agent", "ai_agent", "flow", "flows"})
_NOTES = frozenset({"internal-note", "internal_note"})
_LISTS = ("data",)


def _is_message(value: Value) -> bool:
    return "from_agent" in value and "ticket_id" in value


def _is_ours(value: Value) -> bool:
    if _is_message(value):
        return "stripped_text" in value or "body_text" in value
    is_named = text(value, "uri").startswith("/api/tickets/")
    return isinstance(value.get("messages"), list) and (
        is_named or "satisfaction_survey" in value or "messages_count" in value
    )


def recognise(head: Head) -> float:
    """Look for tickets with their messages, or for messages of tickets."""
    return SURE * head.share(lambda one: any(map(_is_ours, spread(one))), _LISTS)


def spread(value: Value) -> Sequence[Value]:
    """Give the tickets or messages of a page that is one line of several."""
    return (value,) if "id" in value else items(value, "data") or (value,)


def key(value: Value) -> str | LeftOut:
    """Give the ticket."""
    if "data" in value and "id" not in value:
        return LeftOut("empty")
    return id_of(value, "ticket_id") if _is_message(value) else id_of(value, "id")


def tell(values: Sequence[Value], how: How) -> Thread:
    """Tell a ticket: its messages in order, the hand-off, the survey."""
    tickets = [value for value in values if not _is_message(value)]
    messages = once((one for value in values for one in _messages(value)), "id")
    customers = (id_of(one, "customer", "id") for one in tickets)
    bots = (text(one, "sender", "name") for one in messages if _known(one) is Role.BOT)
    language = first_text(tickets, "language")
    channel = first_text(tickets, "channel") or first_text(messages, "channel")
    facts: dict[str, object] = {
        "channel": channel_of(channel),
        "language": language_of(language),
        "department": first_text(tickets, "assignee_team", "name"),
        "user_id": next(filter(None, customers), ""),
        "bot": next(filter(None, bots), ""),
    }
    status = first_text(tuple(reversed(tickets)), "status")
    if status:
        facts["closed"] = status == "closed"
    return Thread(str(key(values[0])), _told(tickets, messages, how), facts)


def _messages(value: Value) -> list[Value]:
    return [value] if _is_message(value) else items(value, "messages")


def _known(message: Value) -> Role:
    """Tell a rule's message from a person's; what the API sent may be either."""
    if message.get("from_agent") is False:
        return Role.USER
    if not is_true(message, "from_agent"):
        return Role.UNKNOWN
    via = text(message, "via").lower()
    if id_of(message, "rule_id") or via in _MACHINES:
        return Role.BOT
    return Role.AGENT if via and via != "api" else Role.UNKNOWN


def _told(
    tickets: Sequence[Value], messages: Sequence[Value], how: How
) -> Iterator[Told]:
    ordered = in_order([(how.at(one, "created_datetime"), one) for one in messages])
    events = list(_of_messages(ordered, how))
    names = " ".join(name for one in tickets for name in labels(one, "tags"))
    yield from _with_handoff(events) if _HANDED.search(names) else events
    yield from _ratings(tickets, how)


def _of_messages(messages: Sequence[Value], how: How) -> Iterator[Told]:
    offered: tuple[str, ...] = ()
    for one in messages:
        if one.get("public") is False or _is_note(one):
            yield LeftOut("note")
            continue
        message = _message(one, how)
        is_choice = message.role is Role.USER and message.text in offered
        offered = () if message.role is Role.USER else message.choices or offered
        yield clicked(message) if is_choice else message


def _is_note(one: Value) -> bool:
    return text(one, "channel") in _NOTES or text(one, "source", "type") in _NOTES


def _message(one: Value, how: How) -> Message:
    plain = text(one, "stripped_text") or text(one, "body_text")
    html = text(one, "stripped_html") or text(one, "body_html")
    files = items(one, "attachments")
    return Message(
        role=how.role(_known(one), one, "sender", "id"),
        text=plain or html_text(html),
        choices=labels(mapping(one, "meta"), "buttons"),
        media=tuple(medium_of(text(file, "content_type")) for file in files),
        at=how.at(one, "created_datetime"),
        id=id_of(one, "id") or None,
    )


def _with_handoff(events: Sequence[Told]) -> Iterator[Told]:
    """Put the hand-off, told by a tag without time, after the bot's last word."""
    roles = [one.role if isinstance(one, Message) else None for one in events]
    before = roles[: roles.index(Role.AGENT)] if Role.AGENT in roles else roles
    spoke = [place for place, role in enumerate(before) if role is Role.BOT]
    for place, event in enumerate(events):
        yield event
        if spoke and place == spoke[-1] and isinstance(event, Message):
            yield Handoff(state="requested", at=event.at)


def _ratings(tickets: Sequence[Value], how: How) -> Iterator[Told]:
    for ticket in reversed(tickets):
        survey: Mapping[str, object] = mapping(ticket, "satisfaction_survey")
        value = number(survey, "score")
        if value is not None:
            yield Rating(
                value=value,
                best=5,
                worst=1,
                comment=text(survey, "body_text") or None,
                at=how.at(survey, "scored_datetime")
                or how.at(survey, "created_datetime"),
            )
            return


PLATFORM = Platform(
    Format(
        name="gorgias",
        page=Page(
            title="Gorgias",
            line=Said(
                "Gorgias : tickets et messages de l’API",
                "Gorgias: tickets and messages of the API",
            ),
            export=Said(
                "API : `GET /api/tickets/{id}` avec ses `messages`, un ticket par ligne"
                " ou par fichier, ou les pages de `GET /api/messages` à côté de celles"
                " de `GET /api/tickets`.",
                "API: `GET /api/tickets/{id}` with its `messages`, one ticket a line or"
                " a file, or the pages of `GET /api/messages` beside those of"
                " `GET /api/tickets`.",
            ),
            carries=Said(
                "textes, heures, qui parle (client, règle, agent), boutons proposés et"
                " pris, note de 1 à 5 et commentaire, langue, état ouvert ou fermé. Une"
                " étiquette comme « handover » est une demande de transfert, placée"
                " après le dernier mot du bot.",
                "texts, times, who speaks (customer, rule, agent), buttons offered and"
                " taken, rating from 1 to 5 and comment, language, state open or"
                " closed. A tag such as “handover” is a requested hand-off, put after"
                " the bot’s last word.",
            ),
            lacks=Said(
                "les replis, l’intention et la confiance du bot, l’heure du transfert."
                " Ce qu’envoie l’API sans règle n’est ni bot ni agent sans `--bot-id`"
                " ou `--agent-id` (l’`id` de `sender`).",
                "the bot’s fallbacks, intent and confidence, the time of the hand-off."
                " What the API sends without a rule is neither bot nor agent without"
                " `--bot-id` or `--agent-id` (the `id` of `sender`).",
            ),
            checked=False,
        ),
        recognise=recognise,
        key=key,
        tell=tell,
        lists=_LISTS,
        spread=spread,
    )
)
