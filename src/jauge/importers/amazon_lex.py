"""Importer: Amazon Lex V2 text logs of CloudWatch, one line an utterance."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from jauge.importers.cards import card_of, titles
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
    part,
    share,
    text,
)
from jauge.model.conversation import Message, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jauge.importers.head import Head

_NAMES = frozenset({"sessionId", "inputTranscript"})
_LOG = frozenset({"bot", "interpretations", "messages", "sessionState", "requestId"})
_FALLBACKS = ("FallbackIntent", "AMAZON.FallbackIntent")
_LISTS = ("events",)
_WRAPPED = ("@message", "message")


def _utterance(value: Value) -> Value:
    """Give the log line, also where CloudWatch has put it into a string."""
    for name in _WRAPPED:
        found = inner(value, name)
        if isinstance(found, dict):
            return found
    return value


def _is_utterance(value: Value) -> bool:
    line = _utterance(value)
    return line.keys() >= _NAMES and bool(_LOG & line.keys())


def recognise(head: Head) -> float:
    """Look for utterances with a session and what Lex understood."""
    if "@message" in head.columns and '""inputTranscript""' in head.text:
        return SURE
    return SURE * head.share(_is_utterance, _LISTS)


def key(value: Value) -> str | LeftOut:
    """Give the session; the same one may talk to several bots."""
    line = _utterance(value)
    session = id_of(line, "sessionId")
    if value is line and any(isinstance(value.get(one), str) for one in _WRAPPED):
        # A log group holds lines of other kinds too.
        return LeftOut("other")
    bot = id_of(line, "bot", "id")
    return f"{bot}/{session}" if session else ""


def tell(values: Sequence[Value], how: How) -> Thread:
    """Tell the utterances of a session and the bot's replies to each."""
    lines = [_utterance(value) for value in values]
    timed = [(how.at(line, "timestamp"), line) for line in lines]
    locale = first_text(lines, "bot", "localeId")
    spoken = first_text(lines, "inputMode").lower() == "speech"
    return Thread(
        id_of(lines[0], "sessionId"),
        _told(in_order([(at, (at, line)) for at, line in timed])),
        {
            "channel": "voice" if spoken else "",
            "language": locale.replace("_", "-"),
            "bot": first_text(lines, "bot", "name"),
            "bot_version": first_text(lines, "bot", "version"),
        },
    )


def _told(lines: Sequence[tuple[datetime | None, Value]]) -> Iterator[Told]:
    heard = Heard()
    for at, line in lines:
        id_ = id_of(line, "requestId")
        asked = Message(
            role=Role.USER,
            text=text(line, "inputTranscript"),
            at=at,
            id=id_ or None,
        )
        # Lex is also started without words, to greet.
        yield heard.asked(asked) if asked.text else LeftOut("system")
        _hear(line, heard)
        for message, sent in _replies(line, id_):
            yield heard.answered(message, sent)


def _replies(line: Value, id_: str) -> Iterator[tuple[Message, dict[str, str]]]:
    """Give the replies, each with what its buttons send.

    A card needs a title: where it repeats the text before it, it is that text's card.
    """
    held: Message | None = None
    sent: dict[str, str] = {}
    for place, one in enumerate(items(line, "messages")):
        message = _reply(one, f"{id_}-{place}" if id_ else "")
        buttons = titles(one, "imageResponseCard", "buttons")
        title = text(one, "imageResponseCard", "title").rstrip(".… ")
        if held is not None and title and held.text.startswith(title):
            held = replace(held, choices=message.choices, media=message.media)
            sent = buttons
            continue
        if held is not None:
            yield held, sent
        held, sent = message, buttons
    if held is not None:
        yield held, sent


def _hear(line: Value, heard: Heard) -> None:
    found = items(line, "interpretations")
    first = text(found[0], "intent", "name") if found else ""
    is_missed = is_true(line, "missedUtterance") or first in _FALLBACKS
    known = [one for one in found if text(one, "intent", "name") not in _FALLBACKS]
    best = known[0] if known else {}
    if first not in _FALLBACKS and found:
        best = found[0]
    score = share(best, "nluConfidence")
    if score is None:
        score = share(best, "nluConfidence", "score")
    intent = text(best, "intent", "name")
    # The guess behind a fallback may have no score: then Lex only lists it.
    if is_missed and score is None:
        intent = ""
    heard.hear(intent, score, fallback=True if is_missed else None)


def _reply(one: Value, id_: str) -> Message:
    card = card_of(part(one, "imageResponseCard"))
    content = text(one, "content")
    if text(one, "contentType") == "SSML":
        content = html_text(content)
    payload = (
        inner(one, "content") if text(one, "contentType") == "CustomPayload" else None
    )
    if isinstance(payload, dict | list):
        card, content = card_of(payload), ""
    return Message(
        role=Role.BOT,
        text="\n".join(filter(None, (content, card.text))),
        choices=card.choices,
        media=("image",) if text(one, "imageResponseCard", "imageUrl") else (),
        id=id_ or None,
    )


PLATFORM = Platform(
    Format(
        name="amazon_lex",
        page=Page(
            title="Amazon Lex V2",
            line=Said(
                "Amazon Lex V2 : journaux de texte de CloudWatch, un objet par énoncé",
                "Amazon Lex V2: CloudWatch text logs, one object an utterance",
            ),
            export=Said(
                "Activez les journaux de conversation (texte) de l’alias, puis"
                " `aws logs filter-log-events --log-group-name … > lex.json`, ou une"
                " requête de Logs Insights sur `@message`, téléchargée en CSV.",
                "Turn on the alias’s conversation logs (text), then"
                " `aws logs filter-log-events --log-group-name … > lex.json`, or a Logs"
                " Insights query of `@message`, downloaded as CSV.",
            ),
            carries=Said(
                "textes, heure de chaque énoncé, cartes et boutons, clics, intention et"
                " confiance, replis (`missedUtterance`, `FallbackIntent`) avec la"
                " meilleure supposition, langue, version du bot. Une session est"
                " coupée après 24 h de silence.",
                "texts, time of each utterance, cards and buttons, clicks, intent and"
                " confidence, fallbacks (`missedUtterance`, `FallbackIntent`) with the"
                " best guess, language, version of the bot. A session is cut after"
                " 24 hours of silence.",
            ),
            lacks=Said(
                "l’heure des réponses, l’accueil sans énoncé, ce que dit un agent, le"
                " transfert, la note.",
                "the time of answers, a greeting without an utterance, what an agent"
                " says, the hand-off, ratings.",
            ),
            checked=False,
        ),
        recognise=recognise,
        key=key,
        tell=tell,
        lists=_LISTS,
        layouts=("json", "table"),
        gap=timedelta(hours=24),
    )
)
