"""The words around one conversation on the page, in French and English."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

TALK_WORDS: Mapping[str, tuple[str, str]] = {
    "talks_told": (
        "Les {low} pires et les {high} meilleures, message par message.",
        "The {low} worst and the {high} best, message by message.",
    ),
    "talks_all": (
        "Toutes, message par message, de la pire à la meilleure.",
        "All of them, message by message, worst first.",
    ),
    "talk": ("Conversation {id}", "Conversation {id}"),
    "back": ("Retour à la liste", "Back to the list"),
    "previous": ("Précédente", "Previous"),
    "next": ("Suivante", "Next"),
    "original": ("Ouvrir l’original", "Open the original"),
    "original_of": ("Ouvrir l’original de {id}", "Open the original of {id}"),
    "transcript": ("Transcription et points", "Transcript and points"),
    "user": ("Client", "Customer"),
    "bot": ("Bot", "Bot"),
    "agent": ("Agent", "Agent"),
    "system": ("Système", "System"),
    "unknown": ("Inconnu", "Unknown"),
    "says": ("{who} : ", "{who}: "),
    "waits": ("le client attend {time}", "the customer waits {time}"),
    "media": ("(sans texte : {media})", "(no text: {media})"),
    "intent": ("intention : {name}", "intent: {name}"),
    "confidence": ("confiance : {value} %", "confidence: {value}%"),
    "flow": ("flux : {name}", "flow: {name}"),
    "total": ("total : ", "total: "),
    "total_told": (
        "→ total : somme des points dans l’ordre ; ce n’est pas le score à cet "
        "instant.",
        "→ total: points summed in order; not the score at that moment.",
    ),
    "small": ("{count} petits points", "{count} small points"),
    "whole": ("Sur toute la conversation", "Over the whole conversation"),
    "handoff_requested": ("Transfert demandé", "Hand-off requested"),
    "handoff_refused": ("Transfert refusé", "Hand-off refused"),
    "handoff_accepted": ("Une personne prend la suite", "A person takes over"),
    "closed": ("Fin de la conversation", "End of the conversation"),
    "rated": ("a donné la note", "rated"),
    "not_counted": (
        "Montrée à côté, jamais comptée dans le score.",
        "Shown beside, never counted in the score.",
    ),
    "left_out": (
        "{count} événements de plus ne sont pas montrés ici ({points}).",
        "{count} more events are not shown here ({points}).",
    ),
    "where_from": ("D’où vient ce score", "Where this score comes from"),
    "step": ("Étape", "Step"),
    "points_column": ("Points", "Points"),
    "place_on_scale": ("Place sur l’échelle", "Place on the scale"),
    "by_signal": ("Signal par signal", "Signal by signal"),
    "times": ("{count} fois", "{count} times"),
    "range_reader": (
        "8 fois sur 10, une personne attentive la place entre {low} et {high}.",
        "8 times in 10, a careful reader places it between {low} and {high}.",
    ),
    "range_customer": (
        "8 fois sur 10, le client la note entre {low} et {high}.",
        "8 times in 10, the customer rates it between {low} and {high}.",
    ),
    "unavailable": (
        "Non disponible dans cette source : {names}. Ce qui manque n’est pas compté.",
        "Not available in this source: {names}. What is missing is not counted.",
    ),
    "words_unread": (
        "Les mots n’ont pas été lus (langue : {language}) ; seuls les faits comptent.",
        "Words were not read (language: {language}); only facts count.",
    ),
    "customer_language": ("langue : {name}", "language: {name}"),
    "bot_version": ("version {version}", "version {version}"),
    # channels
    "channel_web_chat": ("Clavardage web", "Web chat"),
    "channel_email": ("Courriel", "E-mail"),
    "channel_messenger": ("Messenger", "Messenger"),
    "channel_instagram": ("Instagram", "Instagram"),
    "channel_whatsapp": ("WhatsApp", "WhatsApp"),
    "channel_sms": ("SMS", "SMS"),
    "channel_unknown": ("Canal inconnu", "Unknown channel"),
}
