"""How fast the numbers behind a page come, on many conversations.

`python -m benchmarks.pages --conversations 100000`. One database is loaded, then each
thing is asked many times, as pages ask it: every answer is worked out anew.
"""

from __future__ import annotations

import argparse
import functools
import itertools
import subprocess
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import numpy as np
from msgspec.structs import replace

from benchmarks.chats import JAUGE, many_chats, print_table, write_lines
from jauge.columnar.desk import Desk
from jauge.columnar.marks import NoMarks
from jauge.columnar.query import Query
from jauge.model.conversation import Handoff, Message, Rating, Role
from jauge.store.columns_folder import erase_columns
from jauge.store.database import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from jauge.columnar.selection import Selection
    from jauge.model.conversation import Conversation, Event

_NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
_CHANNELS = ("web_chat", "messenger", "instagram", "whatsapp", "sms")
_SHOPS = tuple(f"Boutique {number}" for number in range(40))
_BOTS = ("Lia", "Concierge", "Comptoir")
_VERSIONS = tuple(f"2026-{month:02}" for month in range(1, 12))
_FLOWS = tuple(f"flow {number}" for number in range(60))
_WORDS = (
    "remboursement", "colis", "parcel", "refund", "merci", "zzz", "a", "bonjour",
    "hello", "taille", "order", "shop", "delivery", "livraison", "rendez-vous", "nul",
    "thanks", "please", "où", "comment", "agent",
)  # fmt: skip


def rich_chats(count: int) -> Iterator[Conversation]:
    """Make conversations of all kinds, over a year, of customers who come back."""
    random = Random(2)
    for chat in many_chats(count):
        start = _NOW - timedelta(minutes=random.randrange(525_600))
        yield replace(
            chat,
            channel=random.choice(_CHANNELS),
            department=random.choice((*_SHOPS, None)),
            bot=random.choice(_BOTS),
            bot_version=random.choice(_VERSIONS),
            user_id=f"u-{random.randrange(max(count // 3, 1))}",
            events=tuple(_events(chat, start, random)),
        )


def _events(chat: Conversation, start: datetime, random: Random) -> Iterator[Event]:
    flow = random.choice(_FLOWS)
    at = start
    for event in chat.events:
        at += timedelta(seconds=random.randrange(2, 60))
        is_bot = isinstance(event, Message) and event.role is Role.BOT
        yield replace(event, at=at, flow=flow) if is_bot else replace(event, at=at)
    if random.random() < 0.05:
        yield Handoff(at=at, state=random.choice(("requested", "refused", "accepted")))
    if random.random() < 0.2:
        yield Rating(at=at, value=random.randint(1, 5), best=5, worst=1)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--conversations", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=40)
    parser.add_argument("--db", help="A database that is kept, and made if missing.")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(options.db or Path(folder, "pages.db"))
        if not path.exists():
            _load(path, options.conversations, Path(folder, "chats.jsonl"))
        print_table(
            f"{options.conversations:,} conversations, {options.runs} times each",
            "what | median, ms | 95th percentile, ms",
            _rows(path, options.runs),
        )


def _load(path: Path, count: int, chats: Path) -> None:
    write_lines(chats, rich_chats(count))
    command = [*JAUGE, "load", str(chats), "--db", str(path)]
    subprocess.run(command, check=True, capture_output=True)


def _rows(path: Path, runs: int) -> Iterator[Sequence[str]]:
    store = open_store(path)
    erase_columns(path)
    yield _told("copy built, desk opened", _timed(lambda: Desk(store), 1))
    yield _told("desk opened again", _timed(lambda: Desk(store), 3))
    desk = Desk(store)
    yield _told("refresh, nothing new", _timed(desk.refresh, runs))
    for name, queries in _QUERIES.items():
        asking = _Asking(desk, itertools.cycle(queries))
        yield _told(f"{name}: list", _timed(functools.partial(asking, _list), runs))
        yield _told(f"{name}: all", _timed(functools.partial(asking, _all), runs))
        facets = functools.partial(asking, lambda found: found.facets)
        yield _told(f"{name}: facets alone", _timed(facets, runs))
    kept = desk.select(Query(), _NOW)
    numbers = kept.numbers(0, 25)
    yield _told("25 conversations read", _timed(lambda: store.several(numbers), runs))
    one = functools.partial(kept.neighbours, numbers[7])
    yield _told("neighbours", _timed(one, runs))
    yield f"{desk.memory_bytes / max(desk.count, 1):,.0f} bytes a conversation", "", ""


@dataclass
class _Asking:
    """Asks one query after another, each time worked out anew."""

    desk: Desk
    queries: Iterator[Query]

    def __call__(self, use: Callable[[Selection], object]) -> object:
        """Ask the next one, and use the answer."""
        # An answer of other marks is never one that is kept.
        return use(self.desk.select(next(self.queries), _NOW, NoMarks()))


def _list(found: Selection) -> object:
    return found.total, found.numbers(0, 25)


def _all(found: Selection) -> object:
    changes = found.average_change, found.agent_share_change
    return _list(found), found.overview, found.facets, changes


def _filtered(random: Random) -> Query:
    query = Query(period="last-30-days" if random.random() < 0.5 else "2026-01-01..")
    query = query.with_("channel", random.choice(_CHANNELS))
    query = query.with_("channel", random.choice(_CHANNELS))
    return query.with_("signal", random.choice(("bot_fallback", "user_thanks")))


_QUERIES = {
    "no filter": [Query()],
    "last 30 days": [Query(period="last-30-days", order="latest")],
    "3 filters": [_filtered(Random(seed)) for seed in range(20)],
    "search": [Query(text=word) for word in _WORDS],
}


def _timed(work: Callable[[], object], runs: int) -> list[float]:
    took = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        took.append(1000 * (time.perf_counter() - began))
    return took


def _told(name: str, took: Sequence[float]) -> Sequence[str]:
    middle, high = np.percentile(took, [50, 95])
    return name, f"{middle:,.1f}", f"{high:,.1f}"


if __name__ == "__main__":
    main()
