"""Importer: Crisp messages of the API, and webhooks."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from jauge.importers.asked import Asked
from jauge.importers.cards import card_of, label, labels, medium_of
from jauge.importers.columns import channel_of
from jauge.importers.markup import markdown_text
from jauge.importers.order import in_order
from jauge.importers.platform import SURE, Format, Page, Platform, Said
from jauge.importers.telling import How, Kind, LeftOut, Thread, Told, clicked
from jauge.importers.values import (
    Value,
    first_text,
    id_of,
    is_true,
    items,
    mapping,
    number,
    once,
    part,
    text,
)
from jauge.model.conversation import Action, Handoff, Message, Rating, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from jauge.importers.head import Head
    from jauge.model.conversation import Medium

_SPOKEN = ("message:send", "message:received")
_KINDS: Mapping[str, Kind] = {
    "message:compose": "typing",
    "message:acknowledge": "receipt",
    "message:notify": "receipt",
    "message:removed": "deletion",
    "message:updated": "edit",
}
_SHOWN = frozenset({"text", "picker", "field", "carousel"})
_FILES: Mapping[str, Medium] = {"file": "file", "animation": "image", "audio": "audio"}
_EVENT_STARTS = ("message:", "session:", "people:", "campaign:", "website:")


def _is_message(value: Value) -> bool:
    return "session_id" in value and "content" in value and "from" in value


def _is_webhook(value: Value) -> bool:
    kind = text(value, "event")
    return "website_id" in value and "data" in value and kind.startswith(_EVENT_STARTS)


def _is_ours(value: Value) -> bool:
    if _is_webhook(value):
        return True
    pieces = spread(value)
    return any("fingerprint" in one and _is_message(one) for one in pieces)


def recognise(head: Head) -> float:
    """Look for webhooks of a website, or for messages of a session."""
    return SURE * head.share(_is_ours)


def spread(value: Value) -> Sequence[Value]:
    """Give the conversation and the messages of a page; a webhook is one piece."""
    if "event" in value or _is_message(value):
        return (value,)
    about = mapping(value, "conversation") or mapping(value, "data")
    messages = items(value, "data") or items(about, "messages")
    return [*([about] if about else []), *messages] or (value,)


def key(value: Value) -> str | LeftOut:
    """Give the session; what a website tells of people and campaigns has none."""
    id_ = id_of(_data(value), "session_id")
    if not id_ and ("event" in value or "reason" in value):
        return LeftOut("system")
    return id_


def _data(value: Value) -> Value:
    return mapping(value, "data") if "event" in value else value


def tell(values: Sequence[Value], how: How) -> Thread:
    """Tell the messages of one session, from pages and webhooks alike."""
    data = [_data(value) for value in values]
    messages = [one for one in data if _is_message(one)]
    about = [one for one in data if not _is_message(one)]
    names = (text(one, "user", "nickname") for one in messages if _is_bot(one))
    locales = (first_text([part(one, "meta", "device", "locales")], 0) for one in about)
    facts: dict[str, object] = {
        "channel": _channel(first_text(messages, "origin")),
        "language": next(filter(None, locales), ""),
        "user_id": id_of(data[0], "session_id"),
        "bot": next(filter(None, names), ""),
    }
    state = first_text(tuple(reversed(about)), "state")
    if state:
        facts["closed"] = state == "resolved"
    return Thread(id_of(data[0], "session_id"), _told(values, how), facts)


def _channel(origin: str) -> str:
    """Give `whatsapp` of `urn:crisp.im:whatsapp:0`."""
    return channel_of(origin.removeprefix("urn:crisp.im:").partition(":")[0])


def _told(values: Sequence[Value], how: How) -> Iterator[Told]:
    ordered = in_order([(_at(one, how), one) for one in _happened(values)])
    asked = Asked()
    for value in ordered:
        yield from _of_value(value, asked, how)
    yield from asked.answered()
    yield from _ratings(values, how)


def _happened(values: Sequence[Value]) -> list[Value]:
    """Give the messages, each once from pages and webhooks alike, and what else was."""
    found = [one for one in values if "event" in one or _is_message(one)]
    spoken = ("", *_SPOKEN)
    plain = (_data(one) if text(one, "event") in spoken else one for one in found)
    return once(plain, "fingerprint")


def _at(value: Value, how: How) -> datetime | None:
    return how.at(_data(value), "timestamp") or how.at(value, "timestamp")


def _of_value(value: Value, asked: Asked, how: How) -> Iterator[Told]:
    kind = text(value, "event")
    if kind == "message:updated":
        yield from _of_update(value, asked, how)
    elif kind and kind not in _SPOKEN:
        yield from _of_session(value, kind)
    else:
        yield from _of_message(_data(value), asked, how)


def _of_update(value: Value, asked: Asked, how: How) -> Iterator[Told]:
    """Tell the choice that a picker was given, or what was written into a field."""
    content = part(value, "data", "content")
    chosen = _selected(content)
    if chosen and asked.take(chosen):
        at = _at(value, how)
        yield Action(role=Role.USER, action="quick_reply", target=chosen, at=at)
    elif written := text(content, "value"):
        yield Message(role=Role.USER, text=written, at=_at(value, how))
    else:
        yield LeftOut("edit")


def _of_session(value: Value, kind: str) -> Iterator[Told]:
    start = ":".join(kind.split(":")[:2])
    if kind != "session:sync:rating":
        yield LeftOut(_KINDS.get(start, "activity"))


def _is_bot(one: Value) -> bool:
    return text(one, "from") == "operator" and is_true(one, "automated")


def _role(one: Value, how: How) -> Role:
    """Tell who wrote; an operator is a person unless the message is automated."""
    known = {"user": Role.USER, "operator": Role.AGENT}.get(text(one, "from"))
    if known is Role.AGENT and is_true(one, "automated"):
        known = Role.BOT
    return how.role(known or Role.UNKNOWN, one, "user", "user_id")


def _of_message(one: Value, asked: Asked, how: How) -> Iterator[Told]:
    kind = text(one, "type")
    at = how.at(one, "timestamp")
    if kind == "note":
        yield LeftOut("note")
    elif kind == "event":
        yield _of_event(one, at, how)
    elif kind not in _SHOWN and kind not in _FILES:
        yield LeftOut("other")
    else:
        yield from _turn(_message(one, kind, at, how), one, asked)


def _turn(message: Message, one: Value, asked: Asked) -> Iterator[Told]:
    is_choice = message.role is Role.USER and message.text in asked.offered
    if is_choice and not asked.take(message.text):
        yield LeftOut("duplicate")
    elif is_choice:
        yield clicked(message)
    else:
        yield from asked.answered()
        yield message
    if message.role is Role.USER:
        asked.offered = ()
        return
    asked.ask(message, _selected(part(one, "content")))
    if written := text(one, "content", "value"):
        yield Message(role=Role.USER, text=written)


def _message(one: Value, kind: str, at: datetime | None, how: How) -> Message:
    content = one.get("content")
    role = _role(one, how)
    written = text(one, "content") or text(content, "text")
    card = card_of(part(content, "targets"))
    offers = (*labels(content, "choices"), *card.choices)
    medium = medium_of(text(content, "type")) if kind == "file" else _FILES.get(kind)
    plain = written if role is Role.USER else markdown_text(written)
    return Message(
        role=role,
        text="\n".join(filter(None, (plain, card.text))),
        choices=tuple(dict.fromkeys(offers)),
        media=(medium,) if medium else ("card",) if card.text else (),
        at=at,
        id=id_of(one, "fingerprint") or None,
    )


def _selected(content: object) -> str:
    taken = (one for one in items(content, "choices") if is_true(one, "selected"))
    return next(filter(None, map(label, taken)), "")


def _of_event(one: Value, at: datetime | None, how: How) -> Told:
    """Tell that the bot put the conversation in the queue of people."""
    is_queued = text(one, "content", "namespace") == "state:pending"
    if is_queued and _role(one, how) is Role.BOT:
        id_ = id_of(one, "fingerprint") or None
        return Handoff(state="requested", at=at, id=id_)
    return LeftOut("activity")


def _ratings(values: Sequence[Value], how: How) -> Iterator[Told]:
    """Tell each rating sent; that of the visitor's data where there is no other."""
    synced = [one for one in values if text(one, "event") == "session:sync:rating"]
    for value in synced:
        stars = number(value, "data", "rating", "stars")
        if stars is not None:
            comment = text(value, "data", "rating", "comment") or None
            at = _at(value, how)
            yield Rating(value=stars, best=5, worst=1, comment=comment, at=at)
    for about in () if synced else map(_data, values):
        stars = number(about, "meta", "data", "rating")
        if stars is not None:
            at = how.at(about, "updated_at")
            yield Rating(value=stars, best=5, worst=1, at=at)


PLATFORM = Platform(
    Format(
        name="crisp",
        page=Page(
            title="Crisp",
            line=Said(
                "Crisp : messages de l’API et webhooks",
                "Crisp: messages of the API, and webhooks",
            ),
            export=Said(
                "API : les pages de `GET /v1/website/{id}/conversation/{session}/"
                "messages`, une par fichier ou par ligne, avec ou sans leur"
                " `conversation`. Webhooks : le corps de chaque appel, un par ligne"
                " (Réglages, Avancé, Web Hooks).",
                "API: the pages of `GET /v1/website/{id}/conversation/{session}/"
                "messages`, one a file or a line, with or without their"
                " `conversation`. Webhooks: the body of each call, one a line"
                " (Settings, Advanced, Web Hooks).",
            ),
            carries=Said(
                "textes, heures, qui parle (`automated` : le bot), choix proposés et"
                " pris, champs remplis, carrousels, fichiers, demande de transfert"
                " (`state:pending` par le bot), note de 1 à 5 et commentaire, langue,"
                " état.",
                "texts, times, who speaks (`automated`: the bot), choices offered and"
                " taken, fields filled in, carousels, files, requested hand-off"
                " (`state:pending` by the bot), rating from 1 to 5 and comment,"
                " language, state.",
            ),
            lacks=Said(
                "les replis, l’intention et la confiance du bot ; l’heure d’un choix"
                " que seul le sélecteur garde. Un bot qui n’envoie pas `automated` est"
                " pris pour un agent : `--bot-id` avec son `user_id` dit qui il est.",
                "the bot’s fallbacks, intent and confidence; the time of a choice that"
                " only the picker keeps. A bot that does not send `automated` is taken"
                " for an agent: `--bot-id` with its `user_id` says who it is.",
            ),
            checked=False,
        ),
        recognise=recognise,
        key=key,
        tell=tell,
        gap=timedelta(hours=24),
        spread=spread,
    )
)
