"""The limits that readers are held to can be broken, and then a test fails."""

from __future__ import annotations

import pytest

from tests import within_limits as limits
from tests.within_limits import TooSlow, within_limits


def test_a_reader_within_its_limits_passes():
    with within_limits(b"{}"):
        assert len(bytes(50 << 20)) == 50 << 20


def test_a_reader_that_goes_on_and_on_is_stopped(monkeypatch):
    monkeypatch.setattr(limits, "MOST_SECONDS", 0.05)

    with pytest.raises(TooSlow) as told, within_limits(b"{}"):
        while True:
            pass

    assert told.value.__notes__ == ["the file, 2 bytes, in base64: e30="]


def test_a_reader_that_catches_every_error_is_too_slow_all_the_same(monkeypatch):
    monkeypatch.setattr(limits, "MOST_SECONDS", 0.05)

    with pytest.raises(AssertionError, match=r"0\.\d s"), within_limits(b"{}"):
        try:
            while True:
                pass
        except TooSlow:
            sum(range(1_000_000))


def test_a_reader_that_held_too_much_for_a_moment_fails():
    with pytest.raises(AssertionError, match="2[0-9][0-9] MB"), within_limits(b"{}"):
        bytearray(b"x") * (220 << 20)


def test_what_was_held_before_does_not_hide_what_comes():
    bytearray(b"x") * (300 << 20)

    with pytest.raises(AssertionError, match="2[0-9][0-9] MB"), within_limits(b"{}"):
        bytearray(b"x") * (220 << 20)
