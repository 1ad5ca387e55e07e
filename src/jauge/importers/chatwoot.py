"""Importer: Chatwoot conversations and messages of the API, and webhooks."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from jauge.importers import glances
from jauge.importers.cards import card_of, labels, media_of
from jauge.importers.markup import markdown_text
from jauge.importers.order import in_order
from jauge.importers.platform import SURE, Format, Page, Platform, Said
from jauge.importers.telling import How, LeftOut, Thread, Told
from jauge.importers.values import (
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
from jauge.model.conversation import Action, Handoff, Message, Rating, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from jauge.importers.head import Head

_TYPES = ("incoming", "outgoing", "activity", "template")
_ROLES = {
    "contact": Role.USER,
    "agentbot": Role.BOT,
    "captain::assistant": Role.BOT,
    "user": Role.AGENT,
}
_CHANNELS = {
    "WebWidget": "web_chat",
    "FacebookPage": "messenger",
    "TwilioSms": "sms",
    "Api": "",
}
_OPENED = re.compile(r"\bmarked (?:as )?open\b|\bmarquée? (?:comme )?ouverte?\b", re.I)
_TAKEN = re.compile(r"^assigned to |\bself-assigned\b|^assignée? à ", re.I)
_CONVERSATION_EVENTS = frozenset(
    f"conversation_{what}" for what in ("created", "status_changed", "updated")
)
_LISTS = ("data.payload", "payload")


def _is_message(value: Value) -> bool:
    return "message_type" in value and "content" in value


def _is_ours(value: Value) -> bool:
    if "event" in value:
        if text(value, "event") in _CONVERSATION_EVENTS:
            return "id" in value
        return _is_message(value) and "conversation" in value
    if _is_message(value):
        return "conversation_id" in value
    return "messages" in value and ("inbox_id" in value or "account_id" in value)


def recognise(head: Head) -> float:
    """Look for webhooks, or for the messages of an inbox."""
    return SURE * head.share(_is_ours, _LISTS)


def _about(value: Value) -> Value:
    """Give the conversation that a value is, or that it tells of."""
    return mapping(value, "conversation") if "conversation" in value else value


def _id(value: Value) -> str:
    if _is_message(value) and "conversation" not in value:
        return id_of(value, "conversation_id")
    return id_of(_about(value), "id") or id_of(_about(value), "display_id")


def key(value: Value) -> str | LeftOut:
    """Give the account and the conversation: each account counts from 1."""
    id_ = _id(value)
    if not id_ and "event" in value:
        return LeftOut("system")
    account = id_of(value, "account", "id") or id_of(value, "account_id")
    return id_ and f"{account}/{id_}"


def tell(values: Sequence[Value], how: How) -> Thread:
    """Tell the messages of one conversation, from pages and webhooks alike."""
    about = [_about(value) for value in values]
    messages = [_messages(value) for value in values]
    facts = _facts(about, itertools.chain.from_iterable(messages))
    told = _told(list(zip(values, messages, strict=True)), how)
    return Thread(_id(values[0]), told, facts)


def _facts(about: Sequence[Value], messages: Iterable[Value]) -> dict[str, object]:
    channel = first_text(about, "channel") or first_text(about, "meta", "channel")
    channel = channel.removeprefix("Channel::")
    customers = (id_of(one, "meta", "sender", "id") for one in about)
    named = (one for one in messages if text(one, "sender", "name"))
    bots = (text(one, "sender", "name") for one in named if _role(one) is Role.BOT)
    facts: dict[str, object] = {
        "channel": _CHANNELS.get(channel, channel.lower()),
        "language": first_text(about, "additional_attributes", "browser_language"),
        "department": first_text(about, "meta", "team", "name"),
        "user_id": next(filter(None, customers), ""),
        "bot": next(bots, ""),
    }
    status = first_text(tuple(reversed(about)), "status")
    # A message has a status too: sent, delivered, read.
    if status in ("open", "pending", "snoozed", "resolved"):
        facts["closed"] = status == "resolved"
    return facts


def _messages(value: Value) -> list[Value]:
    return [value] if _is_message(value) else items(value, "messages")


def _type(message: Value) -> str:
    kind = message.get("message_type")
    if isinstance(kind, int) and 0 <= kind < len(_TYPES):
        return _TYPES[kind]
    return kind if isinstance(kind, str) else ""


def _role(message: Value) -> Role:
    kind = text(message, "sender_type") or text(message, "sender", "type")
    role = _ROLES.get(kind.lower().replace("_", ""))
    if role is None and _type(message) == "incoming":
        role = Role.USER
    return role or Role.UNKNOWN


def _told(values: Sequence[tuple[Value, list[Value]]], how: How) -> Iterator[Told]:
    """Tell each message once, in the order of time, with what an update adds to it."""
    first: dict[str, Value] = {}
    latest: dict[str, Value] = {}
    for value, messages in values:
        event = text(value, "event")
        if event in _CONVERSATION_EVENTS:
            yield _of_status(value, how)
        for message in messages:
            id_ = id_of(message, "id")
            if id_ in first:
                is_update = event == "message_updated"
                yield LeftOut("edit" if is_update else "duplicate")
            latest[id_] = message
            first.setdefault(id_ or f"-{len(first)}", message)
    timed = [(how.at(one, "created_at"), id_, one) for id_, one in first.items()]
    ordered = in_order([(one[0], one) for one in timed])
    yield from _in_turn(ordered, latest, how)


def _in_turn(
    messages: Sequence[tuple[datetime | None, str, Value]],
    latest: Mapping[str, Value],
    how: How,
) -> Iterator[Told]:
    picked: dict[str, Action] = {}
    for at, id_, message in messages:
        current = latest.get(id_, message)
        told = _of_message(message, current, at, how)
        if isinstance(told, Message) and told.role is Role.USER and told.text in picked:
            told = replace(picked.pop(told.text), at=told.at, id=told.id)
        elif isinstance(told, Message) and told.role is not Role.USER:
            picked |= _picked(current, how)
        yield told
    # What was picked without a message of its own.
    yield from picked.values()


def _picked(message: Value, how: How) -> dict[str, Action]:
    """Give the buttons that the customer pressed, as the update of a message tells."""
    return {
        title: Action(
            role=Role.USER,
            action="quick_reply",
            target=title,
            at=how.at(message, "updated_at") or how.at(message, "created_at"),
        )
        for title in labels(message, "content_attributes", "submitted_values")
    }


def _of_message(message: Value, current: Value, at: datetime | None, how: How) -> Told:
    kind = _type(message)
    if is_true(message, "private"):
        return LeftOut("note")
    if is_true(current, "content_attributes", "deleted"):
        return LeftOut("deletion")
    if text(message, "content_type") == "input_csat":
        return _of_survey(current, how)
    if kind == "activity":
        return _of_activity(text(message, "content"), at)
    if kind == "template":
        return LeftOut("system")
    return _turn(message, at, how)


def _turn(message: Value, at: datetime | None, how: How) -> Message:
    role = how.role(_role(message), message, "sender", "id")
    written = text(message, "content")
    offered = part(message, "content_attributes", "items")
    card = card_of(offered)
    is_select = text(message, "content_type") == "input_select"
    return Message(
        role=role,
        text=written if role is Role.USER else markdown_text(written) or card.text,
        choices=labels(offered) if is_select else card.choices,
        media=media_of(message.get("attachments"), "file_type"),
        at=at,
        id=id_of(message, "id") or None,
    )


def _of_survey(message: Value, how: How) -> Told:
    answer: Value = mapping(
        message, "content_attributes", "submitted_values", "csat_survey_response"
    )
    value = number(answer, "rating")
    if value is None:
        return LeftOut("system")
    return Rating(
        value=value,
        best=5,
        worst=1,
        comment=text(answer, "feedback_message") or None,
        at=how.at(message, "updated_at") or how.at(message, "created_at"),
    )


def _of_activity(written: str, at: datetime | None) -> Told:
    if _TAKEN.search(written):
        return Handoff(state="accepted", at=at)
    if _OPENED.search(written):
        return Handoff(state="requested", at=at)
    return LeftOut("activity")


def _of_status(value: Value, how: How) -> Told:
    """A bot that hands over opens a conversation which was pending."""
    for change in items(value, "changed_attributes"):
        told = mapping(change, "status")
        steps = text(told, "previous_value"), text(told, "current_value")
        if steps == ("pending", "open"):
            at = how.at(value, "updated_at") or how.at(value, "timestamp")
            return Handoff(state="requested", at=at)
    return LeftOut("activity")


PLATFORM = Platform(
    Format(
        name="chatwoot",
        page=Page(
            title="Chatwoot",
            line=Said(
                "Chatwoot : conversations et messages de l’API, webhooks",
                "Chatwoot: conversations and messages of the API, webhooks",
            ),
            export=Said(
                "API : les pages de `…/conversations/{id}/messages`, une par fichier,"
                " ou la conversation avec ses `messages`. Webhooks : le corps de chaque"
                " appel, un par ligne (Paramètres, Intégrations, Webhooks).",
                "API: the pages of `…/conversations/{id}/messages`, one a file, or the"
                " conversation with its `messages`. Webhooks: the body of each call,"
                " one a line (Settings, Integrations, Webhooks).",
            ),
            carries=Said(
                "textes, heures, qui parle, choix proposés et pris, pièces jointes,"
                " demande de transfert (en attente → ouverte), affectation à un"
                " agent, note de 1 à 5 et commentaire, état ouvert ou résolu.",
                "texts, times, who speaks, choices offered and taken, attachments,"
                " requested hand-off (pending → open), assignment to an agent, rating"
                " from 1 to 5 and comment, state open or resolved.",
            ),
            lacks=Said(
                "les replis, l’intention et la confiance du bot. Les notes internes"
                " et les messages d’activité ne sont pas des tours.",
                "the bot’s fallbacks, intent and confidence. Private notes and activity"
                " messages are no turns.",
            ),
            checked=True,
        ),
        recognise=recognise,
        key=key,
        glance=glances.Chatwoot,
        tell=tell,
        lists=_LISTS,
    )
)
