"""Write out the spellings of the shipped phrases: `make phrases`, after a list changed.

Needs no data. Without it all works as well; only starts take longer.
"""

from __future__ import annotations

import msgspec

from jauge.text.language import READ
from jauge.text.phrases import SIDES
from jauge.text.spellings import TABLES, spellings_of, table_of
from jauge.text.tables import load_tables


def main() -> None:
    """Write the tables."""
    TABLES.mkdir(exist_ok=True)
    for language in READ:
        for side in SIDES:
            table = spellings_of(load_tables().of_book(language, side))
            table_of(language, side).write_bytes(msgspec.msgpack.encode(table))
            print(f"{language}, {side}: {len(table.owners):,} spellings")


if __name__ == "__main__":
    main()
