"""The words about scorers, in French and English: calibrated, described, compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jauge.report.plurals import filled
from jauge.report.wording import spaced

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jauge.report.wording import Lang

_WORDS: Mapping[str, tuple[str, str]] = {
    # calibrate
    "learnt_from": (
        "{name}, étalonné sur {ratings} ({source}), en moyenne {average} sur 100. Les "
        "chiffres ci-dessous portent sur des notes que l’étalonnage n’avait pas vues.",
        "{name}, calibrated on {ratings} ({source}), {average} of 100 on average. The "
        "figures below are on ratings that the calibration had not seen.",
    ),
    "one_rating": ("{count} note", "{count} rating"),
    "many_ratings": ("{count} notes", "{count} ratings"),
    "of_one_customer": (" de {count} client", " of {count} customer"),
    "of_customers": (" de {count} clients", " of {count} customers"),
    "source_rating": ("notes dans les conversations", "ratings in the conversations"),
    "source_table": ("{file}, colonne {column}", "{file}, column {column}"),
    "source_label": ("champ {field}", "field {field}"),
    "before": ("avant", "before"),
    "after": ("après", "after"),
    "difference": ("écart (intervalle à 95 %)", "difference (95% interval)"),
    "distance": ("erreur typique, en points", "typical error, in points"),
    "spearman": ("ordre (Spearman)", "order (Spearman)"),
    "level": ("niveau : score moins note", "level: score less rating"),
    "interval": ("{value} ({low} à {high})", "{value} ({low} to {high})"),
    "better_sure": (
        "Meilleur : les scores sont plus près des notes, et l’intervalle ne laisse pas "
        "de doute.",
        "Better: scores are closer to the ratings, and the interval leaves no doubt.",
    ),
    "better_unsure": (
        "Un peu meilleur, sans certitude : l’intervalle de l’erreur contient zéro. "
        "Plus de notes le diront.",
        "Slightly better, but not for sure: the interval of the error holds zero. "
        "More ratings will tell.",
    ),
    "better_few": (
        "Meilleur sur ces notes, mais moins de 30 notes ou de 10 clients ne prouvent "
        "rien.",
        "Better on these ratings, but fewer than 30 ratings or 10 customers prove "
        "nothing.",
    ),
    "not_better": (
        "Pas meilleur : sur des notes non vues, l’erreur passe de {before} à {after} "
        "points.",
        "Not better: on ratings not seen, the error goes from {before} to {after} "
        "points.",
    ),
    "not_tried": (
        "Impossible à éprouver : toutes les notes sont d’un seul client, ou toutes "
        "pareilles.",
        "It cannot be tried: all ratings are of one customer, or all the same.",
    ),
    "not_written": (
        "Rien n’est écrit (--force pour écrire quand même).",
        "Nothing is written (--force to write it all the same).",
    ),
    "forced": ("Écrit quand même (--force).", "Written all the same (--force)."),
    "coverage": (
        "Fourchettes : mesurées sur ces notes ; éprouvées sur l’autre moitié, elles en "
        "contiennent {inside} sur {tried} ({share} % ; promis : 80 %).",
        "Ranges: measured on these ratings; tried on the other half, they hold "
        "{inside} of {tried} ({share}%; promised: 80%).",
    ),
    "ranges_kept": (
        "Fourchettes : celles de {scorer}, il faut 30 notes pour les mesurer.",
        "Ranges: those of {scorer}; to measure them takes 30 ratings.",
    ),
    "words_kept": (
        "Mots de vos conversations : appris ; sur des notes non vues, ils font passer "
        "l’erreur typique de {before} à {after} ({difference} ; de {low} à {high}).",
        "Words of your conversations: learnt; on ratings not seen, they bring the "
        "typical error from {before} to {after} ({difference}; {low} to {high}).",
    ),
    "words_left_out": (
        "Mots de vos conversations : essayés, non retenus ; sur des notes non vues, "
        "l’erreur typique passerait de {before} à {after} ({difference} ; de {low} à "
        "{high}).",
        "Words of your conversations: tried and left out; on ratings not seen, the "
        "typical error would go from {before} to {after} ({difference}; {low} to "
        "{high}).",
    ),
    "words_raise": (
        "{count} mot{count:|s} qui relève{count:|nt} : {words}",
        "{count} word{count:|s} that {count:raises|raise}: {words}",
    ),
    "words_lower": (
        "{count} mot{count:|s} qui abaisse{count:|nt} : {words}",
        "{count} word{count:|s} that {count:lowers|lower}: {words}",
    ),
    "few": (
        "Avec moins de 100 notes, c’est surtout le niveau et l’ampleur qui bougent.",
        "With fewer than 100 ratings, it is mostly level and boldness that move.",
    ),
    "changes_title": ("Ce qui change", "What changes"),
    "movers_title": (
        "Les conversations notées qui bougent le plus",
        "The rated conversations that move most",
    ),
    "mover": (
        "{before} → {after}, note {rating}",
        "{before} → {after}, rated {rating}",
    ),
    "written": ("Écrit : {path} ({id})", "Written: {path} ({id})"),
    "use": (
        "Pour s’en servir : jauge score FICHIER --scorer {file}",
        "To use it: jauge score FILE --scorer {file}",
    ),
    "calibration_counts": (
        "{read} lue{read:|s} : {rated} avec une note et un score, {unrated} sans "
        "note, non "
        "notables {unscored}{reasons}, rejetées {rejected}.",
        "{read} read: {rated} rated and scored, {unrated} without a rating, {unscored} "
        "not scored{reasons}, {rejected} rejected.",
    ),
    # scorers diff
    "same_scorer": (
        "Les deux disent la même chose : mêmes poids, même base, mêmes fourchettes.",
        "Both say the same: same weights, same base, same ranges.",
    ),
    "row_base": ("base", "base"),
    "row_weights": ("poids, en général", "weights, overall"),
    "row_ranges": ("fourchettes", "ranges"),
    "row_judge": ("prédit", "foretells"),
    "row_phrases": ("phrases", "phrases"),
    "base_up": ("plus haut pour tous", "higher for all"),
    "base_down": ("plus bas pour tous", "lower for all"),
    "bolder": (
        "scores plus loin de la base",
        "scores go further from the base",
    ),
    "shyer": (
        "scores plus près de la base",
        "scores stay closer to the base",
    ),
    "times_factor": ("× {factor}", "× {factor}"),
    "counts_more": ("compte {factor} fois autant", "counts {factor} times as much"),
    "counts_less": (
        "compte pour {share} % de ce qu’il valait",
        "counts for {share}% of what it did",
    ),
    "counts_same": ("compte autant qu’avant", "counts as much as before"),
    "counts_no_more": ("ne compte plus", "no longer counts"),
    "counts_now": ("compte désormais", "counts from now on"),
    "other_signals": (
        "{count} {count:autre signal suit|autres signaux suivent} les poids en "
        "général, "
        "à 5 % près.",
        "{count} other {count:signal follows|signals follow} the weights overall, "
        "within 5%.",
    ),
    "other_signals_more": (
        "{count} {count:autre signal change|autres signaux changent} moins.",
        "{count} more {count:signal changes|signals change} less.",
    ),
    "width": (
        "larges de {a} points en moyenne → {b}",
        "{a} points wide on average → {b}",
    ),
    "phrases_differ": ("les listes de phrases diffèrent", "the phrase lists differ"),
    "judge_reader": (
        "l’avis d’un lecteur attentif",
        "the judgement of a careful reader",
    ),
    "judge_customer": ("la note des clients", "the rating of customers"),
    # the card
    "card_from": (
        "étalonné à partir de {scorer} sur {ratings}",
        "calibrated from {scorer} on {ratings}",
    ),
    "card_languages": ("langues", "languages"),
    "card_average": ("moyenne des notes", "average rating"),
    "card_source": ("notes", "ratings"),
    "card_limits": ("limites", "limits"),
    # compare
    "compared_scorers": (
        "{count} conversation{count:|s}, notée{count:|s} par {a} puis par {b}",
        "{count} conversation{count:|s}, scored by {a} and then by {b}",
    ),
    "compared_files": (
        "{a} : {count_a} conversation{count_a:|s} notée{count_a:|s} ; {b} : {count_b}",
        "{a}: {count_a} scored conversation{count_a:|s}; {b}: {count_b}",
    ),
    "mean_row": ("moyenne", "average"),
    "clearly_better": ("{b} est nettement plus haut.", "{b} is clearly higher."),
    "clearly_worse": ("{b} est nettement plus bas.", "{b} is clearly lower."),
    "no_clear": (
        "Pas de différence nette : l’intervalle contient zéro.",
        "No clear difference: the interval holds zero.",
    ),
    "no_interval": (
        "Trop peu de conversations pour un intervalle.",
        "Too few conversations for an interval.",
    ),
    "band_changes": (
        "Changent de niveau : {count} sur {total} ({share} %), dont {up} vers le haut.",
        "Change level: {count} of {total} ({share}%), {up} of them upwards.",
    ),
    "from_to_bands": ("de ↓ à →", "from ↓ to →"),
    "by_signal": (
        "Par quels signaux (points par conversation, en moyenne)",
        "By which signals (points a conversation, on average)",
    ),
    "rest_of_signals": ("les {count} autres signaux", "the other {count} signals"),
    "sum_row": ("écart", "difference"),
    "largest_movers": ("Les plus grands écarts", "The largest differences"),
    "mover_plain": ("{before} → {after}", "{before} → {after}"),
}


def told(lang: Lang, key: str, **values: object) -> str:
    """Give the words for a key; French with its narrow blanks.

    >>> told("en", "mover_plain", before=31, after=40)
    '31 → 40'
    """
    french, english = _WORDS[key]
    text = filled(french if lang == "fr" else english, lang, values)
    return spaced(text) if lang == "fr" else text
