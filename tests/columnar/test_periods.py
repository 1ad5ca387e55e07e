"""Periods: the days of a zone, weeks from Monday to Sunday, as many days before."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jauge.columnar.periods import EPOCH, NAMES, before, bounds_of, days_of, is_period

THURSDAY = datetime(2026, 11, 26, 2, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("period", "zone", "first", "last"),
    [
        ("today", "UTC", "2026-11-26", "2026-11-26"),
        # Still Wednesday evening there.
        ("today", "America/Montreal", "2026-11-25", "2026-11-25"),
        ("yesterday", "UTC", "2026-11-25", "2026-11-25"),
        ("last-7-days", "UTC", "2026-11-20", "2026-11-26"),
        ("last-30-days", "UTC", "2026-10-28", "2026-11-26"),
        ("this-week", "UTC", "2026-11-23", "2026-11-29"),
        ("last-week", "UTC", "2026-11-16", "2026-11-22"),
        ("this-month", "UTC", "2026-11-01", "2026-11-30"),
        ("last-month", "UTC", "2026-10-01", "2026-10-31"),
        ("2026-11-01..2026-11-23", "UTC", "2026-11-01", "2026-11-23"),
        ("..2026-11-23", "UTC", "None", "2026-11-23"),
        ("2026-11-01..", "UTC", "2026-11-01", "None"),
        ("2026-11", "UTC", "2026-11-01", "2026-11-30"),
        ("2024-02", "UTC", "2024-02-01", "2024-02-29"),
        ("9999-12", "UTC", "9999-12-01", "9999-12-31"),
        ("2026-11-03", "UTC", "2026-11-03", "2026-11-03"),
        ("2026-09..2026-11", "UTC", "2026-09-01", "2026-11-30"),
        ("2026-09..", "UTC", "2026-09-01", "None"),
        ("", "UTC", "None", "None"),
        ("2026-13", "UTC", "None", "None"),
        ("2026", "UTC", "None", "None"),
        ("2026-1", "UTC", "None", "None"),
        ("0000-01", "UTC", "None", "None"),
    ],
)
def test_a_period_has_its_days(period, zone, first, last):
    assert [*map(str, days_of(period, zone, THURSDAY))] == [first, last]


@pytest.mark.parametrize(
    ("period", "hours"),
    # Clocks went forward in Paris on 29 March, back on 25 October.
    [("2026-03-29..2026-03-29", 23), ("2026-10-25..2026-10-25", 25),
     ("2026-11-26..2026-11-26", 24)],
)  # fmt: skip
def test_a_day_is_as_long_as_its_clocks_say(period, hours):
    start, end = bounds_of(days_of(period, "Europe/Paris", THURSDAY), "Europe/Paris")

    assert end - start == hours * 3600 * 1_000_000


def test_a_day_begins_at_midnight_of_its_zone():
    start, _ = bounds_of(
        days_of("2026-11-26..", "Europe/Paris", THURSDAY), "Europe/Paris"
    )

    assert (
        start == (datetime(2026, 11, 25, 23, tzinfo=UTC) - EPOCH).total_seconds() * 1e6
    )


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("today", "2026-11-25", "2026-11-25"),
        ("last-week", "2026-11-09", "2026-11-15"),
        ("2026-11-01..2026-11-30", "2026-10-02", "2026-10-31"),
    ],
)
def test_before_a_period_are_as_many_days(period, first, last):
    found = before(days_of(period, "UTC", THURSDAY))

    assert [*map(str, found)] == [first, last]


@pytest.mark.parametrize(
    "period", ["", "2026-11-01..", "..2026-11-01", "2026-11-02..2026-11-01",
               "0001-01-01..9999-12-31"],
)  # fmt: skip
def test_an_open_period_has_none_before(period):
    assert before(days_of(period, "UTC", THURSDAY)) is None


@given(
    st.one_of(
        st.sampled_from(NAMES),
        st.from_regex(
            r"(\d{4}-\d\d(-\d\d)?)?(\.\.)?(\d{4}-\d\d(-\d\d)?)?", fullmatch=True
        ),
        st.text(max_size=30),
    ),
    st.sampled_from(["UTC", "Pacific/Apia", "America/Montreal", "Asia/Kathmandu"]),
)
def test_whatever_is_asked_has_bounds(period, zone):
    days = days_of(period, zone, THURSDAY)

    assert bounds_of(days, zone).is_open or is_period(period)
    before(days)


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Apia", "America/Montreal"])
def test_the_ends_of_the_calendar_have_bounds(zone):
    start, end = bounds_of(days_of("0001-01-01..9999-12-31", zone, THURSDAY), zone)

    assert start < 0
    assert end is None
