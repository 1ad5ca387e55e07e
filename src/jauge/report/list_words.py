"""The lists of phrases that are no signals: what each holds, in French and English.

Signals look at them, and phrases of one's own may be added to them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

TITLE = (
    "listes qui ne sont pas des signaux et acceptent des expressions",
    "lists that are no signals and take phrases",
)
LIST_WORDS: Mapping[str, tuple[str, str]] = {
    "user_asks": (
        "Une question du client, sans son point d’interrogation.",
        "A question of the customer, without its mark.",
    ),
    "user_closes": (
        "Le client n’a plus besoin de rien.",
        "The customer needs nothing more.",
    ),
    "user_doubts": (
        "Le client doute d’une réponse, ou ne l’a pas suivie.",
        "The customer doubts an answer, or did not follow it.",
    ),
    "user_ironic": (
        "Un compliment ou un merci ironique juste après un échec.",
        "Praise or thanks that is irony right after a failure.",
    ),
    "user_moves_on": (
        "Le client, servi, passe à autre chose.",
        "The customer, answered, goes on to something more.",
    ),
    "user_neutral": (
        "Des mots du client qui ne disent rien et cachent les plus courts.",
        "Words of the customer that mean nothing and hide shorter ones.",
    ),
    "bot_asks_date": ("Le bot demande une date.", "The bot asks for a date."),
    "bot_asks_email": (
        "Le bot demande l’adresse de messagerie.",
        "The bot asks for the e-mail address.",
    ),
    "bot_asks_name": ("Le bot demande le nom.", "The bot asks for the name."),
    "bot_asks_order": (
        "Le bot demande le numéro de commande.",
        "The bot asks for the order number.",
    ),
    "bot_asks_phone": (
        "Le bot demande le numéro de téléphone.",
        "The bot asks for the phone number.",
    ),
    "bot_asks_postcode": (
        "Le bot demande le code postal.",
        "The bot asks for the postcode.",
    ),
    "bot_asks_size": ("Le bot demande la taille.", "The bot asks for the size."),
    "bot_checks": (
        "Le bot demande si le client a été servi.",
        "The bot asks whether the customer was served.",
    ),
    "bot_closes": (
        "Le bot termine la conversation, ou répond à un merci.",
        "The bot ends the conversation, or answers to thanks.",
    ),
    "bot_mentions_person": (
        "Le bot parle d’une personne, d’une équipe ou d’un transfert.",
        "The bot speaks of a person, a team or a transfer.",
    ),
    "bot_neutral": (
        "Des mots du bot qui ne disent rien et cachent les plus courts.",
        "Words of the bot that mean nothing and hide shorter ones.",
    ),
    "bot_rejects_value": (
        "Le bot refuse ce qui a été donné : faux, introuvable.",
        "The bot refuses what was given: wrong, not found.",
    ),
    "bot_requests": (
        "Une demande du bot, sans point d’interrogation.",
        "A request of the bot, without a question mark.",
    ),
}
