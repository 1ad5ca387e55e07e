"""jauge scores chatbot conversations from 0 to 100 and says why, in points that add up.

>>> import jauge
>>> chat = jauge.Conversation.of([("user", "ok merci"), ("bot", "Avec plaisir !")])
>>> 0 <= jauge.score(chat).value <= 100
True
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jauge.version import __version__

if TYPE_CHECKING:
    from jauge.arrow import score_table
    from jauge.errors import JaugeError
    from jauge.live import LiveScore
    from jauge.model.conversation import Conversation
    from jauge.model.rejected import Rejected
    from jauge.model.score import Contribution, Score
    from jauge.model.signal import Signal
    from jauge.pipeline import load_scorer, score, score_many
    from jauge.scorer import Scorer
    from jauge.sources import read

# Loaded when first used: `import jauge` and `jauge --version` cost next to nothing.
_PLACES = {
    "Contribution": "jauge.model.score",
    "Conversation": "jauge.model.conversation",
    "JaugeError": "jauge.errors",
    "LiveScore": "jauge.live",
    "Rejected": "jauge.model.rejected",
    "Score": "jauge.model.score",
    "Scorer": "jauge.scorer",
    "Signal": "jauge.model.signal",
    "load_scorer": "jauge.pipeline",
    "read": "jauge.sources",
    "score": "jauge.pipeline",
    "score_many": "jauge.pipeline",
    "score_table": "jauge.arrow",
}

__all__ = [
    "Contribution",
    "Conversation",
    "JaugeError",
    "LiveScore",
    "Rejected",
    "Score",
    "Scorer",
    "Signal",
    "__version__",
    "load_scorer",
    "read",
    "score",
    "score_many",
    "score_table",
]


def __getattr__(name: str) -> object:
    place = _PLACES.get(name)
    if place is None:
        msg = f"module 'jauge' has no attribute {name!r}"
        raise AttributeError(msg)
    from importlib import import_module

    return getattr(import_module(place), name)


def __dir__() -> list[str]:
    return sorted(__all__)
