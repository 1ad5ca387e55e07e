"""Say what a source cannot show, by the sentence of each signal that it leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jauge.text.language import READ, primary

if TYPE_CHECKING:
    from jauge.model.score import Score
    from jauge.report.wording import Lang
    from jauge.scorer import Scorer


def is_unread(score: Score) -> bool:
    """Say whether the words of a conversation are of a language that is not read."""
    return score.language is not None and primary(score.language) not in READ


def unseen(score: Score, scorer: Scorer, lang: Lang) -> tuple[str, ...]:
    """Give what could not be seen, each as a clause that says who and what.

    What needs words is left out where they are not read: that is told by itself.
    """
    unread = is_unread(score)
    return tuple(
        detector.words[lang].lines().rstrip(".")
        for detector in scorer.detectors
        if detector.name in score.unavailable
        and not (unread and "words" in detector.needs)
    )
