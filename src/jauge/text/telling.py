"""Tell the language of a conversation, and of each of its turns."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from jauge.model.conversation import BOT, USER, Message
from jauge.text.language import READ, primary, script_of, tell
from jauge.text.phrases import ANY
from jauge.text.vectors import load_vectors

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jauge.model.conversation import Conversation
    from jauge.model.turns import Turn
    from jauge.text.reader import Reader, TextReading
    from jauge.text.tables import TextTables

_FEW_WORDS = 6
# Tags that name no language: undetermined, several, no words.
_UNTOLD = frozenset({"und", "mul", "zxx"})


def language_of(conversation: Conversation, reader: Reader) -> str | None:
    """Give the language of the customer's side: as declared, else as its words tell.

    The bot's words tell where the customer's do not; None where neither does.
    """
    declared = primary(conversation.language)
    if declared and declared not in _UNTOLD:
        return declared
    for roles in ((USER,), (USER, BOT)):
        texts = [
            event.text
            for event in conversation.events
            if isinstance(event, Message) and event.role in roles and event.text
        ]
        words = [reader.text(text, "user").words for text in texts]
        said = list(itertools.chain.from_iterable(words))
        told = script_of(" ".join(texts)) or tell(said, reader.tables.languages)
        if told not in READ and 0 < len(said) <= _FEW_WORDS:
            # So few hold hardly a frequent word: a dictionary knows the others.
            look_up = load_vectors().language_of
            told = tell(said, reader.tables.languages, look_up) or told
        if told:
            return told
    return None


def languages_of(
    turns: Iterable[Turn],
    texts: Mapping[int, TextReading],
    language: str | None,
    tables: TextTables,
) -> tuple[str, ...]:
    """Tell the language of each turn: that of all, unless its words say other."""
    # Mostly no word of the other language is there, and nothing to weigh.
    other = tables.french if language == "en" else tables.english
    told: list[str] = []
    for turn in turns:
        spoken = language
        for index, _ in turn.messages:
            said = texts.get(index)
            if said and not (language and other.isdisjoint(said.words)):
                spoken = _by_words(turn, texts, tables) or language
                break
        told.append(spoken or ANY)
    return tuple(told)


def _by_words(
    turn: Turn, texts: Mapping[int, TextReading], tables: TextTables
) -> str | None:
    """Weigh the frequent words that one language has and the other has not."""
    words = frozenset().union(*[texts[index].words for index, _ in turn.messages])
    votes = len(words & tables.french) - len(words & tables.english)
    return None if not votes else "fr" if votes > 0 else "en"
