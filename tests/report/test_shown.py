"""Texts on their way to the page: masked in one place, evidence marked all the same."""

from __future__ import annotations

import hypothesis.strategies as st
from hypothesis import given

from jauge.report import shown


@given(
    st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)))
)
def test_pieces_are_the_text(text, ends):
    spans = [
        (start, end) for start, end in map(sorted, ends) if start < end <= len(text)
    ]

    pieces = shown.pieces(text, spans)

    assert "".join(piece.text for piece in pieces) == shown.shown_text(text)
    for piece in pieces:
        if piece.span is not None:
            start, end = piece.span
            assert piece.text == shown.shown_text(text)[start:end]


def test_evidence_keeps_its_place_when_masking_moves_it(monkeypatch):
    monkeypatch.setattr(
        shown, "shown_text", lambda text: text.replace("ann@shop.example", "[e-mail]")
    )
    text = "ann@shop.example, c’est nul ici"
    start = text.index("nul")

    pieces = shown.pieces(text, [(start, start + 3)])

    assert [piece.text for piece in pieces] == ["[e-mail], c’est ", "nul", " ici"]


def test_of_evidence_that_overlaps_the_strongest_is_marked():
    assert shown.apart([(5, 9), (0, 6), (9, 12)]) == [(5, 9), (9, 12)]
