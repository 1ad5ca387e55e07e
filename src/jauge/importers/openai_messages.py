"""Importer: conversations as OpenAI `messages`, one object a conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from jauge.importers.columns import channel_of
from jauge.importers.histories import is_message, said
from jauge.importers.platform import SURE, Format, Page, Platform, Said
from jauge.importers.sharegpt import content_id
from jauge.importers.telling import How, Thread, Told
from jauge.importers.values import Value, id_of, items, mapping, text
from jauge.model.conversation import Message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from jauge.importers.head import Head

_IDS = ("id", "conversation_id", "chat_id", "session_id")
_TIMES = ("timestamp", "created_at", "create_time", "created")
_LANGUAGES = ("language", "lang", "locale")
_ROLES = ("user", "assistant", "system", "developer", "tool", "function")


def _is_ours(value: Value) -> bool:
    found = items(value, "messages")
    return (
        bool(found)
        and is_message(found[0])
        and text(found[0], "role") in _ROLES
        # Messages of a platform have an id and a conversation of their own.
        and not {"conversationId", "sessionId", "conversation"} & value.keys()
    )


def recognise(head: Head) -> float:
    """Look for messages with a role and a content."""
    return SURE * head.share(_is_ours)


def tell(values: Sequence[Value], how: How) -> Thread:
    """Tell the messages of a conversation."""
    value = values[0]
    about = mapping(value, "metadata")
    named = (id_of(one, name) for name in _IDS for one in (value, about))
    return Thread(
        next(filter(None, named), "") or content_id(value),
        _told(items(value, "messages"), how),
        {
            "language": _first(value, about, _LANGUAGES),
            "channel": channel_of(_first(value, about, ("channel",))),
        },
    )


def _first(value: Value, about: Value, names: Sequence[str]) -> str:
    found = (text(one, name) for name in names for one in (value, about))
    return next(filter(None, found), "")


def _told(messages: Sequence[Value], how: How) -> Iterator[Told]:
    for one in messages:
        message = said(one)
        if isinstance(message, Message):
            role = how.role(message.role, one, "name")
            id_ = id_of(one, "id") or None
            message = replace(message, role=role, at=_at(one, how), id=id_)
        yield message


def _at(one: Value, how: How) -> datetime | None:
    return next(filter(None, (how.at(one, name) for name in _TIMES)), None)


PLATFORM = Platform(
    Format(
        name="openai_messages",
        page=Page(
            title="OpenAI messages",
            line=Said(
                "Messages OpenAI : `messages` avec `role` et `content`, une"
                " conversation par objet",
                "OpenAI messages: `messages` with `role` and `content`, one"
                " conversation an object",
            ),
            export=Said(
                "Les objets que votre application garde ou envoie à l’API"
                ' (`{"messages": […]}`), un par ligne ; les fichiers d’ajustement'
                " fin ont cette forme.",
                "The objects that your application keeps or sends to the API"
                ' (`{"messages": […]}`), one a line; fine-tuning files have this'
                " shape.",
            ),
            carries=Said(
                "textes, qui parle, images et fichiers ; un agent dont le `name` le"
                " dit (`human_agent`) ; les heures, la langue et le canal que vous"
                " ajoutez (`created_at`, `metadata.locale`, `metadata.channel`). Une"
                " conversation sans `id` reçoit celui que fait son contenu.",
                "texts, who speaks, images and files; an agent whose `name` says so"
                " (`human_agent`); times, language and channel that you add"
                " (`created_at`, `metadata.locale`, `metadata.channel`). A conversation"
                " without an `id` gets one made of its content.",
            ),
            lacks=Said(
                "les heures (sauf ajoutées), les choix, les replis, le transfert, la"
                " note. Les messages du système, des outils et leurs appels ne sont"
                " pas des tours.",
                "times (unless added), choices, fallbacks, hand-offs, ratings. System"
                " and tool messages and tool calls are no turns.",
            ),
            checked=False,
        ),
        recognise=recognise,
        tell=tell,
    )
)
