"""Find the phrases of our lists in folded text, all lists of a side at once.

A list is a TSV file: phrase, strength, place, note. Alternatives stand in brackets,
an empty one is allowed: `je (ne |)comprends (pas|rien)`. Phrases are folded when
read, so lists are written with their accents. One engine (Aho-Corasick, overlapping)
finds the beginnings of all in one pass; only whole words count, and the longest phrase
hides the shorter ones inside it: « merci mais » is not « merci ».
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from jauge.errors import ListError
from jauge.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Side = Literal["user", "bot"]
SIDES: tuple[Side, ...] = ("user", "bot")
ANY = "any"
"""The language of emoji and emoticons, which every language has."""
WHERE = ("", "whole", "start", "end")
# Spellings are found by so many of their first letters, then looked up: all letters of
# tens of thousands would take a start as long as all the rest.
_KEY = 12
HIDES_NOTHING = frozenset(
    {"user_accepts", "user_says_no", "bot_checks", "bot_dead_end", "bot_lacks"}
)
"""Lists that say one more thing of words that also mean what they meant before:
« parfait, je prends » praises too, and « contactez notre SAV » names a person."""
GROUP = re.compile(r"\(([^()]*)\)")
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_")
_APOSTROPHE = re.compile(r"'(?=[a-z0-9])")
_ENDS = (". ", "? ", "! ", "\n")
_EDGE = re.compile(r"[a-z0-9]")


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


class Hit(Struct, frozen=True, gc=False):
    """A phrase found at `[start, end)` of a folded text."""

    start: int
    end: int
    list: str
    strength: float


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


class PhraseBook:
    """The phrases of one side in one language, compiled once.

    >>> book = PhraseBook([Phrase("user_thanks", "fr", "merci (beaucoup|)")])
    >>> book.find(fold("Ok, MERCI beaucoup").text)
    [Hit(start=4, end=18, list='user_thanks', strength=1.0)]
    """

    def __init__(
        self,
        phrases: Iterable[Phrase],
        spelled: Mapping[str, tuple[Phrase, ...]] | None = None,
    ) -> None:
        """Compile phrases; `spelled` has them written out (`text/spellings.py`)."""
        from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

        self._entries = write_out(phrases) if spelled is None else spelled
        sizes: dict[str, set[int]] = {}
        for text in self._entries:
            sizes.setdefault(text[:_KEY], set()).add(len(text))
        self._sizes = [tuple(found) for found in sizes.values()]
        self._engine = AhoCorasick(
            list(sizes),
            matchkind=MatchKind.Standard,
            implementation=Implementation.ContiguousNFA,
            store_patterns=False,
        )

    def __len__(self) -> int:
        """Say how many spellings are looked for."""
        return len(self._entries)

    def find(self, text: str) -> list[Hit]:
        """Find every phrase that stands as whole words; the longest hides its parts."""
        blank = _APOSTROPHE.sub(" ", text) if "'" in text else text
        found = self._engine.find_matches_as_indexes(blank, overlapping=True)
        if not found:
            return []
        known, last = self._entries, len(text)
        hits = [
            Hit(start, end, phrase.list, phrase.strength)
            for key, start, _ in found
            for size in self._sizes[key]
            if (end := start + size) <= last
            and (rows := known.get(blank[start:end])) is not None
            and _is_whole(text, start, end)
            for phrase in rows
            if not phrase.where or _stands(phrase, text, start, end)
        ]
        return hits if len(hits) < 2 else _longest(hits)  # noqa: PLR2004 - alone


def _longest(hits: list[Hit]) -> list[Hit]:
    """Keep the hits that no longer one holds; the same place in two lists is kept.

    Phrases of `HIDES_NOTHING` hide those of their own list only.
    """
    hits.sort(key=_by_place)
    kept: list[Hit] = []
    reach, held = -1, (-1, -1)
    own: dict[str, int] = {}
    for hit in hits:
        place = hit.start, hit.end
        if hit.end <= reach and place != held:
            continue
        if hit.list in HIDES_NOTHING:
            if hit.end <= own.get(hit.list, -1):
                continue
            own[hit.list] = hit.end
        else:
            reach, held = hit.end, place
        kept.append(hit)
    return kept


def _by_place(hit: Hit) -> tuple[int, int, str]:
    return hit.start, -hit.end, hit.list


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
    blank = [_APOSTROPHE.sub(" ", text) for text in texts]
    return (*blank, *(text.replace("'", "") for text in texts))


def _is_whole(text: str, start: int, end: int) -> bool:
    if start and text[start - 1] in _LETTERS and text[start] in _LETTERS:
        return False
    if end == len(text):
        return True
    if text[end - 1] not in _LETTERS:
        # The ":/" of an address is no face.
        return text[end] != "/" or not text[start].isascii()
    # "can" is no word of "can't"; the apostrophe of « l'agent » stands before.
    return text[end] not in _LETTERS and not (
        text[end] == "'" and text[end + 1 : end + 2] in _LETTERS and end + 1 < len(text)
    )


def _stands(phrase: Phrase, text: str, start: int, end: int) -> bool:
    """Say whether a phrase stands at the place that its list wants.

    A bot's place is judged in its sentence, so that bubbles change nothing.
    """
    in_sentence = phrase.list.startswith("bot_")
    if phrase.where != "end":
        first = 0
        if in_sentence:
            first = max([text.rfind(mark, 0, start) for mark in _ENDS]) + 1
        if _EDGE.search(text, first, start):
            return False
    if phrase.where == "start":
        return True
    last = len(text)
    if in_sentence:
        after = [at for mark in _ENDS if (at := text.find(mark, end)) >= 0]
        last = min(after, default=last)
    return not _EDGE.search(text, end, last)
