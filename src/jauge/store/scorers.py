"""The scorers of a store: those that have scored, the one shown, and more scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from jauge.store import sqlite, tables
from jauge.store.database import SHOWN, setting
from jauge.store.kept import ScorerFacts
from jauge.store.lookup import known
from jauge.store.rows import Row, now, score_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from jauge.model.score import Score
    from jauge.store.database import Store


def scorer_number(connection: Connection, facts: ScorerFacts) -> int:
    """Remember a scorer; the first one is that which reports show."""
    kept = tables.scorer
    row = {
        "id": facts.id,
        "name": facts.name,
        "judge": facts.judge,
        "first_used_at": now(),
    }
    sqlite.put(connection, kept, [row])
    if setting(connection, SHOWN) is None:
        sqlite.put(connection, tables.setting, [{"name": SHOWN, "value": facts.id}])
    asked = select(kept.c.number).where(kept.c.id == facts.id)
    return int(connection.execute(asked).scalar_one())


def shown_facts(store: Store) -> ScorerFacts | None:
    """Give what is kept of the scorer that reports show; None before the first."""
    kept = tables.scorer.c
    asked = select(kept.id, kept.name, kept.judge)
    with sqlite.reading(store.engine) as connection:
        shown = setting(connection, SHOWN)
        row = connection.execute(asked.where(kept.id == shown)).first()
    return ScorerFacts(*row) if row else None


def show_scorer(store: Store, scorer: str) -> None:
    """Let reports show another scorer."""
    with sqlite.writing(store.engine) as connection:
        row = {"name": SHOWN, "value": scorer}
        sqlite.put_over(connection, tables.setting, ["name"], [row])


def put_scores(
    store: Store, facts: ScorerFacts, scored: Sequence[tuple[Row, Score]]
) -> int:
    """Add scores of conversations as they are kept; give how many are new."""
    with sqlite.writing(store.engine) as connection:
        scorer = scorer_number(connection, facts)
        found = known(connection, [row["id"] for row, _ in scored], facts.id)
        rows = [
            {
                **score_row(score, row),
                "conversation": found[row["id"]].number,
                "scorer": scorer,
                "scored_at": now(),
            }
            for row, score in scored
            # Forgotten or gone on meanwhile: that is another's to score.
            if row["id"] in found
            and found[row["id"]].version.content == row["content"]
            and not (score.part == "whole" and found[row["id"]].is_scored)
        ]
        sqlite.put(connection, tables.score, rows)
    return sum(row["part"] == "whole" for row in rows)
