"""What each conversation shows, as numbers: what weights and tone are learnt from.

A signal's part of a conversation is a damped rate, a share at the end, or a fact, as
the scorecard counts them (`jauge.scoring.scorecard`), at weight one.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from jauge.model.conversation import Role
from jauge.scoring.scorecard import DAMPING, LAST_TURNS
from jauge.scoring.status import reason_not_scored
from jauge.text.vectors import load_vectors

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from jauge.model.conversation import Conversation
    from jauge.scorer import Scorer

    Numbers = NDArray[np.float64]

Kind = tuple[str, str]  # a signal, and how it counts: rate, end, fact


class Shown(NamedTuple):
    """A conversation as numbers.

    `parts` has what its signals show at weight one, with their strength; `hidden` the
    signals that its source cannot show; `turns` counts the customer's.
    """

    id: str
    parts: Mapping[Kind, float]
    hidden: frozenset[str]
    turns: int


def shown(scorer: Scorer, conversation: Conversation) -> Shown | None:
    """Give what a conversation shows; None where it is not scored."""
    if reason_not_scored(conversation):
        return None
    reading = scorer.read(conversation)
    hidden = scorer.unavailable(reading)
    signals = scorer.signals(reading, hidden)
    parts: dict[Kind, float] = defaultdict(float)
    counts = {
        role: sum(turn.role is role for turn in reading.turns)
        for role in (Role.USER, Role.BOT)
    }
    at_turn = {event: turn for turn in reading.turns for event in turn.events}
    for share in scorer.scorecard.shares(signals, reading.turns):
        found = share.signal
        if scorer.scorecard.weights[found.name].fact:
            parts[found.name, "fact"] += found.strength
            continue
        side = Role.BOT if found.name.startswith("bot_") else Role.USER
        count = counts[side]
        parts[found.name, "rate"] += found.strength / (count + DAMPING)
        turn = at_turn.get(found.event) if found.event is not None else None
        if turn and turn.role is side and turn.number >= count - LAST_TURNS:
            parts[found.name, "end"] += found.strength / min(LAST_TURNS, count)
    return Shown(conversation.id, dict(parts), frozenset(hidden), counts[Role.USER])


def vectors_of(said: list[list[str]]) -> Numbers:
    """Give the vector of each text: the sum of its words', over a root of them."""
    roots = np.array([math.sqrt(len(words) + 1) for words in said])
    vectors: Numbers = load_vectors().matrix(said) / roots[:, None]
    return vectors
