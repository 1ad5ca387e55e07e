"""The words of the interface in French and English, and how each writes numbers.

A signal's words belong to its detector; these are all the others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Lang = Literal["fr", "en"]

_WORDS: Mapping[str, tuple[str, str]] = {
    "user": ("Client", "Customer"),
    "bot": ("Robot", "Bot"),
    "agent": ("Conseiller", "Agent"),
    "system": ("Système", "System"),
    "unknown": ("Inconnu", "Unknown"),
    "handoff": ("Transfert", "Hand-off"),
    "rating": ("Note", "Rating"),
    "close": ("Fin", "End"),
    "requested": ("une personne est demandée", "a person is requested"),
    "refused": ("une personne est refusée", "a person is refused"),
    "accepted": ("une personne prend la suite", "a person takes over"),
    "very_negative": ("très négatif", "very negative"),
    "negative": ("négatif", "negative"),
    "neutral": ("neutre", "neutral"),
    "positive": ("positif", "positive"),
    "very_positive": ("très positif", "very positive"),
    "engagement": ("engagement", "engagement"),
    "sentiment": ("sentiment", "sentiment"),
    "understanding": ("compréhension", "understanding"),
    "ease": ("facilité", "ease"),
    "response_time": ("temps de réponse", "response time"),
    "feedback_group": ("Avis du client", "Customer feedback"),
    "response_group": ("Réponse du robot", "Chatbot response"),
    "base": ("base", "base"),
    "score": ("score", "score"),
    "whole": ("toute la conversation", "the whole conversation"),
    "email": ("conversation par e-mail", "e-mail conversation"),
    "agent_reason": ("un conseiller a répondu", "a human agent took part"),
    "unknown_roles": ("on ne sait pas qui parle", "it does not say who speaks"),
    "no_bot_message": ("aucun message du robot", "no message of the bot"),
    "not_engaged": ("le client n’a rien répondu", "the customer never answered"),
    "not_scored": ("non notée", "not scored"),
    "range_reader": (
        "un lecteur attentif dirait entre {low} et {high}",
        "a careful reader would say {low} to {high}",
    ),
    "range_customer": (
        "les clients diraient entre {low} et {high}",
        "customers would say {low} to {high}",
    ),
    "words_unread": (
        "Les mots n’ont pas été lus (langue : {language}) ; seuls les faits comptent.",
        "Words were not read (language: {language}); only facts count.",
    ),
    "unavailable": ("La source ne montre pas : {names}", "The source cannot show: {names}"),
    "before_handoff": (
        "Seule la partie avant le conseiller est notée.",
        "Only the part before the agent is scored.",
    ),
    "no_signal": ("Aucun signal : le score est la base.", "No signal: the score is the base."),
    "media": ("(sans texte : {media})", "(no text: {media})"),
    "file": ("fichier", "file"),
    "counts": (
        "{read} lues : {scored} notées{average}, {unscored} non notées{reasons}, {rejected} rejetées.",
        "{read} read: {scored} scored{average}, {unscored} not scored{reasons}, {rejected} rejected.",
    ),
    "converted": (
        "{read} lues : {written} écrites, {rejected} rejetées.",
        "{read} read: {written} written, {rejected} rejected.",
    ),
    "average": (" (moyenne {value})", " (average {value})"),
    "duplicates": (
        "Attention : {count} identifiants reviennent plusieurs fois, dont {example}.",
        "Warning: {count} ids come more than once, {example} among them.",
    ),
    "first_rejected": ("rejetée : {place} : {reason}", "rejected: {place}: {reason}"),
    "skipped": ("{part} existe déjà : passé.", "{part} is there already: skipped."),
    "zone": (
        "Heures sans fuseau : lues en {zone} (--timezone pour changer).",
        "Times without a zone are read as {zone} (--timezone to change).",
    ),
    # the demonstration
    "worst": ("Les cinq plus basses", "The five lowest"),
    "best": ("Les cinq plus hautes", "The five highest"),
    "mean": (
        "Moyenne : {mean} sur 100 (intervalle à 95 % : {low} à {high}), {count} conversations notées.",
        "Average: {mean} of 100 (95 % interval: {low} to {high}), {count} conversations scored.",
    ),
    "unscored": ("Non notées : {count} ({reasons}).", "Not scored: {count} ({reasons})."),
    "explained": ("Une conversation expliquée", "One conversation explained"),
    "files": ("Les fichiers", "The files"),
    "conversations": ("conversations", "conversations"),
    "scores": ("scores", "scores"),
    "table": ("tableau", "table"),
    # doctor
    "format": ("Format", "Format"),
    "conversations_found": ("Conversations", "Conversations"),
    "events_found": ("Événements", "Events"),
    "languages_found": ("Langues", "Languages"),
    "channels_found": ("Canaux", "Channels"),
    "span_found": ("Période", "Period"),
    "fields_found": ("Champs trouvés", "Fields found"),
    "fields_missing": ("Champs absents", "Fields missing"),
    "fields_ignored": ("Champs ignorés", "Fields ignored"),
    "signals_unavailable": ("Signaux impossibles", "Signals unavailable"),
    "rejected_found": ("Rejets", "Rejected"),
    "not_scored_found": ("Non notables", "Not scorable"),
    "phrases_found": (
        "Phrases du robot qui ressemblent à une incompréhension non reconnue",
        "Bot phrases that look like an unknown fallback",
    ),
    "phrase_row": (
        "« {phrase} » : dans {share} des conversations, suivie {often} d’une insistance du client",
        "“{phrase}”: in {share} of the conversations, followed {often} by the customer insisting",
    ),
    "none": ("aucun", "none"),
}

WORDS: Mapping[Lang, Mapping[str, str]] = {
    "fr": {key: words[0] for key, words in _WORDS.items()},
    "en": {key: words[1] for key, words in _WORDS.items()},
}
_NARROW = "\u202f"


def said(lang: Lang, key: str, **values: object) -> str:
    """Give the words of the interface for a key; French with its narrow blanks.

    >>> said("en", "average", value="61.2")
    ' (average 61.2)'
    >>> said("fr", "unscored", count=2, reasons="x")
    'Non notées\\u202f: 2 (x).'
    """
    text = WORDS[lang][key].format(**values)
    return spaced(text) if lang == "fr" else text


def spaced(text: str) -> str:
    """Put narrow no-break blanks where French typography wants them.

    >>> spaced("« oui » : 5 %")
    '«\\u202foui\\u202f»\\u202f: 5\\u202f%'
    """
    for mark in ":;!?»%":
        text = text.replace(f" {mark}", _NARROW + mark)
    return text.replace("« ", "«" + _NARROW)


def quoted(text: str, lang: Lang) -> str:
    """Put words between the quotation marks of the language."""
    return f"«{_NARROW}{text}{_NARROW}»" if lang == "fr" else f"“{text}”"


def number(value: float, lang: Lang, *, digits: int = 1, sign: bool = False) -> str:
    """Write a number as the language does, with a real minus.

    >>> number(-13.0, "fr", sign=True), number(1234.5, "fr"), number(1234.5, "en")
    ('−13,0', '1\\u202f234,5', '1,234.5')
    """
    text = f"{value:{'+' if sign else ''},.{digits}f}".replace("-", "−")
    return text.replace(",", _NARROW).replace(".", ",") if lang == "fr" else text
