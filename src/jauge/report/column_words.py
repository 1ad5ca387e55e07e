"""The columns of tables: their titles in French and English, types and widths."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jauge.report.wording import Lang


class Column(NamedTuple):
    """A column: its titles, how Parquet types it, how wide Excel shows it."""

    french: str
    english: str
    sql: str = "VARCHAR"
    width: int = 12


_COLUMNS: Mapping[str, Column] = {
    "conversation_id": Column("Conversation", "Conversation", width=24),
    "status": Column("État", "Status"),
    "reason": Column("Raison", "Reason", width=16),
    "part": Column("Partie", "Part"),
    "value": Column("Score", "Score", "INTEGER", 8),
    "band": Column("Niveau", "Level", width=14),
    "range_low": Column("Fourchette, bas", "Range, low", "INTEGER", 14),
    "range_high": Column("Fourchette, haut", "Range, high", "INTEGER", 14),
    "logit": Column("Logit", "Logit", "INTEGER", 8),
    "base": Column("Base", "Base", "INTEGER", 8),
    "engagement": Column("Engagement", "Engagement", "DOUBLE"),
    "sentiment": Column("Sentiment", "Sentiment", "DOUBLE"),
    "understanding": Column("Compréhension", "Understanding", "DOUBLE", 14),
    "ease": Column("Facilité", "Ease", "DOUBLE"),
    "response_time": Column("Temps de réponse", "Response time", "DOUBLE", 16),
    "top_reasons": Column("Raisons principales", "Top reasons", "VARCHAR[]", 60),
    "language": Column("Langue", "Language", width=9),
    "channel": Column("Canal", "Channel"),
    "department": Column("Service", "Department", width=16),
    "bot": Column("Bot", "Bot"),
    "bot_version": Column("Version du bot", "Bot version", width=16),
    "started_at": Column("Début", "Start", "TIMESTAMPTZ", 19),
    "duration_seconds": Column("Durée (s)", "Duration (s)", "DOUBLE"),
    "messages_user": Column("Messages du client", "Customer messages", "INTEGER", 18),
    "messages_bot": Column("Messages du bot", "Bot messages", "INTEGER", 18),
    "rating": Column("Note du client", "Customer rating", "DOUBLE", 15),
    "rating_hundred": Column(
        "Note du client, sur 100", "Customer rating, of 100", "DOUBLE", 22
    ),
    "handoff": Column("Transfert", "Hand-off"),
    "unavailable": Column("Non visible", "Unavailable", "VARCHAR[]", 30),
    "scorer": Column("Barème", "Scorer", width=26),
    "signal": Column("Signal", "Signal", width=24),
    "dimension": Column("Dimension", "Dimension", width=16),
    "event": Column("Événement", "Event", "INTEGER"),
    "evidence": Column("Preuve", "Evidence", width=60),
    "span_start": Column("Preuve, début", "Evidence, start", "INTEGER", 14),
    "span_end": Column("Preuve, fin", "Evidence, end", "INTEGER", 14),
    "points": Column("Points", "Points", "DOUBLE", 8),
    "file": Column("Fichier", "File", width=30),
    "line": Column("Ligne", "Line", "BIGINT", 8),
    "path": Column("Chemin", "Path", width=24),
    "record": Column("Enregistrement", "Record", width=60),
}


def _of(name: str) -> Column:
    """Describe a column; one of none of these names has the points of a signal."""
    return _COLUMNS.get(name, Column(name, name, "DOUBLE", max(len(name), 8)))


def header(name: str, lang: Lang) -> str:
    """Give the title of a column."""
    return _of(name).french if lang == "fr" else _of(name).english


def sql_type(name: str) -> str:
    """Give the type of a column as SQL says it."""
    return _of(name).sql


def width(name: str) -> int:
    """Say how many signs wide a column is shown."""
    return _of(name).width
