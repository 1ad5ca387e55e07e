"""The page: whole in itself, readable without a script, the same sums as the scores."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

import jauge
from jauge.model.conversation import Action, Conversation, Message, Rating, Role
from jauge.report.rows import row_of
from jauge.report.wording import Lang, number
from tests.report.pages import Element, Tree, material_of, page_of

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGES: tuple[Lang, ...] = ("fr", "en")
MOST_BYTES = 6_000_000
SAMPLES = files("jauge.samples").joinpath("conversations.jsonl")
each_language = pytest.mark.parametrize("lang", LANGUAGES)


@pytest.fixture(scope="module")
def chats() -> list[Conversation]:
    return [one for one in jauge.read(str(SAMPLES)) if isinstance(one, Conversation)]


@pytest.fixture(scope="module")
def texts(chats) -> dict[Lang, str]:
    return {lang: page_of(chats, lang) for lang in LANGUAGES}


@pytest.fixture(scope="module")
def trees(texts) -> dict[Lang, Element]:
    return {lang: Tree(text).root for lang, text in texts.items()}


def shown(tenths: int, lang: Lang) -> str:
    return number(tenths / 10, lang, sign=tenths != 0)


def tenths_in(text: str) -> int:
    return round(float(text.replace("−", "-")) * 10)


@each_language
def test_page_says_its_language(trees, lang):
    (html,) = trees[lang].all("html")

    assert html.attributes["lang"] == lang


@each_language
def test_page_is_the_same_every_time(chats, texts, lang):
    assert page_of(chats, lang) == texts[lang]


@each_language
def test_page_holds_no_script_and_no_inline_style(texts, trees, lang):
    elements = trees[lang].all()

    assert not [one for one in elements if one.tag in ("script", "iframe", "img")]
    assert not [
        name
        for one in elements
        for name in one.attributes
        if name == "style" or name.startswith("on")
    ]
    assert len(trees[lang].all("style")) == texts[lang].count("<style>") == 1


@each_language
def test_policy_allows_this_style_sheet_and_nothing_from_elsewhere(trees, lang):
    (policy,) = (
        one.attributes["content"]
        for one in trees[lang].all("meta")
        if one.attributes.get("http-equiv") == "Content-Security-Policy"
    )
    (style,) = trees[lang].all("style")
    digest = base64.b64encode(hashlib.sha256(style.text.encode()).digest()).decode()

    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; font-src data:;"
        " img-src data:; base-uri 'none'; form-action 'none'"
    )
    assert set(re.findall(r"url\((\w+:)", style.text)) == {"data:"}
    assert "@import" not in style.text


@each_language
def test_page_leads_elsewhere_only_to_the_originals(chats, trees, lang):
    addresses = {
        value
        for one in trees[lang].all()
        for name, value in one.attributes.items()
        if name in ("src", "href") and value and ":" in value
    }

    allowed = {one.url for one in chats}
    assert {one for one in addresses if not one.startswith("data:")} <= allowed
    assert "http" not in re.sub(r'href="https?:', "", texts_without_originals(trees))


def texts_without_originals(trees: dict[Lang, Element]) -> str:
    return " ".join(
        value or ""
        for one in trees["en"].all()
        for name, value in one.attributes.items()
        if name not in ("href", "http-equiv")
    )


@each_language
def test_every_link_inside_leads_to_one_place(trees, lang):
    elements = trees[lang].all()
    ids = [one.attributes["id"] for one in elements if "id" in one.attributes]
    links = {
        str(one.attributes["href"])[1:]
        for one in elements
        if str(one.attributes.get("href")).startswith("#")
    }

    assert len(ids) == len(set(ids))
    assert links <= set(ids)


@each_language
def test_list_has_one_row_a_conversation_worst_first(chats, trees, lang):
    scores = [jauge.score(one) for one in chats]
    values = sorted(one.value for one in scores if one.value is not None)
    (table,) = trees[lang].all("table", "conv")

    rows = [row.all("span", "score")[0].text for row in table.all("tr")[1:]]

    assert [int(text.split(",")[0]) for text in rows] == values


@each_language
def test_reasons_of_each_row_add_up_to_its_score(chats, trees, lang):
    scores = {one.id: jauge.score(one) for one in chats}
    for talk in trees[lang].all("article"):
        name = talk.all("h3")[0].text.split()[-1]
        score = scores[name]
        number_ = str(talk.attributes["id"])[1:]
        row = next(
            one
            for one in trees[lang].all("tr")
            if one.attributes.get("id") == f"r{number_}"
        )
        chips = row.all("p", "why")[0].all("span", "pts")

        points = sum(tenths_in(chip.text.replace(",", ".")) for chip in chips)

        assert 10 * score.base + points == 10 * score.value


@each_language
def test_running_total_ends_at_the_score(chats, trees, lang):
    values = {one.id: jauge.score(one).value for one in chats}
    for talk in trees[lang].all("article"):
        name = talk.all("h3")[0].text.split()[-1]
        runs = [
            one.text
            for note in talk.all("li", "pn")
            if "fold" not in note.classes
            for one in note.all("span", "run")
        ]
        if runs:
            assert runs[-1].split("→ ")[1] == number(values[name], lang)


@each_language
def test_strip_and_ways_add_up(trees, lang):
    for table in trees[lang].all("table", "wf"):
        cells = [cell.text.replace(",", ".") for cell in table.all("td", "vl")]
        *parts, total = map(tenths_in, cells)

        assert len(parts) == 6
        assert sum(parts) == total


@each_language
def test_histogram_has_its_table(chats, trees, lang):
    values = [one.value for one in map(jauge.score, chats) if one.value is not None]
    (figure,) = trees[lang].all("figure")
    (table,) = figure.all("table")

    counts = [int(row.all("td")[1].text) for row in table.all("tr")[1:]]

    assert len(figure.all("rect")) == len(counts) == 20
    assert counts == [
        sum(min(value // 5, 19) == place for value in values) for place in range(20)
    ]


@each_language
def test_conversations_without_a_score_are_listed_with_their_reason(chats, trees, lang):
    unscored = [one.id for one in chats if jauge.score(one).value is None]
    (section,) = (
        one for one in trees[lang].all() if one.attributes.get("id") == "unscored"
    )

    (listed,) = section.all("details")

    assert [row.all("th")[0].text for row in listed.all("tr")[1:]] == unscored


@each_language
def test_hundred_and_twenty_conversations_stay_below_six_megabytes(chats, lang):
    many = [
        replace(one, id=f"{one.id}-{copy}")
        for copy in range(2)
        for one in chats
        if jauge.score(one).value is not None
    ]
    assert len(many) >= 120

    text = page_of(many, lang)

    assert text.count("<article") == 120
    assert len(text.encode()) < MOST_BYTES


def test_only_the_worst_and_the_best_are_shown_in_full(chats):
    tree = Tree(page_of(chats, most_talks=3)).root
    rows = len(tree.all("table", "conv")[0].all("tr")) - 1

    shown_ = [str(one.attributes["id"]) for one in tree.all("article")]

    assert shown_ == ["c1", "c2", "c3", *(f"c{rows - left}" for left in (2, 1, 0))]


def test_page_without_talks_is_a_list():
    text = page_of(told(("user", "merci"), ("bot", "ok")), most_talks=0)

    assert "<article" not in text
    assert 'href="#c' not in text


def told(*said: tuple[str, str]) -> Iterator[Conversation]:
    yield Conversation.of(said, id="c-1")


@each_language
def test_page_of_nothing_says_that_there_is_no_average(lang):
    text = page_of([], lang)

    assert {"fr": "Aucune conversation n’a de score", "en": "No conversation has"}[
        lang
    ] in text
    Tree(text)


def test_evidence_is_marked_where_it_stands():
    chat = Conversation.of(
        [("user", "où est mon colis"), ("bot", "Désolé, je n’ai pas compris.")]
    )

    tree = Tree(page_of([chat], "fr")).root
    (article,) = tree.all("article")

    marks = [mark.text for mark in article.all("mark")]
    assert any("pas compris" in mark for mark in marks)


def test_small_points_of_an_event_are_folded(texts):
    assert "small points" in texts["en"]
    assert "petits points" in texts["fr"]


def test_rating_is_shown_and_said_never_to_count():
    rating = Rating(value=2, best=5, comment="bof")
    chat = Conversation.of([("user", "bonjour"), ("bot", "Bonjour !")])

    text = page_of([replace(chat, events=(*chat.events, rating))])

    assert "2 stars out of 5" in text
    assert "never counted in the score" in text
    assert "bof" in text


def test_message_that_counted_most_is_the_one_with_the_most_points():
    chat = Conversation.of(
        [
            ("user", "bonjour"),
            ("bot", "Bonjour !"),
            ("user", "vous êtes nuls, c’est n’importe quoi"),
        ]
    )
    score = jauge.score(chat)

    row = row_of(chat, score)

    by_event = {
        event: sum(part.tenths for part in score.contributions if part.event == event)
        for event in range(3)
    }
    assert row.event == max(by_event, key=lambda event: abs(by_event[event]))
    assert row.first == ("bonjour" if row.event else "")


def test_intent_confidence_and_flow_stand_under_the_message():
    message = Message(
        role=Role.BOT, text="Voici.", intent="track", confidence=0.42, flow="orders"
    )
    chat = Conversation.of([("user", "où est mon colis")])

    text = page_of([replace(chat, events=(*chat.events, message))])

    for words in ("intent: track", "confidence: 42%", "flow: orders"):
        assert words in text


def test_long_conversation_is_cut_and_its_rest_is_counted():
    chat = Conversation.of([("user", "merci"), ("bot", "ok")] * 300)

    text = page_of([chat])

    assert "200 more events are not shown" in text


def test_average_counts_customers_not_conversations(chats):
    alone = material_of(chats).overview.mean
    same = [replace(one, user_id=f"u{place // 4}") for place, one in enumerate(chats)]

    grouped = material_of(same).overview

    assert grouped.mean.value == alone.value
    assert grouped.mean.high - grouped.mean.low != alone.high - alone.low
    assert grouped.customers < len(chats) / 3


def test_evidence_that_its_signal_tells_already_is_not_told_twice():
    thumb = Action(role=Role.USER, action="thumbs_up")
    chat = Conversation.of([("user", "bonjour"), ("bot", "Bonjour !")])

    tree = Tree(page_of([replace(chat, events=(*chat.events, thumb))], "en")).root

    notes = [note.text for note in tree.all("li", "pn")]
    assert any("Thumbs up" in note for note in notes)
    assert not any("thumbs up" in note for note in notes)


def test_control_marks_in_names_are_made_visible():
    chat = Conversation.of([("user", "merci"), ("bot", "ok")], id="a\u202eb\x07")

    text = page_of([replace(chat, channel="c\u202ed")])

    assert "\u202e" not in text
    assert "\x07" not in text


@pytest.mark.parametrize(
    ("lang", "mask"),
    [
        ("fr", "[courriel]"),
        ("fr-CA", "[courriel]"),
        ("fr-FR", "[e-mail]"),
        ("en", "[e-mail]"),
    ],
)
def test_personal_data_are_masked_unless_told_otherwise(here, jauge, lang, mask):
    chat = {
        "id": "c-1",
        "events": [
            {"type": "message", "role": "user", "text": "write to ann.lee@example.org"},
            {"type": "message", "role": "bot", "text": "Sorry, I did not understand."},
        ],
    }
    (here / "one.jsonl").write_text(json.dumps(chat) + "\n")

    jauge("report", "one.jsonl", "-o", "masked.html", "--lang", lang)
    jauge("report", "one.jsonl", "-o", "open.html", "--lang", lang, "--no-mask")

    masked, shown = (
        (here / name).read_text("utf-8") for name in ("masked.html", "open.html")
    )
    assert "ann.lee" not in masked
    assert mask in masked
    assert "ann.lee" in shown
