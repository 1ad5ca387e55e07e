"""The sentences of a scorer's card in French; its file keeps them in English."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jauge.report.scorer_words import told
from jauge.report.wording import spaced

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jauge.report.wording import Lang

_LIMITS: Sequence[tuple[str, str]] = (
    (
        r"It foretells the ratings of conversations like these\. On another bot,"
        r" channel or question of the survey, measure again: jauge evaluate\.",
        "Il prédit les notes de conversations comme celles-ci. Pour un autre bot, un"
        " autre canal ou une autre question du sondage, mesurez de nouveau : jauge"
        " evaluate.",
    ),
    (
        r"Those who do not rate were not learnt from; they may judge otherwise\.",
        "Il n’a rien appris de qui ne note pas ; leur avis peut être autre.",
    ),
    (
        r"With (\S+) ratings level and slope moved, and single weights less\.",
        "Avec {0} notes, le niveau et l’ampleur ont bougé, chaque poids moins.",
    ),
    (
        r"Too few ratings to measure ranges: they are those of (.+)\.",
        "Trop peu de notes pour mesurer les fourchettes : ce sont celles de {0}.",
    ),
    (
        r"Never seen here, so their weights follow the slope: (\d+) signals\.",
        "Jamais vus ici, donc leurs poids suivent l’ampleur : {0} signaux.",
    ),
    (
        r"Its own words are those of these conversations: new products, scripts or"
        r" seasons bring others\. Learn them anew from time to time\.",
        "Ses propres mots sont ceux de ces conversations : de nouveaux produits,"
        " scénarios ou saisons en apportent d’autres. Apprenez-les de nouveau de temps"
        " en temps.",
    ),
)


def limit_on_card(limit: str, lang: Lang) -> str:
    r"""Say what a scorer cannot do; what somebody wrote there stays as it is.

    >>> limit_on_card("Never seen here, so their weights follow the slope: 3 signals.",
    ...     "fr")[-10:]
    '3 signaux.'
    """
    for reads, french in _LIMITS if lang == "fr" else ():
        if found := re.fullmatch(reads, limit):
            return spaced(french).format(*found.groups())
    return limit


def source_on_card(source: str, lang: Lang) -> str:
    """Say where its ratings are from.

    >>> source_on_card("notes.csv, column Avis", "fr")
    'notes.csv, colonne Avis'
    """
    if lang == "en":
        return source
    if source == told("en", "source_rating"):
        return told("fr", "source_rating")
    if found := re.fullmatch(r"field (.+)", source):
        return told("fr", "source_label", field=found[1])
    if found := re.fullmatch(r"(.+), column (.+)", source):
        return told("fr", "source_table", file=found[1], column=found[2])
    return source
