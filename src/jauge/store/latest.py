"""Questions for conversations, each with the score of its newest version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, select

from jauge.store import tables

if TYPE_CHECKING:
    from sqlalchemy import Label, Select

BATCH = 500


def batch_of(scorer: str, number: int) -> Select[Any]:
    """Ask for the conversations after a number, a few hundred at a time."""
    kept = tables.conversation.c.number
    return latest_of(scorer).where(kept > number).order_by(kept).limit(BATCH)


def latest_of(scorer: str) -> Select[Any]:
    """Ask for conversations with the score of their newest version, and the rating."""
    kept, score = tables.conversation, tables.score
    of_scorer = (
        select(tables.scorer.c.number)
        .where(tables.scorer.c.id == scorer)
        .scalar_subquery()
    )
    is_its_score = and_(
        score.c.conversation == kept.c.number,
        score.c.scorer == of_scorer,
        score.c.content == kept.c.content,
        score.c.part == "whole",
    )
    columns = [one.label(f"score_{one.name}") for one in score.c]
    asked = select(kept, hundredths(), *columns).select_from(kept)
    return asked.outerjoin(score, is_its_score)


def hundredths() -> Label[Any]:
    """Ask for the rating of each conversation, as `hundredths`."""
    rating = tables.rating
    # What a table says goes before what the conversation itself says.
    return (
        select(rating.c.hundredths)
        .where(rating.c.conversation == tables.conversation.c.number)
        .order_by(rating.c.source.desc())
        .limit(1)
        .scalar_subquery()
        .label("hundredths")
    )


def without_bot_part_of(scorer: str, number: int) -> Select[Any]:
    """Ask for conversations that an agent took and whose bot part has no score."""
    kept, score = tables.conversation, tables.score
    part = score.alias()
    is_there = (
        select(part.c.number)
        .where(part.c.conversation == kept.c.number, part.c.part == "before_handoff")
        .where(part.c.scorer == score.c.scorer, part.c.content == kept.c.content)
        .exists()
    )
    return (
        select(kept)
        .join(score, score.c.conversation == kept.c.number)
        .join(tables.scorer, tables.scorer.c.number == score.c.scorer)
        .where(tables.scorer.c.id == scorer, score.c.content == kept.c.content)
        .where(score.c.part == "whole", score.c.reason == "agent", ~is_there)
        .where(kept.c.number > number)
        .order_by(kept.c.number)
        .limit(BATCH)
    )
