"""Phrases of your own, from `jauge.toml`: language → list → phrases."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from jauge.errors import ListError
from jauge.text.language import READ
from jauge.text.phrases import GROUP, Phrase, expand

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Faces have brackets and bars of their own: « :( », “:|”.
_ALONE = re.compile(r"(?<![:;=8x'-])[()|](?![:;='-])")
_BETWEEN = re.compile(r"[\s()|]")


def own_phrases(given: Mapping[str, Mapping[str, Sequence[str]]]) -> tuple[Phrase, ...]:
    """Make phrases of the settings, full strength, found anywhere.

    Raises:
        ListError: a language is not read, there is no such list, or a phrase is faulty.

    >>> own_phrases({"fr": {"user_praises": ["tiguidou"]}})[0].text
    'tiguidou'
    """
    made = []
    for language, lists in sorted(given.items()):
        if language not in READ:
            known = " and ".join(READ)
            msg = f"jauge.toml, phrases.{language}: words are read in {known} only."
            raise ListError(msg)
        for name, phrases in sorted(lists.items()):
            place = f"jauge.toml, phrases.{language}.{name}"
            if name not in _lists(language):
                msg = f"{place}: no such list. One of: {', '.join(_lists(language))}."
                raise ListError(msg)
            for phrase in phrases:
                if fault := _fault(phrase):
                    msg = f"{place}: {fault}"
                    raise ListError(msg)
                made.append(Phrase(name, language, phrase))
    return tuple(made)


def _fault(phrase: str) -> str:
    """Say what keeps a phrase from ever being found as it is meant; empty if nothing.

    >>> _fault("(tiguidou|top) :)"), _fault("(tiguidou|top")
    ('', "'(tiguidou|top': a bracket or a bar stands alone. Write (one|another).")
    """
    if not phrase.strip() or not all(expand(phrase)):
        return "an empty phrase. Remove it."
    if _ALONE.search(GROUP.sub("", phrase)):
        told = "a bracket or a bar stands alone. Write (one|another)."
        return f"{phrase!r}: {told}"
    # What is masked with stars keeps them: « m*rde », “f***”, “*sigh*”.
    if any(word.find("*") == len(word) - 1 > 0 for word in _BETWEEN.split(phrase)):
        return f"{phrase!r}: a star stands for no letters. Write the words in full."
    return ""


def _lists(language: str) -> list[str]:
    """Name the phrase lists of a language."""
    files = (Path(__file__).parent / "lists" / language).glob("*.tsv")
    return sorted(
        file.stem for file in files if file.stem.startswith(("user_", "bot_"))
    )
