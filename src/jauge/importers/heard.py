"""What the bot made of the customer's words and what it offered, kept until used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from jauge.model.conversation import Action, Message, Role

if TYPE_CHECKING:
    from collections.abc import Mapping


class Heard:
    """The ear of the bot: what it understood last, and the choices it gave last.

    What was understood goes with the bot's next message, as the contract has it.
    """

    def __init__(self) -> None:
        self._intent: str | None = None
        self._confidence: float | None = None
        self._fallback: bool | None = None
        self._offered: Mapping[str, str] = {}

    def hear(
        self,
        intent: str = "",
        confidence: float | None = None,
        *,
        fallback: bool | None = None,
    ) -> None:
        """Keep what the bot made of the customer's last words."""
        self._intent = intent or None
        self._confidence = confidence
        self._fallback = fallback

    def answered(
        self, message: Message, payloads: Mapping[str, str] | None = None
    ) -> Message:
        """Give the bot's message what it had understood; keep what it offers.

        An agent's message stays as it is: what the bot understood is not theirs.
        `payloads` says what a choice sends → what the customer reads.
        """
        if not (message.text or message.media or message.choices):
            return message
        offered = {choice: choice for choice in message.choices}
        self._offered = {**offered, **(payloads or {})} or self._offered
        if message.role is not Role.BOT:
            return message
        told = replace(
            message,
            intent=self._intent,
            confidence=self._confidence,
            fallback=self._fallback,
        )
        self.hear()
        return told

    def asked(self, message: Message, payload: str = "") -> Message | Action:
        """Give the customer's message, or the click that it is on a choice."""
        target = self._offered.get(payload) or self._offered.get(message.text)
        self._offered = {}
        self.hear()
        if not target:
            return message
        return Action(
            role=message.role,
            action="quick_reply",
            target=target,
            at=message.at,
            id=message.id,
        )
