"""The words of the terminal in French and English, and how each writes numbers.

A signal's words belong to its detector, those of pages to their catalogues.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from jauge.report.demo_words import DEMO_WORDS
from jauge.report.field_words import FIELD_WORDS
from jauge.report.plurals import filled

if TYPE_CHECKING:
    from collections.abc import Mapping

# What explains has a language; a page has a locale: French of Québec or of France.
Lang = Literal["fr", "en"]
Locale = Literal["fr", "en", "fr-CA", "fr-FR"]

_WORDS: Mapping[str, tuple[str, str]] = {
    "user": ("Client", "Customer"),
    "bot": ("Bot", "Bot"),
    "agent": ("Agent", "Agent"),
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
    "feedback_group": ("Rétroaction du client", "Customer feedback"),
    "response_group": ("Réponse du chatbot", "Chatbot response"),
    "base": ("base", "base"),
    "score": ("score", "score"),
    "whole": ("toute la conversation", "the whole conversation"),
    "email": ("conversation par courriel", "e-mail conversation"),
    "agent_reason": ("un agent a répondu", "a human agent took part"),
    "unknown_roles": ("on ne sait pas qui parle", "it does not say who speaks"),
    "no_bot_message": ("aucun message du bot", "no message of the bot"),
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
    "unavailable": (
        "La source ne le montre pas, donc non compté : {names}.",
        "The source does not show it, so it is not counted: {names}.",
    ),
    "before_handoff": (
        "Seule la partie avant l’agent est notée.",
        "Only the part before the agent is scored.",
    ),
    "media": ("(sans texte : {media})", "(no text: {media})"),
    "fallback": ("le bot le dit", "the bot says so"),
    "confidence": ("confiance {value}", "confidence {value}"),
    "action_quick_reply": ("choix", "choice"),
    "action_link": ("lien", "link"),
    "action_product_view": ("produit vu", "product seen"),
    "action_product_click": ("produit", "product"),
    "action_add_to_cart": ("panier", "cart"),
    "action_purchase": ("achat", "purchase"),
    "action_thumbs_up": ("pouce levé", "thumbs up"),
    "action_thumbs_down": ("pouce baissé", "thumbs down"),
    "action_opt_in": ("inscription", "opt-in"),
    "action_stop": ("désinscription", "stop"),
    "action_copy": ("copie", "copy"),
    "action_regenerate": ("autre réponse", "another answer"),
    "action_edit": ("correction", "edit"),
    "action_widget_open": ("fenêtre ouverte", "window opened"),
    "action_widget_close": ("fenêtre fermée", "window closed"),
    "per_rate": ("par fois", "a hit"),
    "per_end": ("à la fin", "at the end"),
    "per_fact": ("une fois", "once"),
    "counts": (
        "{read} lue{read:|s} : notées {scored}{average}, non notées "
        "{unscored}{reasons}, "
        "rejetées {rejected}.",
        "{read} read: {scored} scored{average}, {unscored} not scored{reasons}, "
        "{rejected} rejected.",
    ),
    "converted": (
        "{read} lue{read:|s} : écrites {written}, rejetées {rejected}.",
        "{read} read: {written} written, {rejected} rejected.",
    ),
    "average": (" (moyenne {value})", " (average {value})"),
    "duplicates": (
        "Attention : identifiants déjà lus : {count}, dont {example}.",
        "Warning: {count} conversations repeat an id already read, "
        "{example} among them.",
    ),
    "duplicate": (
        "Attention : identifiant déjà lu : {example}.",
        "Warning: 1 conversation repeats an id already read: {example}.",
    ),
    "first_rejected": ("rejetée : {place} : {reason}", "rejected: {place}: {reason}"),
    "apart": (
        "Attention : « {format} » peut répartir une conversation sur plusieurs fichiers"
        " ; chacun a été lu seul. Pour réunir, une seule sortie : -o FICHIER.",
        "Warning: {format} may spread a conversation over several files; each was read"
        " by itself. To join them, write one output: -o FILE.",
    ),
    "skipped": ("{part} existe déjà : passé.", "{part} is there already: skipped."),
    "zone": (
        "Heures sans fuseau : lues en {zone} (--timezone pour changer).",
        "Times without a zone are read as {zone} (--timezone to change).",
    ),
    # the page that a command writes
    "written": ("Écrit : {path} ({size} Mo)", "Written: {path} ({size} MB)"),
    "below": (
        "La moyenne {mean} est sous {limit} (--fail-below).",
        "The average {mean} is below {limit} (--fail-below).",
    ),
    "below_none": (
        "Aucune moyenne à comparer à {limit} (--fail-below).",
        "There is no average to hold against {limit} (--fail-below).",
    ),
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
    "columns_kept": ("Colonnes gardées", "Columns kept"),
    "columns_kept_told": (
        "{names} (parmi vos propres champs ; hors du score)",
        "{names} (among the fields of your own; not in the score)",
    ),
    "signals_unavailable": ("Signaux impossibles", "Signals unavailable"),
    "rejected_found": ("Rejets", "Rejected"),
    "not_scored_found": ("Non notables", "Not scorable"),
    "phrases_found": (
        "Phrases du bot qui ressemblent à une incompréhension non reconnue :",
        "Bot phrases that look like a fallback which jauge does not know:",
    ),
    "phrase_row": (
        "{phrase} : dans {share} % des conversations ; ensuite le client insiste ou "
        "s’en va dans {followed} % des cas ({others} % après les autres messages du "
        "bot)",
        "{phrase}: in {share}% of the conversations; the customer then insists or "
        "leaves in {followed}% of the cases ({others}% after the bot’s other "
        "messages)",
    ),
    "phrases_add": (
        "Si le bot n’y a pas compris, ajoutez à jauge.toml :",
        "If the bot did not understand there, add to jauge.toml:",
    ),
    "colon": (" : ", ": "),
    "empty_file": ("Le fichier est vide.", "The file is empty."),
    "events_message": ("messages", "messages"),
    "events_action": ("actions", "actions"),
    "events_handoff": ("transferts", "hand-offs"),
    "events_rating": ("notes", "ratings"),
    "events_close": ("fins", "ends"),
    "roles_found": ("Qui écrit", "Who writes"),
    "from_to": ("du {first} au {last}", "{first} to {last}"),
    "no_times": ("aucune heure dans ce fichier", "no times in this file"),
    "columns_found": ("Colonnes lues", "Columns read"),
    "cause_times": ("sans heures", "no times"),
    "cause_confidence": ("sans la confiance du bot", "no confidence of the bot"),
    "cause_words": ("mots non lus (autre langue)", "words not read (other language)"),
    "cause_listed": ("la source le dit", "the source says so"),
    "in_all": (
        "dans toutes les conversations notables",
        "in all scorable conversations",
    ),
    "in_some": (
        "dans {count} {total:sur|des} {total} conversation{total:|s} notable{total:|s}",
        "in {count} of {total} scorable conversation{total:|s}",
    ),
    "line": ("ligne {number}", "line {number}"),
    "more_names": ("et {count} autre{count:|s}", "and {count} more"),
    "more_kinds": ("autres sortes : {count}", "other kinds: {count}"),
    "none": ("aucun", "none"),
    **DEMO_WORDS,
    **FIELD_WORDS,
}

WORDS: Mapping[Lang, Mapping[str, str]] = {
    "fr": {key: words[0] for key, words in _WORDS.items()},
    "en": {key: words[1] for key, words in _WORDS.items()},
}
_NARROW = "\u202f"
# Guillemets inside guillemets are others, and have no blanks.
_OPENING = re.compile(r"«[ \u00a0\u202f]?")
_CLOSING = re.compile(r"[ \u00a0\u202f]?»")


def spoken_in(locale: Locale) -> Lang:
    """Give the language of a locale.

    >>> spoken_in("fr-CA"), spoken_in("en")
    ('fr', 'en')
    """
    return "en" if locale == "en" else "fr"


def said(lang: Lang, key: str, **values: object) -> str:
    r"""Give the words of the interface for a key; French with its narrow blanks.

    >>> said("en", "average", value="61.2")
    ' (average 61.2)'
    >>> said("fr", "unscored", count=2)
    'Non notées, hors de la moyenne\u202f: 2.'
    """
    text = filled(WORDS[lang][key], lang, values)
    return spaced(text) if lang == "fr" else text


def why_not_scored(lang: Lang, reason: str) -> str:
    """Say in words why a conversation has no score.

    >>> why_not_scored("en", "agent")
    'a human agent took part'
    """
    return said(lang, "agent_reason" if reason == "agent" else reason)


def spaced(text: str) -> str:
    r"""Put narrow no-break blanks where French typography wants them.

    >>> spaced("« oui » : 5 %")
    '«\u202foui\u202f»\u202f: 5\u202f%'
    """
    for mark in ":;!?»%":
        text = text.replace(f" {mark}", _NARROW + mark)
    return text.replace("« ", "«" + _NARROW)


def quoted(text: str, lang: Lang) -> str:
    r"""Put words between the quotation marks of the language.

    >>> quoted("le statut « expédié »", "fr").replace("\u202f", " ")
    '« le statut “expédié” »'
    """
    if lang == "en":
        return f"“{text}”"
    inner = _CLOSING.sub("”", _OPENING.sub("“", text))
    return f"«{_NARROW}{inner}{_NARROW}»"


def number(value: float, lang: Lang, *, digits: int = 1, sign: bool = False) -> str:
    r"""Write a number as the language does, with a real minus.

    >>> number(-13.0, "fr", sign=True), number(1234.5, "fr"), number(1234.5, "en")
    ('−13,0', '1\u202f234,5', '1,234.5')
    """
    text = f"{value:{'+' if sign else ''},.{digits}f}".replace("-", "−")
    return text.replace(",", _NARROW).replace(".", ",") if lang == "fr" else text


def short_number(value: float, lang: Lang) -> str:
    """Write a number with the digits it has.

    >>> short_number(4.5, "fr"), short_number(5.0, "en")
    ('4,5', '5')
    """
    text = f"{value:g}".replace("-", "−")
    return text.replace(".", ",") if lang == "fr" else text


def action_in_words(action: str, lang: Lang) -> str:
    """Name an action; one that is not known keeps its own name.

    >>> action_in_words("purchase", "fr"), action_in_words("waved", "fr")
    ('achat', 'waved')
    """
    key = f"action_{action}"
    return said(lang, key) if key in WORDS[lang] else action
