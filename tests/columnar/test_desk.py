"""The desk: the numbers, counts and order of a plain walk over all that is kept."""

from __future__ import annotations

import itertools
import math
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from jauge.columnar.desk import Desk
from jauge.columnar.facets import MOST_OPTIONS, NATURAL
from jauge.columnar.marks import NoMarks
from jauge.columnar.numbers import change_of, sums_of
from jauge.columnar.periods import NAMES, days_of
from jauge.columnar.query import ABSENT, FACETS, ORDERS, Query
from jauge.columnar.search import lines_of
from jauge.model.conversation import Message, Product
from jauge.report.overview import Tally
from jauge.report.rows import last_handoff
from jauge.report.talks import tenths_by_dimension
from jauge.store.database import open_store
from jauge.text.fold import fold
from tests.columnar.stores import NOW, loaded
from tests.kept import chat

FOR_THE_BOT = ("understanding", "ease", "response_time")


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return loaded(tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="module")
def desk(store):
    desk = Desk(store)
    yield desk
    desk.close()


class Chats(list):
    def __repr__(self):
        # Hypothesis shows what a test is called with.
        return f"{len(self)} chats"


@pytest.fixture(scope="module")
def kept(store):
    return Chats(store.latest())


@pytest.fixture(scope="module")
def marks(kept):
    numbers = [one.number for one in kept]
    return NoMarks(
        states=dict(
            zip(numbers[:40:3], itertools.cycle(["read", "follow_up", "settled"]))
        ),
        reviewed=frozenset(numbers[::4]),
        objected=frozenset(numbers[::6]),
    )


def values_of(one, name, marks):
    """The values that one conversation has of a facet, the plain way."""
    if name == "state":
        return {marks.states.get(one.number, "new")}
    if name == "review":
        found = {"reviewed"} if one.number in marks.reviewed else set()
        found |= {"objected"} if one.number in marks.objected else set()
        return found or {"none"}
    if name == "rating":
        step = None if one.rating is None else math.floor(one.rating / 25 + 0.5) + 1
        return {str(step or "none")}
    return of_chat(one.conversation, one.score, name) or of_score(one.score, name)


def of_chat(chat, score, name):
    if name in ("channel", "department", "bot", "version"):
        field = "bot_version" if name == "version" else name
        return {getattr(chat, field) or ABSENT}
    if name in ("flow", "flow_type"):
        return {getattr(event, name) for event in chat.events} - {None}
    products = (getattr(event, "product", None) or Product() for event in chat.events)
    return {
        "language": {score.language or chat.language or ABSENT},
        "product": {one.name or one.id for one in products} - {None},
        "status": {score.reason or "scored"},
        "handoff": {last_handoff(chat.events) or "none"},
    }.get(name, set())


def of_score(score, name):
    if score.value is None:
        return set()
    tenths = tenths_by_dimension(score)
    return {
        "level": {score.band},
        "bin": {str(min(score.value // 5, 19) * 5)},
        "signal": {part.signal for part in score.contributions},
        "dimension": {name for name, total in tenths.items() if total < 0},
    }.get(name, set())


def matches(one, query, marks, but=""):
    for name, values in query.chosen:
        found = values_of(one, name, marks)
        must_all = name == "signal" and query.signals_all
        is_so = set(values) <= found if must_all else bool(set(values) & found)
        if name != but and not is_so:
            return False
    if query.text:
        texts = [
            event.text
            for event in one.conversation.events
            if isinstance(event, Message)
        ]
        said = "".join(f" {line} \n" for line in lines_of(texts).split("\n"))
        return all(f" {word}" in said for word in lines_of([query.text]).split())
    return True


def is_listed(one, query):
    return one.score.value is not None or bool(query.values("status"))


def key_of(one, query):
    """What an order goes by; None comes last."""
    chat, score, name = one.conversation, one.score, query.order
    if name in ("channel", "department", "language", "bot_name", "version"):
        [value] = of_chat(chat, score, "bot" if name == "bot_name" else name)
        return None if value == ABSENT else (fold(value).text, value)
    times = [event.at for event in chat.events if event.at]
    if times:
        started, took = min(times), max(times) - min(times)
    else:
        started = took = None
    handoff = NATURAL["handoff"].index(last_handoff(chat.events) or "none")
    tenths = tenths_by_dimension(score)
    of_score = {
        "score": (score.value, score.logit),
        "bot": sum(tenths[one] for one in FOR_THE_BOT),
        **tenths,
    }
    keys = {
        "messages": sum(isinstance(event, Message) for event in chat.events),
        "started": started,
        "latest": started,
        "duration": took,
        "rating": one.rating,
        "handoff": handoff or None,
    }
    keys |= dict.fromkeys(of_score) if score.value is None else of_score
    return keys[name]


queries = st.builds(
    Query,
    # The order of marks has a test of its own: its ties go by score.
    order=st.sampled_from([one for one in ORDERS if one != "state"]),
    descending=st.booleans(),
    signals_all=st.booleans(),
    text=st.sampled_from(["", "", "merci", "commande", "parcel the", "é"]),
)
choices = st.lists(st.tuples(st.sampled_from(FACETS), st.integers(0, 60)), max_size=6)


@settings(max_examples=120, deadline=None)
@given(query=queries, chosen=choices)
def test_counts_and_order_are_those_of_a_plain_walk(desk, kept, marks, query, chosen):
    for name, place in chosen:
        known = set().union(*(values_of(one, name, marks) for one in kept), {"?"})
        query = query.with_(name, sorted(known)[place % len(known)])
    matching = [one for one in kept if matches(one, query, marks)]
    listed = [one for one in matching if is_listed(one, query)]

    found = desk.select(query, NOW, marks)

    assert found.total == len(listed)
    assert found.considered == len(matching)
    assert found.numbers() == in_order(listed, query)
    assert_same(found.overview, tally(matching))
    for name in FACETS:
        check_facet(found.facets[name], name, query, kept, marks)


def assert_same(found, expected):
    """Ours adds up whole numbers, so the last digit of an interval may differ."""
    assert replace(found, mean=None) == replace(expected, mean=None)
    assert (found.mean is None) == (expected.mean is None)
    if found.mean is not None:
        assert found.mean.value == expected.mean.value
        assert found.mean == pytest.approx(expected.mean, rel=1e-12)


def in_order(listed, query):
    told = [one for one in listed if key_of(one, query) is not None]
    told.sort(key=lambda one: one.number)
    # Python's sort keeps ties as they are, also from the greatest to the least.
    told.sort(
        key=lambda one: key_of(one, query),
        reverse=query.descending != (query.order == "latest"),
    )
    rest = [one for one in listed if key_of(one, query) is None]
    return [one.number for one in [*told, *sorted(rest, key=lambda one: one.number)]]


def tally(kept):
    tally = Tally()
    for one in kept:
        tally.take(one.conversation, one.score)
    return tally.overview()


def check_facet(facet, name, query, kept, marks):
    stays = name == "signal" and query.signals_all
    left = [one for one in kept if matches(one, query, marks, "" if stays else name)]
    if name != "status":
        left = [one for one in left if is_listed(one, query)]
    found = {option.value: option.count for option in facet.options}
    expected = {}
    for one in left:
        for value in values_of(one, name, marks):
            expected[value] = expected.get(value, 0) + 1
    assert {value: count for value, count in found.items() if count} == expected
    on = {option.value for option in facet.options if option.is_on}
    assert on == set(query.values(name))
    if name in NATURAL:
        assert list(found)[: len(NATURAL[name])] == list(NATURAL[name])
    else:
        counts = [option.count for option in facet.options]
        assert counts == sorted(counts, reverse=True)


def test_the_sum_of_all_is_that_of_the_report(desk, kept):
    found = desk.select(Query(), NOW)

    assert_same(found.overview, tally(kept))
    assert found.with_agent == found.overview.with_agent
    assert found.everything.total == len(kept) == desk.count
    assert desk.data_until == found.overview.last


def test_place_and_neighbours_follow_the_list(desk):
    found = desk.select(Query(order="latest"), NOW)
    numbers = found.numbers()

    assert found.numbers(3, 5) == numbers[3:5]
    assert found.numbers(10_000, 10_005) == []
    assert found.place_of(numbers[0]) == (0, len(numbers))
    assert found.neighbours(numbers[0]) == (None, numbers[1])
    assert found.neighbours(numbers[-1]) == (numbers[-2], None)
    assert found.neighbours(numbers[7]) == (numbers[6], numbers[8])
    assert found.place_of(-5) is None
    assert found.neighbours(10**15) == (None, None)


@pytest.mark.parametrize("period", NAMES)
def test_a_period_holds_what_starts_in_it(desk, kept, period):
    now = NOW - timedelta(days=20)
    found = desk.select(Query(period=period), now)
    first, last = days_of(period, "UTC", now)

    expected = [
        one.number
        for one in kept
        if one.started_at and one.score.value is not None
        and first <= one.started_at.date() <= last
    ]  # fmt: skip
    assert sorted(found.numbers()) == expected


def test_a_change_is_that_of_the_averages(desk, kept):
    query = Query(period="2026-10-21..2026-11-14")
    found = desk.select(query, NOW)
    earlier = desk.select(Query(period="2026-09-26..2026-10-20"), NOW)

    change = found.average_change

    assert found.total
    assert earlier.total
    expected = found.overview.mean.value - earlier.overview.mean.value
    assert change.value == pytest.approx(expected)
    assert change.low < change.value < change.high
    share = found.agent_share_change
    before = 100 * earlier.with_agent / earlier.considered
    assert share.value == pytest.approx(
        100 * found.with_agent / found.considered - before
    )


@pytest.mark.parametrize("period", ["", "2026-10-01..", "1990-01-01..1990-01-02"])
def test_no_change_where_nothing_was_before(desk, period):
    found = desk.select(Query(period=period), NOW)

    assert found.average_change is None
    assert found.agent_share_change is None


def test_a_change_of_no_two_customers_who_come_back_is_as_welch_says():
    """Each customer stands once: the interval adds both variances, as always."""
    random = np.random.default_rng(3)
    one, two = random.integers(0, 101, 400), random.integers(20, 101, 300)
    now = sums_of(one.astype(np.int32), np.arange(400), 700)
    before = sums_of(two.astype(np.int32), np.arange(400, 700), 700)

    change = change_of(now, before)

    error = math.sqrt(one.var(ddof=1) / 400 + two.var(ddof=1) / 300)
    assert change.value == pytest.approx(one.mean() - two.mean())
    assert change.high - change.value == pytest.approx(1.96 * error, rel=0.01)


def test_the_same_answer_is_given_twice_and_forgotten_with_new_marks(desk):
    query = Query(text="merci")

    assert desk.select(query, NOW) is desk.select(query, NOW)
    assert desk.select(query, NOW) is not desk.select(query, NOW, NoMarks())


def test_at_most_fifty_values_and_those_chosen_are_listed(here):
    store = loaded(here, *(chat(f"c-{n}", bot=f"bot {n:03}") for n in range(70)))
    desk = Desk(store)

    facet = desk.select(Query().with_("bot", "bot 069").with_("bot", "?"), NOW).facets[
        "bot"
    ]

    assert len(facet.options) == MOST_OPTIONS + 2
    assert facet.more == 70 + 1 - len(facet.options)
    assert {one.value for one in facet.options if one.is_on} == {"bot 069", "?"}
    desk.close()


def test_an_empty_store_has_an_answer(here):
    desk = Desk(open_store(here / "empty.db", create=True))
    found = desk.select(
        Query(text="x", period="today").with_("signal", "bot_slow"), NOW
    )

    assert (found.total, found.numbers(), desk.count) == (0, [], 0)
    assert found.overview == Tally().overview()
    assert desk.data_until is None
    assert found.facets["level"].options[0].count == 0
    assert found.average_change is None
    desk.close()


@pytest.mark.parametrize("descending", [False, True])
def test_order_of_states_is_that_of_marks_then_worst_first(
    desk, kept, marks, descending
):
    states = ["new", "read", "follow_up", "settled"]
    found = desk.select(Query(order="state", descending=descending), NOW, marks)

    def key(number):
        state = states.index(marks.states.get(number, "new"))
        return -state if descending else state

    worst = desk.select(Query(), NOW, marks).numbers()
    assert found.numbers() == sorted(worst, key=key)
