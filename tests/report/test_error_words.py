"""Errors of one line, in the language of the reader."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import jauge as package
from jauge.report import error_words, usage_words
from jauge.report.error_words import error_in_words, help_in_words
from tests.kept import chat, write

NARROW = "\u202f"
# Between them, names; `which column …` is put together of two texts.
_OURS = {**error_words._FRENCH, **usage_words.OF_OPTIONS}
_PIECES = re.compile(r"\{\w+\}|[:.?] |which column | \(|\)|Say --\w+ COLUMN")


@pytest.mark.parametrize("english", [*_OURS, *usage_words.OF_TYPER])
def test_what_is_told_in_french_takes_over_all_it_names(english):
    parts = {one: f"<{one}>" for one in re.findall(r"\{(\w+)\}", english)}

    told = error_in_words(english.format(**parts), "fr")

    assert told != english.format(**parts)
    assert all(value in told for value in parts.values())
    assert not re.search(r" [:;!?»]|« ", told)
    assert error_in_words(english.format(**parts), "en") == english.format(**parts)


def test_each_error_is_still_raised_somewhere_in_these_words():
    folder = Path(package.__file__).parent
    texts = (
        path.read_text("utf-8")
        for path in folder.rglob("*.py")
        if path.name not in ("error_words.py", "usage_words.py")
    )
    # As one text, without the marks between the pieces of one message.
    source = re.sub(r"\"\s*f?\"", "", " ".join(texts))

    for english in _OURS:
        longest = max(_PIECES.split(english), key=len).strip(".? ")
        assert longest in source, english


@pytest.mark.parametrize("hostile", ["{0}", "{at.__class__}", "%s", "a: b: c\n", ""])
def test_a_name_of_any_kind_is_taken_over_as_it_is(hostile):
    told = error_in_words(f"{hostile}: no such file. Check the path.", "fr")

    assert told == f"{hostile}{NARROW}: ce fichier n’existe pas. Vérifiez le chemin."


def test_an_error_that_is_not_known_stays():
    assert error_in_words("something else.", "fr") == "something else."


@pytest.mark.parametrize("by", ["option", "variable", "settings", "system"])
def test_the_language_is_chosen_as_for_all_else(jauge, tmp_path, monkeypatch, by):
    monkeypatch.chdir(tmp_path)
    for name in ("LC_ALL", "LC_MESSAGES", "JAUGE_LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "fr_CA.UTF-8" if by == "system" else "en_US.UTF-8")
    if by == "variable":
        monkeypatch.setenv("JAUGE_LANG", "fr-FR")
    if by == "settings":
        Path("jauge.toml").write_text('lang = "fr"\n', encoding="utf-8")
    more = ["--lang", "fr"] if by == "option" else []

    ran = jauge("load", "none.jsonl", *more)

    assert ran.status == 2
    assert ran.err.startswith(f"jauge: none.jsonl{NARROW}: ce fichier n’existe pas.")


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("fr", ("a été rejetée", "il manque le champ")),
        ("en", ("was rejected",)),
    ],
)
def test_a_rejected_conversation_is_told_with_its_reason(jauge, tmp_path, lang, words):
    faulty = chat("c-9")
    del faulty["events"][0]["role"]
    file = write(tmp_path / "chats.jsonl", chat("c-1"), faulty)

    ran = jauge("explain", file, "--id", "c-9", "--lang", lang)

    assert ran.status == 2
    assert all(word in ran.err for word in words), ran.err


@pytest.mark.parametrize(
    ("arguments", "english", "french"),
    [
        (
            "scor a",
            "No such command 'scor'. Did you mean 'score', 'scorers', 'rescore'?"
            " Try: jauge --help",
            "cette commande n’existe pas : « scor ». Vouliez-vous dire score, scorers,"
            " rescore ? Essayez : jauge --help",
        ),
        (
            "score a --zzz",
            "No such option: --zzz. Try: jauge score --help",
            "cette option n’existe pas : --zzz. Essayez : jauge score --help",
        ),
        (
            "score a --colum x",
            "No such option: --colum (Possible options: --bom, --columns, --out). Try:"
            " jauge score --help",
            "cette option n’existe pas : --colum (options proches : --bom, --columns,"
            " --out). Essayez : jauge score --help",
        ),
        (
            "score",
            "Missing argument 'FILE…'. Try: jauge score --help",
            "il manque l’argument FICHIER…. Essayez : jauge score --help",
        ),
        (
            "calibrate a",
            "Missing option '-o' / '--out' (env var: 'JAUGE_CALIBRATE_OUT'). Try: jauge"
            " calibrate --help",
            "il manque l’option -o / --out (variable JAUGE_CALIBRATE_OUT). Essayez :"
            " jauge calibrate --help",
        ),
        (
            "scorers diff a b c d",
            "Got unexpected extra argument(s) (c d). Try: jauge scorers diff --help",
            "argument en trop : c d. Essayez : jauge scorers diff --help",
        ),
        (
            "score a --jobs",
            "Option '--jobs' requires an argument. Try: jauge score --help",
            "l’option --jobs demande une valeur. Essayez : jauge score --help",
        ),
        (
            "score a --strict=yes",
            "Option '--strict' does not take a value. Try: jauge score --help",
            "l’option --strict ne prend pas de valeur. Essayez : jauge score --help",
        ),
        (
            "score a --limit many",
            "Invalid value for '--limit' (env var: 'JAUGE_LIMIT'): 'many' is not a"
            " whole number. Try: jauge score --help",
            "valeur impossible pour --limit (variable JAUGE_LIMIT) : « many » n’est pas"
            " un nombre entier. Essayez : jauge score --help",
        ),
        (
            "evaluate a --dissatisfied-below 300",
            "Invalid value for '--dissatisfied-below' (env var:"
            " 'JAUGE_DISSATISFIED_BELOW'): 300.0 is not from 0 to 100. Try: jauge"
            " evaluate --help",
            "valeur impossible pour --dissatisfied-below (variable"
            " JAUGE_DISSATISFIED_BELOW) : 300.0 n’est pas de 0 à 100. Essayez :"
            " jauge evaluate --help",
        ),
        (
            "doctor a --to xml",
            "Invalid value for '--to' (env var: 'JAUGE_REPORT_TO'): 'xml' is not one of"
            " 'text', 'json'. Try: jauge doctor --help",
            "valeur impossible pour --to (variable JAUGE_REPORT_TO) : « xml ». Au choix"
            " : text, json. Essayez : jauge doctor --help",
        ),
        (
            "compare a",
            "compare two files: jauge compare A B; or two scorers: --scorers A,B",
            "comparez deux fichiers : jauge compare A B ; ou deux barèmes :"
            " --scorers A,B",
        ),
        (
            "compare a --scorers b",
            "--scorers b: name two, as default,shop.toml",
            "--scorers b : nommez-en deux, comme default,boutique.toml",
        ),
        (
            "calibrate a -o default.toml",
            "default: cannot be the name of a scorer. Give --name: letters, digits, - _"
            " and . (not `default`).",
            "default : ne peut pas être le nom d’un barème. Donnez --name : des"
            " lettres, des chiffres, - _ et . (pas `default`).",
        ),
    ],
)
def test_wrong_use_is_told_in_the_language_of_the_reader(
    here, jauge, monkeypatch, arguments, english, french
):
    for lang, words in (("en", english), ("fr", french)):
        monkeypatch.setenv("JAUGE_LANG", lang)

        ran = jauge(*arguments.split())

        assert ran.status == 2
        assert ran.out == b""
        assert ran.err.replace(NARROW, " ") == f"jauge: {words}\n"


def test_a_language_that_is_none_is_told_in_the_one_that_is_spoken(jauge, monkeypatch):
    monkeypatch.setenv("JAUGE_LANG", "fr-CA")

    ran = jauge("formats", "--lang", "klingon")

    assert ran.status == 2
    assert f"Au choix{NARROW}: fr, en, fr-ca, fr-fr." in ran.err


@pytest.mark.parametrize(
    "hostile", ["{0}", "%s", "'", "\x1b[31m", "a\nb", "(", "x" * 9999]
)
def test_wrong_use_of_any_kind_stays_one_line(jauge, monkeypatch, hostile):
    monkeypatch.setenv("JAUGE_LANG", "fr")

    for arguments in (
        [hostile],
        ["score", "a", "--to", hostile],
        ["score", f"--{hostile}"],
    ):
        ran = jauge(*arguments)

        assert ran.status == 2
        assert ran.err.startswith("jauge: ")
        assert ran.err.count("\n") == 1
        assert "\x1b" not in ran.err
        assert "Essayez" in ran.err


def test_the_help_to_look_at_is_named_in_both_languages():
    assert help_in_words("jauge --help", "en") == "Try: jauge --help"
    assert help_in_words("jauge --help", "fr") == f"Essayez{NARROW}: jauge --help"
