"""The words about reviews, in French and English: labels, objections, precision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jauge.report.plurals import filled
from jauge.report.wording import spaced

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jauge.report.wording import Lang

_WORDS: Mapping[str, tuple[str, str]] = {
    "drawn": (
        "Conversation {number} sur {count}, sans score ni points ni note du client.",
        "Conversation {number} of {count}, without score, points or customer rating.",
    ),
    "stars": (
        "À la fin, le client est : 1 très mécontent … 5 très content ; « ? » "
        "impossible à dire ; « s » passer ; « q » arrêter > ",
        "At the end, the customer is: 1 very unhappy … 5 very happy; ? cannot tell; "
        "s skip; q stop > ",
    ),
    "not_one": ("Écrivez 1 à 5, « ? », « s » ou « q ».", "Write 1 to 5, ?, s or q."),
    "reason": (
        "Pourquoi ? (peut rester vide) > ",
        "Why? (may be empty) > ",
    ),
    "too_long": (
        "Trop long : {most} caractères au plus.",
        "Too long: at most {most} characters.",
    ),
    "gone": (
        "Cette conversation n’est plus dans la base.",
        "This conversation is no longer in the database.",
    ),
    "fewer": (
        "Il ne reste que {count} conversation{count:|s} notée{count:|s} que vous "
        "n’avez "
        "pas évaluée{count:|s}.",
        "Only {count} scored {count:conversation is|conversations are} left that you "
        "have not labelled.",
    ),
    "none_left": (
        "Il ne reste aucune conversation notée que vous n’avez pas évaluée.",
        "No scored conversation is left that you have not labelled.",
    ),
    "kept": (
        "Évaluations de {who} : {kept} conservée{kept:|s}, dont {unsure} « impossible "
        "à "
        "dire » ; {skipped} passée{skipped:|s}.",
        "Labels by {who}: {kept} kept, {unsure} of them “cannot tell”; {skipped} "
        "skipped.",
    ),
    "kept_one": (
        "{id} : évaluation de {who} conservée ({stars}).",
        "{id}: label by {who} kept ({stars}).",
    ),
    "of_five": ("{stars} sur 5", "{stars} of 5"),
    "cannot_tell": ("impossible à dire", "cannot tell"),
    "listed": (
        "{count} évaluation{count:|s} de {people} personne{people:|s}.",
        "{count} label{count:|s} by {people} {people:person|people}.",
    ),
    "of_cases": (
        "Points que des personnes ont dits faux. Relisez chaque cas : des textes sont "
        "peut-être masqués.",
        "Points that people said are wrong. Read each case first: texts may be masked.",
    ),
    "of_a_case": (
        "La place d’un cas est le fichier de son signal : tests/cases/SIGNAL.yaml.",
        "A case goes into the file of its signal: tests/cases/SIGNAL.yaml.",
    ),
    "cases": (
        "{count} cas ; {left_out} laissé{left_out:|s} de côté, car la conversation a "
        "changé "
        "depuis.",
        "{count} case{count:|s}; {left_out} left out, as the conversation has changed "
        "since.",
    ),
    "not_masked": (
        "Les données personnelles ne sont pas masquées.",
        "Personal data are not masked.",
    ),
    "precision": (
        "Points vus par une personne dans {count} conversation{count:|s}, et ceux "
        "qu’elle a dits faux.",
        "Points that a person saw in {count} conversation{count:|s}, and those said to "
        "be wrong.",
    ),
    "blind": (
        "{count} évaluation{count:|s} à l’aveugle ne compte{count:|nt} pas : "
        "{count:ses|leurs} points n’ont pas été vus.",
        "{count} blind {count:label does|labels do} not count: {count:its|their} "
        "points "
        "were not seen.",
    ),
    "no_review": (
        "Aucun point n’a encore été vu par une personne qui évalue.",
        "No point has been seen by a reviewer yet.",
    ),
    "right": (
        "{share} % justes ({low} à {high} %)",
        "{share}% right ({low} to {high}%)",
    ),
    "too_few": ("trop peu pour conclure", "too few to tell"),
    "signal": ("Signal", "Signal"),
    "shown": ("Vus", "Seen"),
    "wrong": ("Faux", "Wrong"),
    "share": ("Part juste, intervalle à 95 %", "Share right, 95% interval"),
}


def review_words(lang: Lang, key: str, **values: object) -> str:
    """Give the words for a key; French with its narrow blanks.

    >>> review_words("en", "of_five", stars=4)
    '4 of 5'
    """
    french, english = _WORDS[key]
    text = filled(french if lang == "fr" else english, lang, values)
    return spaced(text) if lang == "fr" else text
