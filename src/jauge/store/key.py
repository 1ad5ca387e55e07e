"""The key beside a database: it turns the id of a customer into a hash."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
from typing import TYPE_CHECKING

from jauge.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path

_BYTES = 32
_WRITTEN = re.compile(rb"[0-9a-f]{64}\n?")


def key_path(database: Path) -> Path:
    """Name the key file of a database."""
    return database.with_name(f"{database.name}.key")


def read_key(database: Path) -> bytes:
    """Read the key of a database.

    Raises:
        StoreError: it is missing or no key.
    """
    path = key_path(database)
    try:
        written = path.read_bytes()
    except OSError as error:
        msg = (
            f"{path}: the key of {database} cannot be read ({error.strerror}). Put it"
            " back from a copy: without it no customer can be recognised or forgotten."
        )
        raise StoreError(msg) from error
    if not _WRITTEN.fullmatch(written):
        msg = f"{path}: is not a key. Put the key of {database} back from a copy."
        raise StoreError(msg)
    return bytes.fromhex(written.decode())


def make_key(database: Path) -> bytes:
    """Make the key of a new database; one that is there already stays.

    Raises:
        StoreError: it cannot be written.
    """
    path = key_path(database)
    if path.exists():
        return read_key(database)
    key, beside = secrets.token_bytes(_BYTES), path.with_name(f"{path.name}.new")
    try:
        beside.unlink(missing_ok=True)
        made = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(made, "wb") as stream:
            stream.write(key.hex().encode() + b"\n")
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
        # The name must last as long as the database that needs it.
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
    except OSError as error:
        msg = f"{path}: cannot be written ({error.strerror}). Check the folder."
        raise StoreError(msg) from error
    return key


def hashed(key: bytes, kind: str, name: str) -> str:
    """Hash a name with the key; `kind` keeps customers and conversations apart.

    >>> hashed(b"k", "user", "ann") == hashed(b"k", "user", "ann")
    True
    >>> hashed(b"k", "user", "ann") == hashed(b"k", "conversation", "ann")
    False
    """
    told = f"{kind}\0{name}".encode("utf-8", "surrogatepass")
    return hmac.new(key, told, hashlib.sha256).hexdigest()
