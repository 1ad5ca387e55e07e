"""Files that are not what was meant: named, in a folder, in a glob; and odd tables."""

from __future__ import annotations

import json

import pytest

from jauge.errors import ColumnsError, UnknownFormatError
from jauge.importers.columns import fields_of
from jauge.places import needed_of
from jauge.sources import read

in_both = pytest.mark.parametrize("lang", ["fr", "en"])
CHAT = "id;de;texte\n1;client;bonjour où est mon colis\n1;bot;Je ne comprends pas\n"
PRICES = "Réf;Produit;Prix\n12;Botte;12,5\n13;Gant;3\n"
TOLD = {
    "fr": "pas de colonne pour id, role, text (colonnes : Réf, Produit, Prix)",
    "en": "no column for id, role, text (columns: Réf, Produit, Prix)",
}


@pytest.fixture
def folder(here):
    """A folder of conversations, a table of prices and a text."""
    (here / "in").mkdir()
    (here / "in" / "ok.csv").write_text(CHAT, "utf-8")
    (here / "in" / "prix.csv").write_text(PRICES, "utf-8")
    (here / "in" / "notes.txt").write_text("Ceci est une note.\n", "utf-8")
    return here


def flat(text: str) -> str:
    """Undo narrow blanks and broken lines."""
    return " ".join(text.replace("\N{NARROW NO-BREAK SPACE}", " ").split())


@in_both
@pytest.mark.parametrize("command", ["score", "load", "convert"])
@pytest.mark.parametrize("place", ["in", "in/*", "in/*.csv"])
def test_a_foreign_file_of_a_folder_is_rejected_and_the_rest_is_read(
    jauge, folder, command, place, lang
):
    run = jauge(command, place, "--lang", lang)

    assert run.status == 0
    assert flat(run.err).count(TOLD[lang]) == 1
    assert ("notes.txt" in run.err) == (place != "in/*.csv")


@in_both
def test_a_foreign_file_that_was_named_is_an_error(jauge, folder, lang):
    for paths in (["in/prix.csv"], ["in/prix.csv", "in"], ["in", "./in/prix.csv"]):
        run = jauge("score", *paths, "--lang", lang)

        assert run.status == 2
        assert TOLD[lang] in flat(run.err)
        assert run.err.count("\n") == 1
        assert run.out == b""


def test_a_rejected_file_fails_a_strict_run(jauge, folder):
    assert jauge("score", "in", "--strict").status == 1


def test_a_folder_of_nothing_but_foreign_files_is_no_success(jauge, folder):
    (folder / "in" / "ok.csv").unlink()

    run = jauge("score", "in")

    assert run.status == 2
    assert run.err.count("rejected: in/") == 2


def test_each_foreign_file_is_told_up_to_a_bound(jauge, folder):
    for number in range(40):
        (folder / "in" / f"x{number:02}.csv").write_text(PRICES, "utf-8")

    run = jauge("score", "in")

    assert run.status == 0
    assert 15 < run.err.count("rejected: in/") < 30
    assert "42 rejected" in run.err


def test_parts_of_a_folder_are_written_beside_a_foreign_file(jauge, folder):
    run = jauge("score", "in", "-o", "out/", "--rejected", "all.jsonl")

    refused = map(json.loads, (folder / "all.jsonl").read_text("utf-8").splitlines())
    assert run.status == 0
    assert (folder / "out" / "ok.csv.scores.jsonl").read_bytes().count(b"\n") == 1
    assert [one["file"] for one in refused] == ["in/notes.txt", "in/prix.csv"]


@in_both
def test_the_doctor_describes_the_others_and_says_the_same(jauge, folder, lang):
    run = jauge("doctor", "in", "--lang", lang)

    out = flat(run.out.decode())
    assert run.status == 0
    assert TOLD[lang] in out
    assert "in/ok.csv Format csv" in out
    assert "in/notes.txt" in out


@in_both
def test_the_doctor_of_one_foreign_file_names_its_columns(jauge, folder, lang):
    run = jauge("doctor", "in/prix.csv", "--lang", lang)

    assert run.status == 2
    assert TOLD[lang] in flat(run.err)


def test_the_doctor_tells_programs_of_a_foreign_file_too(jauge, folder):
    run = jauge("doctor", "in", "--to", "json")

    told = {(one := json.loads(line))["file"]: one for line in run.out.splitlines()}
    assert told["in/prix.csv"]["format"] is None
    assert told["in/prix.csv"]["rejected"] == 1
    assert told["in/ok.csv"]["conversations"] == 1


def test_which_files_are_needed(folder):
    assert needed_of(["in"]) == frozenset()
    assert needed_of(["in", "in/../in/prix.csv"]) == {"in/prix.csv"}
    assert needed_of(["in/notes.txt"]) == {"in/notes.txt"}
    assert needed_of(["in/notes.txt", "in/ok.csv", "-"]) == {"in/ok.csv", "-"}


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        (PRICES, ("id", "role", "text")),
        ("N° de conversation,Auteur,Dit\n1,client,a\n1,bot,b\n", ("text",)),
        ("sep=;\nTicket;Dit;Qui parle\n1;a;b\n1;b;c\n", ("text",)),
        ('"a\nb";c\n1;2\n', None),
        ("k\tw\n1\t2\n", ("id", "role", "text")),
        ("Bonjour à tous, voici la suite.\nEt, voici, la fin.\n", None),
        ("1,2\n3,4\n", None),
        ("a,b\n", None),
        ("a,a\n1,2\n", None),
        ("a,b\n1\n2,3,4\n", None),
        ("<html>,x\n<p>,y\n", None),
        ("x" * 99 + ",b\n1,2\n", None),
    ],
)
def test_what_is_clearly_a_table_is_told_its_columns(tmp_path, text, missing):
    path = tmp_path / "t.csv"
    path.write_text(text, "utf-8")

    with pytest.raises(UnknownFormatError) as raised:
        list(read(path))

    assert getattr(raised.value, "missing", None) == missing


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1252"])
def test_a_table_is_one_in_any_encoding_and_however_long(tmp_path, encoding):
    path = tmp_path / "t.csv"
    path.write_text(PRICES + "14;Écharpe;7\n" * 20_000, encoding)

    with pytest.raises(ColumnsError) as raised:
        list(read(path))

    assert raised.value.columns == ("Réf", "Produit", "Prix")


@pytest.mark.parametrize(
    "name",
    [
        "N° de conversation", "N° d'échange", "N° d’échange", "Réf. échange",
        "Réf. conversation", "Conversation #", "Chat no.", "Nº conversation",
        "Identifiant de la conversation", "conversationId", "Chat reference",
        "Conversation number", "Numéro du chat", "conv_uuid",
    ],
)  # fmt: skip
def test_a_number_of_conversations_is_known_however_it_is_written(name):
    assert fields_of(["Texte", name, "Auteur"], {})["id"] == 1


@pytest.mark.parametrize(
    "name",
    [
        "N° de commande", "N° ticket", "Order no.", "Réf. produit", "N° client",
        "No. of conversations", "Nombre de conversations", "N°", "Identifiant",
        "Numéro d'échange de produit", "Message id", "Échange",
    ],
)  # fmt: skip
def test_what_may_number_something_else_is_not_taken(name):
    assert "id" not in fields_of(["Texte", name, "Auteur"], {})


def test_the_id_of_a_message_gives_way_to_the_number_of_its_conversation():
    header = ["id", "conversation_id", "author", "text"]

    assert fields_of(header, {})["id"] == 1
    assert fields_of(header, {"id": "id"})["id"] == 0
