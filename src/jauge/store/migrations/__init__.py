"""Migrations: what brings a database of any earlier release up to this one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text

from jauge.errors import StoreError

if TYPE_CHECKING:
    from sqlalchemy import Connection

# Alembic is slow to import: a database that stands here does not need it.
NEWEST = "0004"
_TABLE = "alembic_version"


def revision_of(connection: Connection) -> str | None:
    """Say at which revision a database stands; None if it is empty.

    Raises:
        StoreError: it is a database of another program.
    """
    names = inspect(connection).get_table_names()
    if _TABLE in names:
        found = connection.execute(text("SELECT version_num FROM alembic_version"))
        return found.scalar()
    if names:
        msg = f"holds tables of another program ({names[0]}). Name another file: --db"
        raise StoreError(msg)
    return None


def migrate(connection: Connection, to: str = NEWEST) -> None:
    """Bring a database up, inside the transaction that the connection is in.

    Raises:
        StoreError: a newer jauge has written it.
    """
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.runtime.migration import MigrationStep
    from alembic.script import ScriptDirectory
    from alembic.script.revision import RevisionError
    from alembic.util import CommandError

    script = ScriptDirectory(str(Path(__file__).parent))

    def steps(at: tuple[str, ...], _context: object) -> list[MigrationStep]:
        lower = at[0] if at else "base"
        try:
            found = list(script.iterate_revisions(to, lower))
        except (CommandError, RevisionError) as error:
            msg = "a newer jauge has written it. Install that one."
            raise StoreError(msg) from error
        return [
            MigrationStep.upgrade_from_script(script.revision_map, one)
            for one in reversed(found)
        ]

    with EnvironmentContext(Config(), script, fn=steps) as environment:
        environment.configure(connection=connection, transactional_ddl=True)
        environment.run_migrations()
