"""Change files and records in any way, the same way for the same seed."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

MUTATIONS = int(os.environ.get("SOAK_MUTATIONS", "1000"))
"""How many files each test of whatever may be done to a file changes."""
JUNK = (
    b"", b"\x00", b'"', b"\r", b"\n", b"{", b"}", b"[", b"]", b"\xff", b"\\", b"1e999",
    b"NaN", b"\\ud800", b";", b",", b"9" * 5000, b"[" * 3000, b"\xef\xbb\xbf", b"null",
)  # fmt: skip
VALUES = (None, True, -1, 1e300, 10**30, "", "x", [], {}, [[]], {"type": "message"})


def retold(record: object, rnd: random.Random) -> object:
    """Delete, rename, retype or shuffle something in a JSON value."""
    if isinstance(record, dict) and record:
        key = rnd.choice(sorted(record))
        rest = {name: value for name, value in record.items() if name != key}
        changes = (
            {},
            {key.upper(): record[key]},
            {key: rnd.choice(VALUES)},
            {key: retold(record[key], rnd)},
        )
        return {**rest, **rnd.choice(changes)}
    if isinstance(record, list) and record:
        if rnd.random() < 0.3:
            return rnd.sample(record, len(record))
        index = rnd.randrange(len(record))
        return [*record[:index], retold(record[index], rnd), *record[index + 1 :]]
    return rnd.choice(VALUES)


def deeply_retold(record: object, rnd: random.Random) -> object:
    """Retell something at any depth: where a record is deep, its leaves are most."""
    if isinstance(record, dict) and record and rnd.random() < 0.8:
        key = rnd.choice(sorted(record))
        return {**record, key: deeply_retold(record[key], rnd)}
    if isinstance(record, list) and record and rnd.random() < 0.8:
        index = rnd.randrange(len(record))
        changed = deeply_retold(record[index], rnd)
        return [*record[:index], changed, *record[index + 1 :]]
    return retold(record, rnd)


def damaged(data: bytes, rnd: random.Random) -> bytes:
    """Overwrite, insert and cut off bytes."""
    for _ in range(rnd.randrange(1, 5)):
        at = rnd.randrange(len(data) + 1)
        data = (
            data[:at] + rnd.choice(JUNK) + data[at + rnd.choice((0, 0, 1, 20, 500)) :]
        )
    return data[: rnd.randrange(len(data) + 1)] if rnd.random() < 0.2 else data


def mutated(data: bytes, rnd: random.Random) -> bytes:
    """Change a file: a value of its JSON where it has any, or its bytes."""
    if rnd.random() < 0.3:
        return damaged(data, rnd)
    try:
        whole = json.loads(data)
    except ValueError:
        lines = data.split(b"\n")
        index = rnd.randrange(len(lines))
        lines[index] = _line(lines[index], rnd)
        return b"\n".join(lines)
    return json.dumps(deeply_retold(whole, rnd)).encode()


def _line(line: bytes, rnd: random.Random) -> bytes:
    try:
        return json.dumps(deeply_retold(json.loads(line), rnd)).encode()
    except ValueError:
        return damaged(line, rnd)
