"""What was asked last with choices: its picker keeps the answer, or a message does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jauge.model.conversation import Action, Message, Role

if TYPE_CHECKING:
    from collections.abc import Iterator


class Asked:
    """What was asked last with choices, and what was chosen and not yet told."""

    def __init__(self) -> None:
        self.offered: tuple[str, ...] = ()
        self.chosen = ""
        self.told = ""

    def ask(self, message: Message, chosen: str) -> None:
        """Keep what is offered beside a message, and what its record says was taken."""
        self.offered, self.chosen, self.told = message.choices, chosen, ""

    def take(self, chosen: str) -> bool:
        """Say whether a choice is news; what the picker itself tells is forgotten."""
        self.chosen = ""
        is_new = chosen != self.told
        self.told = chosen
        return is_new

    def answered(self) -> Iterator[Action]:
        """Tell a choice of which no message says it; the time is not known."""
        chosen = self.chosen
        if chosen and self.take(chosen):
            yield Action(role=Role.USER, action="quick_reply", target=chosen)
