"""E-mail addresses, and names of people who say what they are called."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jauge.redaction.found import Found, Kind, matches

if TYPE_CHECKING:
    from collections.abc import Iterator

# Each word is read once: whole, and from its first letter.
_EMAIL = re.compile(
    r"(?<![\w.%+-])[\w.%+-]++(?:['’][\w.%+-]++){0,2}+@[\w-]++(?:\.[\w-]++)++"
)
# A bot that says its name says next what it is: "My name is Lia, your assistant".
_NAME = re.compile(
    r"(?i:\b(?:my name(?: is|['’]s)|je m['’ ]appelle|mon nom(?: est|,? c['’]est)))"
    r"[ :]{1,2}(?P<it>[A-ZÀ-Þ][\w'’-]*+(?: (?:de |du |d['’]|van |von |le |la )?"
    r"[A-ZÀ-Þ][\w'’-]++){0,3}+)"
    r"(?!,? (?i:your|the|an?|votre|ton|le|la|l['’]|une?|et je suis (?:votre|l))\b)"
)


def emails(text: str) -> Iterator[Found]:
    """Find e-mail addresses."""
    return matches(_EMAIL, text, Kind.EMAIL)


def names(text: str) -> Iterator[Found]:
    """Find the name after "my name is" and « je m’appelle », written with capitals."""
    return matches(_NAME, text, Kind.NAME)
