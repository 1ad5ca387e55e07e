"""Importer: Kore.ai conversation history, the messages of `getMessages`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jauge.importers import glances
from jauge.importers.cards import card_of, medium_of, titles
from jauge.importers.columns import channel_of, role_of
from jauge.importers.heard import Heard
from jauge.importers.markup import markdown_text
from jauge.importers.order import in_order
from jauge.importers.platform import SURE, Format, Page, Platform, Said
from jauge.importers.telling import How, LeftOut, Thread, Told
from jauge.importers.values import (
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
from jauge.model.conversation import Handoff, Message, Rating, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from jauge.importers.head import Head
    from jauge.model.conversation import Medium

_MESSAGE = frozenset({"components", "type", "createdOn"})
_LISTS = ("messages",)
_CHANNELS = {"rtm": "web_chat", "facebook": "messenger"}
_MEDIA = {"attachment": "file", "filelink": "file"}
_SHOWN = frozenset({"image", "audio", "video", "location", *_MEDIA})
_TRANSFERS = frozenset({"agenttransfer", "agent_transfer", "isagenttransfer"})
_RATINGS = frozenset({"csat", "csatscore", "csat_score", "rating"})
_FALLBACKS = frozenset({"fallback", "unhandled", "default_fallback"})
_NO = ("", "false", "0", "no")


def _is_message(value: Value) -> bool:
    return value.keys() >= _MESSAGE and ("sessionId" in value or "botId" in value)


def recognise(head: Head) -> float:
    """Look for messages made of components."""
    return SURE * head.share(_is_message, _LISTS)


def key(value: Value) -> str | LeftOut:
    """Give the session of a message."""
    return id_of(value, "sessionId")


def tell(values: Sequence[Value], how: How) -> Thread:
    """Tell the messages of a session; its tags stand on each of them."""
    timed = [(how.at(one, "createdOn"), one) for one in values]
    messages = in_order([(at, (at, one)) for at, one in timed])
    channel = first_text(values, "chnl") or first_text(values, "channels", 0, "type")
    return Thread(
        str(key(values[0])),
        _told(messages, how),
        {
            "channel": _CHANNELS.get(channel, channel_of(channel)),
            "language": first_text(values, "lang"),
            "bot": first_text(values, "botId"),
            "user_id": first_text(values, "createdBy"),
        },
    )


def _tags(value: Value, kind: str) -> dict[str, Value]:
    return {
        text(one, "name").lower(): one
        for one in items(value, "tags", kind)
        if id_of(one, "value").lower() not in _NO
    }


def _told(
    messages: Sequence[tuple[datetime | None, Value]], how: How
) -> Iterator[Told]:
    session = {
        name: tag
        for _, one in messages
        for name, tag in _tags(one, "sessionTags").items()
    }
    heard, is_handed_off = Heard(), bool(_TRANSFERS & session.keys())
    for at, value in messages:
        message, sent = _message(value, at, how)
        if message.role is Role.AGENT and is_handed_off:
            # When is not told: at the latest, before the agent speaks.
            is_handed_off = False
            yield Handoff(state="accepted")
        if message.role is Role.USER:
            yield heard.asked(message)
        elif message.role is Role.BOT:
            _hear(value, heard)
            yield heard.answered(message, sent)
        else:
            yield message
    if is_handed_off:
        yield Handoff(state="requested")
    yield from _ratings(session)


def _ratings(session: dict[str, Value]) -> Iterator[Told]:
    for name in sorted(_RATINGS & session.keys()):
        value = number(session[name], "value")
        if value is not None:
            yield Rating(value=value)
            return


def _role(value: Value, how: How) -> Role:
    """Say who speaks: the bot and an agent both write what goes out."""
    word = text(value, "author", "type")
    kind = text(value, "type")
    known = Role(role_of(word)) if word else Role.UNKNOWN
    if kind == "incoming":
        known = Role.USER
    elif kind == "outgoing" and not word:
        known = Role.BOT
    return how.role(known, value, "author", "id")


def _hear(value: Value, heard: Heard) -> None:
    tags = _tags(value, "messageTags")
    intent = tags.get("intent", {})
    if _FALLBACKS & tags.keys():
        heard.hear(fallback=True)
    elif intent:
        score = share(tags.get("confidence", {}), "value")
        heard.hear(text(intent, "value"), score)


def _template(component: Value) -> Value:
    """Give the template that stands as JSON in the text of a component."""
    written = text(component, "data", "text")
    found = inner(component, "data", "text") if written.startswith("{") else None
    payload = part(found, "payload")
    return payload if isinstance(payload, dict) else {}


def _message(
    value: Value, at: datetime | None, how: How
) -> tuple[Message, dict[str, str]]:
    """Give a message, and what its choices send → what the customer reads."""
    role = _role(value, how)
    words: list[str] = []
    choices: list[str] = []
    sent: dict[str, str] = {}
    for one in items(value, "components"):
        template = _template(one)
        if not template:
            words.append(_plain(one, role))
            continue
        card = card_of(template)
        words.append(card.text)
        choices += card.choices
        sent |= titles(template, "quick_replies") | titles(template, "buttons")
    message = Message(
        role=role,
        text="\n".join(filter(None, words)),
        choices=() if role is Role.USER else tuple(dict.fromkeys(choices)),
        media=tuple(_media(value)),
        at=at,
        id=id_of(value, "_id") or None,
    )
    return message, sent


def _media(value: Value) -> Iterator[Medium]:
    for one in items(value, "components"):
        kind = text(one, "cT")
        if kind in _SHOWN:
            yield medium_of(_MEDIA.get(kind, kind))


def _plain(component: Value, role: Role) -> str:
    written = text(component, "data", "text")
    shown = mapping(inner(component, "data", "text")) if written[:1] == "{" else {}
    if text(shown, "text"):
        written = text(shown, "text")
    return written if role is Role.USER else markdown_text(written)


PLATFORM = Platform(
    Format(
        name="kore_ai",
        page=Page(
            title="Kore.ai",
            line=Said(
                "Kore.ai : messages de l’historique des conversations (API)",
                "Kore.ai: messages of the conversation history (API)",
            ),
            export=Said(
                "API : `POST /api/public/bot/{botId}/getMessagesV2` (ou `getMessages`),"
                " avec `getAgentsInfo`, une page par fichier, jusqu’à"
                " `moreAvailable: false`.",
                "API: `POST /api/public/bot/{botId}/getMessagesV2` (or `getMessages`),"
                " with `getAgentsInfo`, one page a file, until `moreAvailable: false`.",
            ),
            carries=Said(
                "textes, heures, modèles (JSON dans le texte) avec leurs choix, clics,"
                " médias, langue, canal ; par étiquettes : repli, intention, transfert,"
                " note.",
                "texts, times, templates (JSON in the text) with their choices, clicks,"
                " media, language, channel; by tags: fallback, intent, hand-off,"
                " rating.",
            ),
            lacks=Said(
                "l’heure du transfert et de la note, le commentaire. Les noms des"
                " étiquettes (`agentTransfer`, `csat`, `fallback`) sont ceux de votre"
                " bot ; sans `author.type`, un agent parle comme le bot"
                " (`--agent-id`).",
                "the time of the hand-off and of the rating, the comment. The names of"
                " tags (`agentTransfer`, `csat`, `fallback`) are those of your bot;"
                " without `author.type`, an agent speaks as the bot (`--agent-id`).",
            ),
            checked=False,
        ),
        recognise=recognise,
        key=key,
        glance=glances.KoreAi,
        tell=tell,
        lists=_LISTS,
    )
)
