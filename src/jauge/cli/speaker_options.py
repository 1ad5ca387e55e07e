"""The options that say who a name is: the bot, an agent, the customer."""

from __future__ import annotations

from typing import Annotated

import typer

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
