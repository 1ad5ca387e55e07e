"""The options that say who a name is: the bot, an agent, the customer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from jauge.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

BotId = Annotated[
    str | None,
    typer.Option(envvar="JAUGE_BOT_ID", help="The name or id that is the bot."),
]
AgentId = Annotated[
    str | None,
    typer.Option(envvar="JAUGE_AGENT_ID", help="The name or id that is a human agent."),
]
UserId = Annotated[
    str | None,
    typer.Option(
        envvar="JAUGE_USER_ID",
        help="The name or id that is the customer; * for every name that is not"
        " named otherwise.",
    ),
]


def roles_of(given: Mapping[str, str | None]) -> dict[str, str]:
    """Say who each name is, of a name for each role.

    Raises:
        UsageError: a name has two roles.
    """
    roles: dict[str, str] = {}
    for role, written in given.items():
        name = (written or "").strip()
        if name in roles:
            msg = f"--{role}-id {name}: also --{roles[name]}-id. Name each once."
            raise UsageError(msg)
        if name:
            roles[name] = role
    return roles
