"""Where judgements come from: what counts, what is told, what is refused."""

from __future__ import annotations

import gzip
import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jauge.errors import InputError, UsageError
from jauge.model.conversation import Conversation
from jauge.model.rejected import Rejected
from jauge.model.scale import Scale, number_of
from jauge.ratings import Origin, RatingCounts, judge_of, judged
from jauge.testing import conversation


def chat(id_: str, *ratings: object) -> Conversation:
    rated = [{"rating": one} if isinstance(one, int) else one for one in ratings]
    return conversation("bot: Hello!", "user: hi", *rated, id=id_)


def labelled(id_: str, **fields: object) -> Conversation:
    source = json.dumps({"id": id_, "events": [], **fields}).encode()
    return msgspec.json.decode(source, type=Conversation).with_source(source)


def judgements(
    chats: list[Conversation | Rejected], **origin: object
) -> tuple[list[float | None], RatingCounts]:
    judge = judge_of(Origin(**origin))
    found = [one for one in judged(chats, judge) if not isinstance(one, Rejected)]
    return [one.judgement for one in found], judge.counts


@pytest.fixture
def table(tmp_path):
    def written(text: str | bytes, name: str = "ratings.csv") -> str:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)

    return written


# --- the customer's own rating


def test_the_last_rating_of_the_customer_counts():
    told, counts = judgements([chat("a", 1, 4), chat("b")])

    assert told == [75, None]
    assert counts.rated == 1


def test_a_rating_is_read_on_its_own_scale():
    ten = {"rating": 8, "worst": 0, "best": 10}

    assert judgements([chat("a", ten)])[0] == [80]


def test_a_rating_without_a_scale_takes_the_one_that_is_said():
    assert judgements([chat("a", 1)], scale=Scale(5, 1))[0] == [100]


def test_a_rating_off_its_scale_is_counted_and_shown():
    told, counts = judgements([chat("a", 7), chat("b", {"rating": 3, "best": 1})])

    assert told == [None, None]
    assert (counts.rated, counts.off_scale, counts.off_scale_example) == (0, 2, "7.0")


def test_a_rating_of_someone_else_is_not_the_customers():
    theirs = {"rating": 5, "role": "agent"}

    assert judgements([chat("a", 2, theirs)])[0] == [25]


# --- a table


@pytest.mark.parametrize(
    "text",
    [
        "conversation_id,rating\na,4\nb,\n",
        "Étoiles;N° conversation\n4;a\n;b\n",
        "﻿id\tcommentaire\tCSAT\r\na\tbof\t4,0\r\nb\t\t\r\n",
        '{"id": "a", "score": 4}\n{"id": "b", "score": null}\n',
        '[{"id": "a",\n "note": "4"},\n {"id": "b"}]',
    ],
    ids=["english", "french", "excel", "json lines", "json array"],
)
def test_columns_of_a_table_are_recognised(table, text):
    told, counts = judgements([chat("a"), chat("b")], table=table(text))

    assert told == [75, None]
    assert counts == RatingCounts(rated=1, column=counts.column)


def test_named_columns_go_first(table):
    path = table("id,rating,chat ref,nps\nx,1,a,9\n")
    scale = Scale(0, 10)

    told, counts = judgements(
        [chat("a")], table=path, on="Chat_Ref", rating="NPS", scale=scale
    )

    assert (told, counts.column) == ([90], "nps")


def test_numbers_are_ids_too(table):
    path = table('{"id": 7, "rating": 5}\n', "ratings.jsonl")

    assert judgements([chat("7")], table=path)[0] == [100]


def test_a_packed_table_is_read(table):
    path = table(gzip.compress(b"id,rating\na,5\n"), "ratings.csv.gz")

    assert judgements([chat("a")], table=path)[0] == [100]


def test_what_a_table_says_in_vain_is_counted(table):
    path = table("id,rating\na,4\na,2\na,2\nb,good\nc,6\nz,1\n,3\n")

    told, counts = judgements([chat("a"), chat("b"), chat("c")], table=path)

    assert told == [25, None, None]
    assert counts.again == 1
    assert (counts.no_number, counts.no_number_example) == (1, "good")
    assert (counts.off_scale, counts.off_scale_example) == (1, "6")
    assert counts.not_read == 1
    assert counts.faulty == 1
    assert counts.first_faulty.reason == "no conversation id"
    assert counts.first_faulty.line == 8


def test_a_row_that_cannot_be_read_costs_no_other(table):
    path = table('{"id": "a", "rating": 1}\n{"id": oh}\n[]\n{"id": "b", "rating": 5}\n')

    told, counts = judgements([chat("a"), chat("b")], table=path)

    assert (told, counts.faulty) == ([0, 100], 2)


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        ("id,stars\n", {"on": "chat"}, "no column chat (columns: id, stars)"),
        ("id,x\na,1\n", {}, "which column holds the rating (columns: x)? Say --rating"),
        ("ref,stars\na,1\n", {}, "which column names the conversation"),
        ("id,stars\na,1\n", {"rating": "star"}, "Correct --rating."),
        ("", {}, "ratings.csv: is empty. Name another table."),
        (",\n", {}, "is empty"),
        ("\ufffd,\ufffd\n", {}, "(columns: none)"),
        ('{"ref": 1}\n', {}, "(columns: ref)? Say --on COLUMN"),
    ],
)
def test_a_missing_column_is_one_line(table, text, options, said):
    with pytest.raises(UsageError) as told:
        judge_of(Origin(table=table(text), **options))

    assert said in str(told.value)
    assert "\n" not in str(told.value)


def test_a_missing_table_is_told(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        judge_of(Origin(table=str(tmp_path / "none.csv")))


def test_a_damaged_table_keeps_what_was_read(table):
    packed = gzip.compress(b"id,rating\n" + b"a,5\n" * 50_000)

    told, counts = judgements([chat("a")], table=table(packed[:-20]))

    assert told == [100]
    assert "damaged" in counts.first_faulty.reason


# --- a label


def test_a_label_stands_at_a_dotted_path():
    chats = [
        labelled("a", labels={"satisfaction": 5}),
        labelled("b", labels={"satisfaction": None}),
        labelled("c"),
        labelled("d", labels={"satisfaction": "2"}),
        labelled("e", **{"labels.satisfaction": 1}),
    ]

    told, counts = judgements(chats, label="labels.satisfaction")

    assert told == [100, None, None, 25, 0]
    assert counts.rated == 3


def test_a_label_that_is_no_number_is_counted():
    chats = [labelled("a", good=True), labelled("b", good=[3, 4])]

    told, counts = judgements(chats, label="good")

    assert told == [None, None]
    assert (counts.no_number, counts.no_number_example) == (2, "true")


def test_a_label_of_no_record_is_one_line():
    with pytest.raises(UsageError) as told:
        judgements([labelled("a", labels={"mood": 5})], label="labels.satisfaction")

    assert "(fields: id, labels.mood)" in str(told.value)


def test_no_records_are_no_wrong_label():
    assert judgements([], label="x")[0] == []


# --- and the rest


@pytest.mark.parametrize(
    "origin",
    [
        {"table": "x.csv", "label": "y"},
        {"on": "id"},
        {"rating": "stars"},
        {"label": "x", "on": "id"},
    ],
)
def test_options_that_exclude_each_other_are_refused(origin):
    with pytest.raises(UsageError):
        judge_of(Origin(**origin))


def test_what_was_rejected_passes_through():
    bad = Rejected("a.jsonl", 1, "$", "not JSON", "")

    assert list(judged([bad], judge_of(Origin()))) == [bad]


@pytest.mark.parametrize(
    "written", ["5", "1-", "a-b", "3-3", "1-5-9", ".-5", "1.1.1-5", ""]
)
def test_what_is_no_scale_is_none(written):
    assert Scale.read(written) is None


@pytest.mark.parametrize("written", ["-2-2", "-2--1", "0,5-1", "1 – 5", "0:100"])
def test_a_scale_may_be_written_in_many_ways(written):
    assert Scale.read(written) is not None


@pytest.mark.parametrize(
    "told", ["nan", "inf", "1_0", "", "4/5", True, None, [4], {"a": 4}, 10**400]
)
def test_what_is_no_number_is_none(told):
    assert number_of(told) is None


@given(st.floats(-100, 100), st.floats(-100, 100), st.floats(-100, 100))
def test_points_rise_from_the_worst_to_the_best(worst, best, value):
    points = Scale(worst, best).points(value)

    inside = min(worst, best) <= value <= max(worst, best) and worst != best
    assert (points is not None) == inside
    assert points is None or -1e-6 <= points <= 100 + 1e-6
