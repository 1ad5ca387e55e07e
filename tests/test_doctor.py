"""The diagnosis of a file: counts, fields, refusals, likely fallbacks."""

import io
import json
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import duckdb
import pytest

from jauge import samples
from jauge.diagnosis import diagnose
from jauge.diagnosis.findings import REST, Diagnosis
from jauge.diagnosis.suspects import Suspects, phrase_of
from jauge.model.signal import Signal
from jauge.report.doctor import lines
from jauge.report.wording import Lang
from jauge.scorer import ScorerSpec
from jauge.settings import ReadOptions
from jauge.testing import conversation, reading_of
from jauge.text.own import own_phrases
from tests.importers.test_workbook import workbook

SAMPLES = Path(samples.__file__).with_name("conversations.jsonl")
UNKNOWN = "Hum, je nage complètement là."
KNOWN = "Désolé, je n'ai pas compris."
LANGUAGES: tuple[Lang, ...] = ("fr", "en")
Write = Callable[..., Path]


def said(role: str, text: str, **more: object) -> dict[str, object]:
    return {"type": "message", "role": role, "text": text, **more}


def chat(
    number: int, *events: Mapping[str, object], **facts: object
) -> dict[str, object]:
    return {"id": f"c-{number}", "events": list(events), **facts}


def misunderstood(number: int, answer: str) -> dict[str, object]:
    """A customer who gets an answer and says the same thing again."""
    return chat(
        number,
        said("user", "Où est mon colis numéro 12 ?"),
        said("bot", answer),
        said("user", "Où est mon colis numéro 12 ?!"),
        said("bot", f"Le colis {number} arrive demain."),
        said("user", "merci"),
        language="fr",
    )


def served(
    number: int, answer: str = "Votre boutique ouvre à 9 h."
) -> dict[str, object]:
    """A customer who gets an answer and is content."""
    return chat(
        number,
        said("user", "Vous ouvrez quand ?"),
        said("bot", answer),
        said("user", "merci"),
        language="fr",
    )


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(*records: object, name: str = "chats.jsonl") -> Path:
        texts = [one if isinstance(one, str) else json.dumps(one) for one in records]
        path = tmp_path / name
        path.write_text("\n".join(texts) + "\n", encoding="utf-8")
        return path

    return written


def diagnosed(path: Path | str, **options: object) -> Diagnosis:
    return diagnose(str(path), ReadOptions(**options), ScorerSpec())  # type: ignore[arg-type]


def report(found: Diagnosis, lang: Lang) -> str:
    return "\n".join(lines(found, lang))


@pytest.fixture(scope="module")
def sampled() -> Diagnosis:
    return diagnosed(SAMPLES)


def test_samples_are_counted(sampled: Diagnosis) -> None:
    records = [
        json.loads(line) for line in SAMPLES.read_text(encoding="utf-8").splitlines()
    ]
    events = [event for record in records for event in record["events"]]

    assert (sampled.format, sampled.conversations, sampled.rejected) == ("jsonl", 84, 0)
    assert sum(sampled.events.values()) == len(events)
    assert sampled.events["rating"] == sum(
        event["type"] == "rating" for event in events
    )
    assert sum(sampled.roles.values()) == sampled.events["message"]
    assert sampled.channels["email"] == 3
    assert sum(sampled.not_scored.values()) == 84 - sampled.scorable == 15


def test_span_is_from_the_first_event_to_the_last(write: Write) -> None:
    path = write(
        chat(1, said("user", "b", at="2026-11-03T10:00:00Z")),
        chat(2, said("user", "a", at="2026-11-02T10:00:00+02:00"), said("bot", "c")),
    )

    span = diagnosed(path).span

    assert span is not None
    assert [moment.isoformat() for moment in span] == [
        "2026-11-02T10:00:00+02:00",
        "2026-11-03T10:00:00+00:00",
    ]


def test_fields_are_counted_by_conversation_and_missing_ones_named(
    write: Write,
) -> None:
    path = write(
        chat(
            1, said("user", "a", flow="x"), said("user", "b", flow="x"), channel="sms"
        ),
        chat(2, {"type": "action", "role": "user", "action": "purchase"}),
    )

    found = diagnosed(path)

    assert found.found == {"channel": 1, "flow": 1, "action": 1}
    assert {"at", "confidence", "rating", "metadata"} <= set(found.missing)


def test_unknown_fields_are_named_where_they_stand(write: Write) -> None:
    path = write(
        chat(1, said("user", "a", mood=3), said("bot", "b", mood=4), shop="laval"),
        chat(2, {"type": "close", "text": "bye"}, shop="paris"),
        chat(3, metadata={"own": 1}),
    )

    assert diagnosed(path).ignored == {"shop": 2, "events.mood": 1, "events.text": 1}


def test_columns_of_a_table_are_named_read_or_ignored(write: Write) -> None:
    header = "N° conversation;Auteur;Message;Humeur"
    path = write(
        header, "1;client;où est mon colis;3", "1;bot;demain;", name="chats.csv"
    )

    found = diagnosed(path)

    assert found.columns == {
        "N° conversation": "id",
        "Auteur": "role",
        "Message": "text",
    }
    assert found.ignored == {"Humeur": None}
    assert "metadata" not in found.missing
    assert "confidence" in found.missing
    assert "Auteur → role" in report(found, "fr")


def test_columns_of_a_workbook_and_of_parquet_are_named_too(tmp_path: Path) -> None:
    rows = [["id", "Auteur", "Message", "Humeur", ""], ["1", "client", "salut", "3"]]
    book = workbook(tmp_path / "chats.xlsx", rows)
    parquet = tmp_path / "chats.parquet"
    row = "'1' AS id, 'client' AS Auteur, 'salut' AS Message, 3 AS Humeur"
    duckdb.sql(f"COPY (SELECT {row}) TO '{parquet}'")

    for path in (book, parquet):
        found = diagnosed(path)

        assert found.columns == {"id": "id", "Auteur": "role", "Message": "text"}
        assert found.ignored == {"Humeur": None}
        assert "Auteur → role" in report(found, "fr")


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "ratings that are no number 2, confidences that are no number 1"),
        ("fr", "notes qui ne sont pas des nombres 2"),
    ],
)
def test_words_in_the_place_of_numbers_are_counted(
    write: Write, lang: Lang, told: str
) -> None:
    header = "id;role;text;note;confiance"
    rows = ("1;bot;a;huit;haute", "2;bot;b;bien;0,9", "3;bot;c;4/5;")
    found = diagnosed(write(header, *rows, name="chats.csv"))

    assert found.left_out == {"rating": 2, "confidence": 1}
    assert told in " ".join(report(found, lang).split())


def test_unavailable_signals_are_told_with_their_cause(write: Write) -> None:
    path = write(
        served(1),
        chat(2, said("user", "hola"), said("bot", "sí", confidence=0.9), language="es"),
        chat(3, said("user", "hi"), said("bot", "yes"), unavailable=["user_purchase"]),
        chat(4, said("bot", "nobody answers")),
    )

    found = {one.cause: one for one in diagnosed(path).unavailable}

    assert (found["times"].conversations, "bot_slow" in found["times"].signals) == (
        3,
        True,
    )
    assert (found["confidence"].conversations, found["confidence"].signals) == (
        2,
        ("bot_unsure",),
    )
    assert (found["words"].conversations, "user_thanks" in found["words"].signals) == (
        1,
        True,
    )
    assert (found["listed"].conversations, found["listed"].signals) == (
        1,
        ("user_purchase",),
    )


def test_rejected_records_are_told_once_a_kind(write: Write) -> None:
    wrong = chat(1, said("customer", "a"))
    path = write(
        served(1), wrong, '{"id": 7}', chat(2, said("customer", "b")), "not json"
    )

    found = diagnosed(path)

    assert (found.conversations, found.rejected) == (1, 4)
    assert [(one.first.line, one.count) for one in found.refusals] == [
        (2, 2),
        (3, 1),
        (5, 1),
    ]
    shown = " ".join(report(found, "en").split())
    assert "1 × line 3: $.id: a text is needed, and it is a whole number" in shown


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("fr", "ligne 2 : $.id : il faut un texte, et c’est un nombre entier"),
        ("en", "line 2: $.id: a text is needed, and it is a whole number"),
    ],
)
def test_refusals_are_told_in_the_words_of_the_reader(
    write: Write, lang: Lang, told: str
) -> None:
    found = diagnosed(write(served(1), '{"id": 7}'))

    shown = " ".join(report(found, lang).replace("\u202f", " ").split())
    assert told in shown


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("fr", "dites qui parle avec --bot-id NOM, --user-id NOM"),
        ("en", "say who speaks with --bot-id NAME, --user-id NAME"),
    ],
)
def test_who_is_unknown_can_be_named(write: Write, lang: Lang, told: str) -> None:
    odd = chat(1, said("user", "Allô ?"), said("unknown", "Oui"))

    shown = " ".join(report(diagnosed(write(odd)), lang).split())
    known = " ".join(report(diagnosed(write(served(1))), lang).split())

    assert told in shown
    assert told not in known


CHAT = (
    "03/11/2026, 10:00 - Ann: Bonjour, où est mon colis ?",
    "03/11/2026, 10:01 - Fleuriste Lila: Il arrive demain.",
)
TABLE = ("id,role,text", "1,Ann,hello", "1,Fleuriste Lila,Good morning")


@pytest.mark.parametrize("rows", [CHAT, TABLE], ids=["chat.txt", "chat.csv"])
@pytest.mark.parametrize("name", ["Lila", "fleuriste lila"])
def test_a_name_that_nobody_has_is_told_with_those_there_are(
    write: Write, rows: tuple[str, ...], name: str
) -> None:
    path = write(*rows, name="chat.csv" if rows is TABLE else "chat.txt")

    found = diagnosed(path, roles={name: "bot", "*": "user"})

    assert found.unheard == {name: "bot"}
    told = " ".join(report(found, "en").split())
    who = "Who speaks: “Ann”, “Fleuriste Lila”."
    assert f"Nobody here is called “{name}” (bot). {who}" in told
    assert "Personne ici ne s’appelle" in report(found, "fr")
    right = diagnosed(path, roles={"Fleuriste Lila": "bot", "*": "user"})
    assert right.unheard == {}
    assert "Nobody" not in report(right, "en")


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("fr", "Signaux impossibles aucune conversation notable ici"),
        ("en", "Signals unavailable no conversation here can be scored"),
    ],
)
def test_where_nothing_is_scored_no_signal_is_said_to_be_there(
    write: Write, lang: Lang, told: str
) -> None:
    taken = chat(1, said("user", "Allô ?"), said("agent", "Oui"))

    assert told in " ".join(report(diagnosed(write(taken)), lang).split())


def test_a_report_of_ratings_of_a_platform_is_offered_as_ratings(write: Write) -> None:
    header = "conversation_id,interaction_id,survey_id,rating,feedback,response_time"
    row = "a-1,i-1,1,5,,2026-09-15T17:42:10.000Z"

    found = diagnosed(write(header, row, name="csat.csv"))

    assert found.report == "rating"
    assert "“rating” can judge scores" in report(found, "en")
    assert "« rating » peut juger" in report(found, "fr").replace("\u202f", " ")


def test_file_of_rejects_only_is_told_as_such(write: Write) -> None:
    found = diagnosed(write('{"id": 7}', '{"id": 8}'))

    assert (found.format, found.conversations, found.rejected) == ("jsonl", 0, 2)
    assert "2 × line 1" in report(found, "en")


def test_empty_file_is_said_to_be_empty(write: Write) -> None:
    found = diagnosed(write(""))

    assert (found.format, found.conversations) == (None, 0)
    assert "Le fichier est vide." in report(found, "fr")


def test_limit_stops_reading() -> None:
    assert diagnosed(SAMPLES, limit=5).conversations == 5


def test_standard_input_is_read_as_a_file_is(monkeypatch: pytest.MonkeyPatch) -> None:
    given = io.BufferedReader(io.BytesIO(SAMPLES.read_bytes()))  # type: ignore[arg-type]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(given))

    found = diagnosed("-")

    assert (found.file, found.conversations) == ("<stdin>", 84)


def test_phrase_after_which_customers_insist_is_proposed(write: Write) -> None:
    path = write(
        *map(served, range(20)), *(misunderstood(n, UNKNOWN) for n in range(20, 26))
    )

    (suspect,) = diagnosed(path).suspects

    assert (suspect.phrase, suspect.language) == ("Hum, je nage complètement là", "fr")
    assert suspect.share == 6 / 26
    assert suspect.followed > 0.9
    assert suspect.others < 0.1


def test_snippet_that_is_shown_makes_the_phrase_known(write: Write) -> None:
    path = write(
        *map(served, range(20)), *(misunderstood(n, UNKNOWN) for n in range(20, 26))
    )
    found = diagnosed(path)
    shown = re.search(
        r"\[phrases\.fr\]\n *bot_fallback = (\[.*\])$",
        report(found, "en"),
        re.MULTILINE,
    )
    assert shown is not None
    own = own_phrases({"fr": {"bot_fallback": json.loads(shown[1])}})

    again = diagnose(str(path), ReadOptions(), ScorerSpec(own_phrases=own))

    assert again.suspects == ()


@pytest.mark.parametrize(
    ("why", "records"),
    [
        ("a list knows it", [misunderstood(n, KNOWN) for n in range(20, 26)]),
        ("too rare", [misunderstood(n, UNKNOWN) for n in range(20, 22)]),
        (
            "the customer is content after it",
            [served(n, UNKNOWN) for n in range(20, 26)],
        ),
        (
            "the bot says itself that it failed",
            [
                chat(
                    n,
                    said("user", "Où est mon colis ?"),
                    said("bot", UNKNOWN, fallback=True),
                    said("user", "Où est mon colis ?"),
                    language="fr",
                )
                for n in range(20, 26)
            ],
        ),
        (
            "people leave when they have what they need",
            [
                chat(n, said("user", "ouvert ?"), said("bot", "Oui, à 9 h."))
                for n in range(20, 26)
            ],
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_phrase_is_not_proposed_when(
    write: Write, why: str, records: list[dict[str, object]]
) -> None:
    path = write(*map(served, range(20)), *records)

    assert diagnosed(path).suspects == (), why


def test_at_most_three_phrases_are_proposed(write: Write) -> None:
    answers = (
        "Je sèche là-dessus",
        "Cela me dépasse un peu",
        "Mystère pour moi",
        "Quelle colle",
    )
    path = write(
        *map(served, range(60)),
        *(
            misunderstood(60 + 5 * n + i, text)
            for n, text in enumerate(answers)
            for i in range(5)
        ),
    )

    assert len(diagnosed(path).suspects) == 3


def test_phrase_that_comes_again_stays_when_many_others_pass() -> None:
    suspects = Suspects(most_kept=50)

    for number in range(200):
        asked = "user: où est mon colis"
        talk = (asked, "bot: Là je patauge.", asked, f"bot: {number}", "user: merci")
        reading = reading_of(conversation(*talk, language="fr"))
        suspects.take(reading, [Signal("user_repeats", 2, "colis")])

    assert len(suspects) == 50
    assert [one.phrase for one in suspects.proposed(200)] == ["Là je patauge"]


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Oups (désolé) | je ne vois pas du tout", "je ne vois pas du tout"),
        (
            "Première ligne\nUne ligne plus longue que l'autre.",
            "Une ligne plus longue que l'autre",
        ),
        ("?", None),
        ("Ok", None),
        ("mot " * 80, ("mot " * 25).strip()),
    ],
)
def test_proposed_phrase_can_stand_in_a_list(text: str, phrase: str | None) -> None:
    assert phrase_of(text) == phrase


def test_memory_does_not_grow_with_names_that_are_all_different(write: Write) -> None:
    few = [
        chat(n, said("user", f"u{n}"), said("bot", f"b{n}"), channel=f"x{n}")
        for n in range(1500)
    ]
    found = diagnosed(write(*few))

    assert len(found.channels) <= 501
    assert found.channels[REST] == 1000


@pytest.mark.parametrize("lang", LANGUAGES)
def test_report_fits_in_eighty_columns(sampled: Diagnosis, lang: Lang) -> None:
    assert [line for line in lines(sampled, lang) if len(line) > 80] == []


def test_report_speaks_the_language_of_its_reader(sampled: Diagnosis) -> None:
    french, english = report(sampled, "fr"), report(sampled, "en")

    assert "3 × conversation par courriel" in french
    assert "Signaux impossibles" in french
    assert "3 × e-mail conversation" in english
    assert "Signals unavailable" in english


def test_control_characters_of_a_file_are_shown_not_obeyed(write: Write) -> None:
    path = write(chat(1, said("user", "a"), channel="\x1b[31mred", **{"\x1b[2J": 1}))

    assert "\x1b" not in report(diagnosed(path), "en")
