"""The demonstration: what it writes, and what a stranger reads."""

import io
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from rich.cells import cell_len
from rich.console import Console

from jauge.demonstration import demo
from jauge.errors import InputError
from jauge.model.score import Score
from jauge.report.wording import Lang

LANGUAGES: tuple[Lang, ...] = ("fr", "en")


def printed(out: Path, lang: Lang) -> str:
    """Print the demonstration as into a pipe."""
    console = Console(
        file=io.StringIO(), width=80, highlight=False, markup=False, emoji=False
    )
    for part in demo(out, lang):
        console.print(part)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def scores_in(out: Path) -> list[Score]:
    return msgspec.json.Decoder(Score).decode_lines((out / "scores.jsonl").read_bytes())


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def texts(out: Path) -> dict[str, str]:
    return {lang: printed(out, lang) for lang in LANGUAGES}


def test_four_files_are_written_whole(out: Path, texts: dict[str, str]) -> None:
    names = sorted(path.name for path in out.iterdir())

    assert names == [
        "conversations.jsonl",
        "report.html",
        "scores.csv",
        "scores.jsonl",
    ]
    assert len(scores_in(out)) == len(
        (out / "conversations.jsonl").read_bytes().splitlines()
    )


def test_table_starts_with_the_mark_that_excel_wants(
    out: Path, texts: dict[str, str]
) -> None:
    assert (out / "scores.csv").read_bytes().startswith(b"\xef\xbb\xbfconversation_id,")


def test_files_of_the_demo_are_readable_by_others(
    out: Path, texts: dict[str, str]
) -> None:
    mask = os.umask(0)
    os.umask(mask)

    modes = {stat.S_IMODE(path.stat().st_mode) for path in out.iterdir()}

    assert modes == {0o666 & ~mask}


def test_second_demo_in_the_same_folder_says_the_same(
    out: Path, texts: dict[str, str]
) -> None:
    assert printed(out, "fr") == texts["fr"]


def test_lowest_and_highest_are_those_of_the_scores(
    out: Path, texts: dict[str, str]
) -> None:
    scored = [score for score in scores_in(out) if score.value is not None]
    values = sorted(score.value or 0 for score in scored)

    shown = [
        int(value)
        for value in re.findall(r"^ *(\d+)  \w.*s-\d{3}  ", texts["en"], re.MULTILINE)
    ]

    assert shown == [*values[:5], *values[:-6:-1]]


def test_average_is_told_with_its_interval(out: Path, texts: dict[str, str]) -> None:
    values = [score.value for score in scores_in(out) if score.value is not None]
    mean = f"{sum(values) / len(values):.1f}"

    assert (
        f"{mean} of 100 over {len(values)} scored conversations (95% interval: "
        in texts["en"]
    )
    assert (
        f"{mean.replace('.', ',')} sur 100 pour {len(values)} conversations"
        in texts["fr"]
    )


def test_conversations_without_a_score_are_counted_by_reason(
    out: Path, texts: dict[str, str]
) -> None:
    reasons = [score.reason for score in scores_in(out) if score.reason is not None]

    assert f"not in the average: {len(reasons)}." in texts["en"]
    count = reasons.count("email")
    assert f"  e-mail conversation: {count}\n" in texts["en"]
    assert f"  conversation par courriel\u202f: {count}\n" in texts["fr"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_explained_conversation_is_low_short_and_in_the_readers_language(
    out: Path, texts: dict[str, str], lang: Lang
) -> None:
    explained = re.search(r"^(s-\d{3}) · ", texts[lang], re.MULTILINE)

    assert explained is not None
    (score,) = [
        score for score in scores_in(out) if score.conversation_id == explained[1]
    ]
    assert score.value is not None
    assert score.value < 50
    assert str(score.language).startswith(lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_line_fits_in_eighty_columns(texts: dict[str, str], lang: Lang) -> None:
    assert [
        line for line in texts[lang].splitlines() if cell_len(line.rstrip()) > 80
    ] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pipe_gets_no_colour(texts: dict[str, str], lang: Lang) -> None:
    assert "\x1b" not in texts[lang]


def test_french_is_set_with_narrow_blanks(texts: dict[str, str]) -> None:
    assert re.search(r"[^\u202f][;!?»%]", texts["fr"].split("\n\n")[0]) is None
    assert "95\u202f%\u202f: " in texts["fr"]


def test_command_that_is_shown_explains_another_conversation(
    out: Path, texts: dict[str, str]
) -> None:
    # A long folder wraps the command, inside its name or at a blank.
    shown = "".join(texts["en"].split("To explain another one:")[1].split())
    found = re.fullmatch(r"(?:.*/)?jaugeexplain(.+)--id(s-\d+)", shown)
    assert found is not None
    arguments = ["explain", found[1], "--id", found[2]]

    done = subprocess.run(
        [sys.executable, "-m", "jauge", *arguments], capture_output=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, b"")


def test_folder_that_cannot_be_made_is_an_error_in_words(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")

    with pytest.raises(InputError, match="taken: cannot be a folder"):
        list(demo(tmp_path / "taken", "en"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_page_is_named_among_the_files(
    out: Path, texts: dict[str, str], lang: Lang
) -> None:
    assert "report.html" in "".join(texts[lang].split())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_demo_without_the_extra_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: Lang
) -> None:
    monkeypatch.setattr("jauge.report.page.is_installed", lambda: False)

    text = printed(tmp_path, lang)

    assert "pip install 'jauge[report]'" in text
    assert not (tmp_path / "report.html").exists()
