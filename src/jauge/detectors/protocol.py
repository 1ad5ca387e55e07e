"""What a detector is: it finds one kind of signal in a reading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple, Protocol

from jauge.model.signal import Dimension, Signal
from jauge.text.reader import Said
from jauge.text.reading import Reading

Need = Literal["times", "confidence", "words"]


class Words(NamedTuple):
    """How a signal reads on the screen: a short chip, and one line of explanation.

    `below` is the line for points below zero, where a signal may do either.
    """

    chip: str
    line: str
    below: str = ""

    def told(self, points: float) -> str:
        """Give the line that goes with points."""
        return self.below if self.below and points < 0 else self.line

    def lines(self) -> str:
        """Give all that the signal may say."""
        return f"{self.line} / {self.below}" if self.below else self.line


class Detector(Protocol):
    """Finds one kind of signal; any object of this shape is one.

    `name` is `<who>_<what>`, public and stable. `sign` is +1 when the signal raises the
    score, -1 when it lowers it, and 0 when it may do either: then the strength of what
    lowers is below zero. `needs` says what a source must show for the signal
    to be possible: `times`, `confidence`, `words`. `words` holds a chip and a line for
    `fr` and `en`. A detector of a package of its own also has `weight`: the log-odds of
    one full hit, before damping, as in `weights.toml` (0.1 to 3).
    """

    @property
    def name(self) -> str: ...
    @property
    def dimension(self) -> Dimension: ...
    @property
    def sign(self) -> Literal[1, -1, 0]: ...
    @property
    def needs(self) -> frozenset[Need]: ...
    @property
    def words(self) -> Mapping[str, Words]: ...

    def find(self, reading: Reading) -> Iterable[Signal]:
        """Find the signal in a conversation that was read; the same every time."""
        ...


def shown(name: str, said: Said, strength: float | None = None) -> Signal:
    """Make the signal that a phrase shows."""
    return Signal(
        name,
        said.event,
        said.words,
        (said.start, said.end),
        said.strength if strength is None else strength,
    )
