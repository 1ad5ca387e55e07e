"""The names of OpenTelemetry's GenAI conventions, which change: all of them stand here.

What we call a thing → the attributes that hold it, the newest name first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMES: Mapping[str, tuple[str, ...]] = {
    "conversation": (
        "gen_ai.conversation.id",
        "session.id",
        "langfuse.session.id",
        "traceloop.association.properties.session_id",
    ),
    "input": (
        "gen_ai.input.messages",
        "gen_ai.prompt",
        "input.value",
        "traceloop.entity.input",
    ),
    "output": (
        "gen_ai.output.messages",
        "gen_ai.completion",
        "output.value",
        "traceloop.entity.output",
    ),
    "agent": ("gen_ai.agent.name",),
    "user": ("enduser.id", "user.id"),
    "evaluation": ("gen_ai.evaluation.name",),
    "score": ("gen_ai.evaluation.score.value",),
    "explanation": ("gen_ai.evaluation.explanation",),
}
RESOURCES: Mapping[str, tuple[str, ...]] = {
    "service": ("service.name",),
    "version": ("service.version",),
}
EVALUATED = "gen_ai.evaluation.result"
"""The event that tells a score."""
INDEXED: Mapping[str, tuple[str, ...]] = {
    "input": ("gen_ai.prompt.", "llm.input_messages."),
    "output": ("gen_ai.completion.", "llm.output_messages."),
}
"""Names with a number behind: `gen_ai.prompt.0.role`, `gen_ai.prompt.0.content`."""
MARKS = ("gen_ai.", "llm.input_messages.", "openinference.")
"""How the attributes of the conventions, or of those beside them, begin."""


class Named(NamedTuple):
    """An attribute's name: minus its age (0 is the newest), ours for it, theirs."""

    youth: int
    ours: str
    theirs: str


def by_theirs(names: Mapping[str, tuple[str, ...]]) -> dict[str, Named]:
    """Give what each attribute is to us.

    >>> by_theirs({"user": ("enduser.id", "user.id")})["user.id"]
    Named(youth=-1, ours='user', theirs='user.id')
    """
    return {
        theirs: Named(-age, ours, theirs)
        for ours, known in names.items()
        for age, theirs in enumerate(known)
    }
