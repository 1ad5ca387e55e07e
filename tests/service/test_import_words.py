"""The import page speaks as the other pages do, and of no command line."""

from __future__ import annotations

import html
import json
import re

import pytest
from litestar.testing import TestClient

from jauge.service.app import app_of
from jauge.service.site import SiteSettings

NARROW = "\u202f"
TABLE = (
    "Ticket;Auteur;Message;Date;Rayon;Canal\n"
    "1;client;où est mon colis ?;2025-04-03 10:00;jeux;web\n"
    "1;bot;demain;2025-04-03 10:01;jeux;web\n"
    "1;agent;bonjour;2025-04-03 10:02;jeux;web\n"
    "2;client;merci;2025-04-03 10:00;jeux;web\n"
    "2;bot;de rien;2025-04-03 10:01;jeux;web\n"
)


def tabled(told: str) -> str:
    """Give the words of a page, without its tags."""
    text = html.unescape(re.sub(r"<[^>]+>", " ", told)).replace(NARROW, " ")
    return " ".join(text.split())


@pytest.fixture
def made(tmp_path):
    settings = SiteSettings(db=tmp_path / "kept.db", french="fr-FR")
    with TestClient(app_of(settings), base_url="http://127.0.0.1") as client:
        yield client


def token(client) -> str:
    return re.search(r'_csrf_token" value="(\w+)"', client.get("/fr/import").text)[1]


def sent(client, name: str, data: str, lang: str):
    form = {"_csrf_token": token(client)}
    files = [("file", (name, data.encode()))]
    return client.post(f"/{lang}/import", data=form, files=files)


def again(client, page, **fields):
    form = {"_csrf_token": token(client), **fields}
    return client.post(f"{page.url.path}/again", data=form)


def test_french_page_names_all_as_its_other_pages_do(made):
    page = sent(made, "ok.csv", TABLE, "fr")
    told = tabled(
        again(made, page, columns="id=Ticket").text.partition("Comment lire")[0]
    )

    for words in (
        "3 avr. 2025",
        "Conseiller 1",
        "Chat web 2",
        "Prise par un conseiller",
        "peu sûr",
        "qui écrit",
    ):
        assert words.lower() in told.lower(), words
    assert "Rayon (parmi vos propres champs" in told
    for code in ("bot_unsure", "web_chat", "metadata", "2025-04-03", "agent "):
        assert code.lower() not in told.lower(), code


def test_english_page_names_channels_and_signals_in_words(made):
    page = sent(made, "ok.csv", TABLE, "en")
    told = tabled(
        again(made, page, columns="id=Ticket").text.partition("How to read")[0]
    )

    assert "Web chat 2" in told
    assert "Unsure" in told
    assert "bot_unsure" not in told


@pytest.mark.parametrize(
    ("lang", "fields", "words"),
    [
        ("fr", {"columns": "Réf. échange"}, "Réf. échange : écrivez CHAMP=COLONNE"),
        ("en", {"columns": "Réf. échange"}, "Réf. échange: write FIELD=COLUMN"),
        ("fr", {"zone": "Paris"}, "Paris : ce fuseau n’existe pas. Exemple"),
        ("en", {"zone": "Paris"}, "Paris: no such zone. Example"),
        ("fr", {"columns": "x=Ticket"}, "x=… : ce champ n’existe pas. Au choix"),
        ("fr", {"columns": "id=Fil"}, "pas de colonne Fil (colonnes : Ticket, Auteur,"),
        ("fr", {"columns": "id=Fil"}, "). Corrigez les colonnes du tableau."),
        ("en", {"columns": "id=Fil"}, "). Correct the columns of the table."),
        ("fr", {"bot": "Lia", "user": "Lia"}, "client Lia : déjà bot. Nommez chacun"),
        ("en", {"bot": "Lia", "user": "Lia"}, "customer Lia: also bot. Name each once"),
    ],
)
def test_what_was_said_wrongly_is_told_without_options(made, lang, fields, words):
    page = sent(made, "ok.csv", TABLE, lang)

    told = tabled(again(made, page, **fields).text)

    assert words in told
    assert not re.search(
        r"--(?:columns|zone|timezone|bot-id|agent-id|user-id|from)", told
    )


def test_nobody_known_is_told_by_the_fields_of_the_page(made):
    events = [{"type": "message", "role": "unknown", "text": "bonjour"}]
    told = tabled(
        sent(made, "a.jsonl", json.dumps({"id": "1", "events": events}), "fr").text
    )

    assert "un conseiller ou le client" in told
    assert "--bot-id" not in told


@pytest.mark.parametrize(
    ("channel", "french", "english"),
    [("voice", "Téléphone", "Phone"), ("google_business", "Google Business", "Google")],
)
def test_channels_of_the_contract_have_names(made, channel, french, english):
    events = [{"type": "message", "role": "user", "text": "bonjour"}]
    record = json.dumps({"id": "1", "channel": channel, "events": events})

    for lang, words in (("fr", french), ("en", english)):
        told = tabled(sent(made, "a.jsonl", record, lang).text)
        assert words in told
        assert channel not in told


def test_a_day_and_an_hour_in_two_columns_are_told_apart(made):
    table = (
        "Conversation;Auteur;Message;Date;Heure\n"
        "1;client;où est mon colis ?;03/04/2025;10:00\n"
        "1;bot;demain;03/04/2025;10:01\n"
    )

    told = tabled(sent(made, "a.csv", table, "fr").text)

    assert "Date → date et heure, Heure → heure du jour" in told
    assert "Heures sans fuseau : lues dans le fuseau UTC." in told
