"""The labels of a store: what people who read a conversation judged of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select

from jauge.errors import UsageError
from jauge.model.label import STARS, Label
from jauge.store import sqlite, tables
from jauge.store.given import checked_name, checked_text, kept_time, told_time
from jauge.store.lookup import rows_of, version_kept

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy import Select

    from jauge.store.database import Store
    from jauge.store.rows import Row

_BATCH = 500
# Ids are short, and all are asked for.
_MANY = 10_000


def put_label(store: Store, id_: str, label: Label) -> bool:
    """Keep a label; earlier ones of the same person stay, and count no more.

    False: there is no such conversation (any more).

    Raises:
        UsageError: the label cannot be one: stars, name or reason.
        StoreError: the file cannot be written.
    """
    if label.stars is not None and label.stars not in STARS:
        msg = f"{label.stars} stars: write 1 to 5, or none for 'cannot tell'."
        raise UsageError(msg)
    row: Row = {
        "stars": label.stars,
        "reason": checked_text(label.reason, "the reason"),
        "who": checked_name(label.who),
        "at": kept_time(label.at),
        "blind": label.blind,
        "sampled": label.sampled,
        "scorer": label.scorer,
        "value": label.value,
    }
    with sqlite.writing(store.engine) as connection:
        found = version_kept(connection, id_)
        if found is None:
            return False
        row |= {
            "conversation": found.number,
            "content": label.content or found.content,
        }
        connection.execute(insert(tables.label), [row])
    return True


def labels_of(store: Store, id_: str) -> tuple[Label, ...]:
    """Give all labels of a conversation, the oldest first; see `model.label.newest`."""
    with sqlite.reading(store.engine) as connection:
        found = version_kept(connection, id_)
        if found is None:
            return ()
        kept = tables.label.c
        rows = rows_of(connection, _asked().where(kept.conversation == found.number))
    return tuple(map(_label, rows))


def all_labels(store: Store) -> Iterator[tuple[str, Label]]:
    """Give the labels that count, with the id of their conversation, the oldest first.

    One a person and a conversation: the newest.
    """
    kept, later = tables.label, tables.label.alias()
    is_replaced = (
        select(later.c.number)
        .where(later.c.conversation == kept.c.conversation)
        .where(later.c.who == kept.c.who, later.c.number > kept.c.number)
        .exists()
    )
    number = 0
    while True:
        asked = _asked().where(~is_replaced, kept.c.number > number).limit(_BATCH)
        with sqlite.reading(store.engine) as connection:
            rows = rows_of(connection, asked)
        if not rows:
            return
        for row in rows:
            yield row["id"], _label(row)
        number = rows[-1]["number"]


def unlabelled(store: Store, who: str) -> Iterator[str]:
    """Give the ids of conversations that are scored and that a person has not labelled.

    Scored by the scorer that is shown, in their newest version.
    """
    kept, score, label = tables.conversation.c, tables.score.c, tables.label.c
    of_person = (label.conversation == kept.number) & (label.who == who)
    asked = (
        select(kept.number, kept.id)
        .join(tables.score, score.conversation == kept.number)
        .join(tables.scorer, tables.scorer.c.number == score.scorer)
        .where(tables.scorer.c.id == (store.shown_scorer() or ""))
        .where(score.content == kept.content, score.part == "whole")
        .where(
            score.status == "scored", ~select(label.number).where(of_person).exists()
        )
        .order_by(kept.number)
        .limit(_MANY)
    )
    number = 0
    while True:
        with sqlite.reading(store.engine) as connection:
            rows = connection.execute(asked.where(kept.number > number)).all()
        if not rows:
            return
        yield from (row.id for row in rows)
        number = rows[-1].number


def _asked() -> Select[Any]:
    kept, label = tables.conversation, tables.label
    asked = select(kept.c.id, label).join(kept, kept.c.number == label.c.conversation)
    return asked.order_by(label.c.number)


def _label(row: Mapping[str, Any]) -> Label:
    return Label(
        stars=row["stars"],
        who=row["who"],
        at=told_time(row["at"]),
        reason=row["reason"],
        blind=row["blind"],
        sampled=row["sampled"],
        content=row["content"],
        scorer=row["scorer"],
        value=row["value"],
    )
