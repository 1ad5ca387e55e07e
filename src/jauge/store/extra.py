"""The extra packages that keeping needs: a missing one answers in one line."""

from __future__ import annotations

from importlib.util import find_spec

from jauge.errors import UsageError

_NEEDED = ("sqlalchemy", "alembic")


def check_extra() -> None:
    """Say what to install where a package is missing.

    Raises:
        UsageError: one is missing.
    """
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        msg = (
            f"keeping conversations needs {' and '.join(missing)}."
            " Install with: pip install 'jauge[serve]'"
        )
        raise UsageError(msg)
