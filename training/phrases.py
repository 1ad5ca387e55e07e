"""Read the shipped phrases ahead, and write out their spellings: `make phrases`.

To be run after a list changed; a test says so. Needs no data. Without it all works as
well, only starts take longer.
"""

from __future__ import annotations

import msgspec

from jauge.text.language import READ
from jauge.text.phrases import SIDES
from jauge.text.spellings import TABLES, Kept, kept_path, spellings_of, table_of
from jauge.text.tables import list_files, load_tables, name_of, shipped_phrases


def main() -> None:
    """Write the tables."""
    TABLES.mkdir(exist_ok=True)
    files = list_files()
    kept = Kept(name_of(files), shipped_phrases(files))
    kept_path().write_bytes(msgspec.msgpack.encode(kept))
    load_tables.cache_clear()
    for language in READ:
        for side in SIDES:
            table = spellings_of(load_tables().of_book(language, side))
            table_of(language, side).write_bytes(msgspec.msgpack.encode(table))
            print(f"{language}, {side}: {len(table.owners):,} spellings")


if __name__ == "__main__":
    main()
