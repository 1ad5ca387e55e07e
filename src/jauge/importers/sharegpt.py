"""Importer: conversations in the shape of ShareGPT, `from` and `value`."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

import msgspec

from jauge.importers.histories import kind_of
from jauge.importers.platform import SURE, Format, Page, Platform, Said
from jauge.importers.telling import How, LeftOut, Thread, Told
from jauge.importers.values import Value, id_of, items, text
from jauge.model.conversation import Message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jauge.importers.head import Head

_NAMES = ("conversations", "conversation", "items")


def _turns(value: Value) -> list[Value]:
    return next(filter(None, (items(value, name) for name in _NAMES)), [])


def _is_ours(value: Value) -> bool:
    turns = _turns(value)
    return bool(turns) and {"from", "value"} <= turns[0].keys()


def recognise(head: Head) -> float:
    """Look for conversations whose turns have `from` and `value`."""
    return SURE * head.share(_is_ours)


def tell(values: Sequence[Value], how: How) -> Thread:
    """Tell the turns of a conversation."""
    value = values[0]
    named = id_of(value, "id") or id_of(value, "conversation_id")
    return Thread(
        named or content_id(value),
        _told(_turns(value), how),
        {"language": text(value, "lang") or text(value, "language")},
    )


def content_id(value: Value) -> str:
    """Make an id of the content itself, for a conversation that has none."""
    return blake2b(msgspec.json.encode(value), digest_size=8).hexdigest()


def _told(turns: Sequence[Value], how: How) -> Iterator[Told]:
    for one in turns:
        role = kind_of(text(one, "from"))
        if isinstance(role, LeftOut):
            yield role
        else:
            role = how.speaker(role, text(one, "from"))
            yield Message(role=role, text=text(one, "value") or text(one, "text"))


PLATFORM = Platform(
    Format(
        name="sharegpt",
        page=Page(
            title="ShareGPT",
            line=Said(
                "ShareGPT : jeux de conversations, `from` et `value`",
                "ShareGPT: sets of conversations, `from` and `value`",
            ),
            export=Said(
                "Les fichiers JSON ou JSON Lines de jeux de données dans ce format,"
                " tels quels.",
                "The JSON or JSON Lines files of data sets in this format, as they"
                " are.",
            ),
            carries=Said(
                "textes et qui parle (`human`, `gpt`). Une conversation sans `id`"
                " reçoit celui que fait son contenu.",
                "texts and who speaks (`human`, `gpt`). A conversation without an `id`"
                " gets one made of its content.",
            ),
            lacks=Said(
                "les heures, les choix, les replis, le transfert, la note ; un agent"
                " y parle comme le bot. Les messages du système et des outils ne sont"
                " pas des tours.",
                "times, choices, fallbacks, hand-offs, ratings; an agent speaks there"
                " as the bot. System and tool messages are no turns.",
            ),
            checked=True,
        ),
        recognise=recognise,
        tell=tell,
    )
)
