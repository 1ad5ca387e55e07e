"""From 300 ratings on, words of one's own conversations are learnt, if they help."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jauge.live import LiveScore
from jauge.model.conversation import Conversation
from jauge.pipeline import load_scorer
from jauge.scorer import ScorerSpec
from jauge.scorers import build_scorer
from jauge.scoring.own_words import LEAST_CUSTOMERS, MOST_WORDS, vocabulary
from jauge.scoring.scorer_file import read_scorer_file
from jauge.text.own_words import stems_of, strength_of

if TYPE_CHECKING:
    from pathlib import Path

# What customers of this shop hate and love, which no list could know.
CHATS = {
    "en": (
        ("Is the drawer in stock?", "The drawer comes flat.", 1),
        ("Is the lamp in stock?", "The lamp comes today.", 5),
        ("Do you open on Sunday?", "We open at nine.", 3),
    ),
    "fr": (
        ("Le tiroir est en stock ?", "Le tiroir arrive à plat.", 1),
        ("La lampe est en stock ?", "La lampe arrive demain.", 5),
        ("Vous ouvrez le dimanche ?", "Nous ouvrons à neuf heures.", 3),
    ),
}
LEARNT = {"en": ("draw", "lamp"), "fr": ("tiroir", "lamp")}

# Each customer signs with a name that nine others have at most.
_LETTERS = "bcdfghjklm"
NAMES = [f"Zo{one}i{two}o" for one in _LETTERS for two in _LETTERS] * 9


def rated(language: str, count: int) -> bytes:
    """Chats whose ratings go with what they are about, by customers with a secret."""
    dice = random.Random(7)
    lines = []
    for number in range(count):
        asked, said, stars = CHATS[language][number % 3]
        stars = max(1, min(5, stars + dice.choice((-1, 0, 0, 1))))
        lines.append(
            json.dumps(
                {
                    "id": f"{language}-{number}",
                    "language": language,
                    "user_id": f"u-{number}",
                    "events": [
                        {"type": "message", "role": "user", "text": asked},
                        {"type": "message", "role": "bot", "text": said},
                        {
                            "type": "message",
                            "role": "user",
                            "text": f"{NAMES[number]} kx7trm ok",
                        },
                        {"type": "rating", "value": stars},
                    ],
                }
            )
        )
    return "\n".join(lines).encode()


@pytest.fixture(params=["fr", "en"])
def language(request) -> str:
    return request.param


@pytest.fixture
def shop(here, jauge, language) -> Path:
    """The scorer made from rated chats; beside it, what was said of it."""
    (here / "rated.jsonl").write_bytes(rated(language, 600))
    made = here / "shop.toml"
    run = jauge("calibrate", "rated.jsonl", "-o", str(made), "--lang", language)
    (here / "said.txt").write_bytes(run.out)
    assert run.status == 0
    return made


def table_of(path: Path) -> dict[str, dict[str, int]]:
    return read_scorer_file(path)[0].own_words


# --- what is learnt


def test_what_customers_hate_and_love_is_learnt(shop, language):
    bad, good = LEARNT[language]

    words = table_of(shop)

    assert any(words[side].get(bad, 0) < 0 for side in words)
    assert any(words[side].get(good, 0) > 0 for side in words)


def test_no_rare_name_and_no_number_is_learnt(shop):
    words = {word for table in table_of(shop).values() for word in table}

    assert not any(word.startswith(("zo", "kx")) for word in words)
    assert all(word.isalpha() for word in words)


def test_calibrating_says_what_words_bring(shop, language):
    said = " ".join(shop.with_name("said.txt").read_text().split())

    assert {"fr": "Mots de vos conversations", "en": "Words of your"}[language] in said
    card = read_scorer_file(shop)[0].card
    assert card.own_words.high < 0 < card.own_words.before


def test_fewer_than_300_ratings_tell_nothing_of_words(here, jauge, language):
    (here / "rated.jsonl").write_bytes(rated(language, 299))

    run = jauge("calibrate", "rated.jsonl", "-o", "few.toml", "--force")

    assert run.status == 0
    assert table_of(here / "few.toml") == {}
    assert b"Words of your" not in run.out


def test_the_same_ratings_give_the_same_bytes_whatever_their_order(here, jauge):
    lines = rated("en", 420).splitlines()
    files = []
    for name, order in (("one", lines), ("two", lines[::-1])):
        (here / f"{name}.jsonl").write_bytes(b"\n".join(order))
        jauge("calibrate", f"{name}.jsonl", "-o", f"{name}.toml", "--name", "shop")
        files.append(read_scorer_file(here / f"{name}.toml")[0].own_words)

    assert files[0] == files[1] != {}


# --- what is scored with it


def test_points_of_words_stand_at_their_message_and_add_up(shop, jauge, language):
    run = jauge("score", "rated.jsonl", "--scorer", str(shop))

    scores = [json.loads(line) for line in run.out.splitlines()]
    shown = [
        part
        for score in scores
        for part in score["contributions"]
        if part["signal"].endswith("_own_words")
    ]
    assert {part["event"] for part in shown} <= {0, 1, 2}
    bad, _ = LEARNT[language]
    assert any(
        part["points"] < 0 and part["evidence"].lower().startswith(bad)
        for part in shown
    )
    for score in scores:
        tenths = sum(round(10 * part["points"]) for part in score["contributions"])
        assert 10 * score["base"] + tenths == 10 * score["value"]


def test_explaining_names_the_words_in_the_readers_language(shop, jauge, language):
    run = jauge(
        "explain", "rated.jsonl", "--id", f"{language}-0", "--scorer", str(shop),
        "--lang", language,
    )  # fmt: skip

    said = " ".join(run.out.decode().split())
    assert {"fr": "mots de v", "en": "your "}[language] in said
    assert run.status == 0


def test_a_live_score_is_that_of_the_whole(shop):
    scorer = build_scorer(ScorerSpec(str(shop)))
    chat = Conversation.of(
        [
            ("user", "Is the drawer in stock? Le tiroir est en stock ?"),
            ("bot", "The lamp comes today. La lampe arrive demain."),
            ("user", "no, the drawer! le tiroir !"),
        ]
    )
    live = LiveScore(scorer=scorer)
    for event in chat.events:
        live.add(event)

    live.close()
    assert live.score == scorer.score(chat)


def test_a_scorer_made_from_one_with_words_keeps_them(shop, jauge):
    run = jauge(
        "calibrate", "rated.jsonl", "--scorer", str(shop), "-o", "again.toml",
        "--force",
    )  # fmt: skip

    assert run.status == 0
    assert table_of(shop.with_name("again.toml")) == table_of(shop)


def test_a_damaged_table_is_refused_in_one_line(shop, jauge):
    source = (shop).read_text()
    shop.with_name("odd.toml").write_text(source + '\n[own_words.agent]\n"x" = 1\n')

    run = jauge("score", "rated.jsonl", "--scorer", "odd.toml")

    assert run.status == 2
    assert run.err.count("\n") == 1
    assert "odd.toml" in run.err


# --- the words themselves


def test_the_vocabulary_is_small_and_said_by_enough_customers():
    letters = "abcdefghijklmnopqrst"
    common = [f"m{one}{two}" for one in letters for two in letters][: MOST_WORDS + 50]
    chats = [(" ".join(common),) for _ in range(LEAST_CUSTOMERS)]
    owners = [f"u-{number}" for number in range(LEAST_CUSTOMERS)]

    assert len(vocabulary(chats, owners)) == MOST_WORDS
    assert vocabulary(chats, ["one"] * LEAST_CUSTOMERS) == []


@given(
    st.lists(st.sampled_from(["colis", "perdu", "merci", "lamp"]), max_size=9),
    st.dictionaries(
        st.sampled_from(["colis", "perdu", "merci", "lamp"]),
        st.integers(-100_000, 100_000),
    ),
)
def test_a_strength_is_one_whatever_the_table(words, table):
    strength = strength_of(stems_of(words), table)

    assert -1 <= strength <= 1
    assert strength == strength_of(stems_of(words * 2), table)


def test_a_scorer_file_that_changed_is_loaded_anew(shop):
    first = load_scorer(str(shop))
    source = shop.read_text()
    shop.write_text(source.replace(f"base = {first.scorecard.base}\n", "base = 31\n"))

    assert load_scorer(str(shop)).scorecard.base == 31
