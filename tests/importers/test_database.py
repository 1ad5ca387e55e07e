"""DuckDB is opened once, and lent to one reader after the other."""

from __future__ import annotations

import gc
import os
import tempfile

import duckdb
import pytest

from jauge.importers import database
from jauge.importers.database import lent
from jauge.model.conversation import Conversation
from jauge.sources import read


@pytest.fixture
def opened(monkeypatch, tmp_path):
    """The folders of what was opened in this test."""
    monkeypatch.setattr(database, "_idle", {})
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    yield lambda: sorted(tmp_path.iterdir())
    database._close()


def parquet_of(path, text):
    rows = f"SELECT i // 2 AS id, 'user' AS role, {text} AS text FROM range(9999) t(i)"
    duckdb.execute(f"COPY ({rows}) TO '{path}'")
    return path


def test_one_is_lent_again_and_remembers_nothing(opened):
    with lent("a", "1GB") as first:
        first.execute("SET TimeZone = 'Asia/Tokyo'; CREATE TEMP TABLE given (id INT)")
    with lent("b", "256MB") as second:
        zone, memory = second.execute(
            "SELECT current_setting('TimeZone'), current_setting('memory_limit')"
        ).fetchall()[0]
        tables = second.execute("SHOW TABLES").fetchall()

    assert (zone, memory, tables) == ("UTC", "244.1 MiB", [])
    assert len(opened()) == 1


def test_two_at_once_are_two_and_one_of_them_stays(opened):
    with lent("a", "1GB") as first, lent("b", "1GB") as second:
        first.execute("CREATE TABLE mine (id INT)")
        assert second.execute("SHOW TABLES").fetchall() == []
        assert len(opened()) == 2

    assert len(opened()) == 1


def test_after_an_error_it_is_not_lent_again(opened):
    with pytest.raises(duckdb.Error), lent("a", "1GB") as first:
        first.execute("SELECT nothing")

    assert opened() == []


def test_of_another_process_none_is_lent(opened):
    with lent("a", "1GB"):
        pass
    kept = database._idle.pop(os.getpid())
    database._idle[-1] = kept

    with lent("b", "1GB"):
        assert len(opened()) == 2
    kept.until.close()


def test_two_files_read_in_turn_do_not_meet(opened, tmp_path_factory):
    folder = tmp_path_factory.mktemp("files")
    files = [parquet_of(folder / f"{name}.parquet", f"'{name}' || i") for name in "ab"]
    both = zip(*map(read, files), strict=True)

    for one, other in both:
        assert isinstance(one, Conversation)
        assert isinstance(other, Conversation)
        assert one.id == other.id
        assert one.events[0].text[1:] == other.events[0].text[1:]
        assert one.events[0].text[0] == "a"
        assert other.events[0].text[0] == "b"
    assert len(opened()) == 1


def test_who_stops_early_leaves_nothing_behind(opened, tmp_path_factory):
    file = parquet_of(tmp_path_factory.mktemp("files") / "a.parquet", "'x'")

    found = read(file)
    next(found)
    del found
    gc.collect()

    assert opened() == []
