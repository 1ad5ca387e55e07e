"""Find the phrases of our lists in folded text, all lists of a side at once.

One engine (Aho-Corasick, overlapping) finds the beginnings of all in one pass; only
whole words count, and the longest phrase hides the shorter ones inside it: « merci
mais » is not « merci ». To compile it takes as long as to look up the words of some 600
messages, so a book looks words up until it has read about that much.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from msgspec import Struct

from jauge.text.phrases import APOSTROPHE, Spelled, write_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jauge.text.phrases import Phrase

    Place = tuple[int, int, tuple[Phrase, ...]]

HIDES_NOTHING = frozenset(
    {"user_accepts", "user_says_no", "bot_checks", "bot_dead_end", "bot_lacks"}
)
"""Lists that say one more thing of words that also mean what they meant before:
« parfait, je prends » praises too, and « contactez notre SAV » names a person."""
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_")
_ENDS = (". ", "? ", "! ", "\n")
_EDGE = re.compile(r"[a-z0-9]")
# Spellings are found by so many of their first letters, then looked up: all letters of
# tens of thousands would take a start as long as all the rest.
_KEY = 12
# What takes as long as to compile a book: some 60 ms, where a look-up takes 3 µs.
_LOOKUPS = 20_000


class Hit(Struct, frozen=True, gc=False):
    """A phrase found at `[start, end)` of a folded text."""

    start: int
    end: int
    list: str
    strength: float


class PhraseBook:
    """The phrases of one side in one language.

    >>> from jauge.text.fold import fold
    >>> from jauge.text.phrases import Phrase
    >>> book = PhraseBook([Phrase("user_thanks", "fr", "merci (beaucoup|)")])
    >>> book.find(fold("Ok, MERCI beaucoup").text)
    [Hit(start=4, end=18, list='user_thanks', strength=1.0)]
    """

    def __init__(
        self, phrases: Iterable[Phrase], spelled: Spelled | None = None
    ) -> None:
        """Take phrases; `spelled` has them written out (`text/spellings.py`)."""
        self._spelled = spelled or Spelled.of(write_out(phrases))
        self._engine: _Engine | None = None
        self._looked_up = 0

    def __len__(self) -> int:
        """Say how many spellings are looked for."""
        return len(self._spelled.texts)

    @property
    def is_compiled(self) -> bool:
        """Say whether it finds phrases the fast way by now."""
        return self._engine is not None

    def compile(self) -> None:
        """Make what finds phrases fast, if it was not yet: no text waits for it."""
        if self._engine is None:
            self._engine = _Engine(self._spelled)

    def find(self, text: str) -> list[Hit]:
        """Find every phrase that stands as whole words; the longest hides its parts."""
        blank = APOSTROPHE.sub(" ", text) if "'" in text else text
        if self._engine is None and max(self._looked_up, len(text)) > _LOOKUPS:
            self.compile()
        if self._engine is not None:
            found = self._engine.find(blank)
        else:
            found = list(self._look_up(text, blank))
        if not found:
            return []
        hits = [
            Hit(start, end, phrase.list, phrase.strength)
            for start, end, rows in found
            if _is_whole(text, start, end)
            for phrase in rows
            if not phrase.where or _stands(phrase, text, start, end)
        ]
        return hits if len(hits) < 2 else _longest(hits)  # noqa: PLR2004 - alone

    def _look_up(self, text: str, blank: str) -> Iterator[Place]:
        """Look for what stands between the edges of words, while any begins so."""
        texts, owners = self._spelled.texts, self._spelled.owners
        rows, size = self._spelled.rows, len(self._spelled.texts)
        edges = _edges(text)
        for first, start in enumerate(edges):
            at = 0
            for last in range(first + 1, len(edges)):
                self._looked_up += 1
                end = edges[last]
                part = blank[start:end]
                at = bisect_left(texts, part, at)
                if at == size or not texts[at].startswith(part):
                    break
                if texts[at] == part:
                    yield start, end, rows[owners[at]]


class _Engine:
    """Spellings by their first letters, compiled; the rest of each is looked up."""

    def __init__(self, spelled: Spelled) -> None:
        from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

        self._entries = spelled.entries()
        sizes: dict[str, set[int]] = {}
        for text in spelled.texts:
            sizes.setdefault(text[:_KEY], set()).add(len(text))
        self._sizes = [tuple(found) for found in sizes.values()]
        self._engine = AhoCorasick(
            list(sizes),
            matchkind=MatchKind.Standard,
            implementation=Implementation.ContiguousNFA,
            store_patterns=False,
        )

    def find(self, blank: str) -> list[Place]:
        """Find spellings at all places, within words too."""
        known, last = self._entries, len(blank)
        return [
            (start, end, rows)
            for key, start, _ in self._engine.find_matches_as_indexes(
                blank, overlapping=True
            )
            for size in self._sizes[key]
            if (end := start + size) <= last
            and (rows := known.get(blank[start:end])) is not None
        ]


def _edges(text: str) -> list[int]:
    """Give all places that do not stand between two letters of a word, in order."""
    return [
        at
        for at in range(len(text) + 1)
        if not (
            0 < at < len(text) and text[at - 1] in _LETTERS and text[at] in _LETTERS
        )
    ]


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
