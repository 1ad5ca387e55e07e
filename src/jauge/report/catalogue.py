"""Say what there is: the signals with their phrases, and the scorers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jauge.errors import UsageError
from jauge.model.signal import Dimension
from jauge.report.cards import card_lines
from jauge.report.list_words import LIST_WORDS, TITLE
from jauge.report.reasons import reason_of
from jauge.report.scorer_words import told
from jauge.report.wording import number, said, spaced
from jauge.text.language import READ

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jauge.detectors.protocol import Detector
    from jauge.report.wording import Lang
    from jauge.scorer import Scorer

MARKS = {1: "+", -1: "−", 0: "±"}


def signals(
    scorer: Scorer, lang: Lang, *, name: str | None = None, phrases: str | None = None
) -> Iterator[str]:
    """List all signals by dimension, or one with its weight, reason and phrases.

    Lists that signals look at, and are none themselves, are there with their phrases.

    Raises:
        UsageError: there is no such signal, or it has no phrases in that language.
    """
    if name is None:
        if phrases is not None:
            example = "jauge signals user_thanks --phrases fr"
            msg = f"--phrases: of which signal? Example: {example}"
            raise UsageError(msg)
        yield from _all(scorer, lang)
        return
    detector = next((found for found in scorer.detectors if found.name == name), None)
    if detector is not None:
        yield from _one(scorer, detector, lang)
    elif name in LIST_WORDS:
        yield _list_line(name, lang)
    else:
        msg = f"{name}: no such signal. See: jauge signals"
        raise UsageError(msg)
    if phrases is not None:
        yield ""
        yield from _phrases(scorer, name, phrases)


def _all(scorer: Scorer, lang: Lang) -> Iterator[str]:
    for dimension in Dimension:
        yield said(lang, str(dimension))
        for detector in scorer.detectors:
            if detector.dimension == dimension:
                mark = MARKS[detector.sign]
                yield f"  {mark} {detector.name:22} {detector.words[lang].lines()}"
    yield TITLE[lang == "en"]
    for name in LIST_WORDS:
        yield f"  {_list_line(name, lang)}"


def _list_line(name: str, lang: Lang) -> str:
    french, english = LIST_WORDS[name]
    return f"· {name:22} {spaced(french) if lang == 'fr' else english}"


def _one(scorer: Scorer, detector: Detector, lang: Lang) -> Iterator[str]:
    name = detector.name
    weight = scorer.scorecard.weights[name]
    mark = MARKS[detector.sign]
    dimension = said(lang, str(detector.dimension))
    colon = said(lang, "colon")
    yield f"{mark} {name} ({dimension}){colon}{detector.words[lang].lines()}"
    sizes = [
        f"{number(abs(size), lang, digits=2)} {said(lang, f'per_{kind}')}"
        for kind, size in (
            ("rate", weight.rate),
            ("end", weight.end),
            ("fact", weight.fact),
        )
        if size
    ]
    yield f"  {', '.join(sizes)}{colon}{reason_of(name, weight.reason, lang)}"


def _phrases(scorer: Scorer, name: str, language: str) -> Iterator[str]:
    if language not in READ:
        msg = f"--phrases {language}: words are read in {' and '.join(READ)} only."
        raise UsageError(msg)
    found = [
        phrase
        for phrase in scorer.tables.phrases
        if phrase.list == name and phrase.language in (language, "any")
    ]
    if not found:
        msg = f"{name}: this signal reads no phrases of its own."
        raise UsageError(msg)
    for phrase in found:
        where = f"\t{phrase.where}" if phrase.where else ""
        yield f"{phrase.text}\t{phrase.strength:g}{where}"


def scorers(scorer: Scorer, lang: Lang) -> Iterator[str]:
    """Describe a scorer: what it is, whose judgement it foretells, and its card."""
    judge = told(lang, f"judge_{scorer.judge}")
    count = len(scorer.detectors)
    kinds = {"fr": f"{count} signaux", "en": f"{count} signals"}[lang]
    yield f"{scorer.id}  {kinds}, {judge}"
    if scorer.card is not None:
        yield from card_lines(scorer.card, lang)
