"""Warm words inside cold ones are not warm: “thanks” in “thanks for nothing”."""

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


def is_cold(reading: Reading, event: int, place: tuple[int, int]) -> bool:
    """Say whether words at a place of a message share some with a cold phrase."""
    start, end = place
    return event in reading.said_at(*COLD) and any(
        said.event == event and said.start < end and start < said.end
        for name in COLD
        for said in reading.said.get(name, ())
    )
