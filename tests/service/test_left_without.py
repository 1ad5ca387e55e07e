"""A page with nothing to show, or without its database, says what happened."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing

import pytest

from jauge import keeping
from jauge.store.columns_folder import erase_columns

BOTH = pytest.mark.parametrize("lang", ["fr", "en"])


@BOTH
def test_where_nothing_matches_there_are_no_figures_of_nothing(client, lang):
    text = client.get(f"/{lang}/conversations?text=zzzzqqq").text

    assert not re.search(r"0[,.]0\s?%", text)
    said = {"fr": "Aucune conversation ne répond", "en": "No conversation"}[lang]
    assert said in text
    assert 'href="/' + lang + "/review" not in text


@BOTH
def test_where_only_what_has_no_score_matches_it_is_one_click_away(client, lang):
    text = client.get(f"/{lang}/conversations?channel=email").text

    said = {"fr": "aucune n’a de score", "en": "none has a score"}[lang]
    words = {"fr": "Afficher sans score", "en": "Show without score"}[lang]
    address = re.search(r'href="([^"]+)">' + words, text)[1].replace("&amp;", "&")
    assert said in text
    assert client.get(address).text.count('class="score none"') == 3


@BOTH
def test_words_of_another_direction_turn_nothing_round(
    settings, tmp_path, request, lang
):
    said = "أين طلبي؟ 12"
    chat = {
        "id": "rtl", "department": "متجر",
        "events": [
            {"type": "message", "role": "user", "text": said},
            {"type": "message", "role": "bot", "text": "Je n'ai pas compris."},
            {"type": "message", "role": "user", "text": "c'est nul !!!"},
        ],
    }  # fmt: skip
    file = tmp_path / "rtl.jsonl"
    file.write_text(json.dumps(chat))
    keeping.load_files([str(file)], str(settings.db), keeping.Plan())

    client = request.getfixturevalue("client")
    text = client.get(f"/{lang}/conversations?text=nul&department=متجر").text

    assert f"\u2068{said}\u2069" in text
    assert '<span class="l2" dir="auto">متجر</span>' in text
    assert re.search(r'<a class="open"[^>]* dir="auto">', text)


@BOTH
@pytest.mark.parametrize(
    "page", ["conversations", "conversation?id=s-001", "not-scored"]
)
def test_a_database_that_was_deleted_is_said_and_not_made_again(
    client, settings, lang, page
):
    assert client.get(f"/{lang}/{page}").status_code == 200
    for file in settings.db.parent.glob("kept.db*"):
        if file.is_file():
            file.unlink()

    answer = client.get(f"/{lang}/{page}")

    said = {"fr": "n’est plus là", "en": "is no longer there"}[lang]
    assert answer.status_code == 503
    assert said in answer.text
    assert str(settings.db) not in answer.text
    assert not settings.db.exists()


@BOTH
def test_a_running_total_is_named_as_what_it_is(client, lang):
    told = {
        "fr": "somme des points dans l’ordre",
        "en": "points summed in order",
    }[lang]

    assert told in client.get(f"/{lang}/conversation?id=s-024").text
    assert told not in client.get(f"/{lang}/conversation?id=s-024&blind=1").text
    assert told not in client.get(f"/{lang}/conversation?id=s-011").text


def test_a_database_that_is_put_back_is_shown_again(client, settings):
    aside = settings.db.with_name("aside.db")
    settings.db.rename(aside)
    assert client.get("/en/conversations").status_code == 503

    aside.rename(settings.db)

    assert client.get("/en/conversations").status_code == 200


@BOTH
def test_scores_with_a_signal_that_is_gone_are_shown_by_its_name(
    settings, request, lang
):
    """A plugin was removed, or a release has a signal no more; scores stay."""
    with closing(sqlite3.connect(settings.db)) as raw, raw:
        raw.execute(
            "UPDATE score SET contributions = CAST(REPLACE(CAST(contributions AS TEXT),"
            " '\"user_corrects\"', '\"thing_<b>\"') AS BLOB)"
        )
    # Another test may have made the copy of the columns already.
    erase_columns(settings.db)
    client = request.getfixturevalue("client")

    pages = [
        client.get(f"/{lang}/{asked}")
        for asked in ("conversations", "conversation?id=s-024", "values?facet=signal")
    ]

    assert [page.status_code for page in pages] == [200] * 3
    assert ["thing_&lt;b&gt;" in page.text for page in pages] == [True] * 3
