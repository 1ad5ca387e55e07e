"""How much of what must be masked is masked, in messages with what must be in marks."""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from jauge.redaction.found import Found, Kind
from jauge.redaction.masking import find

FILE = Path(__file__).with_name("messages.txt")
_MARK = re.compile(r"⟦(\w+)\|([^⟧]*)⟧")


class Message(NamedTuple):
    """A message, and what is personal in it."""

    lang: str
    text: str
    personal: list[Found]


def messages() -> list[Message]:
    lines = FILE.read_text("utf-8").splitlines()
    return [read(line) for line in lines if not line.startswith("#")]


def read(line: str) -> Message:
    """Read `fr écrivez à ⟦email|x@y.example⟧`."""
    lang, marked = line.split(" ", 1)
    text, personal, at = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        personal.append(Found(Kind(mark[1]), len(text), len(text) + len(mark[2])))
        text += mark[2]
        at = mark.end()
    return Message(lang, text + marked[at:], personal)


def counted(given: list[Message]) -> dict[str, Counter[str]]:
    """Count by kind what is there, what is masked, and what is both, to the sign."""
    counts = {name: Counter() for name in ("there", "masked", "right")}
    for message in given:
        found = find(message.text)
        counts["there"].update(one.kind for one in message.personal)
        counts["masked"].update(one.kind for one in found)
        counts["right"].update(one.kind for one in set(found) & set(message.personal))
    return counts


def main() -> None:
    given = messages()
    counts = counted(given)
    sys.stdout.write(f"{len(given)} messages\n")
    for kind in [*Kind, None]:
        row = [
            counts[name].total() if kind is None else counts[name][kind]
            for name in ("there", "masked", "right")
        ]
        sys.stdout.write(
            f"{kind or 'all':10} there {row[0]:3} masked {row[1]:3} right {row[2]:3}\n"
        )
    for message in given:
        wrong = set(find(message.text)) ^ set(message.personal)
        for one in sorted(wrong, key=lambda found: found.start):
            which = "missed" if one in message.personal else "false"
            sys.stdout.write(
                f"{which} {one.kind}: {message.text[one.start : one.end]!r}"
                f" in {message.text!r}\n"
            )


if __name__ == "__main__":
    main()
