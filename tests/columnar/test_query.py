"""A query and its address: one round trip, and nothing that it cannot read."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jauge.columnar.periods import NAMES
from jauge.columnar.query import FACETS, ORDERS, Query

words = st.text(max_size=20)
params = st.dictionaries(
    st.sampled_from(
        [
            *FACETS,
            "period",
            "zone",
            "signals",
            "text",
            "order",
            "descending",
            "bot_part",
        ]
    ),
    st.lists(
        st.one_of(
            words,
            st.sampled_from(
                [*NAMES, *ORDERS, "1", "all", "2026-11-01..2026-11-23", "..2026-01-01"]
            ),
            st.sampled_from(["America/Montreal", "..", "\ud800", "\0", "a" * 2000]),
        ),
        max_size=3,
    ),
)


@given(params)
def test_what_is_written_in_an_address_is_read_again(found):
    query = Query.of(found)

    assert Query.of(parse_qs(query.address())) == query
    assert Query.of(parse_qs(query.address())).address() == query.address()


@given(params, st.sampled_from(FACETS), words)
def test_a_value_toggled_twice_changes_nothing(found, facet, value):
    query = Query.of(found)

    assert query.toggled(facet, value).toggled(facet, value) == query


@given(params, st.sampled_from(FACETS), words.filter(bool))
def test_a_value_chosen_is_there_until_it_is_left_out(found, facet, value):
    query = Query.of({**found, facet: []})

    there = query.with_(facet, value)

    assert len(there.values(facet)) == 1
    assert there.without(facet) == query
    assert Query.of(parse_qs(there.address())) == there


@pytest.mark.parametrize(
    ("found", "address"),
    [
        ({}, ""),
        ({"channel": ["sms", "email", "sms", ""]}, "channel=email&channel=sms"),
        ({"nonsense": ["x"], "order": ["x"], "period": ["tomorrow"]}, ""),
        ({"zone": ["../../etc/passwd"], "descending": ["yes"]}, ""),
        ({"period": ["2026-02-30.."]}, ""),
        ({"text": ["  œuf   cassé "]}, "text=%C5%93uf+cass%C3%A9"),
        ({"period": ["last-week"], "zone": ["Europe/Paris"]},
         "period=last-week&zone=Europe%2FParis"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_left_out(found, address):
    assert Query.of(found).address() == address


def test_a_query_is_empty_whatever_its_order():
    assert Query(order="latest", descending=True, zone="Europe/Paris").is_empty
    assert not Query(text="colis").is_empty
    assert not Query(period="today").is_empty
    assert not Query().with_("level", "negative").is_empty
