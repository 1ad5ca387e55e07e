"""Where a phrase of a list counts: one condition a class, for the rows of lists.

Each says what it asks of one phrase; a row names those that all must hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol

from msgspec import Struct

from jauge.detectors.leaning import FEW_WORDS, sounds_ironic
from jauge.model.conversation import USER
from jauge.text.claims import is_claimed
from jauge.text.cold import is_cold
from jauge.text.moves import says_not_served, tells_of_self

if TYPE_CHECKING:
    from jauge.text.reader import Said
    from jauge.text.reading import Reading


class Standing(Protocol):
    """A condition on a phrase that was said."""

    def holds(self, said: Said, reading: Reading) -> bool:
        """Say whether the phrase counts there."""
        ...


class NotFirst(Struct, frozen=True):
    """Not in the customer's first turn, or its first message.

    « Merci » asks there, « allo » greets, and an oath is none at the bot: phrases
    weaker than `below` are held to it.
    """

    of: Literal["turn", "message"] = "turn"
    below: float = 2.0

    def holds(self, said: Said, reading: Reading) -> bool:
        """Say whether the phrase is stronger, or comes later."""
        turn = reading.turns[reading.turn_at[said.event]]
        if turn.number or said.strength >= self.below:
            return True
        return self.of == "message" and said.event != turn.messages[0][0]


class InLast(Struct, frozen=True):
    """In the customer's last turn."""

    def holds(self, said: Said, reading: Reading) -> bool:
        """Say whether nothing more came from the customer after this turn."""
        last = next(turn for turn in reversed(reading.turns) if turn.role is USER)
        return reading.turns[reading.turn_at[said.event]] is last


class NotAsked(Struct, frozen=True):
    """Without a question mark right behind it."""

    def holds(self, said: Said, reading: Reading) -> bool:
        """Say whether the phrase is no question."""
        return not reading.text_of(said.event)[said.end :].lstrip().startswith("?")


class Claimed(Struct, frozen=True):
    """In a sentence that claims: it asks, denies and sets no condition."""

    def holds(self, said: Said, reading: Reading) -> bool:
        """Say whether its sentence says that it is so."""
        turn = reading.turns[reading.turn_at[said.event]]
        # The sentence after it may stand in a bubble of its own.
        rest = [one.text for index, one in turn.messages if index >= said.event]
        return is_claimed("\n".join(rest), said.start, said.end)


class NotAfterTrouble(Struct, frozen=True):
    """Not right after the bot's trouble."""

    def holds(self, said: Said, reading: Reading) -> bool:
        """Say whether the bot was in no trouble just before."""
        return not reading.after_trouble(said.event)


class NotBeside(Struct, frozen=True):
    """In no turn in which one of these lists was found too."""

    lists: tuple[str, ...]

    def holds(self, said: Said, reading: Reading) -> bool:
        """Say whether its turn holds none of them."""
        turn = reading.turns[reading.turn_at[said.event]]
        return reading.said_at(*self.lists).isdisjoint(turn.events)


class Objects(Struct, frozen=True):
    """A no to the bot: beside no word of content, and no answer to a question.

    "Anything else?" (the list `asks_more`) and what the bot asks about the customer
    are answered so, too; but nothing hides a no to "did that help?".
    """

    content: tuple[str, ...]
    asks_more: str = "bot_closes"

    def holds(self, said: Said, reading: Reading) -> bool:
        """Say whether the no is one to what the bot did."""
        at = reading.turn_at[said.event]
        before = reading.turns[at - 1].events if at else ()
        is_object = (
            reading.said_at(*self.content).isdisjoint(reading.turns[at].events)
            and reading.said_at(self.asks_more).isdisjoint(before)
            and not tells_of_self(reading, at)
        )
        return is_object or says_not_served(reading, at)


class Meant(Struct, frozen=True):
    """Warm, and not in irony: which few words of praise right after trouble are.

    So are those that share words with cold ones, “wow thanks” in “wow thanks for
    nothing”, and those in which a head hears irony.
    """

    def holds(self, said: Said, reading: Reading) -> bool:
        """Say whether the words are meant as they are said."""
        if is_cold(reading, said.event, (said.start, said.end)):
            return False
        if sounds_ironic(reading, said.event):
            return False
        if not reading.after_trouble(said.event):
            return True
        warm = reading.said_at("user_praises", "user_ironic")
        few = len(reading.texts[said.event].words) <= FEW_WORDS
        # A bare « merci » is politeness even then; beside « super » it is not.
        if few and (said.list != "user_thanks" or said.event in warm):
            return False
        return not any(
            (one.event, one.words) == (said.event, said.words)
            for one in reading.said.get("user_ironic", ())
        )
