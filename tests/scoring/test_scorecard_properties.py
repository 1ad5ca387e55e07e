"""What holds for every sum of signals, whatever the weights."""

from collections import defaultdict

from hypothesis import given, settings
from hypothesis import strategies as st

from jauge.detectors import BUILTIN
from jauge.model.conversation import Conversation
from jauge.model.score import BANDS, Contribution, band_of
from jauge.model.signal import Dimension, Signal
from jauge.model.turns import turns_of
from jauge.scorers import build_scorer
from jauge.scoring.interval import RangeTable
from jauge.scoring.scorecard import Scorecard, Sum, Weight, in_whole
from jauge.scoring.scorer_file import RangeRow
from jauge.testing import conversation

DEFAULT = build_scorer()
SIGNS = {detector.name: detector.sign for detector in BUILTIN}
DIMENSIONS = {detector.name: detector.dimension for detector in BUILTIN}
# Rates, ends and facts of both sides; few, so that hits meet in one turn.
NAMES = ("bot_fallback", "bot_slow", "user_angry", "user_leaves", "user_thanks")
TEXT = "eight en"
always = settings(derandomize=True, deadline=None, max_examples=100)

lines = st.sampled_from(
    [
        {"user": TEXT},
        {"bot": TEXT},
        {"system": TEXT},
        {"action": "click"},
        {"action": "widget_open"},
        {"handoff": "refused"},
        {"rating": 3},
    ]
)
sizes = st.one_of(
    st.just(0.0),
    st.floats(1e-12, 1e-6),
    st.floats(0.01, 4),
    st.floats(50, 10_000),
)


@st.composite
def scorecards(draw: st.DrawFn) -> Scorecard:
    """The shipped weights, or any of the same signs: none, tiny, usual, huge."""
    if draw(st.booleans()):
        return DEFAULT.scorecard
    weights = {}
    for name, sign in SIGNS.items():
        rate, end, fact = draw(st.tuples(sizes, sizes, st.sampled_from([0.0, 0.6])))
        mean = draw(st.floats(-0.2, 0.2))
        weights[name] = Weight(sign * rate, sign * end, sign * fact, mean)
    return Scorecard(draw(st.integers(1, 99)), weights, DIMENSIONS)


@st.composite
def signals_in(draw: st.DrawFn, chat: Conversation) -> Signal:
    """A signal at some event or none; evidence is what the span shows."""
    event = draw(st.none() | st.integers(0, max(0, len(chat.events) - 1)))
    name = draw(st.sampled_from(NAMES))
    strength = draw(st.floats(1e-3, 1) | st.just(1.0))
    if not chat.events:
        event = None
    if event is None or not getattr(chat.events[event], "text", ""):
        return Signal(name, event, draw(st.sampled_from("ab")), None, strength)
    start = draw(st.integers(0, len(TEXT) - 1))
    end = draw(st.integers(start + 1, len(TEXT)))
    return Signal(name, event, TEXT[start:end], (start, end), strength)


@st.composite
def found(draw: st.DrawFn) -> tuple[Conversation, list[Signal]]:
    """A conversation of any turns, and signals in it."""
    chat = conversation(*draw(st.lists(lines, max_size=14)))
    return chat, draw(st.lists(signals_in(chat), max_size=14))


def summed(card: Scorecard, chat: Conversation, signals: list[Signal]) -> Sum:
    return card.sum(signals, turns_of(chat.events))


@always
@given(scorecards(), found(), st.sets(st.sampled_from(sorted(SIGNS))))
def test_base_and_points_are_the_value_exactly(card, case, hidden):
    chat, signals = case

    total = card.sum(signals, turns_of(chat.events), sorted(hidden))

    tenths = [part.tenths for part in total.contributions]
    assert 0 <= total.value <= 100
    assert 1 <= total.base <= 99
    assert 10 * total.base + sum(tenths) == 10 * total.value
    assert [part.points for part in total.contributions] == [n / 10 for n in tenths]


@always
@given(found())
def test_dimensions_are_the_same_points_grouped(case):
    chat, signals = case
    grouped: dict[Dimension, int] = defaultdict(int)

    total = summed(DEFAULT.scorecard, chat, signals)

    for part in total.contributions:
        assert part.dimension is DIMENSIONS[part.signal]
        grouped[part.dimension] += part.tenths
    assert 10 * total.base + sum(grouped.values()) == 10 * total.value


@always
@given(scorecards(), found(), st.randoms(use_true_random=False))
def test_order_of_signals_does_not_matter(card, case, random):
    chat, signals = case

    shuffled = random.sample(signals, len(signals))

    assert summed(card, chat, shuffled) == summed(card, chat, signals)


@always
@given(scorecards(), found())
def test_points_keep_the_sign_of_their_signal_but_for_the_last_tenth(card, case):
    chat, signals = case

    total = summed(card, chat, signals)

    assert all(SIGNS[part.signal] * part.tenths >= -1 for part in total.contributions)


@always
@given(scorecards(), found())
def test_points_keep_the_order_of_log_odds_but_for_the_last_tenth(card, case):
    chat, signals = case

    shares = card.shares(signals, turns_of(chat.events))
    total = summed(card, chat, signals)

    pairs = sorted(
        (share.log_odds, part.tenths)
        for share, part in zip(shares, total.contributions, strict=True)
    )
    highest = float("-inf")
    for _, tenths in pairs:
        assert tenths >= highest - 1
        highest = max(highest, tenths)


@always
@given(scorecards(), found())
def test_contributions_stand_in_the_order_of_the_contract(card, case):
    chat, signals = case

    parts = summed(card, chat, signals).contributions

    assert list(parts) == sorted(parts, key=_by_contract)


def _by_contract(part: Contribution) -> tuple[bool, int, tuple[int, int], str]:
    span = part.span or (-1, -1)
    return part.event is None, part.event or 0, span, part.signal


@always
@given(scorecards(), found(), st.data())
def test_one_more_hit_never_moves_log_odds_against_its_sign(card, case, data):
    chat, signals = case
    more = data.draw(signals_in(chat))
    turns = turns_of(chat.events)

    before = card.sum(signals, turns).logit
    after = card.sum([*signals, more], turns).logit

    assert SIGNS[more.name] * (after - before) >= 0


@always
@given(scorecards(), found())
def test_without_a_contribution_log_odds_move_against_its_sign(card, case):
    chat, signals = case
    turns = turns_of(chat.events)
    shares = card.shares(signals, turns)
    kept = [share.signal for share in shares]
    whole = card.sum(kept, turns)
    assert whole == card.sum(signals, turns)

    for place, share in enumerate(shares):
        without = card.sum(kept[:place] + kept[place + 1 :], turns)

        assert SIGNS[share.signal.name] * share.log_odds >= 0
        assert SIGNS[share.signal.name] * (without.logit - whole.logit) <= 0


@always
@given(
    st.lists(st.tuples(*[st.integers(0, 100)] * 4), max_size=6),
    st.integers(0, 100),
    st.integers(0, 300),
)
def test_range_holds_the_value_whatever_the_table(rows, value, turns):
    table = RangeTable([RangeRow(*row) for row in rows])

    low, high = table.around(value, turns)

    assert 0 <= low <= value <= high <= 100


def test_shipped_ranges_hold_every_value():
    for value in range(101):
        for turns in (1, 2, 3, 4, 5, 50, 2_000_000):
            low, high = DEFAULT.ranges.around(value, turns)

            assert 0 <= low <= value <= high <= 100


def test_bands_are_twenty_points_each_and_the_last_takes_the_hundred():
    names = [band_of(value) for value in range(101)]

    assert names == [band for band in BANDS for _ in range(20)] + ["very_positive"]


@given(st.lists(st.floats(-1000, 1000), min_size=1, max_size=60))
@always
def test_rounded_parts_add_up_to_the_rounded_sum(parts):
    total = round(sum(parts))

    rounded = in_whole(parts, total)

    assert sum(rounded) == total
    assert all(abs(one - two) <= 1 for one, two in zip(parts, rounded, strict=True))
