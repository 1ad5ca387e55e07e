"""Read the phrases of our lists, and write out how each is spelled.

A list is a TSV file: phrase, strength, place, note. Alternatives stand in brackets,
an empty one is allowed: `je (ne |)comprends (pas|rien)`. Phrases are folded when
read, so lists are written with their accents.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from jauge.errors import ListError
from jauge.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Side = Literal["user", "bot"]
SIDES: tuple[Side, ...] = ("user", "bot")
ANY = "any"
"""The language of emoji and emoticons, which every language has."""
WHERE = ("", "whole", "start", "end")
GROUP = re.compile(r"\(([^()]*)\)")
APOSTROPHE = re.compile(r"'(?=[a-z0-9])")
"""What phrases and texts have a blank for."""


class Phrase(Struct, frozen=True, gc=False):
    """One line of a list: what to look for, and how much it says.

    `strength` is in (0, 1]. `where` is empty for anywhere, or `whole` (nothing else
    is said), `start` or `end` of the message.
    """

    list: str
    language: str
    text: str
    strength: float = 1.0
    where: str = ""


def expand(pattern: str) -> tuple[str, ...]:
    """Write out the alternatives of a phrase, in the order given.

    >>> expand("not (very |)(happy|glad)")
    ('not very happy', 'not very glad', 'not happy', 'not glad')
    """
    parts = GROUP.split(" ".join(pattern.split()))
    choices = [
        part.split("|") if index % 2 else [part] for index, part in enumerate(parts)
    ]
    # Blanks are set right in all of them at once: there are tens of thousands.
    written = "\n".join(map("".join, itertools.product(*choices)))
    while "  " in written:
        written = written.replace("  ", " ")
    written = written.replace(" \n", "\n").replace("\n ", "\n").strip(" ")
    return tuple(dict.fromkeys(written.split("\n")))


def parse_list(text: str, *, name: str, language: str) -> tuple[Phrase, ...]:
    """Read the phrases of one list; a fault is named with its line.

    Raises:
        ListError: a line has no phrase, or a strength or place that is none.
    """
    phrases: list[Phrase] = []
    strengths: dict[str, float] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("#") or not line.strip():
            continue
        phrase, strength, where = (*line.split("\t"), "", "")[:3]
        if where not in WHERE or not phrase.strip():
            msg = (
                f"{language}/{name}.tsv, line {number}: {line!r} is no phrase. Write:"
                f" phrase, strength, place (one of {', '.join(WHERE[1:])} or empty),"
                " note, with tabs between."
            )
            raise ListError(msg)
        given = strengths.get(strength)
        if given is None:
            given = _strength(strength, f"{language}/{name}.tsv, line {number}")
            strengths[strength] = given
        phrases.append(Phrase(name, language, phrase, given, where))
    return tuple(phrases)


def _strength(cell: str, place: str) -> float:
    try:
        strength = float(cell or 1)
    except ValueError:
        strength = 0.0
    if not 0 < strength <= 1:
        msg = (
            f"{place}: strength {cell!r} is not in (0, 1]. Write a number such as 0.7."
        )
        raise ListError(msg)
    return strength


def write_out(
    phrases: Iterable[Phrase], known: Mapping[str, tuple[Phrase, ...]] | None = None
) -> dict[str, tuple[Phrase, ...]]:
    """Give every spelling of phrases, and the phrases that it is of, one a list.

    Those that are `known` come first.

    >>> list(write_out([Phrase("user_thanks", "fr", "merci (beaucoup|)")]))
    ['merci beaucoup', 'merci']
    """
    entries = dict(known or {})
    for phrase in phrases:
        alone: tuple[Phrase, ...] = (phrase,)
        spelled = dict.fromkeys(_spellings(phrase), alone)
        for text in entries.keys() & spelled.keys():
            rows = entries[text]
            is_new = all(row.list != phrase.list for row in rows)
            spelled[text] = (*rows, phrase) if is_new else rows
        entries |= spelled
    return entries


class Spelled:
    """Spellings in the order of their letters, and the phrases that each is of.

    `owners` gives the row of each of `texts` in `rows`.

    >>> spelled = Spelled.of(write_out([Phrase("user_thanks", "fr", "merci (bien|)")]))
    >>> spelled.texts, spelled.rows[spelled.owners[0]][0].list
    (['merci', 'merci bien'], 'user_thanks')
    """

    __slots__ = ("owners", "rows", "texts")

    def __init__(
        self,
        texts: list[str],
        owners: Sequence[int],
        rows: Sequence[tuple[Phrase, ...]],
    ) -> None:
        """Take texts that stand in order."""
        self.texts = texts
        self.owners = owners
        self.rows = rows

    @classmethod
    def of(cls, entries: Mapping[str, tuple[Phrase, ...]]) -> Spelled:
        """Put spellings in order."""
        texts = sorted(entries)
        rows = list(dict.fromkeys(map(entries.__getitem__, texts)))
        places = {row: place for place, row in enumerate(rows)}
        return cls(texts, [places[entries[text]] for text in texts], rows)

    def entries(self) -> dict[str, tuple[Phrase, ...]]:
        """Give all of them by their text."""
        rows = self.rows
        found = [rows[owner] for owner in self.owners]
        return dict(zip(self.texts, found, strict=True))


def _spellings(phrase: Phrase) -> tuple[str, ...]:
    """Chat drops the apostrophe or puts a blank: « cest », « c est » for « c'est ».

    A blank also stands for the apostrophe: texts are searched with blanks for them.
    """
    folded = fold(phrase.text).text
    if phrase.language == ANY:
        face = folded.strip()
        return (face,) if face.strip("' ") else ()
    texts = expand(folded)
    if "'" not in folded:
        return texts
    blank = [APOSTROPHE.sub(" ", text) for text in texts]
    return (*blank, *(text.replace("'", "") for text in texts))
