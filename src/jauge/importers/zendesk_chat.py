"""Importer: Zendesk Chat conversations of the Chat API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jauge.importers.cards import medium_of
from jauge.importers.markup import markdown_text
from jauge.importers.platform import SURE, Format, Page, Platform, Said
from jauge.importers.telling import How, Kind, LeftOut, Thread, Told, clicked
from jauge.importers.values import (
    Value,
    first_text,
    id_of,
    items,
    mapping,
    part,
    text,
)
from jauge.model.conversation import Handoff, Message, Rating, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jauge.importers.head import Head

_KINDS: Mapping[str, Kind] = {
    "chat.memberjoin": "activity",
    "chat.memberleave": "activity",
    "chat.request.rating": "system",
    "chat.comment": "activity",
    "chat.triggered": "system",
    "chat.typing": "typing",
    "typing": "typing",
}
_MACHINES = ("agent:trigger", "agent:bot", "agent:system")
_RATINGS = {"good": 1, "bad": 0}
_LISTS = ("chats",)


def _is_chat(value: Value) -> bool:
    if text(value, "type") == "offline_msg":
        return "message" in value and "visitor" in value
    return isinstance(value.get("history"), list) and "visitor" in value


def _is_ours(value: Value) -> bool:
    return any(map(_is_chat, spread(value)))


def recognise(head: Head) -> float:
    """Look for chats: a visitor, and a history or an offline message."""
    return SURE * head.share(_is_ours, _LISTS)


def spread(value: Value) -> Sequence[Value]:
    """Give the chats of a page, of chats asked by id, or of a connector's line."""
    if "chats" in value:
        return items(value, "chats") or (value,)
    if "docs" in value:
        docs = [one for one in mapping(value, "docs").values() if isinstance(one, dict)]
        return docs or (value,)
    if text(value, "stream") == "chats":
        return (mapping(value, "data"),)
    return (value,)


def key(value: Value) -> str | LeftOut:
    """Give the chat."""
    if "id" not in value and ("chats" in value or "docs" in value):
        return LeftOut("system")
    return id_of(value, "id")


def tell(values: Sequence[Value], how: How) -> Thread:
    """Tell a chat: its history, or the message left while nobody was there."""
    # Each record is the whole chat so far: the longest is the latest.
    values = [max(reversed(values), key=lambda one: len(_history([one])))]
    names = (text(one, "name") for one in _history(values) if _is_machine(one))
    return Thread(
        id_of(values[0], "id"),
        _told(values, how),
        {
            "channel": "web_chat",
            "department": first_text(values, "department_name"),
            "user_id": id_of(values[0], "visitor", "id"),
            "bot": next(filter(None, names), ""),
        },
    )


def _history(values: Sequence[Value]) -> list[Value]:
    return [one for value in values for one in items(value, "history")]


def _is_machine(one: Value) -> bool:
    return text(one, "nick").lower().startswith(_MACHINES)


def _role(one: Value, how: How) -> Role:
    """Give the role of a nick: `visitor`, `agent:trigger`, `agent:12`."""
    nick = text(one, "nick").lower()
    known = Role.UNKNOWN
    if nick.startswith("visitor"):
        known = Role.USER
    elif _is_machine(one):
        known = Role.BOT
    elif nick.startswith("agent:"):
        known = Role.AGENT
    number: Value = {"id": nick.removeprefix("agent:")}
    return how.role(how.role(known, number, "id"), one, "nick")


def _told(values: Sequence[Value], how: How) -> Iterator[Told]:
    for value in values:
        if text(value, "type") == "offline_msg" and not value.get("history"):
            yield Message(
                role=Role.USER,
                text=text(value, "message"),
                at=how.at(value, "timestamp"),
                id=id_of(value, "id") or None,
            )
    yield from _of_history(_history(values), how)
    yield from _ratings(values, how)


def _of_history(history: Sequence[Value], how: How) -> Iterator[Told]:
    offered: tuple[str, ...] = ()
    is_taken = False
    for one in history:
        kind = text(one, "type")
        at = how.at(one, "timestamp")
        if kind == "chat.msg" or kind.startswith(("chat.file", "chat.attachment")):
            message = _message(one, how)
            is_choice = message.role is Role.USER and message.text in offered
            offered = () if message.role is Role.USER else message.choices or offered
            yield clicked(message) if is_choice else message
        elif kind == "chat.memberjoin" and not is_taken and _is_agent(one, how):
            is_taken = True
            yield Handoff(state="accepted", at=at)
        elif kind != "chat.rating":
            yield LeftOut(_KINDS.get(kind, "other"))


def _is_agent(one: Value, how: How) -> bool:
    return _role(one, how) is Role.AGENT


def _message(one: Value, how: How) -> Message:
    role = _role(one, how)
    written = text(one, "msg") or text(one, "message")
    options = text(one, "options").split("/")
    attached = mapping(one, "attachment")
    has_file = attached or not text(one, "type").startswith("chat.msg")
    kind = text(attached, "mime_type") or text(one, "mime_type")
    return Message(
        role=role,
        text=written if role is Role.USER else markdown_text(written),
        choices=tuple(filter(None, map(str.strip, options))),
        media=(medium_of(kind),) if has_file else (),
        at=how.at(one, "timestamp"),
        id=id_of(one, "msg_id") or None,
    )


def _ratings(values: Sequence[Value], how: How) -> Iterator[Told]:
    """Tell the last answer, good or bad; the comment stands beside the chat."""
    history = _history(values)
    last = how.at(history[-1], "timestamp") if history else None
    rated = [one for one in history if text(one, "type") == "chat.rating"]
    comment = first_text(tuple(reversed(values)), "comment") or None
    answers = [(part(one, "new_rating"), how.at(one, "timestamp")) for one in rated]
    answers.append((first_text(tuple(reversed(values)), "rating"), last))
    for answer, at in answers[-2::-1] + answers[-1:]:
        value = _RATINGS.get(answer.lower()) if isinstance(answer, str) else None
        if value is not None:
            yield Rating(value=value, best=1, worst=0, comment=comment, at=at)
            return


PLATFORM = Platform(
    Format(
        name="zendesk_chat",
        page=Page(
            title="Zendesk Chat",
            line=Said(
                "Zendesk Chat : conversations de l’API Chat",
                "Zendesk Chat: conversations of the Chat API",
            ),
            export=Said(
                "API : les pages de `GET /api/v2/chats` ou de"
                " `…/incremental/chats?fields=chats(*)`, telles quelles ; les lignes"
                " d’un connecteur (Airbyte) aussi.",
                "API: the pages of `GET /api/v2/chats` or of"
                " `…/incremental/chats?fields=chats(*)` as they are; the lines of a"
                " connector (Airbyte) too.",
            ),
            carries=Said(
                "textes, heures à la seconde, qui parle, choix proposés et pris,"
                " arrivée d’un agent, note bonne ou mauvaise et commentaire,"
                " messages laissés hors ligne.",
                "texts, times to the second, who speaks, choices offered and taken, an"
                " agent joining, rating good or bad and its comment, messages left"
                " offline.",
            ),
            lacks=Said(
                "les replis, l’intention et la confiance du bot, la langue, une note"
                " chiffrée. Un bot qui parle sous le nom d’un agent (`agent:123`)"
                " est pris pour un agent : `--bot-id 123` dit qui il est.",
                "the bot’s fallbacks, intent and confidence, the language, a rating in"
                " points. A bot that speaks as an agent (`agent:123`) is taken for an"
                " agent: `--bot-id 123` says who it is.",
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
