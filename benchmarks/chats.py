"""Conversations to measure with: as they are, or as many as asked for, no two alike.

The many are made of the bundled samples with other ids, numbers and words, the same at
every run. They are written as they are made, so their number costs no memory.
"""

from __future__ import annotations

import csv
import functools
import itertools
import re
import shutil
import sys
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from msgspec.structs import replace

import jauge
from jauge import samples
from jauge.model.conversation import Conversation, Message, encode_conversation
from training.data import DATA, own_chats

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SHORT = 5
_VARYING = re.compile(r"\d+|\b[a-zà-ÿ]{4,}\b")
_CHANGED = 0.3
# The program of this environment, whatever else is called `jauge` on this machine.
JAUGE = [sys.executable, "-m", "jauge"]


def sample_chats() -> list[Conversation]:
    """Give the bundled samples."""
    path = Path(samples.__file__).with_name("conversations.jsonl")
    return [chat for chat in jauge.read(path) if isinstance(chat, Conversation)]


def real_chats() -> list[Conversation]:
    """Give the samples and, where `../shared/data` is, our own conversations."""
    there = (DATA / "own-chats").is_dir()
    own = [labelled.conversation for labelled in own_chats()] if there else []
    return [*sample_chats(), *own]


def texts_of(chats: Sequence[Conversation]) -> list[str]:
    """Give all that was written, in order."""
    return [
        event.text
        for chat in chats
        for event in chat.events
        if isinstance(event, Message) and event.text
    ]


def many_chats(count: int, *, events: int | None = None) -> Iterator[Conversation]:
    """Make conversations of the samples, only their first events if so told."""
    random = Random(1)
    chats = [replace(chat, events=chat.events[:events]) for chat in sample_chats()]
    words = words_of(chats)
    for number, chat in zip(range(count), itertools.cycle(chats), strict=False):
        known = words[language_of(chat)]
        changed = tuple(
            replace(event, text=varied(event.text, known, random))
            if isinstance(event, Message)
            else event
            for event in chat.events
        )
        yield replace(chat, id=f"{chat.id}-{number}", events=changed)


def words_of(chats: Sequence[Conversation]) -> dict[str, list[str]]:
    """Give the words of conversations, by language."""
    words: dict[str, list[str]] = {}
    for chat in chats:
        found = _VARYING.findall(" ".join(texts_of([chat])))
        words.setdefault(language_of(chat), []).extend(filter(str.isalpha, found))
    return words


def varied(text: str, words: Sequence[str], random: Random) -> str:
    """Put other numbers into a text, and some of the given words."""
    return _VARYING.sub(functools.partial(_other, words, random), text)


def language_of(chat: Conversation) -> str:
    """Give the declared language without its region; empty if none is declared."""
    return (chat.language or "")[:2]


def _other(words: Sequence[str], random: Random, match: re.Match[str]) -> str:
    if match[0].isdigit():
        return "".join(random.choices("123456789", k=len(match[0])))
    return random.choice(words) if random.random() < _CHANGED else match[0]


def write_lines(path: Path, chats: Iterator[Conversation]) -> None:
    """Write conversations as JSON Lines."""
    with path.open("wb") as out:
        out.writelines(encode_conversation(chat) + b"\n" for chat in chats)


def write_array(path: Path, chats: Iterator[Conversation]) -> None:
    """Write conversations as one JSON array on one line."""
    with path.open("wb") as out:
        for mark, chat in zip(itertools.chain(b"[", itertools.repeat(44)), chats):  # noqa: B905 - one endless
            out.write(bytes([mark]) + encode_conversation(chat))
        out.write(b"]\n")


def write_scattered(path: Path, chats: Iterator[Conversation]) -> None:
    """Write short conversations as CSV: first events first."""
    parts = [path.with_suffix(f".{number}") for number in range(SHORT)]
    outs = [part.open("w", encoding="utf-8", newline="") for part in parts]
    rows = [csv.writer(out) for out in outs]
    rows[0].writerow(["conversation_id", "role", "at", "text"])
    for chat in chats:
        for event, row in zip(chat.events, rows, strict=False):
            if isinstance(event, Message):
                at = event.at.isoformat() if event.at else ""
                row.writerow([chat.id, str(event.role), at, event.text])
    for out in outs:
        out.close()
    with path.open("wb") as whole:
        for part in parts:
            with part.open("rb") as one:
                shutil.copyfileobj(one, whole)
            part.unlink()


def print_table(title: str, header: str, rows: Iterator[Sequence[str]]) -> None:
    """Print a Markdown table, each row as soon as it is known."""
    names = header.split(" | ")
    print(f"\n## {title}\n\n| {header} |\n|{'---|' * len(names)}")
    for row in rows:
        print(f"| {' | '.join(row)} |", flush=True)
