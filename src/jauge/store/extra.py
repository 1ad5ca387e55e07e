"""The extra packages that keeping needs: a missing one answers in one line."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from jauge.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

_NEEDED = ("sqlalchemy", "alembic")


def check_extra(what: str = "keeping conversations", more: Iterable[str] = ()) -> None:
    """Say what to install where a package is missing; `what` needs it, and `more`.

    Raises:
        UsageError: one is missing.
    """
    missing = [name for name in (*_NEEDED, *more) if find_spec(name) is None]
    if missing:
        msg = (
            f"{what} needs {' and '.join(missing)}."
            " Install with: pip install 'jauge[serve]'"
        )
        raise UsageError(msg)
