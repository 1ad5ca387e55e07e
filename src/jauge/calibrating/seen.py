"""What a scorer sees in conversations: the log-odds of each signal, before the sum."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from jauge.model.conversation import Role
from jauge.model.customer import customer_of
from jauge.scoring.status import reason_not_scored
from jauge.text.capitals import named_in
from jauge.text.own_words import Turns, stems_of
from jauge.text.steps import read_all

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jauge.model.conversation import Conversation
    from jauge.model.score import Reason
    from jauge.model.turns import Turn
    from jauge.scorer import Scorer
    from jauge.text.reading import Reading


class Seen(NamedTuple):
    """A conversation as its scorer sees it.

    `owner` is the customer where known, else the conversation. `shares` has the signals
    in the order of the detectors; NaN where the source cannot show one. `user` and
    `bot` have the stems of each turn of theirs, a text a turn; None where words are not
    read. `names` are those of the stems that are written as names are.
    """

    id: str
    owner: str
    language: str
    turns: int
    shares: tuple[float, ...]
    user: Turns = None
    bot: Turns = None
    names: frozenset[str] = frozenset()


def see(scorer: Scorer, conversations: Sequence[Conversation]) -> list[Seen | Reason]:
    """See conversations, each step over all of them; say why one is not scored."""
    reasons = [reason_not_scored(one) for one in conversations]
    readings = [scorer.read(one) for one in conversations]
    read_all([one for one, why in zip(readings, reasons, strict=True) if not why])
    return [
        why or _seen(scorer, reading)
        for reading, why in zip(readings, reasons, strict=True)
    ]


def _seen(scorer: Scorer, reading: Reading) -> Seen:
    hidden = scorer.unavailable(reading)
    signals = scorer.signals(reading, hidden)
    worth = {
        detector.name: math.nan if detector.name in hidden else 0.0
        for detector in scorer.detectors
    }
    for share in scorer.scorecard.shares(signals, reading.turns):
        worth[share.signal.name] += share.log_odds
    one = reading.conversation
    return Seen(
        id=one.id,
        owner=customer_of(one),
        language=one.language or reading.language or "",
        turns=sum(turn.role is Role.USER for turn in reading.turns),
        shares=tuple(worth.values()),
        user=_said_by(reading, Role.USER),
        bot=_said_by(reading, Role.BOT),
        names=_names(reading),
    )


def _said_by(reading: Reading, role: Role) -> Turns:
    """Give the stems of each turn of a side: all that learning words keeps of texts."""
    if not reading.is_read:
        return None
    return tuple(
        [
            " ".join(sorted(stems_of(_words_of(turn, reading))))
            for turn in reading.turns
            if turn.role is role
        ]
    )


def _words_of(turn: Turn, reading: Reading) -> Iterator[str]:
    for index, _ in turn.messages:
        yield from reading.texts[index].words


def _names(reading: Reading) -> frozenset[str]:
    if not reading.is_read:
        return frozenset()
    return frozenset().union(*map(named_in, reading.texts.values()))
