"""Grams: words and pairs of neighbours, and what they weigh for the heads of a side."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from jauge.text.lazy import lazy

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

# A long message says what it says in its first words.
_MOST_WORDS = 80
FIRST, LAST = "^", "$"


class Gram(NamedTuple):
    """What a word weighs, and what it weighs before another word, head by head."""

    alone: tuple[int, ...] | None
    before: dict[str, tuple[int, ...]]


class Grams(Struct, frozen=True):
    """The file of a side: the names of its heads, and its grams by their first word."""

    names: tuple[str, ...]
    words: Mapping[str, Gram]


class LaidOut(Struct, frozen=True):
    """The grams of a side, laid out so that many texts are weighed at once.

    The number of a word is its place in `words`, from 1 on; 0 is any other word. The
    weights of a word stand in the column of its number; then come those of pairs.
    `pairs` are their keys, made of the numbers of both words, in order. Both are whole
    numbers, of 64 and of 32 bits, the lowest byte first.
    """

    names: tuple[str, ...]
    words: tuple[str, ...]
    pairs: bytes
    weights: bytes


def laid_out(grams: Grams) -> LaidOut:
    """Lay grams out; training does so once, as it takes longer than to score a chat."""
    import numpy as np

    before = [gram.before for gram in grams.words.values()]
    seconds = list(itertools.chain.from_iterable(before))
    words = dict.fromkeys(itertools.chain(grams.words, seconds))
    numbers = dict(zip(words, itertools.count(1), strict=False))
    size = len(words) + 1
    first = np.repeat(np.arange(1, len(before) + 1), list(map(len, before)))
    second = map(numbers.__getitem__, seconds)
    keys = first * size + np.fromiter(second, np.int64, len(seconds))
    order = keys.argsort()
    nothing = (0,) * len(grams.names)
    alone = [gram.alone or nothing for gram in grams.words.values()]
    rows = itertools.chain(
        [nothing],
        alone,
        [nothing] * (size - 1 - len(alone)),
        itertools.chain.from_iterable(map(dict.values, before)),
    )
    flat = itertools.chain.from_iterable(rows)
    weights = np.fromiter(flat, "<i4").reshape(-1, len(nothing)).T.copy()
    weights[:, size:] = weights[:, size + order]
    # A last key that is no pair, so that every search ends at a key.
    pairs = np.append(keys[order], size * size).astype("<i8")
    return LaidOut(grams.names, tuple(words), pairs.tobytes(), weights.tobytes())


@dataclass(frozen=True, slots=True)
class _Rows:
    numbers: Mapping[str, int]
    pairs: NDArray[np.int64]
    weights: NDArray[np.float64]


class GramTable:
    """The grams of one side, for its heads by their `names`."""

    def __init__(self, grams: LaidOut) -> None:
        self.names = grams.names
        self._grams = grams

    @lazy
    def _rows(self) -> _Rows:
        """What the grams weigh; made into arrays at the first text."""
        import numpy as np

        grams = self._grams
        weights = np.frombuffer(grams.weights, "<i4").reshape(len(grams.names), -1)
        return _Rows(
            dict(zip(grams.words, itertools.count(1), strict=False)),
            np.frombuffer(grams.pairs, "<i8"),
            # Whole numbers, as floats: that is how they are counted up, and exactly.
            weights.astype(np.float64),
        )

    def sums(self, texts: Sequence[Sequence[str]]) -> NDArray[np.int64]:
        """Add up the grams of texts, given as their words: a row for each head.

        Sums are shared out over the root of the number of grams.
        """
        import numpy as np

        rows = self._rows
        numbers, known, weights = rows.numbers, rows.pairs, rows.weights
        size, width = len(numbers) + 1, weights.shape[1]
        marked = [(FIRST, *words[:_MOST_WORDS], LAST) for words in texts]
        lengths = np.array(list(map(len, marked)))
        at = np.repeat(np.arange(len(marked)), lengths)
        words = itertools.chain.from_iterable(marked)
        found = np.fromiter(
            map(numbers.get, words, itertools.repeat(0)), np.int64, len(at)
        )
        # No pair begins with the last mark of a text and goes on in the next.
        keys = found[:-1] * size + found[1:]
        places = known.searchsorted(keys)
        pairs = np.flatnonzero(known[places] == keys)
        # A gram that comes again in a text counts once: each is a text and a place.
        grams = np.concatenate([found, size + places[pairs]])
        grams += width * np.concatenate([at, at[pairs]])
        grams.sort()
        is_new = np.ones(len(grams), bool)
        np.not_equal(grams[1:], grams[:-1], out=is_new[1:])
        at, place = np.divmod(grams[is_new], width)
        sums = [np.bincount(at, row[place], len(marked)) for row in weights]
        roots = np.sqrt(2 * lengths - 3)
        shared: NDArray[np.float64] = np.rint(2 * np.array(sums) / roots)
        return shared.astype(np.int64)

    def strongest(self, words: Sequence[str], head: str) -> list[str]:
        """Give the grams of a text that raise a head, the strongest first."""
        rows = self._rows
        weights, pairs = rows.weights[self.names.index(head)], rows.pairs
        size = len(rows.numbers) + 1
        words = words[:_MOST_WORDS]
        found = set()
        for first, second in zip((FIRST, *words), (*words, LAST), strict=True):
            number = rows.numbers.get(first, 0)
            if weights[number] > 0:
                found.add((-weights[number], first))
            key = number * size + rows.numbers.get(second, 0)
            place = pairs.searchsorted(key)
            if pairs[place] == key and weights[size + place] > 0:
                found.add((-weights[size + place], f"{first} {second}"))
        return [gram for _, gram in sorted(found)]


def grams_of(words: Sequence[str]) -> list[str]:
    """Give the words of a text and its pairs of neighbours, the edges marked.

    >>> grams_of(["ok", "merci"])
    ['ok', 'merci', '^ ok', 'ok merci', 'merci $']
    """
    words = words[:_MOST_WORDS]
    pairs = zip([FIRST, *words], [*words, LAST], strict=True)
    return [*words, *map(" ".join, pairs)]


def table_of(rows: Mapping[str, tuple[int, ...]]) -> dict[str, Gram]:
    """Put the weights of grams where they are found word by word.

    >>> table_of({"ok": (5,), "ok merci": (-2,)})
    {'ok': Gram(alone=(5,), before={'merci': (-2,)})}
    """
    pairs: dict[str, dict[str, tuple[int, ...]]] = {}
    for gram, weights in rows.items():
        first, _, second = gram.partition(" ")
        before = pairs.setdefault(first, {})
        if second:
            before[second] = weights
    return {word: Gram(rows.get(word), before) for word, before in pairs.items()}
