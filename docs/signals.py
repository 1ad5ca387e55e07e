"""The list of signals, from what the detectors and the scorer say of them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from jauge.detectors.actions import ActionSignal
from jauge.model.signal import Dimension
from jauge.report.catalogue import MARKS
from jauge.report.reason_words import REASONS
from jauge.report.wording import number, quoted, said
from jauge.scorers import build_scorer
from jauge.scoring.logistic import log_odds_of, points_at, to_micro
from jauge.scoring.scorecard import DAMPING
from jauge.text.phrases import expand

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docs.page import Page
    from jauge.detectors.protocol import Detector
    from jauge.report.wording import Lang
    from jauge.scorer import Scorer

WORDS = tomllib.loads((Path(__file__).parent / "signals.toml").read_text("utf-8"))
_EXAMPLES = 3
_TURNS_OF_A_SIDE = 4


def signals(page: Page, _argument: str, _old: str) -> str:
    """Describe every built-in signal of the default scorer, by dimension."""
    scorer = build_scorer()
    lines: list[str] = []
    for dimension in Dimension:
        title = said(page.lang, str(dimension))
        lines += [f"## {title[0].upper()}{title[1:]}", ""]
        for detector in scorer.detectors:
            if detector.dimension == dimension:
                lines += [*_described(scorer, detector, page.lang), ""]
    return "\n".join(lines).rstrip()


def _described(scorer: Scorer, detector: Detector, lang: Lang) -> Iterator[str]:
    words = WORDS[lang]
    mark = MARKS[detector.sign]
    yield f"### {mark} `{detector.name}`"
    yield ""
    yield detector.words[lang].lines()
    yield ""
    yield f"- {words['weight']} {_weight(scorer, detector, lang)}"
    yield f"- {words['why']} {reason(scorer, detector, lang)}"
    yield f"- {words['evidence']} {evidence(detector, lang)}"
    needs = [words["needs_" + need] for need in sorted(detector.needs)]
    if needs:
        yield f"- {words['needs']} {', '.join(needs)}"
    examples = [
        text for code in ("fr", "en") if (text := _phrases(scorer, detector, code))
    ]
    if examples:
        yield f"- {words['phrases']} {' · '.join(examples)}"


def _weight(scorer: Scorer, detector: Detector, lang: Lang) -> str:
    """Say the weight, and what one full hit is worth in a chat of eight turns."""
    weight = scorer.scorecard.weights[detector.name]
    words = WORDS[lang]
    sizes = [
        f"{words[kind]} {number(abs(size), lang, digits=2)}"
        for kind, size in (
            ("rate", weight.rate),
            ("end", weight.end),
            ("fact", weight.fact),
        )
        if size
    ]
    hit = weight.fact or weight.rate / (_TURNS_OF_A_SIDE + DAMPING)
    base = scorer.scorecard.base
    worth = float(points_at(log_odds_of(base) + to_micro(hit))) - base
    return f"{', '.join(sizes)} ({words['worth']} {number(worth, lang, sign=True)})"


def reason(scorer: Scorer, detector: Detector, lang: Lang) -> str:
    """Give the reason of a weight: the scorer's own words, or their translation."""
    if lang == "fr":
        return REASONS[detector.name]
    return scorer.scorecard.weights[detector.name].reason


def evidence(detector: Detector, lang: Lang) -> str:
    """Say what shows a signal: words where nothing else is said."""
    kinds = WORDS["evidence"]
    kind = "action" if isinstance(detector, ActionSignal) else "words"
    return str(kinds.get(detector.name, kinds[kind])[lang])


def _phrases(scorer: Scorer, detector: Detector, code: str) -> str:
    """Quote a few phrases of a signal's list, the strongest of each line's first."""
    found = [
        phrase
        for phrase in scorer.tables.phrases
        if phrase.list == detector.name and phrase.language in (code, "any")
    ]
    if not found or (code == "en" and found[0].language == "any"):
        return ""
    step = max(1, len(found) // _EXAMPLES)
    shown = [expand(phrase.text)[0] for phrase in found[::step][:_EXAMPLES]]
    return ", ".join(quoted(text, "fr" if code == "fr" else "en") for text in shown)
