"""Scenarios: what happened, as plain data, for every platform to tell in its shape.

A shape carries some facts and not others; `expected` is what must be read back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Literal, NamedTuple

from msgspec.structs import replace

from jauge.model.conversation import (
    Action,
    Conversation,
    Event,
    Handoff,
    Message,
    Rating,
    Role,
)

Fact = Literal[
    "times", "choices", "clicks", "agents", "fallback", "confidence", "intent",
    "requested", "accepted", "rating", "comment", "language", "channel",
    "bot_times", "guess", "after_handoff",
]  # fmt: skip
# `bot_times`: when the bot answered; `guess`: the intent behind a fallback;
# `after_handoff`: what is said once an agent has taken over.
ALL: frozenset[Fact] = frozenset(Fact.__args__)  # type: ignore[attr-defined]


class Step(NamedTuple):
    """One thing that happened, `at` seconds after the start.

    `kind` is `user`, `bot`, `agent`, `click` (on a choice just offered), `requested`,
    `accepted`, `rating`, or what is no turn: `note`, `typing`. `intent` and
    `confidence` of a bot step are what it made of the customer's words before it.
    """

    kind: str
    at: float
    text: str = ""
    choices: tuple[str, ...] = ()
    fallback: bool | None = None
    intent: str | None = None
    confidence: float | None = None
    value: int | None = None


class Scenario(NamedTuple):
    """A conversation: its id, where and when, and its steps in order."""

    id: str
    language: str
    channel: str
    start: datetime
    steps: tuple[Step, ...]

    def at(self, step: Step) -> datetime:
        """Give the moment of a step."""
        return self.start + timedelta(seconds=step.at)

    @property
    def offers(self) -> dict[str, tuple[str, ...]]:
        """Say which choices stood beside a choice that was taken."""
        steps = [step for step in self.steps if step.choices]
        return {choice: step.choices for step in steps for choice in step.choices}


_START = datetime(2026, 9, 14, 8, 2, 11, tzinfo=UTC)

SCENARIOS: tuple[Scenario, ...] = (
    Scenario(
        "82078",
        "fr",
        "web_chat",
        _START,
        (
            Step("bot", 0, "Bonjour 👋 Que puis-je faire pour vous ?", ("Suivre ma commande", "Autre demande")),
            Step("click", 9, "Suivre ma commande"),
            Step("bot", 10, "Très bien. Quel est votre numéro ?", intent="suivre_ma_commande", confidence=1.0),
            Step("user", 41, "c'est la FR-20931 je crois"),
            Step("typing", 42),
            Step("bot", 43, "Désolé, je n'ai pas compris.", fallback=True, intent="numero", confidence=0.21),
            Step("user", 60, "FR-20931 !! vous avez mon colis ou pas ?"),
            Step("bot", 61, "Désolé, je n'ai pas compris.", fallback=True, intent="numero", confidence=0.44),
            Step("user", 79, "c'est nul, merci quand même 😡"),
            Step("bot", 80, "Avez-vous une autre question ?", intent="plainte", confidence=0.97),
            Step("rating", 300, "Le robot ne comprend rien", value=2),
        ),
    ),
    Scenario(
        "82079",
        "en",
        "web_chat",
        _START + timedelta(days=1, milliseconds=250),
        (
            Step("user", 0, "hi, i can't log in since this morning"),
            Step("bot", 1, "Have you forgotten your password?", ("Forgot password", "Account locked"), intent="login", confidence=0.95),
            Step("click", 12, "Forgot password"),
            Step("bot", 13, "I have just sent a reset link.", intent="forgot_password", confidence=1.0),
            Step("user", 95, "got it, it works now. thanks!"),
            Step("bot", 96, "Have a good day!", intent="thanks", confidence=0.97),
            Step("rating", 130, value=5),
        ),
    ),
    Scenario(
        "82080",
        "en",
        "web_chat",
        _START + timedelta(days=2),
        (
            Step("user", 0, "where is my parcel?"),
            Step("bot", 2, "It is on its way.", intent="track", confidence=0.8),
            Step("user", 30, "i want to talk to a human"),
            Step("bot", 31, "I will find somebody.", intent="human", confidence=0.99),
            Step("requested", 32),
            Step("note", 40, "vip customer, be kind"),
            Step("accepted", 90),
            Step("agent", 95, "Hello, Ann here. It arrives today."),
            Step("user", 120, "great, thank you"),
        ),
    ),
    Scenario(
        "82081",
        "fr",
        "web_chat",
        _START + timedelta(days=3),
        (
            Step("bot", 0, "Bonjour !"),
            Step("user", 5, "Vous êtes ouverts à quelle heure ? = 9 h, 10 h ; \"19 h\"…"),
            Step("bot", 6, "De 9 h à 18 h.", intent="horaires", confidence=0.9),
        ),
    ),
)  # fmt: skip


def expected(scenario: Scenario, carries: frozenset[Fact]) -> Conversation:
    """Give what a shape that carries these facts must be read as."""
    return Conversation(
        id=scenario.id,
        language=scenario.language if "language" in carries else None,
        channel=scenario.channel if "channel" in carries else "unknown",
        events=tuple(
            event
            for step in carried(scenario, carries)
            if (event := _event(scenario, step, carries)) is not None
        ),
    )


def carried(scenario: Scenario, carries: frozenset[Fact]) -> Sequence[Step]:
    """Give the steps up to where the shape stops."""
    kinds = [step.kind for step in scenario.steps]
    stops = "accepted" in kinds and "after_handoff" not in carries
    return scenario.steps[: kinds.index("accepted") + 1] if stops else scenario.steps


def _event(scenario: Scenario, step: Step, carries: frozenset[Fact]) -> Event | None:
    at = scenario.at(step) if "times" in carries else None
    if step.kind in ("bot", "user", "agent"):
        return _message(step, at, carries)
    if step.kind == "click":
        if "clicks" in carries:
            return Action(role=Role.USER, action="quick_reply", target=step.text, at=at)
        return Message(role=Role.USER, text=step.text, at=at)
    if step.kind == "rating" and "rating" in carries:
        comment = step.text or None if "comment" in carries else None
        return Rating(value=step.value, comment=comment, at=at)  # type: ignore[arg-type]
    if step.kind in ("requested", "accepted") and step.kind in carries:
        return Handoff(state=step.kind, at=at)  # type: ignore[arg-type]
    return None


def _message(
    step: Step, at: datetime | None, carries: frozenset[Fact]
) -> Message | None:
    if step.kind == "agent" and "agents" not in carries:
        return None
    is_told = "guess" in carries or not step.fallback
    is_timed = step.kind != "bot" or "bot_times" in carries
    return Message(
        role=Role(step.kind),
        text=step.text,
        choices=step.choices if "choices" in carries else (),
        fallback=step.fallback if "fallback" in carries else None,
        intent=step.intent if "intent" in carries and is_told else None,
        confidence=step.confidence if "confidence" in carries and is_told else None,
        at=at if is_timed else None,
    )


class Shape(NamedTuple):
    """One shape of a format: how it tells scenarios, and which facts it carries.

    `render` makes one file of several scenarios. `facts` are what the platform itself
    says of each conversation: `{"channel": "messenger"}`; `seen` is what is left of an
    event where the platform tells less of it.
    """

    name: str
    importer: str
    render: Callable[[Sequence[Scenario]], bytes]
    carries: frozenset[Fact]
    facts: Mapping[str, object] = {}
    seen: Callable[[Event], Event] | None = None

    def expected(self, scenario: Scenario) -> Conversation:
        """Give what this shape must be read as."""
        made = expected(scenario, self.carries)
        if self.seen is not None:
            made = replace(made, events=tuple(map(self.seen, made.events)))
        return replace(made, **self.facts)
