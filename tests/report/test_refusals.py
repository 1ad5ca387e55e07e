"""Why records were refused, in both languages, those of libraries among them."""

from __future__ import annotations

import gzip
import json
import zipfile

import pytest

from jauge.importers.native import decode
from jauge.importers.protocol import Record
from jauge.model.rejected import Rejected
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


@pytest.mark.parametrize(
    ("reason", "french", "english"),
    [
        (
            "Expected `str` of length >= 1",
            "il faut un texte, et il est vide",
            "a text is needed, and it is empty",
        ),
        ("Expected `float` <= 1.0", "il faut au plus 1", "at most 1 is needed"),
        ("Expected `int` >= 1", "il faut au moins 1", "at least 1 is needed"),
        (
            "confidence 150 is not between 0 and 1",
            "confiance 150 : il faut de 0 à 1, ou un pourcentage comme 85 %",
            "confidence 150: it is from 0 to 1, or a percentage, as 85%",
        ),
    ],
)
def test_a_reason_is_told_in_words_in_both_languages(reason, french, english):
    assert refusal_in_words(reason, "fr").replace(NARROW, " ") == french
    assert refusal_in_words(reason, "en") == english


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("at", "2026-11-02T14:00:00"),
        ("at", "noon"),
        ("at", 5),
        ("confidence", 3),
        ("confidence", -1),
        ("role", "owner"),
        ("type", "chat"),
        ("text", None),
        ("text", "\ud800"),
        ("choices", "a"),
        ("media", ["smell"]),
    ],
)
def test_what_a_record_of_ours_may_have_wrong_is_told_in_french(field, value):
    event = {"type": "message", "role": "user", "text": "hi"} | {field: value}
    data = json.dumps({"id": "c", "events": [event]}).encode()

    refused = decode(Record(data, "a.jsonl", 1))

    assert isinstance(refused, Rejected)
    told = refusal_in_words(refused.reason, "fr")
    assert told != refused.reason
    assert "`" not in told


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
