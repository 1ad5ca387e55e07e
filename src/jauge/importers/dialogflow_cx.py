"""Importer: Dialogflow CX conversation history, and its interaction log in BigQuery."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from jauge.importers.cards import card_of
from jauge.importers.columns import channel_of
from jauge.importers.heard import Heard
from jauge.importers.markup import html_text
from jauge.importers.order import in_order
from jauge.importers.platform import SURE, Format, Page, Platform, Said
from jauge.importers.telling import How, LeftOut, Thread, Told
from jauge.importers.values import (
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
from jauge.model.conversation import Action, Close, Handoff, Message, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from jauge.importers.head import Head

_COLUMNS = frozenset({"conversation_name", "turn_position", "request", "response"})
_FAILED = frozenset({"NO_MATCH", "NO_INPUT"})
_THUMBS = {"THUMBS_UP": "thumbs_up", "THUMBS_DOWN": "thumbs_down"}
_CHANNELS = {"DF_MESSENGER": "web_chat", "TELEPHONY": "voice", "PHONE_GATEWAY": "voice"}
_LISTS = ("conversations",)


def _is_history(value: Value) -> bool:
    name = text(value, "name")
    return "/agents/" in name and "/conversations/" in name


def _is_row(value: Value) -> bool:
    return {"conversation_name", "turn_position"} <= value.keys()


def recognise(head: Head) -> float:
    """Look for conversations of an agent, or for rows of the interaction log."""
    if _COLUMNS.issubset(head.columns):
        return SURE
    return SURE * head.share(lambda one: _is_history(one) or _is_row(one), _LISTS)


def key(value: Value) -> str | LeftOut:
    """Give the full name of the conversation."""
    return id_of(value, "conversation_name") or id_of(value, "name")


def tell(values: Sequence[Value], how: How) -> Thread:
    """Tell the interactions of a conversation, oldest first, up to the hand-off."""
    turns = _turns(values, how)
    asked = [mapping(one, "request") for _, one in turns]
    answers = [mapping(one, "response") for _, one in turns]
    channel = first_text(asked, "queryParams", "channel")
    whole = str(key(values[0]))
    agent = whole.partition("/agents/")[2].partition("/")[0]
    return Thread(
        whole.rpartition("/")[2],
        _told(turns, how, values),
        {
            "channel": _CHANNELS.get(channel, channel_of(channel)),
            "language": first_text(values, "languageCode")
            or first_text(values, "language_code")
            or first_text(answers, "queryResult", "languageCode"),
            "bot": agent,
        },
    )


def _turns(values: Sequence[Value], how: How) -> list[tuple[datetime | None, Value]]:
    """Give the interactions of all pages or rows, oldest first."""
    rows = [one for one in values if _is_row(one)]
    rows.sort(key=lambda row: number(row, "turn_position") or 0)
    found: list[Value] = [_of_row(row) for row in rows]
    found += [one for value in values for one in items(value, "interactions")]
    timed = [(how.at(one, "createTime"), one) for one in found]
    return in_order([(at, (at, one)) for at, one in timed])


def _of_row(row: Value) -> Value:
    """Give a row of BigQuery the shape of an interaction."""
    return {
        "createTime": part(row, "request_time"),
        "request": inner(row, "request"),
        "response": inner(row, "response"),
        "answerFeedback": inner(row, "bot_answer_feedback"),
    }


def _told(
    turns: Sequence[tuple[datetime | None, Value]], how: How, values: Sequence[Value]
) -> Iterator[Told]:
    heard, has_handed_off = Heard(), False
    for place, (at, turn) in enumerate(turns):
        yield _asked(turn, at, heard)
        _hear(turn, heard)
        yield from _answered(turn, heard)
        if _is_handoff(turn):
            # Where the bot goes on, nobody has taken the conversation.
            is_last = place == len(turns) - 1
            state = "accepted" if is_last else "requested"
            yield Handoff(state="accepted" if is_last else "requested", at=at)
            has_handed_off |= state == "accepted"
        yield from _of_end(turn, at)
    if not has_handed_off and any(
        is_true(one, "metrics", "hasLiveAgentHandoff") for one in values
    ):
        yield Handoff(state="accepted")


def _asked(turn: Value, at: datetime | None, heard: Heard) -> Told:
    query = mapping(turn, "request", "queryInput")
    written = text(query, "text", "text") or text(query, "dtmf", "digits")
    result = mapping(turn, "response", "queryResult")
    spoken = text(result, "transcript") if "audio" in query else ""
    if not (written or spoken):
        return LeftOut("system")
    message = Message(role=Role.USER, text=written or spoken, at=at)
    return heard.asked(message)


def _hear(turn: Value, heard: Heard) -> None:
    match = mapping(turn, "response", "queryResult", "match")
    if text(match, "matchType") in _FAILED:
        missing = mapping(turn, "missingTransition")
        guess, score = text(missing, "intentDisplayName"), share(missing, "score")
        heard.hear(guess, score if guess else None, fallback=True)
        return
    intent = text(match, "intent", "displayName")
    heard.hear(intent, share(match, "confidence") if intent else None)


def _answered(turn: Value, heard: Heard) -> Iterator[Told]:
    """Tell the bot's messages; choices alone stand beside the text before them."""
    id_ = id_of(turn, "response", "responseId")
    held: Message | None = None
    found = items(turn, "response", "queryResult", "responseMessages")
    for place, one in enumerate(found):
        message = _message(one, f"{id_}-{place}" if id_ else "")
        if not (message.text or message.choices or message.media):
            # A hand-off, an end, a parameter for the page: nothing that is seen.
            continue
        if held is not None and message.choices and not message.text:
            held = replace(held, choices=(*held.choices, *message.choices))
            continue
        if held is not None:
            yield heard.answered(held)
        held = message
    if held is not None:
        yield heard.answered(held)
    thumb = _THUMBS.get(text(turn, "answerFeedback", "rating"))
    if thumb:
        of = f"{id_}-0" if id_ else None
        yield Action(role=Role.USER, action=thumb, of=of)


def _message(one: Value, id_: str) -> Message:
    card = card_of(part(one, "payload", "richContent") or part(one, "payload"))
    lines = part(one, "text", "text")
    texts = lines if isinstance(lines, list) else []
    spoken = text(one, "outputAudioText", "text") or text(
        one, "outputAudioText", "ssml"
    )
    words = [line.strip() for line in texts if isinstance(line, str)]
    return Message(
        role=Role.BOT,
        text="\n".join(filter(None, (*words, html_text(spoken), card.text))),
        choices=card.choices,
        media=("audio",) if "playAudio" in one else (),
        id=id_ or None,
    )


def _is_handoff(turn: Value) -> bool:
    return any(
        "liveAgentHandoff" in one or "telephonyTransferCall" in one
        for one in items(turn, "response", "queryResult", "responseMessages")
    )


def _of_end(turn: Value, at: datetime | None) -> Iterator[Told]:
    said = items(turn, "response", "queryResult", "responseMessages")
    if any("endInteraction" in one for one in said):
        yield Close(at=at)


PLATFORM = Platform(
    Format(
        name="dialogflow_cx",
        page=Page(
            title="Dialogflow CX",
            line=Said(
                "Dialogflow CX : historique des conversations (API), lignes du journal"
                " dans BigQuery (JSON, CSV)",
                "Dialogflow CX: conversation history (API), rows of the interaction log"
                " in BigQuery (JSON, CSV)",
            ),
            export=Said(
                "API : `GET …/agents/{agent}/conversations/{id}`, un objet par"
                " conversation (la liste seule n’a pas les échanges). BigQuery : dans"
                " les réglages de l’agent, Journalisation, exportez le journal des"
                " interactions ; puis la table en JSON ou en CSV.",
                "API: `GET …/agents/{agent}/conversations/{id}`, one object a"
                " conversation (the list alone has no interactions). BigQuery: in the"
                " agent’s settings, Logging, export the interaction log; then the"
                " table as JSON or CSV.",
            ),
            carries=Said(
                "textes, heure de chaque demande, puces et clics, intention et"
                " confiance, replis (`NO_MATCH`, `NO_INPUT`) avec l’intention manquée,"
                " transfert à un agent, pouces, langue, canal.",
                "texts, time of each request, chips and clicks, intent and confidence,"
                " fallbacks (`NO_MATCH`, `NO_INPUT`) with the intent missed, hand-off"
                " to an agent, thumbs, language, channel.",
            ),
            lacks=Said(
                "ce qui suit le transfert (l’historique s’arrête là), l’heure des"
                " réponses, la note. BigQuery garde 500 échanges par conversation.",
                "what follows the hand-off (the history stops there), the time of"
                " answers, ratings. BigQuery keeps 500 turns a conversation.",
            ),
            checked=False,
        ),
        recognise=recognise,
        key=key,
        tell=tell,
        lists=_LISTS,
        layouts=("json", "table"),
    )
)
