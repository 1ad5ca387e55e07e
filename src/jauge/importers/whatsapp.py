"""Importer: webhooks of the WhatsApp Cloud API, one call a line.

They hold what customers write; of what was sent to them, only that it was.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from jauge.importers.cards import medium_of
from jauge.importers.platform import SURE, Format, Page, Platform, Said
from jauge.importers.telling import How, Kind, LeftOut, Thread, Told
from jauge.importers.values import Value, id_of, inner, items, mapping, number, text
from jauge.model.conversation import Action, Message, Rating, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jauge.importers.head import Head
    from jauge.model.conversation import Medium

_OBJECT = "whatsapp_business_account"
_SIDES = {"messages": "from", "statuses": "recipient_id", "message_echoes": "to"}
"""Each list of a call, and where its things name the customer."""
_USER = {
    "from": "from_user_id",
    "recipient_id": "recipient_user_id",
    "to": "to_user_id",
}
_MEDIA = frozenset(
    {"image", "audio", "voice", "video", "document", "sticker", "contacts"}
)
_KINDS: Mapping[str, Kind] = {
    "reaction": "reaction",
    "system": "system",
    "edit": "edit",
    "revoke": "deletion",
    "ephemeral": "system",
    "unsupported": "other",
}
UNAVAILABLE = (
    "bot_apologizes",
    "bot_asks_again",
    "bot_dead_end",
    "bot_fails",
    "bot_fallback",
    "bot_helps_at_once",
    "bot_loops",
    "bot_misses",
    "bot_refuses_person",
    "bot_repeats",
    "bot_succeeds",
    "bot_tone",
    "bot_unsure",
    "bot_wrong_language",
    "user_ignores_choices",
)
"""What needs the words of the bot, which these calls never have."""

_REACHED = ("sent", "delivered", "read", "played")
_RATINGS = ("csat", "csat_score", "rating", "satisfaction", "satisfaction_score")
_COMMENTS = ("comment", "comment_text", "feedback", "remark")


def _is_ours(value: Value) -> bool:
    return text(value, "object") == _OBJECT and "entry" in value


def recognise(head: Head) -> float:
    """Look for calls about a WhatsApp business account."""
    return SURE * head.share(_is_ours)


def spread(value: Value) -> Sequence[Value]:
    """Give each message, status and echo of a call, with its number and contacts."""
    changes = [
        mapping(change, "value")
        for entry in items(value, "entry")
        for change in items(entry, "changes")
    ]
    found: list[Value] = [
        {"number": _number(change), "contact": _contact(change), name: one}
        for change in changes
        for name in _SIDES
        for one in items(change, name)
    ]
    return found or (value,)


def _number(change: Value) -> Value:
    """Give the number of the business: its id, and how it is shown."""
    names = ("phone_number_id", "display_phone_number")
    return {name: id_of(change, "metadata", name) for name in names}


def _contact(change: Value) -> str:
    """Give the only customer of a change; newer calls may leave out the number."""
    contacts = items(change, "contacts")
    if len(contacts) != 1:
        return ""
    return id_of(contacts[0], "wa_id") or id_of(contacts[0], "user_id")


def key(value: Value) -> str | LeftOut:
    """Give the number of the business and the customer."""
    if "entry" in value:
        return LeftOut("system")
    customer = _customer(value)
    return customer and f"{id_of(value, 'number', 'phone_number_id')}/{customer}"


def _customer(value: Value) -> str:
    """Give the customer: by number, or by the user id of those who hide theirs."""
    for name, step in _SIDES.items():
        if found := id_of(value, name, step) or id_of(value, name, _USER[step]):
            return found
    return id_of(value, "contact")


def tell(values: Sequence[Value], how: How) -> Thread:
    """Tell what a customer wrote, and that something was sent to the customer."""
    customer = _customer(values[0])
    facts = {
        "channel": "whatsapp",
        "user_id": customer,
        "unavailable": UNAVAILABLE,
    }
    return Thread(customer, _told(values, how), facts)


def _told(values: Sequence[Value], how: How) -> Iterator[Told]:
    # What is told with its words is not told again without them.
    sent = {id_of(value, "message_echoes", "id") for value in values} - {""}
    for value in values:
        if "messages" in value:
            yield from _of_message(mapping(value, "messages"), Role.USER, how)
        elif "message_echoes" in value:
            # Typed by people in the WhatsApp Business app.
            yield from _of_message(mapping(value, "message_echoes"), Role.AGENT, how)
        else:
            yield _of_status(value, sent, how)


def _of_status(value: Value, sent: set[str], how: How) -> Told:
    """Tell once that a message was sent: the first of its states that is told."""
    status = mapping(value, "statuses")
    id_ = id_of(status, "id")
    if text(status, "status") not in _REACHED or id_ in sent:
        return LeftOut("status")
    sent.add(id_)
    role = how.role(Role.UNKNOWN, value, "number", "phone_number_id")
    role = how.role(role, value, "number", "display_phone_number")
    return Message(role=role, at=how.at(status, "timestamp"), id=id_ or None)


def _of_message(one: Value, role: Role, how: How) -> Iterator[Told]:
    kind = text(one, "type")
    if kind in _KINDS or (kind == "interactive" and kind not in one):
        yield LeftOut(_KINDS.get(kind, "other"))
        return
    if text(one, "interactive", "type") == "nfm_reply":
        yield _of_flow(one, how)
        return
    at = how.at(one, "timestamp")
    id_ = id_of(one, "id") or None
    if kind == "request_welcome":
        yield Action(role=role, action="widget_open", at=at, id=id_)
    elif title := _taken(one):
        yield Action(role=role, action="quick_reply", target=title, at=at, id=id_)
    elif written := _text(one, kind):
        yield Message(role=role, text=written, media=_media(one, kind), at=at, id=id_)
    elif media := _media(one, kind):
        yield Message(role=role, media=media, at=at, id=id_)
    else:
        yield LeftOut("other")


def _taken(one: Value) -> str:
    """Give the title of the button or row that the customer took."""
    return (
        text(one, "interactive", "button_reply", "title")
        or text(one, "interactive", "list_reply", "title")
        or text(one, "button", "text")
    )


def _text(one: Value, kind: str) -> str:
    return text(one, "text", "body") or text(one, kind, "caption")


def _media(one: Value, kind: str) -> tuple[Medium, ...]:
    if kind == "location":
        return ("location",)
    if kind not in _MEDIA:
        return ()
    return (medium_of("file" if kind in ("document", "contacts") else kind),)


def _of_flow(one: Value, how: How) -> Told:
    """Tell the rating that a form gives under a name which says so; else that it came.

    A form may ask several ratings, on scales which the call does not tell.
    """
    told = inner(one, "interactive", "nfm_reply", "response_json")
    form: Value = told if isinstance(told, dict) else {}
    at = how.at(one, "timestamp")
    id_ = id_of(one, "id") or None
    values = (number(form, name) for name in _RATINGS)
    value = next((found for found in values if found is not None), None)
    if value is None:
        return Action(role=Role.USER, action="form", at=at, id=id_)
    comments = filter(None, (text(form, name) for name in _COMMENTS))
    return Rating(value=value, comment=next(comments, None), at=at, id=id_)


PLATFORM = Platform(
    Format(
        name="whatsapp",
        page=Page(
            title="WhatsApp Cloud",
            line=Said(
                "WhatsApp Cloud : webhooks de l’API",
                "WhatsApp Cloud: webhooks of the API",
            ),
            export=Said(
                "Gardez le corps de chaque appel du webhook, un par ligne, avec les"
                " champs `messages` et `smb_message_echoes` (Meta for Developers,"
                " WhatsApp, Configuration). Meta n’a pas d’export.",
                "Keep the body of each call of the webhook, one a line, with the fields"
                " `messages` and `smb_message_echoes` (Meta for Developers, WhatsApp,"
                " Configuration). Meta has no export.",
            ),
            carries=Said(
                "textes du client, heures, boutons, listes et formulaires, pièces"
                " jointes, note d’un formulaire dans un champ nommé `csat`, `rating` ou"
                " `satisfaction`, messages qu’un agent écrit dans l’application"
                " WhatsApp Business. Un envoi est un message sans texte, de rôle"
                " inconnu, du bot avec `--bot-id` (le numéro ou son identifiant).",
                "the customer’s texts, times, buttons, lists and forms, attachments, a"
                " form’s rating in a field named `csat`, `rating` or `satisfaction`,"
                " messages that an agent types in the WhatsApp Business app. What was"
                " sent is a message without text, of unknown role, the bot’s with"
                " `--bot-id` (the number or its id).",
            ),
            lacks=Said(
                "ce que le bot a écrit, ses choix, les replis, l’intention, la"
                " confiance, les transferts, la langue. Ce fichier n’a que les"
                " messages des clients ; ajoutez le journal du bot.",
                "what the bot wrote, its choices, fallbacks, intent, confidence,"
                " hand-offs, the language. This file has the messages of customers"
                " only; add the bot’s log.",
            ),
            checked=True,
        ),
        recognise=recognise,
        key=key,
        tell=tell,
        gap=timedelta(hours=24),
        spread=spread,
        wordless=True,
    )
)
