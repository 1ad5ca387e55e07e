"""What the tests about keeping share: chats as lines, a store's content as it is."""

from __future__ import annotations

import json
from pathlib import Path

from sqlalchemy import select

from jauge.store import sqlite, tables
from jauge.store.database import open_store

TEXTS = (
    ("bot", "Hello! How can I help you?"),
    ("user", "Where is my parcel, please?"),
    ("bot", "Sorry, I didn't understand."),
    ("user", "This is useless!"),
    ("bot", "It arrives on Tuesday."),
    ("user", "Great, thanks a lot"),
)


def chat(id_="c-1", count=4, said="", **facts):
    """One conversation, as our JSON object."""
    events = [
        {
            "type": "message",
            "role": role,
            "text": f"{text} {said}".strip(),
            "at": f"2026-11-02T14:{minute:02}:00+01:00",
        }
        for minute, (role, text) in enumerate(TEXTS[:count])
    ]
    return {"id": id_, **facts, "events": events}


def lines(*chats):
    """Conversations as JSON Lines."""
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in chats)


def write(path, *chats):
    """Write conversations; give the path."""
    Path(path).write_text(lines(*chats), encoding="utf-8")
    return path


def content(path="jauge.db"):
    """All that a store keeps, but times, numbers and the list of loads."""
    store = open_store(path)
    kept, score, scorer = tables.conversation, tables.score, tables.scorer
    with sqlite.reading(store.engine) as connection:
        chats = connection.execute(
            select(kept.c.id, kept.c.content, kept.c.events, kept.c.customer)
        ).all()
        scores = connection.execute(
            select(
                kept.c.id,
                score.c.content,
                scorer.c.id,
                score.c.part,
                score.c.value,
                score.c.status,
            )
            .select_from(score)
            .join(kept, kept.c.number == score.c.conversation)
            .join(scorer, scorer.c.number == score.c.scorer)
        ).all()
        rejected = connection.execute(
            select(tables.rejected.c.digest, tables.rejected.c.reason)
        ).all()
    return sorted(map(tuple, chats)), sorted(map(tuple, scores)), sorted(rejected)


def shown(path="jauge.db"):
    """The conversations that a report would show, with their scores, by id."""
    return {one.conversation.id: one for one in open_store(path).latest()}
