"""How often two texts are told to ask for the same thing, on pairs never tuned on.

`make bench-signals`. The pairs of `benchmarks/pairs.tsv` are by another hand than those
that the head `alike` was fitted on; a third of them share their words and ask for
something else.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.chats import print_table
from jauge.text.fold import fold
from jauge.text.similarity import alike
from jauge.text.tables import load_tables
from jauge.text.words import words_of
from training.similarity import read_pairs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from training.similarity import Pair

NEVER_SEEN = Path(__file__).parent / "pairs.tsv"
_KINDS = ("same", "other", "apart")


def is_right(pair: Pair) -> bool:
    """Say whether a pair is told right."""
    first, second = (words_of(fold(text).text) for text in (pair.first, pair.second))
    return (alike(first, second, load_tables()) > 0) == (pair.kind == "same")


def rows() -> Iterator[Sequence[str]]:
    """Lay out the share of pairs told right, by language and kind."""
    pairs = read_pairs(NEVER_SEEN)
    right = {pair: is_right(pair) for pair in pairs}
    for language in ("fr", "en", "fr-en", ""):
        cells = []
        for kind in (*_KINDS, ""):
            here = [
                right[pair]
                for pair in pairs
                if language in ("", pair.language) and kind in ("", pair.kind)
            ]
            cells.append(f"{sum(here) / len(here):.2f} of {len(here)}")
        yield (language or "all", *cells)


def main() -> None:
    """Print the table."""
    print_table(
        "Pairs told right; reach .75 over all, .60 where words are shared",
        "language | said again | words shared | unrelated | all",
        rows(),
    )


if __name__ == "__main__":
    main()
