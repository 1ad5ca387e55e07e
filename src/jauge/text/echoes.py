"""What a side says again: sentences of earlier turns that come back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from jauge.model.turns import Turn
    from jauge.text.reader import TextReading

_ENDS = ("!", "?", "\n")
# Three words or fewer are greetings and forms, not a sentence that helps or fails.
_LEAST_BLANKS = 3


class Echo(Struct, frozen=True, gc=False):
    """A turn most of whose letters were said before.

    `times` says how often its most repeated sentence was said in earlier turns; `event`
    and `place` show the longest sentence said again.
    """

    times: int
    event: int
    place: tuple[int, int]


def echoes_of(
    turns: Iterable[Turn],
    texts: Mapping[int, TextReading],
    passed_over: Collection[str],
    share: float,
) -> Iterator[Echo]:
    """Give the turns that repeat at least `share` of their letters.

    Sentences that hold one of the phrases `passed_over` (closings) do not count.
    """
    told = [_sentences(turn, texts) for turn in turns]
    # Mostly nothing is said twice, and there is nothing to weigh.
    if len(set().union(*told)) == sum(map(len, told)):
        return
    heard: dict[str, int] = {}
    for said in told:
        if not heard.keys().isdisjoint(said):
            counted = [
                key for key in said if not any(phrase in key for phrase in passed_over)
            ]
            again = [key for key in counted if key in heard]
            if again and sum(map(len, again)) >= share * sum(map(len, counted)):
                longest = max(again, key=len)
                times = max(heard[key] for key in again)
                event = said[longest]
                yield Echo(times, event, _place(longest, texts[event]))
        for key in said:
            heard[key] = heard.get(key, 0) + 1


def _sentences(turn: Turn, texts: Mapping[int, TextReading]) -> dict[str, int]:
    """Give the sentences of a turn, each with the event that says it first."""
    said: dict[str, int] = {}
    for index, _ in turn.messages:
        read = texts[index]
        if read.sentences is None:
            read.sentences = _long_sentences(read.folded.text)
        for key in read.sentences:
            said.setdefault(key, index)
    return said


def _long_sentences(folded: str) -> list[str]:
    for mark in _ENDS:
        folded = folded.replace(mark, ".")
    pieces = map(str.strip, folded.split("."))
    return [key for key in pieces if key.count(" ") >= _LEAST_BLANKS]


def _place(key: str, reading: TextReading) -> tuple[int, int]:
    start = reading.folded.text.index(key)
    return reading.folded.place(start, start + len(key))
