"""Why records were refused, in both languages, those of libraries among them."""

from __future__ import annotations

import gzip
import zipfile

import pytest

from jauge.report.refusals import refusal_in_words

NARROW = "\u202f"


@pytest.mark.parametrize(
    ("reason", "french"),
    [
        ("1e+400 is no rating", "ce n’est pas une note : 1e+400"),
        (
            "not JSON: Input data was truncated",
            "ce n’est pas du JSON (les données sont coupées)",
        ),
        (
            "not JSON: JSON is malformed: invalid character (byte 12)",
            "ce n’est pas du JSON (mal formé, à l’octet 12)",
        ),
        (
            "the archive is damaged or ends early: File is not a zip file",
            "l’archive est abîmée ou s’arrête trop tôt (ce n’est pas une archive ZIP)",
        ),
        (
            "the file is damaged or ends early: something new",
            "le fichier est abîmé ou s’arrête trop tôt (something new)",
        ),
    ],
)
def test_a_reason_is_told_in_french(reason, french):
    told = refusal_in_words(reason, "fr")

    assert told.replace(NARROW, " ") == french
    assert refusal_in_words(reason, "en") == reason


@pytest.mark.parametrize("value", ["yesterday", "{0}", "l'an"])
def test_a_time_that_is_not_known_is_told_with_forms_that_are(value):
    reason = f"{value!r} is not a time that is known"

    french = refusal_in_words(reason, "fr").replace(NARROW, " ")
    english = refusal_in_words(reason, "en")

    assert french.startswith(f"date ou heure inconnue : « {value} » ; il faut par ex")
    assert english.startswith(f"date or time not known: “{value}”; as in 2025-04-03")


PACKED = gzip.compress(b'{"id": "a"}\n' * 9999, mtime=0)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("cut.jsonl", b'{"id": "a", "events": [', "les données sont coupées"),
        ("bad.jsonl", b'{"id": "a", events}', "mal formé, à l’octet 12"),
        ("cut.jsonl.gz", PACKED[:-12], "les données compressées sont coupées"),
        ("wrong.jsonl.gz", PACKED[:-8] + bytes(8), "la somme de contrôle est fausse"),
        ("bad.zip", b"PK\x03\x04broken", "ce n’est pas une archive ZIP"),
    ],
)
def test_a_damaged_file_is_told_in_french(here, jauge, name, content, words):
    (here / name).write_bytes(content)

    run = jauge("score", name, "--lang", "fr")

    assert run.status == 2
    assert words in run.err


def test_a_damaged_member_of_an_archive_is_told_in_french(here, jauge):
    with zipfile.ZipFile(here / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("chats.jsonl", b'{"id": "a"}\n' * 999)
    whole = (here / "a.zip").read_bytes()
    at = whole.index(b"chats.jsonl") + len(b"chats.jsonl")
    (here / "a.zip").write_bytes(whole[: at + 9] + b"\xff" * 4 + whole[at + 13 :])

    run = jauge("score", "a.zip", "--lang", "fr")

    assert "abîmé" in run.err
    assert "Error -" not in run.err
