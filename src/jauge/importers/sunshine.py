"""Importer: webhooks of Zendesk Sunshine Conversations, version 2."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from jauge.importers.cards import card_of, labels, medium_of
from jauge.importers.columns import channel_of
from jauge.importers.markup import html_text, markdown_text
from jauge.importers.platform import SURE, Format, Page, Platform, Said
from jauge.importers.telling import How, Kind, LeftOut, Thread, Told
from jauge.importers.values import Value, first_text, id_of, items, mapping, part, text
from jauge.model.conversation import Action, Handoff, Message, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jauge.importers.head import Head
    from jauge.model.conversation import Medium

_KINDS: Mapping[str, Kind] = {
    "conversation:typing": "typing",
    "conversation:read": "receipt",
    "conversation:message:delivery:channel": "receipt",
    "conversation:message:delivery:user": "receipt",
    "conversation:message:delivery:failure": "receipt",
}
_HUMANS = ("agentworkspace", "agentworkspacemessaging")
_MACHINES = ("answerbot",)
_CHANNELS = {"web": "web_chat", "ios": "app", "android": "app"}
_MEDIA: Mapping[str, Medium] = {
    "image": "image",
    "file": "file",
    "location": "location",
    "carousel": "card",
    "list": "card",
    "template": "card",
}


def _is_event(value: Value) -> bool:
    kind = text(value, "type")
    is_told = kind.startswith(("conversation:", "switchboard:"))
    return is_told and "payload" in value


def _is_ours(value: Value) -> bool:
    """A call of a webhook may tell of users and clients only."""
    if "events" not in value:
        return _is_event(value)
    has_names = "app" in value and "webhook" in value
    return has_names or any(map(_is_event, items(value, "events")))


def recognise(head: Head) -> float:
    """Look for calls of a webhook with the events of conversations."""
    return SURE * head.share(_is_ours)


def spread(value: Value) -> Sequence[Value]:
    """Give the events of a call; each may be of another conversation."""
    return items(value, "events") or (value,)


def key(value: Value) -> str | LeftOut:
    """Give the conversation of an event."""
    id_ = id_of(value, "payload", "conversation", "id")
    if not id_ and ("payload" in value or "events" in value):
        return LeftOut("system")
    return id_


def tell(values: Sequence[Value], how: How) -> Thread:
    """Tell the events of one conversation."""
    messages = [mapping(one, "payload", "message") for one in values]
    bots = (
        text(one, "author", "displayName")
        for one in messages
        if _known(one, "") is Role.BOT
    )
    said = [one for one in messages if text(one, "author", "type") == "user"]
    channel = first_text(said, "source", "type")
    users = (id_of(one, "author", "userId") for one in said)
    return Thread(
        id_of(values[0], "payload", "conversation", "id"),
        _told(values, how),
        {
            "channel": _CHANNELS.get(channel, channel_of(channel)),
            "user_id": next(filter(None, users), ""),
            "bot": next(filter(None, bots), ""),
        },
    )


def _told(values: Sequence[Value], how: How) -> Iterator[Told]:
    for value in values:
        kind = text(value, "type")
        if kind == "conversation:message":
            yield _of_message(value, how)
        elif kind == "conversation:postback":
            yield _of_postback(value, how)
        elif kind.startswith("switchboard:"):
            yield _of_control(value, how)
        else:
            yield LeftOut(_KINDS.get(kind, "system"))


def _last_word(name: str) -> str:
    """Give `answerbot` of `zd:answerBot`, `conversations` of `api:conversations`."""
    return name.lower().rpartition(":")[2]


def _holder(value: Value) -> str:
    """Give the kind of who has control of the conversation."""
    found = mapping(value, "payload", "conversation", "activeSwitchboardIntegration")
    return _last_word(text(found, "integrationType") or text(found, "name"))


def _known(message: Value, holder: str) -> Role:
    author = text(message, "author", "type")
    if author == "user":
        return Role.USER
    subtypes = part(message, "author", "subtypes")
    if isinstance(subtypes, list) and "AI" in subtypes:
        return Role.BOT
    # An integration of the API may be anybody, whoever has control.
    sent_by = _last_word(text(message, "source", "type")) or holder
    if sent_by in _HUMANS:
        return Role.AGENT
    return Role.BOT if sent_by in _MACHINES else Role.UNKNOWN


def _role(message: Value, holder: str, how: How) -> Role:
    known = _known(message, holder)
    for path in (("source", "integrationId"), ("author", "userId")):
        known = how.role(known, message, *path)
    return known


def _of_message(value: Value, how: How) -> Told:
    message = mapping(value, "payload", "message")
    content = mapping(message, "content")
    role = _role(message, _holder(value), how)
    at = how.at(message, "received") or how.at(value, "createdAt")
    id_ = id_of(message, "id") or None
    written = _text(content)
    if role is Role.USER and content.get("payload") and written:
        # The customer took a reply: its text comes back with its payload.
        return Action(role=role, action="quick_reply", target=written, at=at, id=id_)
    card = card_of(part(content, "items"))
    kind = text(content, "type")
    return Message(
        role=role,
        text="\n".join(filter(None, (written, card.text))),
        choices=tuple(
            dict.fromkeys(
                (*labels(content, "actions"), *_titles(content), *card.choices)
            )
        ),
        media=(_medium(content, kind),) if kind in _MEDIA else (),
        at=at,
        id=id_,
    )


def _medium(content: Value, kind: str) -> Medium:
    told = text(content, "mediaType")
    return medium_of(told) if kind == "file" and told else _MEDIA[kind]


def _text(content: Value) -> str:
    """Give what was read: text, HTML, Markdown, or a form with its answers."""
    if text(content, "type") == "formResponse":
        fields = items(content, "fields")
        return "\n".join(f"{text(one, 'label')}: {_answer(one)}" for one in fields)
    plain = text(content, "text")
    if plain:
        return plain
    marked = markdown_text(text(content, "markdownText"))
    return marked or html_text(text(content, "htmlText"))


def _answer(field: Value) -> str:
    chosen = labels(field, "select")
    return text(field, "text") or text(field, "email") or ", ".join(chosen)


def _titles(content: Value) -> tuple[str, ...]:
    """Give the choices of a form's first list to choose from."""
    fields = items(content, "fields") if text(content, "type") == "form" else []
    return tuple(one for field in fields for one in labels(field, "options"))


def _of_postback(value: Value, how: How) -> Told:
    found = mapping(value, "payload", "postback")
    return Action(
        role=Role.USER,
        action="quick_reply",
        target=text(found, "text") or text(found, "payload") or None,
        at=how.at(value, "createdAt"),
        id=id_of(value, "id") or None,
    )


def _of_control(value: Value, how: How) -> Told:
    """Tell that control went to people, and that they took it."""
    at = how.at(value, "createdAt")
    id_ = id_of(value, "id") or None
    what = text(value, "type").removeprefix("switchboard:")
    if _holder(value) not in _HUMANS:
        return LeftOut("activity")
    if what in ("passControl", "offerControl"):
        return Handoff(state="requested", at=at, id=id_)
    if what == "acceptControl":
        return Handoff(state="accepted", at=at, id=id_)
    return LeftOut("activity")


PLATFORM = Platform(
    Format(
        name="sunshine",
        page=Page(
            title="Zendesk Sunshine Conversations",
            line=Said(
                "Sunshine Conversations (Zendesk) : webhooks v2",
                "Sunshine Conversations (Zendesk): webhooks v2",
            ),
            export=Said(
                "Webhooks v2 : le corps de chaque appel, un par ligne (Centre"
                " d’administration, Applications et intégrations, Conversations,"
                " Webhooks), avec les déclencheurs `conversation:message`,"
                " `conversation:postback` et `switchboard:*`.",
                "Webhooks v2: the body of each call, one a line (Admin Center, Apps and"
                " integrations, Conversations, Webhooks), with the triggers"
                " `conversation:message`, `conversation:postback` and `switchboard:*`.",
            ),
            carries=Said(
                "textes, heures, boutons, clics et formulaires, qui parle (IA, espace"
                " de travail des agents), passage de la main.",
                "texts, times, buttons, clicks and forms, who speaks (AI, agent"
                " workspace), control passed on.",
            ),
            lacks=Said(
                "les replis, l’intention, la confiance, la langue et les notes. Ce"
                " qu’envoie une intégration de l’API n’est ni bot ni agent sans"
                " `--bot-id` ou `--agent-id` (son `integrationId`).",
                "fallbacks, intent, confidence, language and ratings. What an"
                " integration of the API sends is neither bot nor agent without"
                " `--bot-id` or `--agent-id` (its `integrationId`).",
            ),
            checked=False,
        ),
        recognise=recognise,
        key=key,
        tell=tell,
        spread=spread,
        gap=timedelta(hours=24),
    )
)
