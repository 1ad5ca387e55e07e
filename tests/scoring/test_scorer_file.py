"""A scorer file is written for people, and read back the same."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jauge.errors import UsageError
from jauge.scoring.card import Card, Change, Coverage
from jauge.scoring.scorer_file import (
    RangeRow,
    ScorerFile,
    WeightRow,
    read_scorer_file,
    written,
)

text = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
numbers = st.floats(-1e6, 1e6).map(lambda number: round(number, 4))
sizes = st.floats(0, 100).map(lambda number: round(number, 4))
changes = st.none() | st.builds(Change, *[numbers] * 5)
cards = st.builds(
    Card,
    made_from=text,
    source=text,
    ratings=st.integers(0, 10**9),
    customers=st.integers(0, 10**9),
    average=sizes,
    slope=sizes,
    languages=st.dictionaries(text, st.integers(0, 1000), max_size=3),
    limits=st.lists(text, max_size=3).map(tuple),
    distance=changes,
    spearman=changes,
    level=changes,
    coverage=st.none() | st.builds(Coverage, st.integers(0, 99), st.integers(0, 99)),
)
files = st.builds(
    ScorerFile,
    name=text,
    version=text,
    base=st.integers(1, 99),
    judge=st.sampled_from(["reader", "customer"]),
    signals=st.dictionaries(
        text, st.builds(WeightRow, text, sizes, sizes, sizes, sizes), max_size=3
    ),
    ranges=st.lists(
        st.builds(RangeRow, *[st.integers(0, 100)] * 4), min_size=1, max_size=3
    ).map(tuple),
    card=st.none() | cards,
)


@given(files)
def test_what_is_written_is_read_back_the_same(file):
    assert msgspec.toml.decode(written(file, ["made by hand"]), type=ScorerFile) == file


def test_a_field_that_nobody_knows_is_refused(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('name = "x"\nversion = "1"\nbase = 50\njudge = "reader"\nmood = 1')

    with pytest.raises(UsageError, match="not a scorer file"):
        read_scorer_file(path)
