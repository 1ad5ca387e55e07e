"""Settings: `jauge.toml` and its defaults, read once at the edge and passed down."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from jauge.errors import UsageError

FILE = "jauge.toml"


class Limits(Struct, frozen=True, forbid_unknown_fields=True):
    """What a single record may weigh; more is rejected by the name of the limit."""

    record_bytes: Annotated[int, Meta(ge=1)] = 64 * 1024 * 1024
    events: Annotated[int, Meta(ge=1)] = 200_000


class ReadOptions(Struct, frozen=True):
    """How files are read: the options that every reading command has."""

    format: str | None = None
    columns: dict[str, str] = {}
    timezone: str = "UTC"
    set: dict[str, str] = {}
    limit: int | None = None
    limits: Limits = Limits()


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """The file `jauge.toml`: options by name, and phrases of your own.

    `phrases` is language → list → phrases; they are part of the scorer's hash.
    """

    lang: str | None = None
    scorer: str = "default"
    jobs: Annotated[int, Meta(ge=1)] = 1
    timezone: str = "UTC"
    columns: dict[str, str] = {}
    limits: Limits = Limits()
    phrases: dict[str, dict[str, list[str]]] = {}


def load_settings(path: Path | None = None) -> Settings:
    """Read a settings file; without a path, `jauge.toml` here if there is one.

    Raises:
        UsageError: the file named is missing, or says something that is no setting.
    """
    file = path or Path(FILE)
    if path is None and not file.is_file():
        return Settings()
    try:
        return msgspec.toml.decode(file.read_bytes(), type=Settings)
    except OSError as error:
        msg = f"{file}: cannot be read ({error.strerror}). Name an existing file."
        raise UsageError(msg) from error
    except msgspec.MsgspecError as error:
        msg = f"{file}: {error}. See docs/quickstart.md for what it may hold."
        raise UsageError(msg) from error
