"""Errors of one line, in the language of the reader."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import jauge as package
from jauge import errors
from jauge.report import error_words, failure_words, usage_words
from jauge.report.error_words import error_in_words, help_in_words
from tests.kept import chat, write

NARROW = "\u202f"
# Between them, names; `which column …` is put together of two texts.
_OURS = {
    **error_words._FRENCH,
    **usage_words.OF_OPTIONS,
    **failure_words.OF_FAILURES,
}
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
        if path.name not in ("error_words.py", "usage_words.py", "failure_words.py")
    )
    # As one text, without the marks between the pieces of one message.
    source = re.sub(r"\"\s*f?\"", "", " ".join(texts))

    for english in _OURS:
        longest = max(_PIECES.split(english), key=len).strip(".? ")
        assert longest in source, english


# Said to who writes Python, or of lists that jauge itself ships.
_OF_PYTHON = {
    "arrow.py",
    "language.py",
    "phrases.py",
    "pipeline.py",
    "testing.py",
}
# Put together of pieces that are told elsewhere.
_PUT_TOGETHER = {
    "<>: <>. Check the path.",
    "<>: <>. Rename or remove the detector of a package.",
    "<>: which column <> (columns: <>)? Say <> COLUMN.",
    "<>: a report, <>. <>",
    "<>: <>",
    "<>: <>.",
    "something was erased meanwhile",
}


def _texts(value):
    """Give what a string says, with <> for what it names."""
    if isinstance(value, ast.IfExp):
        return _texts(value.body) + _texts(value.orelse)
    if isinstance(value, ast.Constant):
        return [str(value.value)]
    if isinstance(value, ast.JoinedStr):
        parts = (
            one.value if isinstance(one, ast.Constant) else "<>" for one in value.values
        )
        return ["".join(map(str, parts))]
    return []


def _raised_in(source):
    """Give the texts of all errors of jauge that a module makes."""
    kinds = {name for name in dir(errors) if name.endswith("Error")} | {"_ErasedError"}
    tree = ast.parse(source)
    lasts = [one for one in ast.walk(tree) if isinstance(one, ast.Assign)]
    for call in ast.walk(tree):
        if not (isinstance(call, ast.Call) and getattr(call.func, "id", "") in kinds):
            continue
        value = call.args[0]
        if isinstance(value, ast.Name):
            before = [
                one
                for one in lasts
                if one.lineno < call.lineno and ast.unparse(one.targets[0]) == value.id
            ]
            value = max(before, key=lambda one: one.lineno).value
        yield from _texts(value)


def test_every_error_is_told_in_french():
    texts = {
        text
        for path in Path(package.__file__).parent.rglob("*.py")
        if path.name not in _OF_PYTHON
        for text in _raised_in(path.read_text("utf-8"))
    }

    # A database puts its path before what went wrong with it.
    left = {
        text
        for text in texts - _PUT_TOGETHER
        if error_in_words(text, "fr") == text
        and error_in_words(f"a.db: {text}", "fr") == f"a.db: {text}"
    }

    assert len(texts) > 100
    assert left == set()


@pytest.mark.parametrize(
    ("english", "french"),
    [
        (
            "keeping conversations needs sqlalchemy and alembic. Install with: pip"
            " install 'jauge[serve]'",
            "conserver des conversations : il y faut sqlalchemy et alembic. Pour"
            " l’installer : pip install 'jauge[serve]'",
        ),
        (
            "--to parquet needs DuckDB. Install it: pip install 'jauge[tables]'",
            "--to parquet : il y faut DuckDB. Installez-le : pip install"
            " 'jauge[tables]'",
        ),
        (
            "a.parquet: needs DuckDB. Install it: pip install 'jauge[tables]'",
            "a.parquet : demande DuckDB. Installez-le : pip install 'jauge[tables]'",
        ),
        (
            "the reason is too long: write at most 4,000 characters.",
            "la raison : trop de texte. Écrivez au plus 4 000 caractères.",
        ),
        (
            "a.csv: no column x (columns: none). Correct --on.",
            "a.csv : pas de colonne x (colonnes : aucune). Corrigez --on.",
        ),
        (
            "export.csv: cannot be a folder (File exists). Choose another: -o.",
            "export.csv : ne peut pas être un dossier (existe déjà). Choisissez-en un"
            " autre : -o.",
        ),
    ],
)
def test_an_error_is_french_all_through(english, french):
    assert error_in_words(english, "fr").replace(NARROW, " ") == french


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
