"""What the webhooks of Messenger and Instagram share: the Messenger Platform."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from jauge.importers.cards import card_of, medium_of
from jauge.importers.platform import SURE
from jauge.importers.telling import How, Kind, LeftOut, Thread, Told
from jauge.importers.values import Value, id_of, is_true, items, mapping, part, text
from jauge.model.conversation import Action, Handoff, Message, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from jauge.importers.head import Head

GAP = timedelta(hours=24)
_INBOXES = frozenset({"263902037430900", "1217981644879628"})
"""The apps in which people of the page answer: the inboxes of Page and Instagram."""
_PAGE = "page"
_KINDS: Mapping[str, Kind] = {
    "read": "receipt",
    "delivery": "receipt",
    "reaction": "reaction",
    "message_edit": "edit",
    "typing": "typing",
}


def recognise(object_: str, head: Head) -> float:
    """Look for calls of one object with entries about messages."""

    def is_ours(value: Value) -> bool:
        is_named = text(value, "object") == object_
        return is_named and any(map(_events, items(value, "entry")))

    return SURE * head.share(is_ours)


def _events(entry: Value) -> list[Value]:
    """Give the events of an entry; `standby` are those that another app answers."""
    changes = [
        mapping(change, "value")
        for change in items(entry, "changes")
        if "sender" in mapping(change, "value")
    ]
    return [*items(entry, "messaging"), *items(entry, "standby"), *changes]


def spread(value: Value) -> Sequence[Value]:
    """Give the events of a call, each with the page that it is of."""
    found = [
        {**event, _PAGE: id_of(entry, "id")}
        for entry in items(value, "entry")
        for event in _events(entry)
    ]
    return found or (value,)


def key(value: Value) -> str | LeftOut:
    """Give the page and the customer."""
    if "entry" in value:
        return LeftOut("system")
    customer = _customer(value)
    return customer and f"{id_of(value, _PAGE)}/{customer}"


def _customer(value: Value) -> str:
    """Give the one of both who is not the page."""
    sender = id_of(value, "sender", "id")
    is_page = sender == id_of(value, _PAGE) or is_true(value, "message", "is_echo")
    return id_of(value, "recipient", "id") if is_page else sender


def tell(channel: str, values: Sequence[Value], how: How) -> Thread:
    """Tell the events of one customer."""
    customer = _customer(values[0])
    facts = {"channel": channel, "user_id": customer}
    return Thread(customer, _told(values, how), facts)


def _told(values: Sequence[Value], how: How) -> Iterator[Told]:
    for value in values:
        at = how.at(value, "timestamp")
        if "message" in value:
            yield _of_message(value, at, how)
        elif "postback" in value:
            yield _of_postback(value, at)
        elif any(name.endswith("_thread_control") for name in value):
            yield _of_control(value, at, how)
        else:
            kinds = (kind for name, kind in _KINDS.items() if name in value)
            yield LeftOut(next(kinds, "other"))


def _of_message(value: Value, at: datetime | None, how: How) -> Told:
    message = mapping(value, "message")
    if is_true(message, "is_deleted"):
        return LeftOut("deletion")
    id_ = id_of(message, "mid") or None
    role = _role(value, message, how)
    written = text(message, "text")
    if role is Role.USER and "quick_reply" in message:
        target = written or text(message, "quick_reply", "payload") or None
        return Action(role=role, action="quick_reply", target=target, at=at, id=id_)
    files = items(message, "attachments")
    card = card_of([part(file, "payload") for file in files if "url" not in file])
    return Message(
        role=role,
        text="\n".join(dict.fromkeys(filter(None, (written, card.text)))),
        choices=card.choices,
        media=tuple(medium_of(text(file, "type")) for file in files),
        at=at,
        id=id_,
    )


def _role(value: Value, message: Value, how: How) -> Role:
    """Tell the customer, the bot's app and the inbox; an echo of no app is unknown."""
    if not is_true(message, "is_echo"):
        is_page = id_of(value, "sender", "id") == id_of(value, _PAGE)
        return Role.UNKNOWN if is_page else Role.USER
    app = id_of(message, "app_id")
    known = Role.BOT if app else Role.UNKNOWN
    return how.role(Role.AGENT if app in _INBOXES else known, message, "app_id")


def _of_postback(value: Value, at: datetime | None) -> Told:
    found = mapping(value, "postback")
    target = text(found, "title") or text(found, "payload") or None
    id_ = id_of(found, "mid") or None
    return Action(role=Role.USER, action="quick_reply", target=target, at=at, id=id_)


def _of_control(value: Value, at: datetime | None, how: How) -> Told:
    """Tell that the thread went to people, by which of both it was moved."""
    if _is_people(value, "pass_thread_control", "new_owner_app_id", how):
        return Handoff(state="requested", at=at)
    if _is_people(value, "request_thread_control", "requested_owner_app_id", how):
        return Handoff(state="requested", at=at)
    if _is_people(value, "take_thread_control", "new_owner_app_id", how):
        return Handoff(state="accepted", at=at)
    return LeftOut("activity")


def _is_people(value: Value, event: str, owner: str, how: How) -> bool:
    app = id_of(value, event, owner)
    known = Role.AGENT if app in _INBOXES else Role.UNKNOWN
    return how.role(known, value, event, owner) is Role.AGENT
