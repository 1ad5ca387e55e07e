"""The limits that readers are held to can be broken, and then a test fails."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from tests import within_limits as limits
from tests.within_limits import TooSlow, within_limits


def never_ends() -> None:
    while True:
        pass


def catches_all() -> None:
    try:
        never_ends()
    except TooSlow:
        sum(range(1_000_000))


def test_a_reader_within_its_limits_passes():
    with within_limits(b"{}"):
        assert len(bytes(50 << 20)) == 50 << 20


def test_a_reader_that_goes_on_and_on_is_stopped(monkeypatch):
    monkeypatch.setattr(limits, "MOST_SECONDS", 0.05)

    with pytest.raises(TooSlow) as told, within_limits(b"{}"):
        never_ends()

    (note,) = told.value.__notes__
    kept = Path(note.removeprefix("the file is kept: "))
    assert kept.read_bytes() == b"{}"
    kept.unlink()


def test_a_reader_that_catches_every_error_is_too_slow_all_the_same(monkeypatch):
    monkeypatch.setattr(limits, "MOST_SECONDS", 0.05)

    with pytest.raises(AssertionError, match=r"0\.\d s"), within_limits(b"{}"):
        catches_all()


def test_a_reader_that_held_too_much_for_a_moment_fails():
    # What tests before this one left may be let go of just then.
    gc.collect()

    with pytest.raises(AssertionError, match=r"2\d\d MB"), within_limits(b"{}"):
        bytearray(b"x") * (280 << 20)


def test_what_was_held_before_does_not_hide_what_comes():
    bytearray(b"x") * (300 << 20)
    gc.collect()

    with pytest.raises(AssertionError, match=r"2\d\d MB"), within_limits(b"{}"):
        bytearray(b"x") * (220 << 20)
