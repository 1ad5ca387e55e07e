"""Warm words inside cold ones are not warm: “thanks” in “thanks for nothing”.

Nor are cold words inside warm ones cold: « mort » in « mort de rire ».
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jauge.text.reading import Reading

COLD = ("user_complains", "user_angry", "user_insults", "user_threatens_to_leave")
"""The lists of displeasure, with the bot or the shop."""
NOT_GLAD = (
    *COLD, "user_corrects", "user_declines", "user_confused", "user_waits",
    "user_asks_for_person", "user_unhappy_emoji",
)  # fmt: skip
"""And those of a customer who was not served."""


WARM = (
    "user_praises", "user_laughs", "user_thanks", "user_accepts", "user_happy_emoji",
)  # fmt: skip
"""The lists of a customer who is pleased."""


def is_cold(reading: Reading, event: int, place: tuple[int, int]) -> bool:
    """Say whether words at a place of a message share some with a cold phrase."""
    return _shares(reading, event, place, COLD)


def is_warm(reading: Reading, event: int, place: tuple[int, int]) -> bool:
    """Say whether words at a place of a message share some with a warm phrase."""
    return _shares(reading, event, place, WARM)


def _shares(
    reading: Reading, event: int, place: tuple[int, int], lists: tuple[str, ...]
) -> bool:
    start, end = place
    return event in reading.said_at(*lists) and any(
        said.event == event and said.start < end and start < said.end
        for name in lists
        for said in reading.said.get(name, ())
    )
