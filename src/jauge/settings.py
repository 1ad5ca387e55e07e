"""Settings: `jauge.toml` and its defaults, read once at the edge and passed down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct, field

from jauge.errors import UsageError
from jauge.mappings import Mapping

FILE = "jauge.toml"


class Limits(Struct, frozen=True, forbid_unknown_fields=True):
    """What a single record may weigh; more is rejected by the name of the limit.

    `text_chars`: all that is said in one conversation. Scoring needs memory for it, by
    far more than for what else a record of `record_bytes` may hold.
    """

    record_bytes: Annotated[int, Meta(ge=1)] = 64 * 1024 * 1024
    events: Annotated[int, Meta(ge=1)] = 100_000
    text_chars: Annotated[int, Meta(ge=1)] = 10_000_000
    archive_files: Annotated[int, Meta(ge=1)] = 100_000
    archive_bytes: Annotated[int, Meta(ge=1)] = 64 * 1024**3
    archive_ratio: Annotated[int, Meta(ge=1)] = 200


class ReadOptions(Struct, frozen=True):
    """How files are read: the options that every reading command has.

    `roles` is who a name is: `{"Lia": "bot", "*": "user"}`, where `*` is every name
    that is not named otherwise, and whose role the source does not tell. `on_zoneless`
    is called, once a file, when a table has a time without a zone; `on_left_out` with
    the kind of each thing that is no turn; `on_unknown` with the name of each speaker
    whose role nobody tells; `on_speaker`, where `roles` are told, with each name that
    one may be told of; `on_columns` with the field that each column of a table
    is, None where it is none. `gap` is the silence in seconds after which a thread is
    cut; 0 never, None as the format says. `as_of` is when the files were written: what
    went on then is open. `mapping` says where the facts stand in JSON of any shape.
    `called` is the name of a file in what is said of it, where its path is none of the
    reader's business. `on_bytes` is called with how many of its bytes were read,
    unpacked; what it raises ends the reading.
    """

    format: str | None = None
    columns: dict[str, str] = {}
    roles: dict[str, str] = {}
    timezone: str = "UTC"
    on_zoneless: Callable[[], None] | None = None
    set: dict[str, str] = {}
    limit: int | None = None
    limits: Limits = Limits()
    called: str | None = None
    on_bytes: Callable[[int], None] | None = None
    gap: float | None = None
    as_of: datetime | None = None
    on_left_out: Callable[[str], None] | None = None
    on_unknown: Callable[[str], None] | None = None
    on_speaker: Callable[[str], None] | None = None
    on_columns: Callable[[dict[str, str | None]], None] | None = None
    mapping: Mapping | None = None

    def leave_out(self, kind: str) -> None:
        """Say that something is no turn of a conversation."""
        if self.on_left_out is not None:
            self.on_left_out(kind)

    @property
    def silence(self) -> timedelta | None:
        """The silence after which a thread is cut; None where it never is."""
        return timedelta(seconds=self.gap) if self.gap else None


class Settings(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The file `jauge.toml`: the options of the command line by name, and more.

    `phrases` is language → list → phrases; they are part of the scorer's hash.
    """

    bom: bool = False
    before_handoff: bool = False
    columns: dict[str, str] = {}
    db: str = "jauge.db"
    format: str | None = field(default=None, name="from")
    dissatisfied_below: Annotated[float, Meta(ge=0, le=100)] = 50
    jobs: Annotated[int, Meta(ge=1)] = 1
    label: str | None = None
    lang: Literal["fr", "en", "fr-CA", "fr-FR"] | None = None
    limit: Annotated[int, Meta(ge=1)] | None = None
    long: bool = False
    mapping: str | None = None
    mask: bool = True
    on: str | None = None
    out: str | None = None
    picture: str | None = None
    rating: str | None = None
    ratings: str | None = None
    rejected: str | None = None
    report_to: Literal["text", "json"] = "text"
    scale: str = "1-5"
    scorer: str = "default"
    set: dict[str, str] = {}
    strict: bool = False
    timezone: str | None = None
    to: Literal["jsonl", "csv", "xlsx", "parquet"] | None = None
    wide: bool = False
    bot_id: str | None = None
    agent_id: str | None = None
    user_id: str | None = None
    as_of: str | None = None
    gap: str | None = None
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
    except UnicodeDecodeError as error:
        msg = f"{file}: byte {error.start} is not UTF-8. Save it as UTF-8."
        raise UsageError(msg) from error
    except OSError as error:
        msg = f"{file}: cannot be read ({error.strerror}). Name an existing file."
        raise UsageError(msg) from error
    except msgspec.MsgspecError as error:
        msg = f"{file}: {error}. See docs/quickstart.md for what it may hold."
        raise UsageError(msg) from error
