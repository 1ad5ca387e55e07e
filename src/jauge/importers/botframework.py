"""Importer: Bot Framework `.transcript` files, a JSON array of activities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jauge.importers import glances
from jauge.importers.cards import card_of, labels, medium_of, titles
from jauge.importers.columns import channel_of
from jauge.importers.platform import SURE, Format, Page, Platform, Said
from jauge.importers.telling import How, Kind, LeftOut, Thread, Told
from jauge.importers.values import Value, first_text, id_of, items, mapping, part, text
from jauge.model.conversation import Action, Close, Handoff, Message, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jauge.importers.head import Head
    from jauge.model.conversation import Medium

_KINDS: Mapping[str, Kind] = {
    "typing": "typing",
    "conversationUpdate": "activity",
    "contactRelationUpdate": "activity",
    "installationUpdate": "activity",
    "messageUpdate": "edit",
    "messageDelete": "deletion",
    "messageReaction": "reaction",
    "trace": "trace",
    "event": "system",
    "invoke": "tool",
    "command": "tool",
    "commandResult": "tool",
    "handoff": "system",
}
_TOOLS = ("emulator", "chatdown")
_STATES = {"accepted": "accepted", "failed": "refused", "completed": ""}


def _is_activity(value: Value) -> bool:
    return (
        "type" in value
        and "id" in mapping(value, "conversation")
        and ("channelId" in value or "from" in value)
    )


def recognise(head: Head) -> float:
    """Look for activities: a type, a conversation, a channel."""
    return SURE * head.share(_is_activity)


def key(value: Value) -> str | LeftOut:
    """Give the conversation of an activity."""
    return id_of(value, "conversation", "id")


def tell(values: Sequence[Value], how: How) -> Thread:
    """Tell the activities of one conversation."""
    channel = first_text(values, "channelId")
    locale = first_text(values, "locale")
    bots = _bots(values)
    names = [text(one, "from", "name") for one in values if _who(one, bots) == "bot"]
    return Thread(
        id_of(values[0], "conversation", "id"),
        _told(values, how, bots),
        {
            "channel": "" if channel in _TOOLS else channel_of(channel),
            "language": locale,
            "bot": next(filter(None, names), ""),
        },
    )


def _bots(values: Sequence[Value]) -> frozenset[str]:
    """Find the bot: named by its role, else the member that joins and is written to."""
    named = {
        id_of(one, side, "id")
        for one in values
        for side in ("from", "recipient")
        if text(one, side, "role").lower() == "bot"
    }
    if named:
        return frozenset(named)
    for one in values:
        joined = items(one, "membersAdded")
        received = id_of(one, "recipient", "id")
        for member in joined:
            if id_of(member, "id") and id_of(member, "id") == received:
                return frozenset({received})
    return frozenset()


def _who(value: Value, bots: frozenset[str]) -> str:
    role = text(value, "from", "role").lower()
    if role in ("user", "bot"):
        return role
    if not bots:
        return ""
    # The bot is known by its id: who writes to it is the customer.
    if id_of(value, "from", "id") in bots:
        return "bot"
    return "user" if id_of(value, "recipient", "id") in bots else ""


def _role(value: Value, bots: frozenset[str], how: How) -> Role:
    who = _who(value, bots)
    known = Role(who) if who else Role.UNKNOWN
    tags = part(value, "channelData", "tags")
    if known is Role.BOT and "agent" in (tags if isinstance(tags, list | str) else ""):
        known = Role.AGENT
    return how.role(known, value, "from", "id")


def _told(values: Sequence[Value], how: How, bots: frozenset[str]) -> Iterator[Told]:
    offered: dict[str, str] = {}
    for value in values:
        kind = text(value, "type")
        at = how.at(value, "timestamp")
        if kind == "message":
            message = _message(value, how, bots)
            if message.role is Role.USER:
                yield _click(value, message, offered) or message
                offered = {}
            else:
                offered = _offered(value) or offered
                yield message
        elif kind == "endOfConversation":
            yield Close(at=at)
        elif kind == "event" and text(value, "name").startswith("handoff."):
            yield from _handoff(value, how)
        else:
            yield LeftOut(_KINDS.get(kind, "other"))


def _handoff(value: Value, how: How) -> Iterator[Told]:
    at = how.at(value, "timestamp")
    if text(value, "name") == "handoff.initiate":
        yield Handoff(state="requested", at=at)
        return
    state = text(value, "value", "state") or text(value, "value")
    told = _STATES.get(state.lower(), "")
    if told == "accepted":
        yield Handoff(state="accepted", at=at)
    elif told == "refused":
        yield Handoff(state="refused", at=at)
    else:
        yield LeftOut("activity")


def _cards(value: Value) -> list[object]:
    return [
        part(one, "content")
        for one in items(value, "attachments")
        if ".card." in text(one, "contentType")
    ]


def _message(value: Value, how: How, bots: frozenset[str]) -> Message:
    card = card_of(_cards(value))
    offers = (*labels(value, "suggestedActions", "actions"), *card.choices)
    written = (text(value, "text"), card.text)
    return Message(
        role=_role(value, bots, how),
        text="\n".join(filter(None, written)),
        media=tuple(_media(value)),
        choices=tuple(dict.fromkeys(offers)),
        at=how.at(value, "timestamp"),
        id=id_of(value, "id") or None,
    )


def _media(value: Value) -> Iterator[Medium]:
    for one in items(value, "attachments"):
        yield medium_of(text(one, "contentType"))


def _offered(value: Value) -> dict[str, str]:
    buttons = titles(value, "suggestedActions", "actions")
    for card in _cards(value):
        buttons |= titles(card, "buttons") | titles(card, "actions")
    return buttons


def _click(value: Value, message: Message, offered: Mapping[str, str]) -> Action | None:
    """Make a click of what a button sent: marked as such, or known as its value."""
    is_marked = part(value, "channelData", "postBack") is True
    title = offered.get(message.text)
    if not is_marked and title is None:
        return None
    if not message.text and not is_marked:
        return None
    target = title or message.text or None
    return Action(
        role=message.role,
        action="quick_reply",
        target=target,
        at=message.at,
        id=message.id,
    )


PLATFORM = Platform(
    Format(
        name="botframework",
        page=Page(
            title="Bot Framework",
            line=Said(
                "Bot Framework : fichiers `.transcript`, un tableau d’activités",
                "Bot Framework: `.transcript` files, an array of activities",
            ),
            export=Said(
                "Émulateur : menu Conversation, Save transcript. Azure : les blobs du"
                " `TranscriptLogger`. Ligne de commande : `bf chatdown:convert`.",
                "Emulator: menu Conversation, Save transcript. Azure: the blobs of the"
                " `TranscriptLogger`. Command line: `bf chatdown:convert`.",
            ),
            carries=Said(
                "textes, heures, boutons et cartes, clics, transferts"
                " (`handoff.initiate`, `handoff.status`), fin de conversation.",
                "texts, times, buttons and cards, clicks, hand-offs"
                " (`handoff.initiate`, `handoff.status`), the end of a conversation.",
            ),
            lacks=Said(
                "les replis et la confiance du bot, les notes. Un agent y parle"
                " sous le rôle du bot : `--agent-id` dit qui il est quand"
                " `channelData.tags` ne le dit pas.",
                "the bot’s fallbacks and confidence, ratings. An agent speaks there in"
                " the bot’s role: `--agent-id` says who it is where"
                " `channelData.tags` does not.",
            ),
            checked=True,
        ),
        recognise=recognise,
        key=key,
        glance=glances.BotFramework,
        tell=tell,
    )
)
