"""Why a signal weighs what it does, in the language of the reader."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jauge.report.reason_words import REASONS
from jauge.report.wording import spaced

if TYPE_CHECKING:
    from jauge.report.wording import Lang

# What a calibration puts before the reason of the scorer that it began with.
_BEFORE = (
    (
        r"Calibrated from (\S+) on (\d+) ratings\. ",
        "Étalonné à partir de {0} sur {1} notes. ",
    ),
    (
        r"Never seen in (\d+) ratings; times (\S+)\. ",
        "Jamais vu dans {0} notes ; multiplié par {1}. ",
    ),
)
# What a signal of another package has, where no scorer file weighs it.
_OF_PLUGIN = "the plugin's own prior", "a priori de l’extension elle-même"
_OWN_WORDS = r"Learnt from (\d+) ratings: (\d+) words\."


def reason_of(name: str, reason: str, lang: Lang) -> str:
    r"""Give the reason of a weight; in French where the default scorer gives it, too.

    Whoever writes a scorer of their own may say why in any words: these stay.

    >>> reason_of("user_own_words", "Learnt from 300 ratings: 12 words.", "fr")
    'Appris de 300 notes\u202f: 12 mots.'
    >>> reason_of("user_thanks", "Our customers are polite.", "fr")
    'Our customers are polite.'
    """
    if lang == "en":
        return reason
    if found := re.fullmatch(_OWN_WORDS, reason):
        return spaced("Appris de {0} notes : {1} mots.").format(*found.groups())
    if reason == _OF_PLUGIN[0]:
        return _OF_PLUGIN[1]
    # A scorer takes time to load, and `jauge formats` needs none.
    from jauge.scorers import build_scorer

    before, meaning = _parted(reason)
    weights = build_scorer().scorecard.weights
    if name in REASONS and name in weights and weights[name].reason == meaning:
        return before + spaced(REASONS[name])
    return reason


def _parted(reason: str) -> tuple[str, str]:
    """Part what a calibration says, in French, from the reason that it found."""
    for reads, french in _BEFORE:
        if found := re.match(reads, reason):
            numbers = [one.replace(".", ",") for one in found.groups()]
            return spaced(french).format(*numbers), reason[found.end() :]
    return "", reason
