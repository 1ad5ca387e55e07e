"""How long the server takes for each page, on many conversations, and what it weighs.

`python -m benchmarks.served --conversations 100000`. The application itself is asked,
without a network between; no question is asked twice, so no answer is there already.
The weight is that of the page as it is sent, compressed; its style, script and fonts,
which a browser fetches once, are told apart.
"""

from __future__ import annotations

import argparse
import itertools
import tempfile
import time
import warnings
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import numpy as np
from litestar.exceptions import LitestarDeprecationWarning
from litestar.testing import TestClient

from benchmarks.chats import print_table
from benchmarks.pages import CHANNELS, WORDS, load
from jauge.columnar.query import Query
from jauge.service.app import app_of
from jauge.service.assets import assets
from jauge.service.serving import settle
from jauge.service.site import Site, SiteSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from litestar import Litestar

_SIGNALS = ("bot_fallback", "user_thanks", "user_tone", "bot_misses", "user_repeats")
_ORDERS = ("score", "bot", "latest", "messages", "duration", "ease", "channel")
_LEVELS = ("very_negative", "negative", "neutral", "positive", "very_positive")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--conversations", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=60)
    parser.add_argument("--db", help="A database that is kept, and made if missing.")
    parser.add_argument(
        "--cpu", action="store_true", help="Count processor time: for a busy machine."
    )
    options = parser.parse_args()
    clock = time.process_time if options.cpu else time.perf_counter
    warnings.simplefilter("ignore", LitestarDeprecationWarning)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(options.db or Path(folder, "pages.db"))
        if not path.exists():
            load(path, options.conversations, Path(folder, "chats.jsonl"))
        settings = SiteSettings(db=path)
        ids = _ids(Site(settings), options.runs)
        print_table(
            f"{options.conversations:,} conversations, {options.runs} pages each",
            "page | median, ms | 95th percentile, ms | worst, ms | kB sent",
            _rows(app_of(settings), ids, options.runs, clock),
        )


def _ids(site: Site, count: int) -> list[str]:
    numbers = site.select(Query()).numbers(0, count)
    return [one.conversation.id for one in site.store.several(numbers)]


def _rows(
    app: Litestar, ids: Sequence[str], runs: int, clock: Callable[[], float]
) -> Iterator[Sequence[str]]:
    with TestClient(app, base_url="http://127.0.0.1") as client:
        client.get("/en/conversations")
        settle()
        for name, addresses in _pages(ids).items():
            took, sent = [], []
            for address in itertools.islice(addresses, runs):
                began = clock()
                answer = client.get(address, headers={"Accept-Encoding": "gzip"})
                took.append(1000 * (clock() - began))
                answer.raise_for_status()
                sent.append(int(answer.headers.get("content-length", 0)))
            middle, high, worst = np.percentile(took, [50, 95, 100])
            yield (
                name,
                f"{middle:.0f}",
                f"{high:.0f}",
                f"{worst:.0f}",
                f"{max(sent) / 1000:.0f}",
            )
    style = sum(len(one.content) for one in assets().values()) / 1000
    yield "style, script and fonts, once, not compressed", "", "", "", f"{style:.0f}"


def _pages(ids: Sequence[str]) -> dict[str, Iterator[str]]:
    random, list_ = Random(4), "/en/conversations"
    days = (
        f"2026-{random.randint(1, 11):02}-{random.randint(1, 28):02}"
        for _ in iter(int, 1)
    )
    return {
        "list, a period of its own": (f"{list_}?period={day}.." for day in days),
        "list, three filters, an order": (
            f"{list_}?period={day}..&channel={random.choice(CHANNELS)}"
            f"&level={random.choice(_LEVELS)}&signal={random.choice(_SIGNALS)}"
            f"&order={random.choice(_ORDERS)}"
            for day in days
        ),
        "list, 100 rows": (f"{list_}?size=100&period={day}.." for day in days),
        "search": (
            f"{list_}?text={random.choice(WORDS)}&period={day}.." for day in days
        ),
        "one conversation": (
            f"/en/conversation?id={id_}&period={day}.."
            for id_, day in zip(itertools.cycle(ids), days, strict=False)
        ),
        "not scored": itertools.repeat("/en/not-scored"),
        "import": itertools.repeat("/en/import"),
    }


if __name__ == "__main__":
    main()
