"""Signal: the customer leaves with an open need."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Literal

from msgspec import Struct

from jauge.detectors.protocol import Need, Words
from jauge.model.conversation import BOT, Action, Handoff
from jauge.model.signal import Dimension, Signal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jauge.text.reading import Reading

_CONTENT = (
    "user_thanks", "user_closes", "user_says_goodbye", "user_praises",
    "user_happy_emoji",
)  # fmt: skip
_DONE = frozenset(
    {"purchase", "add_to_cart", "opt_in", "thumbs_up", "link", "product_click"}
)


class UserLeaves(Struct, frozen=True):
    """The bot was in trouble or asking, and the customer never came back.

    Only a closed conversation can have been left. Short alone says nothing
    (`accuracy-shop.md` section 1): the need must be open.
    """

    asking: float = 0.6
    longest_evidence: int = 80

    name: ClassVar[str] = "user_leaves"
    dimension: ClassVar[Dimension] = Dimension.ENGAGEMENT
    sign: ClassVar[Literal[-1]] = -1
    needs: ClassVar[frozenset[Need]] = frozenset()
    words: ClassVar[Mapping[str, Words]] = {
        "fr": Words(
            "part sans réponse", "Le client part alors que sa demande reste ouverte."
        ),
        "en": Words("leaves", "The customer leaves while the need is still open."),
    }

    def find(self, reading: Reading) -> Iterator[Signal]:
        """Give the bot's last words before the customer left."""
        if not reading.conversation.closed or len(reading.turns) < 2:  # noqa: PLR2004 - one side
            return
        at = len(reading.turns) - 1
        last = reading.turns[at]
        if last.role is not BOT or _ended_well(reading, at):
            return
        messages = [
            (index, message) for index, message in last.messages if message.text
        ]
        if not messages:
            return
        _, message = messages[-1]
        if at in reading.trouble:
            strength = 1.0
        elif message.text.rstrip().endswith("?") or message.choices:
            strength = self.asking
        else:
            return
        text = message.text.strip()
        evidence = (
            text
            if len(text) <= self.longest_evidence
            else "…" + text[-self.longest_evidence :]
        )
        yield Signal(self.name, None, evidence, None, strength)


def _ended_well(reading: Reading, at: int) -> bool:
    """Say whether something closes the need: words, a click, a hand-off."""
    before, last = reading.turns[at - 1], reading.turns[at]
    content = reading.said_at(*_CONTENT).intersection(before.events)
    closed = reading.said_at("bot_closes").intersection(last.events)
    after = reading.events[before.events[0] :]
    done = any(
        type(event) is Handoff or (type(event) is Action and event.action in _DONE)
        for event in after
    )
    return bool(content or closed) or done
