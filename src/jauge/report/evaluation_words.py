"""The words of an evaluation in French and English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jauge.report.plurals import filled
from jauge.report.wording import number, spaced

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jauge.report.wording import Lang
    from jauge.scoring.resampling import Figure

_WORDS: Mapping[str, tuple[str, str]] = {
    "scorer": ("Barème", "Scorer"),
    "judge_reader": (
        "annonce ce que dirait un lecteur attentif",
        "foretells what a careful reader says",
    ),
    "judge_customer": (
        "annonce ce que diraient vos clients",
        "foretells what your customers say",
    ),
    "judged_by": ("Jugements", "Judgements"),
    "from_rating": (
        "la dernière note du client dans la conversation",
        "the customer’s last rating in the conversation",
    ),
    "from_table": ("colonne {field} de {file}", "column {field} of {file}"),
    "from_label": ("champ {field}", "field {field}"),
    "on_scale": (
        "de {worst} (au pire) à {best} (au mieux), ramenés à 0-100",
        "from {worst} (worst) to {best} (best), as 0-100",
    ),
    "compared": ("Comparées", "Compared"),
    "compared_of": (
        "{count} conversation{count:|s} avec score et jugement",
        "{count} conversation{count:|s} with a score and a judgement",
    ),
    "of_customers": ("de {count} client{count:|s}", "of {count} customer{count:|s}"),
    "dissatisfied": (
        "dont {count} mécontente{count:|s} (jugée{count:|s} au-dessous de {below})",
        "{count} of them dissatisfied (judged below {below})",
    ),
    "not_taken": ("Non pris", "Not taken"),
    "no_number": (
        "{count} × pas un nombre, par exemple {example}",
        "{count} × no number, for example {example}",
    ),
    "off_scale": (
        "{count} × hors de l’échelle, par exemple {example} (voir --scale)",
        "{count} × off the scale, for example {example} (see --scale)",
    ),
    "again": (
        "{count} × jugée deux fois, autrement : le dernier jugement compte",
        "{count} × judged twice, differently: the last judgement counts",
    ),
    "not_read": (
        "{count} × identifiant absent des conversations lues",
        "{count} × id not among the conversations that were read",
    ),
    "faulty": (
        "{count} × ligne illisible : {example}",
        "{count} × faulty row: {example}",
    ),
    "not_scored_judged": (
        "{count} × jugée, mais sans score",
        "{count} × judged, but not scored",
    ),
    "short": ("En bref", "In short"),
    "short_order": (
        "Corrélation de rang du score et du jugement : {figure} "
        "(1 : le même ordre ; 0 : aucun lien).",
        "Rank correlation of score and judgement: {figure} "
        "(1: the same order; 0: no relation).",
    ),
    "short_better": (
        "Mieux que le meilleur moyen simple, {name} : {figure}.",
        "Better than the best simpler way, {name}: by {figure}.",
    ),
    "short_same": (
        "Pas nettement mieux que le meilleur moyen simple, {name} : {figure}.",
        "Not clearly better than the best simpler way, {name}: {figure}.",
    ),
    "short_worse": (
        "Moins bien qu’un moyen simple, {name} : {figure}.",
        "Worse than a simpler way, {name}: {figure}.",
    ),
    "short_level_low": (
        "Le score moyen est au-dessous du jugement moyen : {figure} points.",
        "The mean score is below the mean judgement: {figure} points.",
    ),
    "short_level_high": (
        "Le score moyen est au-dessus du jugement moyen : {figure} points.",
        "The mean score is above the mean judgement: {figure} points.",
    ),
    "short_level_same": (
        "Le score moyen et le jugement moyen ne diffèrent pas nettement : "
        "{figure} points.",
        "Mean score and mean judgement do not clearly differ: {figure} points.",
    ),
    "short_reader": (
        "Ce score annonce un lecteur attentif : des clients peuvent noter plus haut ou "
        "plus bas sans que l’ordre soit faux.",
        "This score foretells a careful reader: customers may rate higher or lower "
        "without the order being wrong.",
    ),
    "short_few": (
        "Trop peu pour conclure : {count} conversation{count:|s} {count:a|ont} un "
        "score et un jugement ; il en faut {least}.",
        "Too few to tell: {count} conversation{count:|s} {count:has|have} a score and "
        "a judgement; it takes {least}.",
    ),
    "short_few_customers": (
        "Trop peu pour conclure : ces conversations sont de {customers} "
        "client{customers:|s} ; il en faut {least}.",
        "Too few to tell: these conversations are of {customers} "
        "customer{customers:|s}; it takes {least}.",
    ),
    "interval": (
        "Entre crochets : l’intervalle à 95 %, dans lequel le chiffre peut bouger avec "
        "d’autres clients.",
        "In brackets: the 95% interval, within which the figure may move with other "
        "customers.",
    ),
    "bin_same": ("{value} (tous égaux)", "{value} (all the same)"),
    "order": (
        "Ordre : un score plus bas, un jugement plus bas ?",
        "Order: does a lower score mean a lower judgement?",
    ),
    "judged": ("jugées", "judged"),
    "correlation": ("corrélation de rang", "rank correlation"),
    "found": ("mécontents reconnus", "dissatisfied found"),
    "order_note": (
        "Corrélation de rang : Spearman. Mécontents reconnus : de deux conversations "
        "dont une seule est jugée au-dessous de {below}, part des cas où celle-ci a le "
        "score le plus bas (AUC ; 0,5 : au hasard).",
        "Rank correlation: Spearman’s. Dissatisfied found: of two conversations of "
        "which one is judged below {below}, how often that one has the lower score "
        "(AUC; 0.5: by chance).",
    ),
    "level": (
        "Niveau : le nombre lui-même est-il juste ?",
        "Level: is the number right?",
    ),
    "score": ("score", "score"),
    "judgement": ("jugement", "judgement"),
    "difference": ("écart", "difference"),
    "calibration": ("erreur de calibrage", "calibration error"),
    "level_note": (
        "En points. Erreur de calibrage : écart moyen entre score et jugement, par "
        "tranche de score ; sur l’ensemble, le hasard seul en donnerait {chance}, et "
        "davantage sur peu de conversations.",
        "In points. Calibration error: mean gap of score and judgement by band of "
        "score; over all, chance alone would give {chance}, and more over few.",
    ),
    "curve": ("Courbe de calibrage", "Calibration curve"),
    "scores": ("scores", "scores"),
    "mean_score": ("score moyen", "mean score"),
    "mean_judgement": ("jugement moyen", "mean judgement"),
    "simpler": ("À côté de moyens plus simples", "Beside simpler ways"),
    "ours": ("ce score", "this score"),
    "way_counts": ("comptages simples", "plain counts"),
    "way_vader": ("VADER (anglais)", "VADER (English)"),
    "way_mean": ("jugement moyen", "mean judgement"),
    "better_by": ("le score fait mieux de", "score better by"),
    "distance": ("distance (points)", "distance (points)"),
    "simpler_note": (
        "Comptages : moins le client écrit et demande, mieux c’est. VADER : tonalité "
        "des messages du client. Jugement moyen : la même réponse partout. Distance : "
        "écart typique d’une conversation (moyenne quadratique).",
        "Counts: the less the customer writes and asks, the better. VADER: tone of the "
        "customer’s messages. Mean judgement: the same answer for all. Distance: how "
        "far off one conversation typically is (root mean square).",
    ),
    "vader_no_english": (
        "VADER ne lit que l’anglais : aucune conversation comparée.",
        "VADER reads English only: no conversation to compare.",
    ),
    "vader_not_installed": (
        "VADER n’est pas installé : pip install 'jauge[evaluate]'.",
        "VADER is not installed: pip install 'jauge[evaluate]'.",
    ),
    "raters": ("Qui donne son avis", "Who rates"),
    "scored": ("notées", "scored"),
    "share": ("jugées", "judged"),
    "score_rated": ("leur score", "their score"),
    "score_others": ("autres", "others"),
    "high": (
        "Score plus haut que le jugement",
        "Score higher than the judgement",
    ),
    "low": ("Score plus bas que le jugement", "Score lower than the judgement"),
    "read_one": (
        "Pour en lire une : jauge explain FICHIER --id {id}",
        "To read one: jauge explain FILE --id {id}",
    ),
    "all_rate": (
        "Toutes les conversations avec score ont un jugement.",
        "All scored conversations are judged.",
    ),
    "conversation": ("conversation", "conversation"),
    "all": ("toutes", "all"),
    "language_fr": ("français", "French"),
    "language_en": ("anglais", "English"),
    "unknown": ("inconnue", "unknown"),
    "messages": ("{name} messages", "{name} messages"),
    "part": ("avant l’agent", "before the agent"),
    "few": ("trop peu", "too few"),
    "same": ("tous égaux", "all the same"),
    "one_kind": ("trop peu", "too few"),
    "few_groups": ("trop peu pour conclure : {names}", "too few to tell: {names}"),
    "percent": ("{value} %", "{value}%"),
    "axis_score": ("score", "score"),
    "axis_judgement": ("jugement (0 à 100)", "judgement (0 to 100)"),
    "ideal": ("accord parfait", "perfect agreement"),
    "bin": ("moyenne par tranche, intervalle à 95 %", "mean by band, 95% interval"),
    "content": ("pas mécontente", "not dissatisfied"),
    "discontent": ("mécontente", "dissatisfied"),
    "picture_curve": ("Calibrage", "Calibration"),
    "picture_figure": ("{name} : {figure}", "{name}: {figure}"),
    "picture_few": ("trop peu pour conclure", "too few to tell"),
    "picture_scatter": ("Chaque conversation", "Each conversation"),
    "picture_sample": ("{shown} sur {count}", "{shown} of {count}"),
    "conversations": ("conversations", "conversations"),
}
WORDS: Mapping[Lang, Mapping[str, str]] = {
    "fr": {key: words[0] for key, words in _WORDS.items()},
    "en": {key: words[1] for key, words in _WORDS.items()},
}


def said(lang: Lang, key: str, **values: object) -> str:
    r"""Give the words of an evaluation for a key; French with its narrow blanks.

    >>> said("fr", "short_level_high", figure="4,0")
    'Le score moyen est au-dessus du jugement moyen\u202f: 4,0 points.'
    """
    text = filled(WORDS[lang][key], lang, values)
    return spaced(text) if lang == "fr" else text


def figure_in_words(
    figure: Figure, lang: Lang, *, digits: int = 2, sign: bool = False
) -> str:
    r"""Write a figure with its interval, or why there is none.

    >>> from jauge.scoring.resampling import Figure
    >>> figure_in_words(Figure(0.84, 0.8, 0.9), "en")
    '0.84 [0.80, 0.90]'
    >>> figure_in_words(Figure(0.84, 0.8, 0.9), "fr", digits=1)
    '0,8 [0,8\u202f; 0,9]'
    """
    if figure.value is None or figure.low is None or figure.high is None:
        return said(lang, figure.why or "few")
    value, low, high = (
        # A little less than nothing is written as nothing.
        number(round(one, digits) + 0.0, lang, digits=digits, sign=sign)
        for one in (figure.value, figure.low, figure.high)
    )
    between = "\u202f; " if lang == "fr" else ", "
    return f"{value} [{low}{between}{high}]"
