"""Who speaks is told, never guessed: --bot-id, --agent-id, --user-id and *."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import xlsxwriter

import jauge as api
from jauge.importers.speakers import role_told
from jauge.settings import ReadOptions

CHAT = (
    "02/11/2026, 14:00 - Les messages et les appels sont chiffrés de bout en bout.\n"
    "02/11/2026, 14:00 - Jeanne Roy: Bonjour, où est mon colis ?\n"
    "02/11/2026, 14:01 - Boutique Lila: Désolé, je n’ai pas compris.\n"
    "02/11/2026, 14:02 - Jeanne Roy: C’est nul\n"
    "02/11/2026, 14:03 - Boutique Lila: Il arrive demain.\n"
)
TABLE = "id,who,text\n1,Lia,Bonjour\n1,Ann,Où est mon colis ?\n1,,hors sujet\n"
LILA = ("--bot-id", "Boutique Lila")
COLUMNS = ("--columns", "user=who")


@pytest.fixture
def chat(here):
    """A chat that WhatsApp wrote on Android."""
    Path("wa.txt").write_text(CHAT, encoding="utf-8")
    return "wa.txt"


@pytest.fixture
def table(here):
    """A table whose names say no role."""
    Path("t.csv").write_text(TABLE, encoding="utf-8")
    return "t.csv"


def roles_of(run):
    [one] = [json.loads(line) for line in run.out.splitlines()]
    return [event["role"] for event in one["events"]]


# --- told


def test_a_bot_alone_leaves_the_customer_unknown(jauge, chat):
    run = jauge("score", chat, *LILA)

    assert json.loads(run.out)["reason"] == "unknown_roles"


def test_where_nobody_has_the_name_of_the_bot_it_is_said_where_the_names_are(
    jauge, chat
):
    run = jauge("score", chat, "--bot-id", "Lila", "--user-id", "*")

    assert json.loads(run.out)["reason"] == "no_bot_message"
    assert "The names: jauge doctor FILE" in run.err


@pytest.mark.parametrize("user", ["Jeanne Roy", "*"])
def test_a_chat_has_a_score_once_the_customer_is_told(jauge, chat, user):
    run = jauge("score", chat, *LILA, "--user-id", user)

    assert json.loads(run.out)["status"] == "scored"


def test_all_others_are_only_those_whom_nobody_names(jauge, chat):
    run = jauge("convert", chat, "--agent-id", "Boutique Lila", "--user-id", "*")

    assert roles_of(run) == ["user", "agent", "user", "agent"]


def test_a_role_that_the_source_tells_stays(jauge, here):
    Path("a.txt").write_text("Robot: Bonjour\nAnn: allô\nRobot: oui\nAnn: merci\n")

    run = jauge("convert", "a.txt", "--from", "text", "--user-id", "*")

    assert roles_of(run) == ["bot", "user", "bot", "user"]


def test_all_others_makes_no_speaker_of_what_is_a_part_of_a_text(jauge, here):
    Path("a.txt").write_text("User: mes choix\nrouge: non\nvert: oui\nBot: bien\n")

    run = jauge("convert", "a.txt", "--user-id", "*")

    assert roles_of(run) == ["user", "bot"]


def test_in_a_table_too_but_who_has_no_name_stays_unknown(jauge, table):
    run = jauge("convert", table, *COLUMNS, "--bot-id", "Lia", "--user-id", "*")

    assert roles_of(run) == ["bot", "user", "unknown"]


def test_in_a_workbook_too(jauge, here):
    with xlsxwriter.Workbook("t.xlsx") as book:
        sheet = book.add_worksheet()
        for number, line in enumerate(TABLE.splitlines()):
            sheet.write_row(number, 0, line.split(","))

    run = jauge("convert", "t.xlsx", *COLUMNS, "--bot-id", "Lia", "--user-id", "*")

    assert roles_of(run) == ["bot", "user", "unknown"]


def test_in_parquet_too(jauge, table):
    import duckdb

    duckdb.sql("COPY (FROM 't.csv') TO 't.parquet'")

    run = jauge("convert", "t.parquet", *COLUMNS, "--bot-id", "Lia", "--user-id", "*")

    assert roles_of(run)[:2] == ["bot", "user"]


def test_what_a_platform_cannot_tell_is_not_taken_for_the_customer(jauge, here):
    # What was sent, in webhooks of WhatsApp, is never the customer's.
    call = {
        "object": "whatsapp_business_account",
        "entry": [{"changes": [{"value": {
            "metadata": {"phone_number_id": "1"},
            "statuses": [{"id": "a", "recipient_id": "33", "status": "sent",
                          "timestamp": "1780000000"}],
        }}]}],
    }  # fmt: skip
    Path("w.jsonl").write_text(json.dumps(call) + "\n")

    run = jauge("convert", "w.jsonl", "--user-id", "*")

    assert roles_of(run) == ["unknown"]


def test_settings_environment_and_python_tell_it_too(jauge, chat, monkeypatch):
    Path("jauge.toml").write_text('bot_id = "Boutique Lila"\nuser_id = "*"\n')
    assert json.loads(jauge("score", chat).out)["status"] == "scored"
    Path("jauge.toml").unlink()

    monkeypatch.setenv("JAUGE_BOT_ID", "Boutique Lila")
    monkeypatch.setenv("JAUGE_USER_ID", "*")
    assert json.loads(jauge("score", chat).out)["status"] == "scored"

    options = ReadOptions(roles={"Boutique Lila": "bot", "*": "user"})
    [made] = api.read(chat, options)
    assert api.score(made).status == "scored"


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "jauge: --user-id Lila: also --bot-id. Name each once.\n"),
        ("fr", "jauge: --user-id Lila : déjà --bot-id. Nommez chacun une fois.\n"),
    ],
)
def test_a_name_has_one_role(jauge, chat, lang, said):
    run = jauge("score", chat, "--bot-id", "Lila", "--user-id", "Lila", "--lang", lang)

    assert run.status == 2
    assert run.err.replace("\u202f", " ") == said


@pytest.mark.parametrize("known", ["user", "bot", "agent", "system"])
def test_star_changes_no_role_that_is_known(known):
    assert role_told("Ann", known, {"*": "user"}) == known


# --- advised


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "en",
            "Unknown (“Jeanne Roy” (2), “Boutique Lila” (2)): say who speaks with"
            " --bot-id NAME, --user-id NAME (the customer; --user-id '*': everybody"
            " else) and --agent-id NAME.",
        ),
        (
            "fr",
            "Inconnu (« Jeanne Roy » (2), « Boutique Lila » (2)) : dites qui parle avec"
            " --bot-id NOM, --user-id NOM (le client ; --user-id '*' : tous les"
            " autres) et --agent-id NOM.",
        ),
    ],
)
def test_doctor_names_who_is_not_known_and_says_what_to_do(jauge, chat, lang, said):
    run = jauge("doctor", chat, "--lang", lang)

    assert said in " ".join(run.out.decode().replace("\u202f", " ").split())


def test_doctor_names_only_those_whom_nobody_named(jauge, chat, table):
    told = " ".join(jauge("doctor", chat, *LILA).out.decode().split())
    assert "Unknown (“Jeanne Roy” (2)): say who speaks" in told

    told = " ".join(jauge("doctor", table, *COLUMNS).out.decode().split())
    assert "Unknown (“Lia” (1), “Ann” (1)): say who speaks" in told

    told = jauge("doctor", chat, *LILA, "--user-id", "*").out.decode()
    assert "say who speaks" not in told


def test_doctor_advises_without_names_where_there_are_none(jauge, here):
    event = {"type": "message", "role": "unknown", "text": "hi"}
    Path("a.jsonl").write_text(json.dumps({"id": "1", "events": [event]}) + "\n")

    told = " ".join(jauge("doctor", "a.jsonl").out.decode().split())

    assert "Unknown: say who speaks with --bot-id NAME" in told


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "Say who speaks: --bot-id NAME and --user-id NAME"),
        ("fr", "Dites qui parle : --bot-id NOM et --user-id NOM"),
    ],
)
@pytest.mark.parametrize("command", ["score", "load"])
def test_who_gets_no_score_for_it_is_told_what_to_do(jauge, chat, command, lang, said):
    run = jauge(command, chat, "--lang", lang)
    assert said in run.err.replace("\u202f", " ")

    run = jauge(command, chat, "--lang", lang, *LILA, "--user-id", "*")
    assert said not in run.err.replace("\u202f", " ")


# --- the channel


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", CHAT),
        ("a.txt", CHAT.partition("\n")[2]),
        ("a.txt", "14/09/26 à 08:02 - Ann : allô\n14/09/26 à 08:03 - Lia : oui\n"),
        (
            "a.txt",
            "9/14/26, 8:02\u202fAM - Ann: hi\n9/14/26, 8:03\u202fAM - Lia: yes\n",
        ),
        (
            "a.txt",
            "[14/09/2026, 08:02:11] Lia: \u200eMessages are end-to-end encrypted.\n"
            "[14/09/2026, 08:02:12] Ann: hi\n[14/09/2026, 08:02:13] Lia: yes\n",
        ),
        (
            "WhatsApp Chat with Lia.txt",
            "[14/09/2026, 08:02:11] Ann: hi\n[14/09/2026, 08:02:12] Lia: yes\n",
        ),
    ],
)
def test_a_chat_that_whatsapp_wrote_has_its_channel(here, name, text):
    Path(name).write_text(text, encoding="utf-8")

    [made] = api.read(name)

    assert made.channel == "whatsapp"


@pytest.mark.parametrize(
    "text",
    [
        "User: hi\nBot: yes\n",
        "2026-09-14 08:02 - User: hi\n2026-09-14 08:03 - Bot: yes\n",
        "[14/09/2026, 08:02:11] User: hi\n[14/09/2026, 08:02:12] Bot: yes\n",
        "14/09/2026 08:02 | User: I use whatsapp\n14/09/2026 08:03 | Bot: ok\n",
    ],
)
def test_what_others_may_have_written_has_no_channel(here, text):
    Path("a.txt").write_text(text, encoding="utf-8")

    [made] = api.read("a.txt")

    assert made.channel == "unknown"
