"""Who a name is, where people said so: by `--bot-id`, `--agent-id` or `--user-id`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jauge.errors import UsageError
from jauge.model.conversation import Role

if TYPE_CHECKING:
    from collections.abc import Mapping

EVERYBODY = "*"
"""Stands for every name that nobody names otherwise."""


def role_told(name: str, known: str, roles: Mapping[str, str]) -> str:
    """Give the role that was told for a name, else the one known.

    A role that the source tells stays, unless that very name was told. Who has no name
    is nobody's: a line of the system.

    >>> roles = {"Boutique Lila": "bot", "*": "user"}
    >>> [role_told(name, "unknown", roles) for name in ("Boutique Lila", "Ann", "")]
    ['bot', 'user', 'unknown']
    """
    if name in roles:
        return roles[name]
    if name and known == Role.UNKNOWN:
        return roles.get(EVERYBODY, known)
    return known


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
