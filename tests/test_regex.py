"""No regular expression, and no reading of a text, blows up on hostile input."""

import re
from contextlib import suppress
from dataclasses import replace

import pytest

from benchmarks.worst_cases import Shape, growth, patterns, search_all, shapes_for
from jauge.importers.times import has_zone, read_time
from jauge.scorers import build_scorer
from jauge.testing import conversation

PATTERNS = patterns()
LONG = 28_672


@pytest.mark.parametrize("place", sorted(PATTERNS))
def test_expression_takes_time_linear_in_its_input(place):
    pattern = PATTERNS[place]
    source = pattern.pattern
    shapes = shapes_for(source if isinstance(source, str) else source.decode("latin-1"))

    slow = [
        f"{shape}: {found.seconds:.2f} s at {found.size}, ×{found.factor:.1f}"
        for shape in shapes
        if not (
            found := growth(lambda text: search_all(pattern, text), shape, LONG)
        ).is_linear
    ]

    assert not slow


def test_check_notices_an_expression_that_blows_up():
    exponential = re.compile(r"(?:a+)+$")
    quadratic = re.compile(r"a+$")

    for pattern in (exponential, quadratic):
        found = growth(
            lambda text, p=pattern: search_all(p, text), Shape(end="!"), LONG
        )
        assert not found.is_linear


@pytest.mark.parametrize("role", ["user", "bot"])
def test_score_takes_time_linear_in_the_length_of_a_message(role):
    scorer = build_scorer()

    def score(text):
        # A copy has a reader of its own, which has not read this text yet.
        replace(scorer).score(conversation("user: hi", {role: text}, f"{role}: ok"))

    slow = [
        f"{shape}: {found.seconds:.2f} s at {found.size}, ×{found.factor:.1f}"
        for shape in shapes_for("mercn't\n>--", drawn=0)
        if not (found := growth(score, shape, LONG)).is_linear
    ]

    assert not slow


def test_time_of_a_cell_is_read_in_time_linear_in_its_length():
    def read(text):
        has_zone(f"1{text}1")
        with suppress(ValueError):
            read_time(f"1{text}1", None, days_first=True)

    slow = [
        str(shape)
        for shape in shapes_for("1/1/2024 10:00:00.", drawn=0)
        if not growth(read, shape, LONG).is_linear
    ]

    assert not slow
