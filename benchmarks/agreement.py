"""How well the score orders conversations as people do, before any weight is fitted.

Spearman's correlation with the judgement, and the AUC of the dissatisfied (judged 2 or
less), each with a 95 % bootstrap interval over conversations.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.stats import spearmanr
from sklearn.metrics import roc_auc_score

from training.data import DATA, own_chats, public_sets
from training.strip import text_alone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from jauge.model.conversation import Conversation
    from training.crossfit import Crossfit
    from training.data import Labelled

    Numbers = NDArray[np.float64]

DISSATISFIED = 2.34
_DRAWS = 500
_REACH = {
    ("own-chats", "fr", "all"): "≥ .76 / .90",
    ("own-chats", "en", "all"): "≥ .76 / .90",
    ("own-chats", "fr", "text alone"): "≥ .70",
    ("own-chats", "en", "text alone"): "≥ .66",
    ("own-hard", "fr", "all"): "aim .60",
    ("own-hard", "en", "all"): "aim .60",
    ("wmt24-chat-fr (fr)", "fr", "text alone"): "≥ .75",
}


class Judged(NamedTuple):
    """The log-odds of a score, and what people say of the conversation, 1 to 5."""

    log_odds: float
    judgement: float


def agreement_rows(crossfit: Crossfit) -> Iterator[Sequence[str]]:
    """Lay out each set by language, with all facts and on text alone."""
    rows: dict[tuple[str, str, str], list[Judged]] = defaultdict(list)
    means = three_readers()
    for chat in (*own_chats(), *public_sets()):
        judgement = means.get(chat.conversation.id, chat.judgement)
        ours = chat.set.startswith("own")
        shown = {"text alone": text_alone(chat.conversation)}
        if ours:
            shown["all"] = chat.conversation
        for facts, conversation in shown.items():
            log_odds = log_odds_of(crossfit, chat, conversation)
            if log_odds is not None:
                for name in _rows_of(chat):
                    judged = Judged(log_odds, judgement)
                    rows[name, chat.language, facts].append(judged)
    for key, held in sorted(rows.items()):
        yield (*key, str(len(held)), *_figures(held), _REACH.get(key, ""))


def three_readers() -> dict[str, float]:
    """Give the mean of the three readers of the French support chats."""
    path = DATA / "reader-labels" / "wmt24-chat-fr-ratings.jsonl"
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return {row["id"]: math.fsum(row["overall"]) / len(row["overall"]) for row in rows}


def log_odds_of(
    crossfit: Crossfit, chat: Labelled, conversation: Conversation
) -> float | None:
    """Give the log-odds of a score by heads that never saw the sector."""
    score = crossfit.scorer(chat).score(conversation)
    return score.logit / 1000 if score.logit is not None else None


def _rows_of(chat: Labelled) -> list[str]:
    if chat.set == "own":
        unseen = ["own-chats, lists unseen"] if chat.part == "report" else []
        return ["own-chats", *unseen]
    worked = chat.set.startswith("wmt24") and chat.part == "report"
    return [chat.set, *([f"{chat.set}, lists unseen"] if worked else [])]


def _figures(judged: Sequence[Judged]) -> tuple[str, str]:
    values = np.array([one.log_odds for one in judged])
    told = np.array([one.judgement for one in judged])
    return _with_interval(values, told, spearman), _with_interval(values, told, auc)


def _with_interval(
    values: Numbers, told: Numbers, figure: Callable[[Numbers, Numbers], float]
) -> str:
    random = np.random.default_rng(0)
    drawn = [
        figure(values[at], told[at])
        for at in random.integers(0, len(values), (_DRAWS, len(values)))
    ]
    low, high = np.nanquantile(drawn, [0.025, 0.975])
    return f"{figure(values, told):.3f} [{low:.2f}, {high:.2f}]"


def spearman(values: Numbers, told: Numbers) -> float:
    """Correlate the ranks of two rows (Spearman 1904)."""
    return float(spearmanr(values, told).statistic)


def auc(values: Numbers, told: Numbers) -> float:
    """Give how often a dissatisfied conversation has the lower score (Mann-Whitney)."""
    low = told <= DISSATISFIED
    if low.all() or not low.any():
        return math.nan
    return float(roc_auc_score(low, -values))
