"""Importer: Intercom conversations of the API (2.11 to Preview), and webhooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jauge.importers import glances
from jauge.importers.cards import media_of
from jauge.importers.columns import channel_of
from jauge.importers.markup import html_text
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
    text,
)
from jauge.model.conversation import Action, Handoff, Message, Rating, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from jauge.importers.head import Head
    from jauge.model.conversation import Medium

_ROLES = {
    "user": Role.USER,
    "lead": Role.USER,
    "contact": Role.USER,
    "bot": Role.BOT,
    "admin": Role.AGENT,
}
_SAID = frozenset({"comment", "quick_reply", "open", "close"})
_AUTOMATIC = frozenset({"automated", "operator_initiated", "campaigns_initiated"})
_ESCALATED = frozenset({"escalated", "procedure_handoff", "routed_to_team"})
_LISTS = ("conversations", "data.conversations")


def _about(value: Value) -> Value:
    """Give the conversation that a value is, or that a webhook tells of."""
    return mapping(value, "data", "item") if "topic" in value else value


def _is_ours(value: Value) -> bool:
    about = _about(value)
    is_one = text(about, "type") == "conversation" and "source" in about
    return is_one or (text(value, "type") == "notification_event" and "topic" in value)


def recognise(head: Head) -> float:
    """Look for conversations with a source, or for their webhooks."""
    return SURE * head.share(lambda one: any(map(_is_ours, spread(one))), _LISTS)


def spread(value: Value) -> Sequence[Value]:
    """Give the conversations of a page that is one line of several."""
    return items(value, "conversations") or (value,)


def key(value: Value) -> str | LeftOut:
    """Give the conversation; a call of a webhook may tell of something else."""
    about = _about(value)
    if "conversations" in value and "id" not in value:
        return LeftOut("empty")
    if "topic" in value and text(about, "type") != "conversation":
        return LeftOut("system")
    return id_of(about, "id")


def tell(values: Sequence[Value], how: How) -> Thread:
    """Tell a conversation: its first message, its parts, its rating."""
    about = [_about(value) for value in values]
    parts = _parts(about)
    facts = _facts(about, parts)
    return Thread(id_of(about[0], "id"), _told(about, parts, how), facts)


def _facts(about: Sequence[Value], parts: Sequence[Value]) -> dict[str, object]:
    channel = first_text(about, "source", "type")
    bots = (text(one, "author", "name") for one in parts if _role_of(one) is Role.BOT)
    contacts = (id_of(one, "contacts", "contacts", 0, "id") for one in about)
    facts: dict[str, object] = {
        "channel": "web_chat" if channel == "conversation" else channel_of(channel),
        "user_id": next(filter(None, contacts), ""),
        "bot": next(filter(None, bots), ""),
        "url": first_text(about, "source", "url"),
    }
    state = first_text(tuple(reversed(about)), "state")
    if state in ("open", "closed", "snoozed"):
        facts["closed"] = state == "closed"
    return facts


def _parts(about: Sequence[Value]) -> list[Value]:
    """Give the first message as a part, and the parts; webhooks repeat the first."""
    found = [
        part
        for value in about
        for part in items(value, "conversation_parts", "conversation_parts")
    ]
    for value in about:
        if source := mapping(value, "source"):
            at = value.get("created_at")
            return [{**source, "part_type": "comment", "created_at": at}, *found]
    return found


def _role_of(one: Value) -> Role:
    """Give the role of an author; Fin may answer in the name of a teammate."""
    author = mapping(one, "author")
    known = _ROLES.get(text(author, "type").lower(), Role.UNKNOWN)
    if known is not Role.AGENT:
        return known
    by_machine = (
        is_true(author, "from_ai_agent")
        or is_true(author, "is_ai_answer")
        or is_true(one, "from_ai_agent")
        or is_true(one, "is_ai_answer")
        or text(one, "delivered_as") in _AUTOMATIC
    )
    return Role.BOT if by_machine else known


def _told(about: Sequence[Value], parts: Sequence[Value], how: How) -> Iterator[Told]:
    offered: dict[str, str] = {}
    handed: set[str] = set()
    events = [told for one in parts for told in _of_part(one, how, offered, handed)]
    yield from _with_verdict(events, about)
    yield from _ratings(about[::-1], parts, how)


def _of_part(
    one: Value, how: How, offered: dict[str, str], handed: set[str]
) -> Iterator[Told]:
    kind = text(one, "part_type")
    at = how.at(one, "created_at")
    if is_true(one, "redacted"):
        yield LeftOut("deletion")
    elif kind.startswith("note"):
        yield LeftOut("note")
    elif kind in _SAID:
        offered |= _options(one)
        yield _click(one, at, offered) or _message(one, at, how)
    elif state := _state(one, kind, handed):
        handed.add(state)
        yield Handoff(state="accepted" if state == "accepted" else "requested", at=at)
    else:
        yield LeftOut("activity")


def _state(one: Value, kind: str, handed: set[str]) -> str:
    """Say what an assignment is: to a teammate or to a team, the first time."""
    if "assign" not in kind or kind == "away_mode_assignment":
        return ""
    to = text(one, "assigned_to", "type")
    state = {"admin": "accepted", "team": "requested"}.get(to, "")
    return "" if state in handed or "accepted" in handed else state


def _options(one: Value) -> dict[str, str]:
    return {
        id_of(option, "uuid"): text(option, "text")
        for option in items(one, "metadata", "quick_reply_options")
    }


def _click(one: Value, at: datetime | None, offered: Mapping[str, str]) -> Told | None:
    uuid = id_of(one, "metadata", "quick_reply_uuid") or id_of(
        one, "metadata", "quick_reply_option_uuid"
    )
    if not uuid or _role_of(one) is not Role.USER:
        return None
    target = offered.get(uuid) or html_text(text(one, "body")) or None
    return Action(
        role=Role.USER,
        action="quick_reply",
        target=target,
        at=at,
        id=id_of(one, "id") or None,
    )


def _message(one: Value, at: datetime | None, how: How) -> Message:
    return Message(
        role=how.role(_role_of(one), one, "author", "id"),
        text=html_text(text(one, "body")),
        media=_media(one),
        choices=tuple(filter(None, _options(one).values())),
        at=at,
        id=id_of(one, "id") or None,
    )


def _media(one: Value) -> tuple[Medium, ...]:
    sent = media_of(one.get("attachments"), "content_type")
    return (*sent, "image") if "<img" in text(one, "body") else sent


def _with_verdict(events: Sequence[Told], about: Sequence[Value]) -> Iterator[Told]:
    """Put Fin's verdict on the conversation where it stands: after its last answer."""
    state = first_text(tuple(reversed(about)), "ai_agent", "resolution_state").lower()
    last = max(
        (
            place
            for place, event in enumerate(events)
            if isinstance(event, Message) and event.role is Role.BOT
        ),
        default=None,
    )
    is_handed = any(isinstance(event, Handoff) for event in events)
    for place, event in enumerate(events):
        yield event
        if place != last or not isinstance(event, Message):
            continue
        if state == "negative_feedback":
            yield Action(role=Role.USER, action="thumbs_down", of=event.id, at=event.at)
        elif state in _ESCALATED and not is_handed:
            yield Handoff(state="requested", at=event.at)


def _ratings(
    about: Sequence[Value], parts: Sequence[Value], how: How
) -> Iterator[Told]:
    """Tell the rating of the conversation; that of Fin where it is the only one."""
    asked = [(mapping(one, "conversation_rating"), "remark") for one in about]
    asked += [(mapping(one, "ai_agent"), "rating_remark") for one in about]
    for one, name in asked:
        if (value := number(one, "rating")) is None:
            continue
        ends = (how.at(part, "created_at") for part in parts)
        yield Rating(
            value=value,
            best=5,
            worst=1,
            comment=text(one, name) or None,
            at=_answered(one, how) or max(filter(None, ends), default=None),
        )
        return


def _answered(one: Value, how: How) -> datetime | None:
    """Give the time of an answer; `created_at` is when the survey was sent."""
    names = ("replied_at", "updated_at", "created_at")
    return next((at for name in names if (at := how.at(one, name))), None)


PLATFORM = Platform(
    Format(
        name="intercom",
        page=Page(
            title="Intercom",
            line=Said(
                "Intercom : conversations de l’API (2.11 à Preview) et webhooks, avec"
                " Fin",
                "Intercom: conversations of the API (2.11 to Preview) and webhooks,"
                " with Fin",
            ),
            export=Said(
                "API : `GET /conversations/{id}`, une conversation par ligne ou par"
                " fichier ; la liste et la recherche ne donnent que le premier"
                " message. Webhooks : le corps de chaque appel `conversation.*`, un par"
                " ligne (Developer Hub, Webhooks).",
                "API: `GET /conversations/{id}`, one conversation a line or a file; the"
                " list and the search give the first message only. Webhooks: the body"
                " of each call `conversation.*`, one a line (Developer Hub, Webhooks).",
            ),
            carries=Said(
                "textes (HTML), heures, réponses rapides proposées et prises, réponses"
                " de Fin, affectation à une équipe ou à un agent, escalade de Fin,"
                " note de 1 à 5 et remarque, état ouvert ou fermé. Un avis négatif"
                " sur Fin est un pouce vers le bas après sa dernière réponse.",
                "texts (HTML), times, quick replies offered and taken, Fin’s answers,"
                " assignment to a team or a teammate, Fin’s escalation, rating from 1"
                " to 5 and remark, state open or closed. Negative feedback on Fin is a"
                " thumb down after its last answer.",
            ),
            lacks=Said(
                "les replis, l’intention et la confiance du bot ; au-delà de"
                " 500 parties d’une conversation. Les notes internes, actions et"
                " changements d’attributs ne sont pas des tours.",
                "the bot’s fallbacks, intent and confidence; what goes beyond 500 parts"
                " of a conversation. Internal notes, actions and changes of attributes"
                " are no turns.",
            ),
            checked=True,
        ),
        recognise=recognise,
        key=key,
        glance=glances.Intercom,
        tell=tell,
        lists=_LISTS,
        spread=spread,
    )
)
