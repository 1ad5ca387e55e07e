"""A scale of ratings, and where a value stands on it, from 0 to 100."""

from __future__ import annotations

import math
from typing import Self

from msgspec import Struct

_DASHES = str.maketrans("–:", "--", " ")
_BLANKS = str.maketrans({" ": None, "\u00a0": None, "\u202f": None, ",": "."})
_TOP = 100


class Scale(Struct, frozen=True):
    """The worst and the best value that can be given; the worst may be the larger."""

    worst: float = 1
    best: float = 5

    @classmethod
    def read(cls, written: str) -> Self | None:
        """Read a scale as people write it, `worst-best`; None if it is none.

        >>> Scale.read("0-10"), Scale.read("5-1"), Scale.read("stars")
        (Scale(worst=0.0, best=10.0), Scale(worst=5.0, best=1.0), None)
        """
        text = written.translate(_DASHES)
        cut = text.find("-", 1)  # a minus may come first
        worst, best = number_of(text[: max(cut, 0)]), number_of(text[cut + 1 :])
        if worst is None or best is None or worst == best:
            return None
        return cls(worst, best)

    def points(self, value: float) -> float | None:
        """Give a value from 0, the worst, to 100, the best; None when it is off.

        >>> Scale(1, 5).points(2), Scale(5, 1).points(1), Scale(1, 5).points(0)
        (25.0, 100.0, None)
        """
        low, high = sorted((self.worst, self.best))
        if low == high or not low <= value <= high:
            return None
        return _TOP * (value - self.worst) / (self.best - self.worst)


def number_of(told: object) -> float | None:
    """Read a number as JSON, French or English write it; None for what is none.

    >>> number_of(4), number_of("4,5"), number_of("80 %"), number_of("good")
    (4.0, 4.5, 80.0, None)
    """
    if isinstance(told, bool) or not isinstance(told, int | float | str):
        return None
    text = told.translate(_BLANKS).removesuffix("%") if isinstance(told, str) else told
    if isinstance(text, str) and "_" in text:  # Python's own way to write 1000
        return None
    try:
        number = float(text)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None
