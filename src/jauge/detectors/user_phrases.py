"""Signals that are a list of phrases of the customer: a list is a row."""

from __future__ import annotations

from jauge.detectors.leaning import Lean
from jauge.detectors.phrases import PhraseSignal
from jauge.detectors.protocol import Words
from jauge.detectors.standing import (
    InLast,
    Meant,
    NotAfterTrouble,
    NotAsked,
    NotBeside,
    NotFirst,
    Objects,
)
from jauge.model.signal import Dimension
from jauge.text.cold import COLD, NOT_GLAD

# Who says one of these beside it needs nothing more.
_CONTENT = (
    "user_thanks", "user_praises", "user_closes", "user_says_goodbye",
    "user_happy_emoji", "user_laughs",
)  # fmt: skip

BUILTIN: tuple[PhraseSignal, ...] = (
    PhraseSignal(
        "user_thanks",
        Dimension.SENTIMENT,
        1,
        {
            "fr": Words("remercie", "Le client remercie."),
            "en": Words("says thanks", "The customer says thank you."),
        },
        where=(NotFirst(), Meant()),
    ),
    PhraseSignal(
        "user_praises",
        Dimension.SENTIMENT,
        1,
        {
            "fr": Words(
                "est satisfait",
                "Le client dit sa satisfaction, plus que par politesse.",
            ),
            "en": Words("is pleased", "The customer is pleased, beyond politeness."),
        },
        where=(
            Meant(),
            NotBeside(("user_corrects", "user_declines", "user_confused")),
        ),
        lean=Lean(
            "praises",
            unless_said=("user_laughs", *NOT_GLAD),
            unless_ironic=True,
            shows="warm",
        ),
    ),
    PhraseSignal(
        "user_angry",
        Dimension.SENTIMENT,
        -1,
        {
            "fr": Words("colère", "Le client s’énerve."),
            "en": Words("angry", "The customer is angry."),
        },
        where=(NotFirst(below=0.5),),
    ),
    PhraseSignal(
        "user_insults",
        Dimension.SENTIMENT,
        -1,
        {
            "fr": Words("insulte", "Le client insulte le bot ou la boutique."),
            "en": Words("insults", "The customer insults the bot or the shop."),
        },
    ),
    PhraseSignal(
        "user_complains",
        Dimension.SENTIMENT,
        -1,
        {
            "fr": Words(
                "se plaint probablement",
                "Le client se plaint probablement du service rendu ici.",
            ),
            "en": Words(
                "probably complains",
                "The customer probably complains about this service.",
            ),
        },
        lean=Lean(
            "complains",
            unless_said=(
                "user_angry",
                "user_insults",
                "user_corrects",
                "user_waits",
                "user_confused",
                "user_declines",
                "user_threatens_to_leave",
                "user_ironic",
            ),
            yields_to="repeats",
            shows="cold",
        ),
    ),
    PhraseSignal(
        "user_happy_emoji",
        Dimension.SENTIMENT,
        1,
        {
            "fr": Words("emoji content", "Le client envoie un emoji content."),
            "en": Words("happy emoji", "The customer sends a happy emoji."),
        },
        where=(NotFirst(), Meant()),
        needs=frozenset(),
    ),
    PhraseSignal(
        "user_unhappy_emoji",
        Dimension.SENTIMENT,
        -1,
        {
            "fr": Words("emoji mécontent", "Le client envoie un emoji mécontent."),
            "en": Words("unhappy emoji", "The customer sends an unhappy emoji."),
        },
        ironic="user_ironic_emoji",
        needs=frozenset(),
    ),
    PhraseSignal(
        "user_corrects",
        Dimension.UNDERSTANDING,
        -1,
        {
            "fr": Words("corrige", "Le client corrige le bot."),
            "en": Words("corrects", "The customer corrects the bot."),
        },
    ),
    PhraseSignal(
        "user_waits",
        Dimension.RESPONSE_TIME,
        -1,
        {
            "fr": Words("attend", "Le client s’impatiente de ne pas avoir de réponse."),
            "en": Words("waits", "The customer is impatient for an answer."),
        },
        where=(NotFirst("message"),),
    ),
    PhraseSignal(
        "user_says_goodbye",
        Dimension.SENTIMENT,
        1,
        {
            "fr": Words("dit au revoir", "Le client finit par un au revoir poli."),
            "en": Words("says goodbye", "The customer ends with a polite goodbye."),
        },
        where=(
            NotFirst(),
            InLast(),
            NotAfterTrouble(),
            NotBeside((*COLD, "user_unhappy_emoji")),
        ),
    ),
    PhraseSignal(
        "user_accepts",
        Dimension.UNDERSTANDING,
        1,
        {
            "fr": Words(
                "accepte", "Le client prend ce que le bot propose ou a compris."
            ),
            "en": Words(
                "accepts", "The customer takes what the bot proposed or understood."
            ),
        },
        where=(
            NotFirst(),
            NotAsked(),
            NotAfterTrouble(),
            NotBeside((*COLD, "user_corrects", "user_declines")),
        ),
    ),
    PhraseSignal(
        "user_declines",
        Dimension.UNDERSTANDING,
        -1,
        {
            "fr": Words("décline", "Le client refuse ce que le bot propose."),
            "en": Words("declines", "The customer refuses what the bot proposed."),
        },
        where=(NotFirst(),),
    ),
    PhraseSignal(
        "user_says_no",
        Dimension.UNDERSTANDING,
        -1,
        {
            "fr": Words("dit non", "Le client dit non, ou qu’il n’en est pas ainsi."),
            "en": Words("says no", "The customer says no, or that it is not so."),
        },
        where=(NotFirst(), Objects(_CONTENT)),
    ),
    PhraseSignal(
        "user_confused",
        Dimension.EASE,
        -1,
        {
            "fr": Words("est perdu", "Le client ne comprend pas le bot."),
            "en": Words("confused", "The customer does not understand the bot."),
        },
        where=(NotFirst(),),
    ),
    PhraseSignal(
        "user_threatens_to_leave",
        Dimension.SENTIMENT,
        -1,
        {
            "fr": Words(
                "menace de partir",
                "Le client menace de partir ou de le dire à tout le monde.",
            ),
            "en": Words(
                "threatens to leave",
                "The customer threatens to leave, or to tell everyone.",
            ),
        },
    ),
)
