"""Vectors: exact sums, French beside English, words that no table has."""

import hashlib
import random

import numpy as np
import pytest

from jauge.text.vectors import (
    NAMES,
    OWNERS,
    ROWS,
    cosines,
    load_vectors,
    pieces_of,
    vectors_digest,
)

VECTORS = load_vectors()
LEAST_NEAR, MOST_FAR = 500, 300


def near(first: str, second: str) -> float:
    return cosines(VECTORS.matrix([first.split(), second.split()]))[0, 1]


def test_table_has_a_row_and_an_owner_for_each_name():
    names = NAMES.read_text("utf-8").split("\n")[:-1]

    assert len(np.load(ROWS, mmap_mode="r")) == len(names) == len(set(names))
    assert len(OWNERS.read_text("ascii").strip()) == len(names)


def test_hash_written_down_is_that_of_the_table():
    digest = hashlib.sha256()
    for path in (ROWS, NAMES, OWNERS):
        digest.update(path.read_bytes())

    assert vectors_digest() == digest.hexdigest()


def test_sum_is_the_same_in_any_order_and_company():
    words = [
        "je",
        "voudrais",
        "savoir",
        "ou",
        "se",
        "trouve",
        "mon",
        "colis",
        "comandé",
        "hier",
    ]
    shuffled = random.Random(3).sample(words, len(words))

    alone = VECTORS.matrix([words])
    together = VECTORS.matrix([["hello"], shuffled, []])

    assert np.array_equal(alone[0], together[1])


@pytest.mark.parametrize("texts", [[[]], [["parcel"], []], [[], ["parcel"]], [["42"]]])
def test_text_without_words_is_all_zeros(texts):
    found = VECTORS.matrix(texts)

    empty = [not words or words == ["42"] for words in texts]
    assert [not row.any() for row in found] == empty


@pytest.mark.parametrize(
    ("french", "english"),
    [("colis", "parcel"), ("remboursement", "refund"), ("taille", "size")],
)
def test_word_lies_near_the_one_that_means_the_same_in_the_other_language(
    french, english
):
    assert near(french, english) > LEAST_NEAR
    assert near(french, "saturday") < MOST_FAR


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("remboursemant", "remboursement"), ("livraisson", "livraison")],
)
def test_misspelt_word_lies_nearer_to_what_is_meant_than_to_others(typed, meant):
    assert near(typed, meant) > max(near(typed, other) for other in ("bonjour", "size"))


def test_no_piece_reads_like_a_word():
    assert all(piece.startswith("~") for piece in pieces_of("commande"))


@pytest.mark.parametrize(
    ("word", "language"),
    [("useless", "en"), ("rembourser", "fr"), ("message", None), ("xqzt", None)],
)
def test_word_belongs_to_the_language_that_alone_has_it(word, language):
    assert VECTORS.language_of(word) == language
