"""Importer: Freshchat messages of the API and webhooks, with its rating report."""

from __future__ import annotations

import re
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from jauge.importers.markup import html_text
from jauge.importers.order import in_order
from jauge.importers.platform import SURE, Format, Page, Platform, Said
from jauge.importers.telling import Break, How, LeftOut, Thread, Told, clicked
from jauge.importers.values import (
    FaultError,
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

    from jauge.importers.head import Head
    from jauge.model.conversation import Medium

_ROLES = {"user": Role.USER, "bot": Role.BOT, "agent": Role.AGENT}
_REPORT = frozenset({"conversation_id", "interaction_id", "rating"})
_ASSIGNED = re.compile(r"\bassigned to\b|\bassignée? à\b", re.I)
_GROUP = re.compile(r"\bgrou?pe?\b", re.I)
_MEDIA: Mapping[str, Medium] = {
    "image": "image",
    "video": "video",
    "audio": "audio",
    "file": "file",
    "template_content": "card",
}
_HOLDING = (("collection", "sub_parts"), ("template_content", "sections"), ("parts",))
_DEEPEST, _PLAIN, _HERE = 8, {"text"}, "$"
_Timed = tuple[datetime | None, Value]
_REPORT_ALONE = "a rating alone: read it beside its conversations, or use --ratings"


class _Moment(NamedTuple):
    """What happened, when, and in which interaction of the conversation."""

    at: datetime | None
    interaction: str
    told: Told


def _is_message(value: Value) -> bool:
    return "message_parts" in value and "actor_type" in value


def _happened(value: Value) -> bool:
    return _is_message(value) or "action" in value


def _is_ours(value: Value) -> bool:
    is_webhook = {"action", "action_time", "actor"} <= value.keys()
    return is_webhook or any(map(_is_message, spread(value)))


def recognise(head: Head) -> float:
    """Look for messages in parts, for webhooks, or for the columns of the report."""
    if _REPORT.issubset(head.columns):
        return SURE
    return SURE * head.share(_is_ours)


def spread(value: Value) -> Sequence[Value]:
    """Give a conversation and its messages, or the message of a webhook."""
    if text(value, "action") == "message_create":
        return (mapping(value, "data", "message"),)
    about = mapping(value, "conversation")
    id_ = id_of(about, "conversation_id") or id_of(value, "conversation_id")
    messages = [{"conversation_id": id_, **one} for one in items(value, "messages")]
    if "conversation_id" in value and "messages" in value:
        about = {name: one for name, one in value.items() if name != "messages"}
    found = [about, *messages] if about else messages
    return found or (value,)


def key(value: Value) -> str | LeftOut:
    """Give the conversation of a message, a webhook or a row of the report."""
    if "action" in value:
        return id_of(_changed(value), "conversation_id") or LeftOut("system")
    if "messages" in value and not items(value, "messages"):
        return LeftOut("empty")
    return id_of(value, "conversation_id")


def _changed(value: Value) -> Value:
    """Give the conversation that a webhook tells of."""
    changes = mapping(value, "data").values()
    found = (mapping(change, "conversation") for change in changes)
    return next(filter(None, found), {})


def tell(values: Sequence[Value], how: How) -> Thread:
    """Tell a conversation; another interaction is another conversation."""
    messages = [one for one in values if _is_message(one)]
    rows = [one for one in values if "rating" in one and not _is_message(one)]
    about = [one for one in values if not _is_message(one)]
    about += [_changed(one) for one in values if "action" in one]
    facts: dict[str, object] = {"user_id": first_text([*about, *messages], "user_id")}
    if status := first_text(tuple(reversed(about)), "status").lower():
        facts["closed"] = status == "resolved"
    return Thread(str(key(values[0])), _told(values, rows, how), facts)


def _told(values: Sequence[Value], rows: Sequence[Value], how: How) -> Iterator[Told]:
    happened = once(filter(_happened, values), "id")
    timed = [(at := _at(one, how), (at, one)) for one in happened]
    if rows and not timed:
        # Told lazily, so that the refusal knows the conversation.
        raise FaultError(_HERE, _REPORT_ALONE)
    moments = list(_moments(in_order(timed), how))
    parts = [
        (name, [one.told for one in group])
        for name, group in groupby(moments, key=lambda one: one.interaction)
    ]
    rated = _by_interaction(rows, [name for name, _ in parts])
    for place, (name, told) in enumerate(parts):
        if place:
            yield Break()
        yield from told
        for row in rated.pop(name, ()):
            yield from _rating(row, how)


def _by_interaction(
    rows: Sequence[Value], names: Sequence[str]
) -> dict[str, list[Value]]:
    """Group ratings; those of no known interaction are of the last."""
    grouped: dict[str, list[Value]] = {name: [] for name in names}
    for row in rows:
        named = id_of(row, "interaction_id")
        grouped[named if named in grouped else names[-1]].append(row)
    return grouped


def _at(one: Value, how: How) -> datetime | None:
    return how.at(one, "created_time") or how.at(one, "action_time")


def _moments(values: Sequence[_Timed], how: How) -> Iterator[_Moment]:
    offered: tuple[str, ...] = ()
    interaction, is_taken = "", False
    for at, one in values:
        interaction = id_of(one, "interaction_id") or interaction
        told = _of_value(one, at, offered, how)
        if isinstance(told, Handoff) and told.state == "accepted":
            told = LeftOut("activity") if is_taken else told
            is_taken = True
        if isinstance(told, Message | Action):
            is_customer = told.role is Role.USER
            choices = told.choices if isinstance(told, Message) else ()
            offered = () if is_customer else choices or offered
        yield _Moment(at, interaction, told)


def _of_value(
    one: Value, at: datetime | None, offered: Sequence[str], how: How
) -> Told:
    if "action" in one:
        return _of_webhook(one, at)
    actor = text(one, "actor_type").lower()
    kind = text(one, "message_type").lower()
    if kind == "private":
        return LeftOut("note")
    if actor == "system" or kind == "system":
        return _of_system(one, at)
    role = how.role(_ROLES.get(actor, Role.UNKNOWN), one, "actor_id")
    said = _message(one, role, at)
    is_marked = is_true(one, "isBotsInput") and bool(offered)
    is_click = is_marked or said.text in offered
    return clicked(said) if role is Role.USER and is_click else said


def _message(one: Value, role: Role, at: datetime | None) -> Message:
    shown = (*_buttons(one.get("reply_parts")), *_buttons(one.get("message_parts")))
    return Message(
        role=role,
        text=_text(one) if role is Role.USER else html_text(_text(one)),
        choices=tuple(dict.fromkeys(shown)),
        media=_media(one),
        at=at,
        id=id_of(one, "id") or None,
    )


def _of_webhook(one: Value, at: datetime | None) -> Told:
    assignment = mapping(one, "data", "assignment")
    if id_of(assignment, "to_agent_id"):
        return Handoff(state="accepted", at=at)
    if id_of(assignment, "to_group_id"):
        return Handoff(state="requested", at=at)
    return LeftOut("activity")


def _of_system(one: Value, at: datetime | None) -> Told:
    written = _text(one)
    if not _ASSIGNED.search(written):
        return LeftOut("activity")
    id_ = id_of(one, "id") or None
    if _GROUP.search(written):
        return Handoff(state="requested", at=at, id=id_)
    return Handoff(state="accepted", at=at, id=id_)


def _text(one: Value) -> str:
    parts = items(one, "message_parts")
    said = (
        text(one, "text", "content") or text(one, "email", "content") for one in parts
    )
    return "\n".join(filter(None, said))


def _buttons(value: object, depth: int = 0) -> Iterator[str]:
    """Give what stands on the buttons, however deep the collections."""
    for one in value if isinstance(value, list) and depth < _DEEPEST else ():
        if isinstance(one, dict) and one.keys() == _PLAIN:
            continue
        names = ("quick_reply_button", "url_button")
        yield from filter(None, (text(one, name, "label") for name in names))
        for path in _HOLDING:
            yield from _buttons(part(one, *path), depth + 1)


def _media(one: Value) -> tuple[Medium, ...]:
    parts = items(one, "message_parts")
    return tuple([_MEDIA[name] for piece in parts for name in _MEDIA if name in piece])


def _rating(row: Value, how: How) -> Iterator[Told]:
    value = number(row, "rating")
    if value is not None:
        yield Rating(
            value=value,
            best=5,
            worst=1,
            comment=text(row, "feedback") or None,
            at=how.at(row, "response_time"),
        )


PLATFORM = Platform(
    Format(
        name="freshchat",
        page=Page(
            title="Freshchat",
            line=Said(
                "Freshchat : messages de l’API, webhooks, rapport des notes (CSV)",
                "Freshchat: messages of the API, webhooks, the rating report (CSV)",
            ),
            export=Said(
                "API : les pages de `GET /v2/conversations/{id}/messages`, une par"
                " fichier ou par ligne, avec ou sans leur `conversation`. Webhooks :"
                " le corps de chaque appel, un par ligne. Notes : le rapport CSAT en"
                " CSV (Analytics), donné dans la même commande.",
                "API: the pages of `GET /v2/conversations/{id}/messages`, one a file or"
                " a line, with or without their `conversation`. Webhooks: the body of"
                " each call, one a line. Ratings: the CSAT report as CSV (Analytics),"
                " given in the same command.",
            ),
            carries=Said(
                "textes, heures, qui parle, boutons proposés et pris, pièces jointes,"
                " affectation à un agent ou à un groupe, état. Une autre interaction"
                " est une autre conversation. Le rapport donne la note de 1 à 5 et le"
                " commentaire.",
                "texts, times, who speaks, buttons offered and taken, attachments,"
                " assignment to an agent or a group, state. Another interaction is"
                " another conversation. The report gives the rating from 1 to 5 and"
                " its comment.",
            ),
            lacks=Said(
                "les replis, l’intention et la confiance du bot, le canal, la langue."
                " Les messages privés et du système ne sont pas des tours.",
                "the bot’s fallbacks, intent and confidence, the channel, the language."
                " Private messages and those of the system are no turns.",
            ),
            checked=False,
        ),
        recognise=recognise,
        key=key,
        tell=tell,
        layouts=("json", "table"),
        spread=spread,
    )
)
