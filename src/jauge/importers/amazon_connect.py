"""Importer: chat transcripts of Amazon Connect, and Contact Lens output files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jauge.importers.cards import Card, card_of, labels, medium_of
from jauge.importers.markup import markdown_text
from jauge.importers.platform import SURE, Format, Page, Platform, Said
from jauge.importers.telling import How, Kind, LeftOut, Thread, Told
from jauge.importers.values import Value, first_text, id_of, inner, items, part, text
from jauge.model.conversation import Action, Close, Handoff, Message, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from jauge.importers.head import Head

_ROLES: Mapping[str, Role] = {
    "CUSTOMER": Role.USER,
    "AGENT": Role.AGENT,
    "SUPERVISOR": Role.AGENT,
    "CUSTOM_BOT": Role.BOT,
    "SYSTEM": Role.SYSTEM,
}
_CHANNELS = {"CHAT": "web_chat", "VOICE": "voice"}
_EVENT = "application/vnd.amazonaws.connect.event."
_MESSAGE = "application/vnd.amazonaws.connect.message."
_KINDS: Mapping[str, Kind] = {
    "typing": "typing",
    "message.delivered": "receipt",
    "message.read": "receipt",
    "message.metadata": "receipt",
}


def _is_chat(value: Value) -> bool:
    transcript = items(value, "Transcript")
    if "Transcript" not in value:
        return bool({"CustomerMetadata", "ChatTranscriptVersion"} & value.keys())
    return not transcript or "ParticipantId" in transcript[0] or "Type" in transcript[0]


def recognise(head: Head) -> float:
    """Look for a transcript of participants."""
    return SURE * head.share(_is_chat)


def key(value: Value) -> str | LeftOut:
    """Give the contact with which the chat began; a transfer makes another."""
    return (
        id_of(value, "InitialContactId")
        or id_of(value, "ContactId")
        or id_of(value, "CustomerMetadata", "ContactId")
    )


def tell(values: Sequence[Value], how: How) -> Thread:
    """Tell the transcripts of a contact."""
    channel = first_text(values, "Channel")
    roles = {
        id_of(one, "ParticipantId"): text(one, "ParticipantRole")
        for value in values
        for one in items(value, "Participants")
    }
    found = [one for value in values for one in items(value, "Transcript")]
    return Thread(
        str(key(values[0])),
        _told(found, roles, how),
        {
            "channel": _CHANNELS.get(channel or "CHAT", channel),
            "language": first_text(values, "LanguageCode"),
        },
    )


def _told(found: Sequence[Value], roles: Mapping[str, str], how: How) -> Iterator[Told]:
    seen: set[str] = set()
    for one in found:
        id_ = id_of(one, "Id")
        at = how.at(one, "AbsoluteTime")
        role = _role(one, roles, how)
        kind = text(one, "ContentType")
        if kind.startswith(_EVENT):
            # What stands in two pages of a transcript happened once.
            yield _of_event(kind, role, at) if id_ not in seen else LeftOut("duplicate")
            seen.add(id_)
        elif role is Role.SYSTEM:
            yield LeftOut("system")
        else:
            yield _turn(one, role, at)


def _role(one: Value, roles: Mapping[str, str], how: How) -> Role:
    id_ = id_of(one, "ParticipantId")
    word = text(one, "ParticipantRole") or roles.get(id_, "")
    known = _ROLES.get(word, Role.UNKNOWN)
    # A Lex bot speaks through the flow, as the system, under this name.
    if known is Role.SYSTEM and text(one, "DisplayName") == "BOT":
        known = Role.BOT
    return how.role(known, one, "ParticipantId")


def _of_event(kind: str, role: Role, at: datetime | None) -> Told:
    name = kind.removeprefix(_EVENT)
    if name == "transfer.succeeded":
        return Handoff(state="accepted", at=at)
    if name == "transfer.failed":
        return Handoff(state="refused", at=at)
    if name == "participant.joined" and role is Role.AGENT:
        return Handoff(state="accepted", at=at)
    if name == "chat.ended":
        return Close(at=at)
    return LeftOut(_KINDS.get(name, "activity"))


def _turn(one: Value, role: Role, at: datetime | None) -> Message | Action:
    kind = text(one, "ContentType")
    id_ = id_of(one, "Id") or None
    if kind == _MESSAGE + "interactive.response":
        target = text(inner(one, "Content"), "action") or None
        return Action(role=role, action="quick_reply", target=target, at=at, id=id_)
    is_template = kind.startswith(_MESSAGE) or kind == "application/json"
    card = _template(one) if is_template else Card("", ())
    written = "" if is_template else text(one, "Content")
    if kind == "text/markdown" and role is not Role.USER:
        written = markdown_text(written)
    media = [medium_of(text(file, "ContentType")) for file in items(one, "Attachments")]
    if is_template and not (card.text or card.choices):
        media.append("card")
    return Message(
        role=role,
        text=written or card.text,
        choices=card.choices,
        media=tuple(media),
        at=at,
        id=id_,
    )


def _template(one: Value) -> Card:
    """Read a template: what its elements are called is what can be chosen."""
    content = part(inner(one, "Content"), "data", "content")
    elements = tuple(filter(None, labels(content, "elements")))
    if not elements:
        return card_of(content)
    head = (text(content, name) for name in ("title", "subtitle"))
    return Card("\n".join(filter(None, head)), elements)


PLATFORM = Platform(
    Format(
        name="amazon_connect",
        page=Page(
            title="Amazon Connect",
            line=Said(
                "Amazon Connect : transcriptions de chat, fichiers de Contact Lens",
                "Amazon Connect: chat transcripts, Contact Lens files",
            ),
            export=Said(
                "Les fichiers du compartiment S3 de l’instance : `ChatTranscripts/`"
                " (chat) ou `Analysis/Chat/` (Contact Lens), un par contact ; un"
                " dossier entier se lit tel quel.",
                "The files of the instance’s S3 bucket: `ChatTranscripts/` (chat) or"
                " `Analysis/Chat/` (Contact Lens), one a contact; a whole folder is"
                " read as it is.",
            ),
            carries=Said(
                "textes, heures, qui parle (client, bot, agent), messages interactifs"
                " et choix pris, pièces jointes, arrivée d’un agent et transferts, fin"
                " de la conversation, langue.",
                "texts, times, who speaks (customer, bot, agent), interactive messages"
                " and choices taken, attachments, an agent who joins and transfers, end"
                " of the conversation, language.",
            ),
            lacks=Said(
                "les replis, l’intention et la confiance du bot (ils sont dans les"
                " journaux de Lex), la note. Les messages du système ne sont pas des"
                " tours, sauf ceux du participant nommé `BOT` ou donné par"
                " `--bot-id`. Une transcription vocale n’a pas d’heures.",
                "the bot’s fallbacks, intent and confidence (they are in the logs of"
                " Lex), ratings. System messages are no turns, except those of the"
                " participant named `BOT` or given by `--bot-id`. A voice transcript"
                " has no times.",
            ),
            checked=True,
        ),
        recognise=recognise,
        key=key,
        tell=tell,
    )
)
