"""Words agree with their counts: none, one and two, in French and in English."""

from __future__ import annotations

import re

import msgspec
import pytest

from jauge.model.conversation import Conversation
from jauge.pipeline import scorer_of
from jauge.report import keeping_words, review_words, scorer_words
from jauge.report.demo_words import DEMO_WORDS
from jauge.report.evaluation_words import WORDS as EVALUATION_WORDS
from jauge.report.keeping_words import kept_words
from jauge.report.overview import Tally
from jauge.report.page import sentence
from jauge.report.plurals import filled
from jauge.report.review_words import review_words as reviewed
from jauge.report.typeset import Typesetter
from jauge.report.wording import WORDS
from jauge.scorer import ScorerSpec
from tests.kept import chat

TABLES = {
    "kept": keeping_words._WORDS,
    "reviewed": review_words._WORDS,
    "scorers": scorer_words._WORDS,
    "demo": DEMO_WORDS,
}


@pytest.mark.parametrize(
    ("lang", "count", "said"),
    [
        ("fr", 0, "Cherchés ensuite, octet par octet : 0 identifiant, 0 texte et 0"
         " morceau comprimé, dans"),
        ("fr", 1, "Cherchés ensuite, octet par octet : 1 identifiant, 1 texte et 1"
         " morceau comprimé, dans"),
        ("fr", 2, "Cherchés ensuite, octet par octet : 2 identifiants, 2 textes et 2"
         " morceaux comprimés, dans"),
        ("en", 0, "Looked for afterwards, byte by byte: 0 ids, 0 texts and 0"
         " compressed pieces, in"),
        ("en", 1, "Looked for afterwards, byte by byte: 1 id, 1 text and 1 compressed"
         " piece, in"),
        ("en", 2, "Looked for afterwards, byte by byte: 2 ids, 2 texts and 2"
         " compressed pieces, in"),
    ],
)  # fmt: skip
def test_what_was_looked_for_agrees(lang, count, said):
    told = kept_words(lang, "sought", ids=count, texts=count, pieces=count)

    assert told.replace("\u202f", " ") == said


@pytest.mark.parametrize(
    ("lang", "count", "said"),
    [
        ("fr", 0, "0 évaluation de 0 personne."),
        ("fr", 1, "1 évaluation de 1 personne."),
        ("fr", 2, "2 évaluations de 2 personnes."),
        ("en", 0, "0 labels by 0 people."),
        ("en", 1, "1 label by 1 person."),
        ("en", 2, "2 labels by 2 people."),
    ],
)
def test_reviews_agree(lang, count, said):
    assert reviewed(lang, "listed", count=count, people=count) == said


@pytest.mark.parametrize(
    ("lang", "written", "said"),
    [
        ("fr", "1\u202f234", "s"),
        ("fr", "1,5", ""),
        ("fr", "−1,9", ""),
        ("fr", "2,0", "s"),
        ("en", "1,234", "s"),
        ("en", "1.0", "s"),
        ("en", 1, ""),
    ],
)
def test_a_count_may_be_written_as_the_language_does(lang, written, said):
    assert filled("{count:|s}", lang, {"count": written}) == said


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("count", [0, 1, 2])
def test_no_sentence_keeps_a_mark_of_agreement(table, count):
    for french, english in TABLES[table].values():
        for lang, template in (("fr", french), ("en", english)):
            names = set(re.findall(r"\{(\w+)[:}]", template))
            told = filled(template, lang, dict.fromkeys(names, count))
            assert "|" not in told
            assert "{" not in told


@pytest.mark.parametrize("words", [WORDS, EVALUATION_WORDS])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_no_sentence_of_the_others_does(words, lang):
    for template in words[lang].values():
        names = set(re.findall(r"\{(\w+)[:}]", template))
        assert "|" not in filled(template, lang, dict.fromkeys(names, 1))


# --- whose conversations they are


def told(chats, lang):
    scorer, tally = scorer_of(ScorerSpec()), Tally()
    for one in chats:
        made = msgspec.convert(one, Conversation)
        tally.take(made, scorer.score(made))
    text = sentence(tally.overview(), scorer, Typesetter(lang))
    return re.split(", (?:entre|between)", text)[0]


@pytest.mark.parametrize(
    ("owners", "fr", "en"),
    [
        ([None], "pour 1 conversation", "over 1 conversation"),
        ([None, None], "pour 2 conversations", "over 2 conversations"),
        (["a"], "pour 1 conversation de 1 client", "over 1 conversation of 1 customer"),
        (
            ["a", "a"],
            "pour 2 conversations de 1 client",
            "over 2 conversations of 1 customer",
        ),
        (
            ["a", "b"],
            "pour 2 conversations de 2 clients",
            "over 2 conversations of 2 customers",
        ),
        (
            ["a", None, None],
            "pour 3 conversations (dont 1 nomme 1 client)",
            "over 3 conversations (of which 1 names 1 customer)",
        ),
        (
            ["a", "b", "b", None],
            "pour 4 conversations (dont 3 nomment 2 clients)",
            "over 4 conversations (of which 3 name 2 customers)",
        ),
    ],
)
def test_only_customers_that_are_named_are_counted(owners, fr, en):
    chats = [
        chat(f"c-{number}", **({"user_id": owner} if owner else {}))
        for number, owner in enumerate(owners)
    ]

    assert told(chats, "fr").endswith(fr)
    assert told(chats, "en").endswith(en)
