"""Personal data: what is masked and what is not, and where evidence goes."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.worst_cases import growth, shapes_for
from jauge.redaction.found import Kind
from jauge.redaction.masking import MASKS, find, mask
from tests.redaction.measured import counted, messages

CASES = yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text("utf-8"))
PIECES = st.sampled_from(
    [message.text for message in messages()]
    + [" ", "-", ".", "#", "+", "@", "0", "06", "1 ", "12/06 ", "tel ", "commande n° "]
    + [case["text"] for case in CASES["masked"]]
    + [form for forms in MASKS.values() for form in forms]
)
TEXTS = st.one_of(
    st.lists(PIECES, max_size=6).map("".join),
    st.lists(PIECES, max_size=6).map(" ".join),
    st.text("0123456789 -.+#@aAéB/()[]", max_size=60),
    st.text(max_size=60),
)
LANGS = st.sampled_from(["fr", "en"])


@pytest.mark.parametrize("case", CASES["masked"], ids=lambda case: case["text"])
def test_personal_data_becomes_the_mask_of_its_kind(case):
    assert mask(case["text"], case["lang"]).text == case["becomes"]


@pytest.mark.parametrize("text", CASES["left"])
def test_near_misses_stay_as_they_are(text):
    assert mask(text, "fr").text == text


def test_most_personal_data_is_found_and_little_else():
    counts = {name: count.total() for name, count in counted(messages()).items()}

    assert counts["right"] >= 0.95 * counts["there"]
    assert counts["right"] >= 0.97 * counts["masked"]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_each_language_of_messages_has_both_kinds(lang):
    written = [one for one in messages() if one.lang == lang]

    assert len(written) >= 70
    assert {bool(one.personal) for one in written} == {True, False}


def test_numbers_as_another_library_writes_them_are_masked():
    library = pytest.importorskip("phonenumbers")
    mobile, fixed = library.PhoneNumberType.MOBILE, library.PhoneNumberType.FIXED_LINE
    styles = library.PhoneNumberFormat
    written = {
        library.format_number(library.example_number_for_type(region, kind), style)
        for region in ("FR", "CA", "US", "GB")
        for kind in (mobile, fixed)
        for style in (styles.NATIONAL, styles.INTERNATIONAL, styles.E164)
    } | {
        library.format_number(library.example_number(region), style)
        for region in ("BE", "CH", "DE", "ES", "IT", "LU", "MA", "DZ", "SN", "IE")
        for style in (styles.INTERNATIONAL, styles.E164)
    }

    missed = [one for one in written if mask(f"({one})", "en").text != "([phone])"]

    assert [one for one in missed if mask(one, "en").text != "[phone]"] == []


def test_evidence_beside_a_mask_moves_with_it():
    text = "commande 123456, vous êtes nuls"

    masked, ((start, end),) = mask(text, "fr", [(17, len(text))])

    assert masked[start:end] == "vous êtes nuls"


@pytest.mark.parametrize("span", [(9, 15), (10, 12), (9, 10), (14, 15)])
def test_evidence_inside_a_mask_is_the_mask(span):
    masked, ((start, end),) = mask("commande 123456, vite", "fr", [span])

    assert masked[start:end] == "[référence]"


def test_evidence_that_holds_a_part_of_a_mask_holds_all_of_it():
    masked, ((start, end),) = mask("ma commande 123456, vite", "fr", [(3, 14)])

    assert masked[start:end] == "commande [référence]"


@settings(deadline=None)
@given(TEXTS)
def test_what_is_found_is_in_order_and_apart(text):
    found = find(text)

    edges = [edge for one in found for edge in (one.start, one.end)]
    assert edges == sorted(edges)
    assert all(0 <= one.start < one.end <= len(text) for one in found)


@settings(deadline=None)
@given(TEXTS, LANGS)
def test_masking_twice_is_masking_once(text, lang):
    once = mask(text, lang).text

    assert mask(once, lang).text == once


@settings(deadline=None)
@given(TEXTS, LANGS)
def test_a_masked_text_is_as_long_as_its_parts(text, lang):
    found = find(text)

    length = len(text) + sum(
        len(MASKS[one.kind][lang == "en"]) - (one.end - one.start) for one in found
    )
    assert len(mask(text, lang).text) == length


@settings(deadline=None)
@given(TEXTS, LANGS, st.data())
def test_spans_stay_inside_and_keep_words_that_are_not_masked(text, lang, data):
    places = st.integers(0, len(text))
    start, end = sorted((data.draw(places), data.draw(places)))

    masked, ((left, right),) = mask(text, lang, [(start, end)])

    assert 0 <= left <= right <= len(masked)
    if all(one.end <= start or end <= one.start for one in find(text)):
        assert masked[left:right] == text[start:end]


def test_every_kind_has_a_mask_in_both_languages_that_is_no_personal_data():
    assert set(MASKS) == set(Kind)
    assert all(find(form) == [] for forms in MASKS.values() for form in forms)


def test_masking_takes_time_linear_in_the_length_of_a_text():
    drawn = "commande n°06 12+33@x.fr AX 4521-33#je m'appelle Zoé"

    slow = [
        f"{shape}: {found.seconds:.2f} s at {found.size}, ×{found.factor:.1f}"
        for shape in shapes_for(drawn, drawn=30)
        if not (found := growth(lambda text: mask(text, "fr"), shape, 28_672)).is_linear
    ]

    assert not slow
