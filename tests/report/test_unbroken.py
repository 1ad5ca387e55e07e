"""A terminal parts no French mark from its word, and tells where evidence is cut."""

import re
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.text import Text

from jauge.model.conversation import Message, Role
from jauge.model.score import Contribution
from jauge.model.signal import Dimension
from jauge.report.evidence import evidence_in_words, is_cut
from jauge.report.unbroken import Unbroken

BLANKS = (" ", "\u00a0", "\u202f")
WORDS = st.sampled_from(
    ["oui", "« oui »", "ça va ?", "non !", "« *lent* »", "5 %", "ici :", "\n", "été"]
)


def lines(text: str, width: int) -> list[str]:
    console = Console(file=StringIO(), width=width, highlight=False, markup=False)
    console.print(Unbroken(Text(text)))
    return console.file.getvalue().split("\n")[:-1]


def parted(shown: list[str]) -> list[str]:
    """Give the lines that begin or end with what belongs to the line beside them."""
    return [
        one
        for one in shown
        if re.match(r"\s*\*?[»!?:;%]", one) or re.search(r"«\*?\s*$", one)
    ]


@pytest.mark.parametrize("blank", BLANKS)
def test_no_line_begins_or_ends_with_a_lone_mark(blank):
    text = "Bonjour ! Il dit « oui » : pourquoi ? Non ; « *jamais* » à 5 % !"
    text = (
        text.replace(" ", blank)
        if blank == " "
        else re.sub(r" (?=[!?:;»%])|(?<=«) ", blank, text)
    )

    for width in range(14, 60):
        assert parted(lines(text, width)) == [], width


@given(st.lists(WORDS, max_size=30), st.integers(12, 50))
def test_all_that_was_written_is_shown(words, width):
    text = " ".join(words)

    shown = lines(text, width)

    assert "".join("".join(shown).split()) == "".join(text.split())
    assert all(len(one) <= width for one in shown)


def test_what_is_longer_than_a_line_is_folded():
    assert lines("a" * 25, 10) == ["a" * 10, "a" * 10, "a" * 5]


def part(text: str, end: int, start: int = 0) -> Contribution:
    return Contribution(
        signal="bot_silent",
        dimension=Dimension.EASE,
        event=0,
        span=(start, end),
        evidence=text[start:end],
        points=-1.0,
    )


LONG = "My parcel has been on its way for two weeks and nobody answers me here. Why?"


@pytest.mark.parametrize(
    ("end", "cut"), [(50, True), (len(LONG) - 5, False), (len(LONG), False), (9, False)]
)
def test_evidence_that_ends_inside_a_sentence_says_so(end, cut):
    end = LONG.rindex(" ", 0, end + 1) if cut else end
    found = is_cut(part(LONG, end), Message(role=Role.USER, text=LONG))

    assert found is cut
    shown = evidence_in_words(part(LONG, end), "en", is_cut=found)
    assert shown.endswith("…”") is cut


def test_guillemets_inside_guillemets_are_others():
    text = "le statut « expédié » est faux"

    shown = evidence_in_words(part(text, len(text)), "fr")

    assert shown.replace("\u202f", " ") == "« le statut “expédié” est faux »"
