"""Writing into a store: chunk by chunk, each whole or not at all."""

from __future__ import annotations

import os
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

from sqlalchemy import bindparam, delete, insert, select, update

from jauge.model.score import Score
from jauge.store import sqlite, tables
from jauge.store.key import hashed
from jauge.store.lookup import any_erased, erased, known
from jauge.store.rows import Row, Version, change_of, now, score_row, version_of
from jauge.store.scorers import scorer_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy import Connection

    from jauge.store.database import Store
    from jauge.store.kept import ScorerFacts

Outcome = Literal[
    "new", "longer", "replaced", "otherwise", "unchanged", "erased", "rejected"
]
_OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
_TAKEN: frozenset[Outcome] = frozenset({"new", "longer", "replaced"})


class Item(NamedTuple):
    """A conversation to be kept: its row, its score if it needs one, its ratings.

    `bot_part` is the score of what came before an agent took over.
    """

    row: Row
    score: Score | None
    ratings: tuple[tuple[str, float], ...] = ()
    bot_part: Score | None = None


class Refusal(NamedTuple):
    """A refusal to be kept: its row, and the hashes of customers that it tells."""

    row: Row
    customers: frozenset[str] = frozenset()


class Written(NamedTuple):
    """What became of an item, and whether a score was added."""

    outcome: Outcome
    is_scored: bool = False


class Taking(NamedTuple):
    """What a load takes besides: what was erased `again`; `replace`, other readings."""

    again: bool = False
    replace: bool = False


class Writer:
    """Keeps chunks of one file; its load says how far it came."""

    def __init__(
        self, store: Store, connection: Connection, scorer: ScorerFacts, taking: Taking
    ) -> None:
        self._store, self._connection = store, connection
        self._facts, self._taking = scorer, taking
        self._load: int | None = None

    def begin(self, file: str) -> int:
        """Begin a file; its name is shown, so it is made readable. Give its number."""
        file = os.fsencode(file).decode(errors="replace")
        zeros = dict.fromkeys(("read", *_OUTCOMES), 0)
        with self._connection.begin():
            self._scorer = scorer_number(self._connection, self._facts)
            made = self._connection.execute(
                insert(tables.load).values(file=file, started_at=now(), **zeros)
            )
            [self._load] = made.inserted_primary_key or (0,)
        return self._load or 0

    def go_on(self, load: int) -> None:
        """Go on with a file that was begun, by its number."""
        with self._connection.begin():
            self._scorer = scorer_number(self._connection, self._facts)
        self._load = load

    def end(self) -> None:
        """End a file: it was read to its end."""
        kept = tables.load
        with self._connection.begin():
            self._connection.execute(
                update(kept).where(kept.c.number == self._load).values(ended_at=now())
            )

    def keep(
        self, items: Sequence[Item], refusals: Sequence[Refusal]
    ) -> tuple[list[Written], list[bool]]:
        """Keep a chunk; say what became of each item, and which refusals are kept.

        What another load has kept meanwhile is seen here.
        """
        with self._connection.begin():
            gone = self._gone(items, refusals)
            written = self._conversations(items, gone)
            is_kept = [not self._refusal_digests(one) & gone for one in refusals]
            rows = [
                one.row for one, is_so in zip(refusals, is_kept, strict=True) if is_so
            ]
            at = now()
            sqlite.put(
                self._connection,
                tables.rejected,
                [{**row, "loaded_at": at} for row in rows],
            )
            counts = Counter(one.outcome for one in written)
            counts["rejected"] += len(rows)
            counts["erased"] += len(refusals) - len(rows)
            self._count(counts)
        return written, is_kept

    def _digests(self, row: Row) -> set[str]:
        """Hash what a conversation may have been erased by."""
        keyed = hashed(self._store.key, "conversation", row["id"])
        return {keyed, row["customer"]} if row["customer"] else {keyed}

    def _refusal_digests(self, refusal: Refusal) -> set[str]:
        claimed = refusal.row["claimed"]
        keyed = {hashed(self._store.key, "conversation", claimed)} if claimed else set()
        return keyed | refusal.customers

    def _gone(self, items: Sequence[Item], refusals: Sequence[Refusal]) -> set[str]:
        if not any_erased(self._connection):
            return set()
        digests: set[str] = set()
        digests.update(*(self._digests(item.row) for item in items))
        digests.update(*map(self._refusal_digests, refusals))
        gone = erased(self._connection, digests)
        if gone and self._taking.again:
            kept = tables.erased.c.digest
            self._connection.execute(delete(tables.erased).where(kept.in_(gone)))
            return set()
        return gone

    def _conversations(self, items: Sequence[Item], gone: set[str]) -> list[Written]:
        ids = [item.row["id"] for item in items]
        found = known(self._connection, ids, self._facts.id)
        versions = {id_: one.version for id_, one in found.items()}
        outcomes, kept = [], {}
        for item in items:
            outcome = self._outcome(item.row, versions, gone)
            if outcome in _TAKEN:
                versions[item.row["id"]] = version_of(item.row)
                kept[item.row["id"]] = item.row
            outcomes.append(outcome)
        numbers = {id_: one.number for id_, one in found.items()}
        self._put_rows(kept, numbers)
        scored = {id_ for id_, one in found.items() if one.is_scored}
        added = _added(items, outcomes, versions, scored)
        self._put_scores(items, added, numbers)
        self._put_ratings(items, outcomes, numbers)
        return [Written(*one) for one in zip(outcomes, added, strict=True)]

    def _outcome(
        self, row: Row, versions: dict[str, Version], gone: set[str]
    ) -> Outcome:
        if self._digests(row) & gone:
            return "erased"
        before = versions.get(row["id"])
        if before is None:
            return "new"
        change = change_of(version_of(row), before)
        is_taken = change == "otherwise" and self._taking.replace
        return "replaced" if is_taken else change

    def _put_rows(self, kept: dict[str, Row], numbers: dict[str, int]) -> None:
        """Add new rows and replace earlier ones; `numbers` gets those of the new."""
        table, at = tables.conversation, now()
        later = [{**row, "of": numbers[id_], "loaded_at": at}
                 for id_, row in kept.items() if id_ in numbers]  # fmt: skip
        new = [
            {**row, "loaded_at": at} for id_, row in kept.items() if id_ not in numbers
        ]
        if later:
            asked = update(table).where(table.c.number == bindparam("of"))
            self._connection.execute(asked, later)
        if new:
            self._connection.execute(insert(table), new)
            asked_new = select(table.c.id, table.c.number).where(
                table.c.id.in_([row["id"] for row in new])
            )
            numbers.update(
                (id_, number) for id_, number in self._connection.execute(asked_new)
            )

    def _put_scores(
        self, items: Sequence[Item], added: Sequence[bool], numbers: dict[str, int]
    ) -> None:
        rows = [
            self._score(score, item.row, numbers[item.row["id"]])
            for item, is_added in zip(items, added, strict=True)
            for score in (item.score, item.bot_part)
            if is_added and score is not None
        ]
        sqlite.put(self._connection, tables.score, rows)

    def _score(self, score: Score, row: Row, number: int) -> Row:
        made = score_row(score, row)
        return {
            **made, "conversation": number, "scorer": self._scorer, "scored_at": now(),
        }  # fmt: skip

    def _put_ratings(
        self,
        items: Sequence[Item],
        outcomes: Sequence[Outcome],
        numbers: dict[str, int],
    ) -> None:
        at = now()
        rows = {
            (item.row["id"], source): {
                "conversation": numbers[item.row["id"]],
                "source": source,
                "hundredths": round(100 * points),
                "loaded_at": at,
            }
            for item, outcome in zip(items, outcomes, strict=True)
            for source, points in item.ratings
            # A version that is not taken tells a rating of its own that does not count.
            if outcome in _TAKEN
            or (outcome in ("otherwise", "unchanged") and source == "table")
        }
        keys = ["conversation", "source"]
        sqlite.put_over(self._connection, tables.rating, keys, list(rows.values()))

    def _count(self, counts: Counter[Any]) -> None:
        kept = tables.load
        more = {name: kept.c[name] + count for name, count in counts.items()}
        more["read"] = kept.c.read + counts.total()
        self._connection.execute(
            update(kept).where(kept.c.number == self._load).values(more)
        )


def _added(
    items: Sequence[Item],
    outcomes: Sequence[Outcome],
    versions: Mapping[str, Version],
    scored: set[str],
) -> list[bool]:
    """Say whose score is added: of what is kept now, or was so a moment ago.

    Another load may have `scored` it since; what comes twice is added once.
    """
    added: list[bool] = []
    for item, outcome in zip(items, outcomes, strict=True):
        id_ = item.row["id"]
        is_same = (
            outcome == "unchanged"
            and id_ not in scored
            and versions[id_].content == item.row["content"]
        )
        is_added = item.score is not None and (outcome in _TAKEN or is_same)
        if is_added:
            scored.add(id_)
        added.append(is_added)
    return added


@contextmanager
def writer_of(store: Store, scorer: ScorerFacts, taking: Taking) -> Iterator[Writer]:
    """Give a writer that keeps its connection until the end.

    Raises:
        StoreError: the file cannot be written.
    """
    with sqlite.held(store.engine) as connection:
        yield Writer(store, connection, scorer, taking)
