"""`jauge report`: a page written whole, counts told, and a status for a pipeline."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import jauge as package

WEIGHTS = Path(package.__file__).parent / "scoring" / "default" / "weights.toml"

CHAT = {
    "id": "c-1",
    "events": [
        {"type": "message", "role": "user", "text": "c’est nul, vous êtes nuls"},
        {"type": "message", "role": "bot", "text": "Je n’ai pas compris."},
    ],
}
SILENT = {"id": "c-2", "events": CHAT["events"][1:]}


@pytest.fixture
def chats(here):
    path = here / "chats.jsonl"
    path.write_text(f"{json.dumps(CHAT)}\n{json.dumps(SILENT)}\nno json\n", "utf-8")
    return path


def test_page_is_written_and_named(jauge, chats, here):
    ran = jauge("report", chats, "-o", "out.html", "--lang", "en")

    assert ran.status == 0
    assert ran.out.decode().startswith("Written: out.html (")
    assert "3 read: 1 scored" in ran.err
    assert (here / "out.html").read_text("utf-8").startswith("<!doctype html>")


def test_page_has_a_name_of_its_own(jauge, chats, here):
    assert jauge("report", chats).status == 0

    assert (here / "report.html").exists()


def test_page_can_go_to_standard_output(jauge, chats):
    ran = jauge("report", chats, "-o", "-", "--lang", "fr")

    text = ran.out.decode()
    assert text.startswith('<!doctype html>\n<html lang="fr">')
    assert text.endswith("</html>")


def test_refused_records_are_told_on_the_page(jauge, chats, here):
    jauge("report", chats, "--lang", "en")

    text = (here / "report.html").read_text("utf-8")
    assert "1 could not become a conversation:" in text
    assert "chats.jsonl:3" in text
    assert "no json" not in text


@pytest.mark.parametrize(("limit", "status"), [(0, 0), (5, 0), (99, 1), (100, 1)])
def test_low_average_fails(jauge, chats, here, limit, status):
    ran = jauge("report", chats, "--fail-below", limit, "--lang", "en")

    assert ran.status == status
    assert ("is below" in ran.err) == bool(status)
    assert (here / "report.html").exists()


def test_no_average_fails_too(jauge, here):
    (here / "silent.jsonl").write_text(json.dumps(SILENT), "utf-8")

    ran = jauge("report", "silent.jsonl", "--fail-below", 1, "--lang", "en")

    assert ran.status == 1
    assert "There is no average to hold against 1" in ran.err


def test_file_of_which_nothing_can_be_read_is_unusable(jauge, here):
    (here / "bad.jsonl").write_text('{"id": "x"}\n', "utf-8")

    ran = jauge("report", "bad.jsonl")

    assert ran.status == 2
    assert not (here / "report.html").exists()


def test_file_that_is_read_is_not_written_over(jauge, chats):
    ran = jauge("report", chats, "-o", chats)

    assert ran.status == 2
    assert "is read and would be written over" in ran.err


def test_missing_extra_is_one_line_that_says_what_to_install(
    jauge, chats, here, monkeypatch
):
    monkeypatch.setattr("jauge.report.page.is_installed", lambda: False)

    ran = jauge("report", chats)

    assert ran.status == 2
    assert ran.err == (
        "jauge: The report needs Jinja2 and Babel: pip install 'jauge[report]'\n"
    )
    assert not (here / "report.html").exists()


def test_ids_that_come_twice_are_told(jauge, here):
    (here / "twice.jsonl").write_text(f"{json.dumps(CHAT)}\n" * 2, "utf-8")

    ran = jauge("report", "twice.jsonl", "--lang", "en")

    assert "repeats an id already read: c-1" in ran.err
    assert (here / "report.html").read_text("utf-8").count("<article") == 2


def locale_of_page(here) -> str:
    text = (here / "report.html").read_text("utf-8")
    return text.partition('<html lang="')[2].partition('"')[0]


@pytest.mark.parametrize(
    ("given", "locale"),
    [
        ("fr-CA", "fr-CA"),
        ("fr-FR", "fr-FR"),
        ("FR-fr", "fr-FR"),
        ("fr", "fr"),
        ("en", "en"),
    ],
)
def test_locale_is_told_by_option_variable_and_settings(
    jauge, chats, here, monkeypatch, given, locale
):
    assert jauge("report", chats, "--lang", given).status == 0
    assert locale_of_page(here) == locale

    monkeypatch.setenv("JAUGE_LANG", given)
    assert jauge("report", chats).status == 0
    assert locale_of_page(here) == locale

    monkeypatch.delenv("JAUGE_LANG")
    (here / "jauge.toml").write_text(f"lang = '{locale}'")
    assert jauge("report", chats).status == 0
    assert locale_of_page(here) == locale


@pytest.mark.parametrize(
    ("system", "locale"),
    [
        ("fr_CA.UTF-8", "fr-CA"),
        ("fr_FR@euro", "fr-FR"),
        ("fr_BE.UTF-8", "fr"),
        ("fr", "fr"),
        ("frp_IT", "en"),
        ("en_CA.UTF-8", "en"),
        ("C.UTF-8", "en"),
        ("_", "en"),
        ("..@", "en"),
    ],
)
def test_locale_is_that_of_the_system_when_nothing_is_told(
    jauge, chats, here, monkeypatch, system, locale
):
    monkeypatch.setenv("LC_ALL", system)

    assert jauge("report", chats).status == 0

    assert locale_of_page(here) == locale


@pytest.mark.parametrize("given", ["fr-CH", "fr_CA.UTF-8", "de", "", "fr-", "../fr"])
def test_locale_that_there_is_not_is_refused_by_name(jauge, chats, here, given):
    ran = jauge("report", chats, "--lang", given)

    assert ran.status == 2
    assert "'fr', 'en', 'fr-ca', 'fr-fr'" in ran.err
    assert not (here / "report.html").exists()


@pytest.mark.parametrize("locale", ["fr-CA", "fr-FR"])
def test_other_commands_take_the_language_of_a_locale(jauge, chats, locale):
    ran = jauge("explain", chats, "--id", "c-1", "--lang", locale)

    assert ran.status == 0
    assert ran.out == jauge("explain", chats, "--id", "c-1", "--lang", "fr").out


@pytest.fixture
def kept(jauge, chats):
    assert jauge("load", chats).status == 0
    return chats


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_page_of_a_store_is_that_of_its_files(jauge, kept, here, lang):
    of_files = jauge("report", kept, "-o", "files.html", "--lang", lang)
    of_store = jauge("report", "--db", "jauge.db", "-o", "store.html", "--lang", lang)

    assert of_store.status == of_files.status == 0
    assert of_store.err == of_files.err
    found, expected = (
        (here / name).read_text("utf-8") for name in ("store.html", "files.html")
    )
    assert found == expected


def test_page_of_a_store_can_fail_a_pipeline(jauge, kept):
    ran = jauge("report", "--db", "jauge.db", "--fail-below", 99, "--lang", "en")

    assert ran.status == 1
    assert "is below 99" in ran.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chats.jsonl", "--db", "jauge.db"], "Name files, or a database with --db"),
        ([], "Name files, or a database with --db"),
        (["--db", "none.db"], "none.db: no such database"),
        (["--db", "jauge.db", "--period", "soon"], "--period soon: is no period"),
        (["--db", "jauge.db", "-o", "jauge.db"], "is read and would be written over"),
    ],
)
def test_what_a_report_cannot_be_made_of_is_one_line(jauge, kept, arguments, said):
    ran = jauge("report", *arguments)

    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert said in ran.err


def test_files_go_before_a_database_that_is_only_set(jauge, kept, monkeypatch):
    monkeypatch.setenv("JAUGE_DB", "none.db")

    assert jauge("report", kept).status == 0
    assert jauge("report").status == 2


def test_a_report_of_a_store_shows_its_scores_whoever_gave_them(jauge, kept, here):
    text = WEIGHTS.read_text("utf-8").replace('name = "default"', 'name = "shop"', 1)
    text = text.replace('judge = "reader"', 'judge = "customer"', 1)
    shop = here / "shop.toml"
    shop.write_text(text, encoding="utf-8")
    jauge("rescore", "--db", "jauge.db", "--scorer", shop, "--use")
    # Words of one's own make another scorer of the default one.
    (here / "jauge.toml").write_text(
        '[phrases.fr]\nuser_complains = ["bof"]\n', encoding="utf-8"
    )

    ran = jauge("report", "--db", "jauge.db")

    assert (ran.status, "1 scored" in ran.err) == (0, True)
    made = (here / "report.html").read_text("utf-8")
    assert "shop@" in made
    assert "default@" not in made
    assert "not yet calibrated" not in made


def test_a_scorer_that_a_store_does_not_show_is_told_how_to_be_shown(jauge, kept, here):
    text = WEIGHTS.read_text("utf-8").replace('name = "default"', 'name = "shop"', 1)
    shop = here / "shop.toml"
    shop.write_text(text, encoding="utf-8")
    asked = ("report", "--db", "jauge.db", "--scorer", shop)

    ran = jauge(*asked)

    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert "shows scores by default@" in ran.err
    assert f"jauge rescore --scorer {shop} --use" in ran.err
    jauge("rescore", "--scorer", shop, "--use")
    assert jauge(*asked).status == 0


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "No conversation of 84 starts in the period.\n0 read"),
        ("fr", "Aucune conversation sur 84 ne commence dans la période.\n0 lue"),
    ],
)
def test_a_period_in_which_nothing_starts_is_told(jauge, here, sample, lang, said):
    ran = jauge("report", sample, "--period", "2020-01", "--lang", lang)

    assert ran.status == 0
    assert said in ran.err


@pytest.mark.parametrize(
    ("period", "zone", "listed"),
    [
        ("", "UTC", ["day-1", "day-2", "day-3", "no-time"]),
        ("2026-11-02..2026-11-03", "UTC", ["day-2", "day-3"]),
        ("2026-11-02..2026-11-02", "UTC", ["day-2"]),
        # Eight in the evening there is the next day in Greenwich.
        ("2026-11-02..2026-11-02", "America/Montreal", ["day-3"]),
        ("..2026-11-01", "UTC", ["day-1"]),
    ],
)
def test_a_period_takes_what_starts_in_it(jauge, here, period, zone, listed):
    chats = [
        {**CHAT, "id": f"day-{day}", "events": [
            {**event, "at": f"2026-11-0{day}T01:00:00Z"} for event in CHAT["events"]
        ]}
        for day in (1, 2, 3)
    ]  # fmt: skip
    lines = "".join(
        f"{json.dumps(one)}\n" for one in [*chats, {**CHAT, "id": "no-time"}]
    )
    (here / "days.jsonl").write_text(lines, "utf-8")
    jauge("load", "days.jsonl")
    told = ["--period", period, "--timezone", zone, "-o"]

    assert jauge("report", "days.jsonl", *told, "files.html").status == 0
    assert jauge("report", "--db", "jauge.db", *told, "store.html").status == 0

    for name in ("files.html", "store.html"):
        text = (here / name).read_text("utf-8")
        assert [
            one for one in ("day-1", "day-2", "day-3", "no-time") if one in text
        ] == listed
