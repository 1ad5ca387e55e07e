"""Phrases of your own, from `jauge.toml`: language → list → phrases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jauge.errors import ListError
from jauge.text.language import READ
from jauge.text.phrases import Phrase, expand

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def own_phrases(given: Mapping[str, Mapping[str, Sequence[str]]]) -> tuple[Phrase, ...]:
    """Make phrases of the settings, full strength, found anywhere.

    Raises:
        ListError: a language is not read, a list has no such side, or a phrase is empty.

    >>> own_phrases({"fr": {"user_praises": ["tiguidou"]}})[0].text
    'tiguidou'
    """
    made = []
    for language, lists in sorted(given.items()):
        if language not in READ:
            msg = f"jauge.toml, phrases.{language}: words are read in {' and '.join(READ)} only."
            raise ListError(msg)
        for name, phrases in sorted(lists.items()):
            if not name.startswith(("user_", "bot_")):
                msg = f"jauge.toml, phrases.{language}.{name}: a list is named user_… or bot_…."
                raise ListError(msg)
            for phrase in phrases:
                if not phrase.strip() or not all(expand(phrase)):
                    msg = f"jauge.toml, phrases.{language}.{name}: an empty phrase. Remove it."
                    raise ListError(msg)
                made.append(Phrase(name, language, phrase))
    return tuple(made)
