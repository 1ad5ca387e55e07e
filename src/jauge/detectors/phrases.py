"""Signals that are a list of phrases: a list is a row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from jauge.detectors.protocol import Need, Words, shown
from jauge.model.signal import Dimension

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from jauge.model.signal import Signal
    from jauge.text.reader import Said
    from jauge.text.reading import Reading

# Right after trouble, praise in few words is ironic more often than not.
_FEW_WORDS = 5


@dataclass(frozen=True, slots=True)
class PhraseSignal:
    """A signal shown by the phrases of one list.

    `not_first`: silent in the customer's first turn or message, where « merci » asks
    and « allo » greets. `unless_trouble`: silent for phrases that are irony right after
    the bot's trouble. `only_ironic`: the list that counts too, but only right after
    trouble.
    """

    name: str
    dimension: Dimension
    sign: Literal[1, -1]
    words: Mapping[str, Words]
    not_first: Literal["turn", "message", ""] = ""
    unless_trouble: bool = False
    only_ironic: str = ""
    needs: frozenset[Need] = frozenset({"words"})

    def find(self, reading: Reading) -> Iterable[Signal]:
        """Give every phrase of the list that was said and meant."""
        found = reading.said.get(self.name, ())
        if self.not_first and found:
            found = tuple(said for said in found if not self._is_first(said, reading))
        if self.unless_trouble and found:
            found = tuple(_meant(found, reading))
        if self.only_ironic:
            ironic = reading.said.get(self.only_ironic, ())
            found = (
                *found,
                *(said for said in ironic if reading.after_trouble(said.event)),
            )
        return [shown(self.name, said) for said in found]

    def _is_first(self, said: Said, reading: Reading) -> bool:
        turn = reading.turns[reading.turn_at[said.event]]
        if turn.number:
            return False
        return self.not_first == "turn" or said.event == turn.messages[0][0]


def _meant(found: Iterable[Said], reading: Reading) -> Iterator[Said]:
    """Leave out warm words that are irony: few, with praise, right after trouble."""
    ironic = {(said.event, said.words) for said in reading.said.get("user_ironic", ())}
    warm = reading.said_at("user_praises", "user_ironic")
    for said in found:
        if reading.after_trouble(said.event):
            few = len(reading.texts[said.event].words) <= _FEW_WORDS
            # A bare « merci » is politeness even then; beside « super » it is not.
            bare = few and (said.list != "user_thanks" or said.event in warm)
            if bare or (said.event, said.words) in ironic:
                continue
        yield said


BUILTIN: tuple[PhraseSignal, ...] = (
    PhraseSignal(
        "user_thanks",
        Dimension.SENTIMENT,
        1,
        {
            "fr": Words("remercie", "Le client remercie."),
            "en": Words("says thanks", "The customer says thank you."),
        },
        not_first="turn",
        unless_trouble=True,
    ),
    PhraseSignal(
        "user_praises",
        Dimension.SENTIMENT,
        1,
        {
            "fr": Words(
                "félicite", "Le client dit sa satisfaction, plus que par politesse."
            ),
            "en": Words("praises", "The customer is pleased, beyond politeness."),
        },
        unless_trouble=True,
    ),
    PhraseSignal(
        "user_angry",
        Dimension.SENTIMENT,
        -1,
        {
            "fr": Words("colère", "Le client s’énerve."),
            "en": Words("angry", "The customer is angry."),
        },
    ),
    PhraseSignal(
        "user_insults",
        Dimension.SENTIMENT,
        -1,
        {
            "fr": Words("insulte", "Le client insulte le robot ou la boutique."),
            "en": Words("insults", "The customer insults the bot or the shop."),
        },
    ),
    PhraseSignal(
        "user_complains",
        Dimension.SENTIMENT,
        -1,
        {
            "fr": Words("se plaint", "Le client se plaint du service rendu ici."),
            "en": Words("complains", "The customer complains about this service."),
        },
    ),
    PhraseSignal(
        "user_happy_emoji",
        Dimension.SENTIMENT,
        1,
        {
            "fr": Words("emoji content", "Le client envoie un emoji content."),
            "en": Words("happy emoji", "The customer sends a happy emoji."),
        },
        unless_trouble=True,
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
        only_ironic="user_ironic_emoji",
        needs=frozenset(),
    ),
    PhraseSignal(
        "bot_fails",
        Dimension.UNDERSTANDING,
        -1,
        {
            "fr": Words("échoue", "Le robot ne trouve pas ou ne peut pas."),
            "en": Words("fails", "The bot finds nothing or cannot do it."),
        },
    ),
    PhraseSignal(
        "bot_apologizes",
        Dimension.UNDERSTANDING,
        -1,
        {
            "fr": Words("s’excuse", "Le robot s’excuse."),
            "en": Words("apologizes", "The bot apologizes."),
        },
    ),
    PhraseSignal(
        "bot_succeeds",
        Dimension.UNDERSTANDING,
        1,
        {
            "fr": Words("réussit", "Le robot a trouvé, réservé, envoyé."),
            "en": Words("succeeds", "The bot found, booked or sent it."),
        },
    ),
    PhraseSignal(
        "user_corrects",
        Dimension.UNDERSTANDING,
        -1,
        {
            "fr": Words("corrige", "Le client corrige le robot."),
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
        not_first="message",
    ),
)
