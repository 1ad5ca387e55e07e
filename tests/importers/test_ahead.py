"""One batch is read ahead, in order, and no thread stays behind."""

from __future__ import annotations

import itertools
import threading

import pytest

from jauge.importers.ahead import ahead

MOST_SECONDS = 10


def own_threads() -> list[str]:
    return [one.name for one in threading.enumerate() if "jauge-ahead" in one.name]


def failing(count: int):
    yield from range(count)
    msg = "no more"
    raise ValueError(msg)


@pytest.mark.parametrize("count", [0, 1, 2, 5])
def test_batches_come_in_their_order(count):
    assert list(ahead(iter(range(count)), list)) == list(range(count))
    assert own_threads() == []


@pytest.mark.parametrize("count", [0, 1, 2, 5])
def test_an_error_comes_after_the_batches_before_it(count):
    batches = ahead(failing(count), list)

    assert list(itertools.islice(batches, count)) == list(range(count))
    with pytest.raises(ValueError, match="no more"):
        next(batches)
    assert own_threads() == []


def test_the_next_batch_is_read_while_one_is_worked_on_and_only_one():
    asked = [threading.Event() for _ in range(6)]

    def batches():
        for number, event in enumerate(asked):
            event.set()
            yield number

    coming = ahead(batches(), list)
    assert next(coming) == 0
    assert not asked[1].is_set()

    assert next(coming) == 1
    assert asked[2].wait(MOST_SECONDS)
    assert not asked[3].is_set()
    coming.close()


def test_who_stops_early_waits_for_nothing():
    stopped = threading.Event()

    def batches():
        yield from range(2)
        assert stopped.wait(MOST_SECONDS)

    coming = ahead(batches(), stopped.set)
    assert list(itertools.islice(coming, 2)) == [0, 1]

    coming.close()

    assert stopped.is_set()
    assert own_threads() == []


def test_an_exception_of_who_reads_ends_the_thread():
    def read() -> None:
        for batch in ahead(iter(range(9)), list):
            if batch == 3:
                raise KeyError

    with pytest.raises(KeyError):
        read()

    assert own_threads() == []
