"""Importer: Copilot Studio transcripts of Dataverse, and its session downloads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from jauge.importers import glances
from jauge.importers.cards import card_of, labels, media_of, titles
from jauge.importers.columns import channel_of
from jauge.importers.heard import Heard
from jauge.importers.markup import markdown_text
from jauge.importers.order import in_order
from jauge.importers.platform import SURE, Format, Page, Platform, Said
from jauge.importers.telling import How, Kind, LeftOut, Thread, Told
from jauge.importers.values import (
    FaultError,
    Value,
    first_text,
    id_of,
    inner,
    is_true,
    items,
    mapping,
    number,
    part,
    share,
    text,
)
from jauge.model.conversation import Action, Handoff, Message, Rating, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jauge.importers.head import Head

_ROWS = frozenset({"conversationtranscriptid", "conversationstarttime", "schematype"})
_ROLES = {"0": Role.BOT, "1": Role.USER, "bot": Role.BOT, "user": Role.USER}
_KINDS: Mapping[str, Kind] = {
    "typing": "typing",
    "trace": "trace",
    "event": "trace",
    "invoke": "tool",
    "conversationUpdate": "activity",
    "messageUpdate": "edit",
    "messageDelete": "deletion",
    "messageReaction": "reaction",
}
_ESCALATIONS = frozenset({"EscalationRequested", "HandOff", "handoff.initiate"})
_OUTCOMES = frozenset({"escalated", "handoff", "hand off"})
_SAYS = re.compile(r"(?:^|;)\s*(User|Bot) says:[ \t]?")
_CONTENT = "$.content"


def _is_row(value: Value) -> bool:
    return "name" in value and len(_ROWS & value.keys()) > 1


def _is_bare(value: Value) -> bool:
    return any(
        "valueType" in one or id_of(one, "from", "role") in ("0", "1")
        for one in items(value, "activities")[:5]
    )


def recognise(head: Head) -> float:
    """Look for rows of the table, their contents alone, or the session download."""
    columns = set(head.columns)
    is_rows = {"content", "name"} <= columns and bool(columns & _ROWS)
    if is_rows or {"sessionid", "chattranscript"} <= columns:
        return SURE
    return SURE * head.share(lambda one: _is_row(one) or _is_bare(one), ("value",))


def key(value: Value) -> str | LeftOut:
    """Give the conversation: long ones are in several rows of one name."""
    if "chattranscript" in value:
        return id_of(value, "sessionid")
    named = id_of(value, "name") or id_of(value, "conversationtranscriptid")
    # A content saved alone has no name: that of its first activity is its own.
    firsts = (id_of(one, "id") for one in items(value, "activities"))
    return named or next(filter(None, firsts), "")


def tell(values: Sequence[Value], how: How) -> Thread:
    """Tell a conversation by its activities, or by the text of a session."""
    id_ = str(key(values[0]))
    if "chattranscript" in values[0]:
        return Thread(id_, _of_session(values[0], how))
    found = [one for value in values for one in _activities(value)]
    activities = in_order([(how.at(one, "timestamp"), one) for one in found])
    about = [inner(value, "metadata") for value in values]
    channel = first_text(activities, "channelId").replace("pva-studio", "")
    return Thread(
        id_,
        _told(activities, how),
        {
            "channel": channel_of(channel),
            "language": first_text(activities, "value", "locale"),
            "bot": first_text(about, "BotName") or first_text(about, "BotId"),
        },
    )


def _activities(value: Value) -> list[Value]:
    if "activities" in value:
        return items(value, "activities")
    content = inner(value, "content")
    if not isinstance(content, dict):
        raise FaultError(_CONTENT, "not a JSON object")
    return items(content, "activities")


def _known(value: Value) -> Role:
    return _ROLES.get(id_of(value, "from", "role").lower(), Role.UNKNOWN)


def _role(value: Value, how: How) -> Role:
    known = _known(value)
    if is_true(value, "channelData", "fromAgent"):
        known = Role.AGENT
    return how.role(known, value, "from", "id")


def _told(activities: Sequence[Value], how: How) -> Iterator[Told]:
    heard, has_handed_off = Heard(), False
    for place, value in enumerate(activities):
        if text(value, "type") == "message":
            told = _message(value, how, heard)
            yield told
            if told.role is Role.USER:
                _hear(activities, place, heard)
        elif _is_escalation(value):
            yield (
                LeftOut("trace")
                if has_handed_off
                else Handoff(state="requested", at=how.at(value, "timestamp"))
            )
            has_handed_off = True
        else:
            yield _of_rest(value, how)


def _turn(activities: Sequence[Value], place: int) -> Iterator[Value]:
    """Give what follows a customer's message, up to the next."""
    for later in range(place + 1, len(activities)):
        value = activities[later]
        if text(value, "type") == "message" and _known(value) is Role.USER:
            return
        yield value


def _hear(activities: Sequence[Value], place: int, heard: Heard) -> None:
    """Hear what the bot made of a message: what it traces up to the next one.

    A generated answer may follow no intent: then the bot had an answer.
    """
    found: Value = {}
    is_unknown, states = False, set()
    for value in _turn(activities, place):
        kind = text(value, "valueType")
        if kind == "IntentRecognition" and not found:
            found = mapping(value, "value")
        elif kind == "GPTAnswer":
            states.add(text(value, "value", "gptAnswerState"))
        is_unknown |= kind == "UnknownIntent"
    failed = True if states or is_unknown else None
    title = text(found, "intentTitle") or text(found, "topicName")
    heard.hear(
        title or text(found, "intentId"),
        share(found, "score"),
        fallback=False if "Answered" in states else failed,
    )


def _is_escalation(value: Value) -> bool:
    names = text(value, "valueType"), text(value, "name")
    if "SessionInfo" in names:
        return text(value, "value", "outcome").lower() in _OUTCOMES
    return not _ESCALATIONS.isdisjoint(names)


def _message(value: Value, how: How, heard: Heard) -> Message | Action:
    role = _role(value, how)
    cards = [
        part(one, "content")
        for one in items(value, "attachments")
        if ".card." in text(one, "contentType")
    ]
    card = card_of(cards)
    written = text(value, "text")
    is_marked = text(value, "textFormat") == "markdown" and role is not Role.USER
    words = (markdown_text(written) if is_marked else written, card.text)
    message = Message(
        role=role,
        text="\n".join(filter(None, words)),
        choices=(*labels(value, "suggestedActions", "actions"), *card.choices),
        media=media_of(value.get("attachments"), "contentType"),
        at=how.at(value, "timestamp"),
        id=id_of(value, "id") or None,
    )
    if role is Role.USER:
        return _asked(value, message, heard)
    return heard.answered(message, titles(value, "suggestedActions", "actions"))


def _asked(value: Value, message: Message, heard: Heard) -> Message | Action:
    if not message.text and mapping(value, "value"):
        # A card that was sent back: what its button was called is not told.
        click = Action(role=message.role, action="click", at=message.at)
        return replace(click, id=message.id)
    return heard.asked(replace(message, choices=()))


def _of_rest(value: Value, how: How) -> Told:
    kind, at = text(value, "type"), value.get("timestamp")
    is_rating = text(value, "valueType") == "CSATSurveyResponse"
    if is_rating and (score := number(value, "value", "score")) is not None:
        said = text(value, "value", "comment") or None
        return Rating(value=score, best=5, worst=1, comment=said, at=how.at(at))
    if kind == "invoke":
        thumb = text(value, "value", "actionValue", "reaction").lower()
        if thumb in ("like", "dislike"):
            action = "thumbs_up" if thumb == "like" else "thumbs_down"
            of = id_of(value, "replyToId") or None
            return Action(role=Role.USER, action=action, of=of, at=how.at(at))
    return LeftOut(_KINDS.get(kind, "other"))


def _of_session(value: Value, how: How) -> Iterator[Told]:
    """Tell the turns of a session; only its start has a time."""
    heard = Heard()
    at = how.at(value, "startdatetime")
    flow = text(value, "topicname") or None
    parts = _SAYS.split(text(value, "chattranscript"))
    for who, written in zip(parts[1::2], parts[2::2], strict=True):
        said = written.strip().removesuffix(";").rstrip()
        if who == "User":
            yield heard.asked(Message(role=Role.USER, text=said, at=at, flow=flow))
        else:
            message = Message(role=Role.BOT, text=said, at=at, flow=flow)
            yield heard.answered(message)
        at = None
    if text(value, "sessionoutcome").lower() in _OUTCOMES:
        yield Handoff(state="requested")


PLATFORM = Platform(
    Format(
        name="copilot_studio",
        page=Page(
            title="Copilot Studio",
            line=Said(
                "Copilot Studio : transcriptions de Dataverse (JSON, CSV),"
                " téléchargement des sessions (CSV)",
                "Copilot Studio: Dataverse transcripts (JSON, CSV), session download"
                " (CSV)",
            ),
            export=Said(
                "Power Apps : Tables, ConversationTranscript, Exporter, Exporter les"
                " données ; ou l’API de Dataverse, `GET …/conversationtranscripts`."
                " Sessions : Copilot Studio, Analytique, Sessions, Télécharger.",
                "Power Apps: Tables, ConversationTranscript, Export, Export data; or"
                " the Dataverse API, `GET …/conversationtranscripts`. Sessions:"
                " Copilot Studio, Analytics, Sessions, Download.",
            ),
            carries=Said(
                "Transcriptions : textes, heures (à la seconde), choix et clics,"
                " intention et confiance, replis (`UnknownIntent`, réponse générée"
                " manquée), demande de transfert, note de 1 à 5 et commentaire,"
                " pouces. Sessions : textes, heure du début, sujet, transfert.",
                "Transcripts: texts, times (to the second), choices and clicks, intent"
                " and confidence, fallbacks (`UnknownIntent`, a generated answer that"
                " failed), requested hand-off, rating from 1 to 5 and comment, thumbs."
                " Sessions: texts, time of the start, topic, hand-off.",
            ),
            lacks=Said(
                "ce que dit un agent après le transfert, sauf si le canal le marque."
                " Sessions : les heures des messages, les choix, les replis ; un"
                " agent y parle comme le bot, et le transfert est placé à la fin."
                " `CSATSurveyResponse`, `IntentRecognition` et"
                " `EscalationRequested` sont lus d’après la documentation.",
                "what an agent says after the hand-off, unless the channel marks it."
                " Sessions: the times of messages, choices, fallbacks; an agent speaks"
                " there as the bot, and the hand-off is put at the end."
                " `CSATSurveyResponse`, `IntentRecognition` and `EscalationRequested`"
                " are built from documentation.",
            ),
            checked=True,
        ),
        recognise=recognise,
        key=key,
        glance=glances.CopilotStudio,
        tell=tell,
        lists=("value",),
        layouts=("json", "table"),
    )
)
