"""The logistic, the same to the last bit on every machine.

Floats are only added and multiplied here; the exponential is `decimal`'s, on log-odds
rounded to millionths. A library's `exp` may differ in its last bit between machines.
"""

from __future__ import annotations

import functools
from decimal import Context, Decimal

MICRO = 1_000_000
_CONTEXT = Context(prec=20)
# Far beyond the last digit of a score, and within what `decimal` can hold.
_FAR = 1000 * MICRO


@functools.lru_cache(maxsize=1024)
def points_at(micro: int) -> Decimal:
    """Give 100 / (1 + exp(-z)) for log-odds `z` in millionths.

    >>> points_at(0), round(points_at(1_000_000), 6)
    (Decimal('50'), Decimal('73.105858'))
    """
    power = _CONTEXT.exp(Decimal(-max(-_FAR, min(_FAR, micro))) / MICRO)
    return _CONTEXT.divide(Decimal(100), 1 + power)


@functools.cache
def log_odds_of(points: int) -> int:
    """Give the log-odds of a whole number of points in (0, 100), in millionths.

    >>> log_odds_of(50), log_odds_of(73)
    (0, 994623)
    """
    odds = _CONTEXT.divide(Decimal(points), Decimal(100 - points))
    return int((_CONTEXT.ln(odds) * MICRO).to_integral_value())


def to_micro(log_odds: float) -> int:
    """Round log-odds to millionths.

    >>> to_micro(-0.8134567)
    -813457
    """
    return round(log_odds * MICRO)
