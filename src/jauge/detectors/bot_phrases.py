"""Signals that are a list of phrases of the bot: a list is a row."""

from __future__ import annotations

from jauge.detectors.phrases import PhraseSignal
from jauge.detectors.protocol import Words
from jauge.detectors.standing import Claimed
from jauge.model.signal import Dimension

BUILTIN: tuple[PhraseSignal, ...] = (
    PhraseSignal(
        "bot_fails",
        Dimension.UNDERSTANDING,
        -1,
        {
            "fr": Words("échoue", "Le bot ne trouve pas ou ne peut pas."),
            "en": Words("fails", "The bot finds nothing or cannot do it."),
        },
    ),
    PhraseSignal(
        "bot_lacks",
        Dimension.UNDERSTANDING,
        -1,
        {
            "fr": Words(
                "n’en a pas", "Ce qui est demandé est complet, épuisé ou indisponible."
            ),
            "en": Words(
                "has none", "What is asked for is full, sold out or not available."
            ),
        },
    ),
    PhraseSignal(
        "bot_apologizes",
        Dimension.UNDERSTANDING,
        -1,
        {
            "fr": Words("s’excuse", "Le bot s’excuse."),
            "en": Words("apologizes", "The bot apologizes."),
        },
    ),
    PhraseSignal(
        "bot_succeeds",
        Dimension.UNDERSTANDING,
        1,
        {
            "fr": Words("réussit", "Le bot a trouvé, réservé, envoyé."),
            "en": Words("succeeds", "The bot found, booked or sent it."),
        },
        where=(Claimed(),),
    ),
)
