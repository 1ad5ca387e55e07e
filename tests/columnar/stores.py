"""What the tests of the desk share: stores of all kinds of chats, and asking them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from jauge import samples
from jauge.columnar.query import Query
from jauge.keeping import Plan, load_files
from jauge.store.database import open_store
from tests.kept import write

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
SAMPLES = Path(samples.__file__).with_name("conversations.jsonl")


def loaded(folder, *chats, db="jauge.db"):
    """Load chats, or the samples; give the store."""
    path = write(Path(folder) / "chats.jsonl", *chats) if chats else SAMPLES
    load_files([str(path)], str(Path(folder) / db), Plan())
    return open_store(Path(folder) / db)


def ids(desk, query=None, now=NOW):
    """The ids of the conversations that a query lists, in order."""
    found = desk.select(query or Query(), now).numbers()
    return [one.conversation.id for one in desk._store.several(found)]


def ask(desk, **params):
    """Answer the parameters of an address."""
    lists = {
        name: [one] if isinstance(one, str) else one for name, one in params.items()
    }
    return desk.select(Query.of(lists), NOW)
