"""What the score must beat: plain counts, and a word list for sentiment."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from jauge.evaluation.baselines import vader
from jauge.model.conversation import Message, Role
from training.crowd import ONLY_MEASURED
from training.tone import TWINS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from jauge.model.conversation import Conversation
    from training.gathering import Seen

    Numbers = NDArray[np.float64]

_GOOD = re.compile(
    r"\b(thank\w*|great|perfect|awesome|excellent|good|nice|love|helpful|wonderful"
    r"|amazing)\b",
    re.I,
)
_BAD = re.compile(
    r"\b(no|not|n't|wrong|bad|problem|issue|terrible|hate|stupid|useless|never|cannot"
    r"|can't|don't|doesn't)\b",
    re.I,
)
_SORRY = re.compile(r"\b(sorry|apolog\w+|unfortunately)\b", re.I)
_LEAST_RIDGE, _RIDGE_SHARE = 10.0, 0.1


def counts_of(conversation: Conversation) -> list[float]:
    """Count fifteen plain things: messages, words, questions, English words of mood."""
    user, bot = (
        [
            event.text
            for event in conversation.events
            if isinstance(event, Message) and event.role is role
        ]
        for role in (Role.USER, Role.BOT)
    )
    last = user[-1] if user else ""
    mine, its = (" ".join(texts).lower().split() for texts in (user, bot))
    return [
        len(user),
        len(bot),
        len(mine) / max(1, len(user)),
        len(its) / max(1, len(bot)),
        sum(len(_GOOD.findall(text)) for text in user),
        sum(len(_BAD.findall(text)) for text in user),
        len(_GOOD.findall(last)),
        len(_BAD.findall(last)),
        sum(len(_SORRY.findall(text)) for text in bot),
        len(user) - len({text.lower().strip() for text in user}),
        len(bot) - len({text.lower().strip() for text in bot}),
        sum("?" in text for text in user),
        sum("!" in text for text in user),
        len(set(mine)) / max(1, len(mine)),
        len(set(its)) / max(1, len(its)),
    ]


class Counts:
    """Fifteen counts, fitted freely on the raters' sets but the one foretold."""

    def __init__(self, seen: Sequence[Seen]) -> None:
        rows: dict[str, list[Seen]] = defaultdict(list)
        for one in seen:
            if one.judge == "raters" and one.set not in ONLY_MEASURED:
                rows[one.set].append(one)
        self._columns = {name: columns_of(found) for name, found in rows.items()}
        self._told = {
            name: np.array([one.judgement for one in found])
            for name, found in rows.items()
        }

    def foretell(self, name: str, columns: Numbers) -> Numbers:
        """Give the sums of weights that never saw a set, or its twin."""
        left_out = {name, TWINS.get(name, name)}
        used = [at for at in self._columns if at not in left_out]
        spread = np.mean([self._columns[at].std(0) for at in used], axis=0) + 1e-6
        size = columns.shape[1]
        products, moments, count = np.zeros((size, size)), np.zeros(size), 0
        for at in used:
            scaled = (self._columns[at] - self._columns[at].mean(0)) / spread
            told = self._told[at]
            rows = len(told)
            products += scaled.T @ scaled / rows
            moments += scaled.T @ ((told - told.mean()) / told.std()) / rows
            count += rows
        mean = count / len(used)
        ridge = max(_LEAST_RIDGE, _RIDGE_SHARE * mean) / mean * len(used)
        weights = np.linalg.solve(products + ridge * np.eye(size), moments)
        sums: Numbers = np.asarray(columns / spread @ weights)
        return sums


def columns_of(seen: Sequence[Seen]) -> Numbers:
    """Give the counts of conversations, as logarithms: a row each."""
    found: Numbers = np.log1p(np.array([counts_of(one.conversation) for one in seen]))
    return found


def by_vader(seen: Sequence[Seen]) -> Numbers:
    """Give what `jauge evaluate` takes for VADER: one number a conversation."""
    return np.array(
        [
            vader(
                [
                    event.text
                    for event in one.conversation.events
                    if isinstance(event, Message) and event.role is Role.USER
                ]
            )
            for one in seen
        ]
    )
