"""The documentation says what is so: sessions, tables, links, options, the example."""

from __future__ import annotations

import itertools
import math
import re
from typing import TYPE_CHECKING

import msgspec
import pytest
from typer.main import get_command

import jauge
from docs import pictures
from docs.commands import commands_of, names_of
from docs.example import CHAT
from docs.generate import KINDS, rewritten, typeset
from docs.page import ROOT, pages
from docs.signals import WORDS
from jauge.cli.commands import app
from jauge.detectors import BUILTIN
from jauge.evaluation import findings
from jauge.importers.columns import NAMES
from jauge.importers.platforms import platforms
from jauge.model import conversation as nouns
from jauge.report import as_json
from jauge.report.reason_words import REASONS
from jauge.scorers import build_scorer
from jauge.scoring.card import Card
from jauge.scoring.resampling import Figure
from jauge.settings import Limits

if TYPE_CHECKING:
    from pathlib import Path

DOCS = ROOT / "docs"
WRITTEN = [
    *pages(),
    *(ROOT / f"{name}.md" for name in ("CHANGELOG", "CONTRIBUTING", "SECURITY")),
]
FRENCH = sorted(DOCS.rglob("*.fr.md"))
CODE = re.compile(r"^```.*?^```$|`[^`\n]+`|<!--.*?-->", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]+)\)")
COMMANDS = dict(commands_of(get_command(app)))


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def anchors(path: Path) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
    return {
        re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles
    }


@pytest.mark.parametrize("path", pages(), ids=named)
def test_generated_parts_are_up_to_date(path: Path) -> None:
    assert path.read_text("utf-8") == rewritten(path), "run: make docs"


@pytest.mark.parametrize("path", WRITTEN, ids=named)
def test_every_link_leads_somewhere(path: Path) -> None:
    for link in LINK.findall(CODE.sub("", path.read_text("utf-8"))):
        if link.startswith("https://"):
            continue
        name, _, anchor = link.partition("#")
        target = (path.parent / name).resolve() if name else path

        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def test_every_page_is_on_the_map() -> None:
    linked = set(LINK.findall((DOCS / "README.md").read_text("utf-8")))

    missing = [
        path for path in pages()[1:] if str(path.relative_to(DOCS)) not in linked
    ]

    assert missing == [DOCS / "README.md"]


@pytest.mark.parametrize("path", pages(), ids=named)
def test_every_session_is_run(path: Path) -> None:
    text = path.read_text("utf-8")
    generated = re.findall(r"<!-- generate: (\w+)", text)

    for fence, kinds in (("console", {"console"}), ("python", {"python", "file"})):
        parts = sum(kind in kinds for kind in generated)
        assert text.count(f"```{fence}\n") <= parts, fence
    assert set(generated) <= KINDS.keys()


@pytest.mark.parametrize("path", WRITTEN, ids=named)
def test_no_step_of_a_list_stands_twice(path: Path) -> None:
    steps = re.findall(r"^(\d+)\. ", path.read_text("utf-8"), re.MULTILINE)

    assert [two for two in itertools.pairwise(steps) if two[0] == two[1]] == []


def test_pages_promise_the_limits_of_the_program() -> None:
    limit = f"{Limits().events:,} events"

    for path in (ROOT / "SECURITY.md", DOCS / "quickstart.md"):
        assert limit in path.read_text("utf-8"), path


@pytest.mark.parametrize("status", ["0", "1", "2", "130", "141"])
def test_commands_name_every_exit_status(status: str) -> None:
    text = (DOCS / "commands.md").read_text("utf-8").split("<!-- generate", 1)[0]

    assert f" {status} " in text.split("Exit status:", 1)[1]


def test_an_english_page_has_an_english_title() -> None:
    titles = [one.form.page.title for one in platforms()]

    assert not [title for title in titles if "Texte" in title]


def test_readme_opens_with_a_use_and_names_the_tests() -> None:
    text = (ROOT / "README.md").read_text("utf-8")

    assert text.index("$ jauge explain") < text.index("\n## ")
    assert "\n    make test\n" in text


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_described(name: str) -> None:
    text = (DOCS / "commands.md").read_text("utf-8")
    part = text.split(f"## jauge {name}\n", 1)[1].split("\n## ", 1)[0]

    for option in COMMANDS[name].params:
        assert option.help, f"{option.name} has no help"
        for written in names_of(option):
            assert f"`{written}`" in part
    for page in ("quickstart.md", "quickstart.fr.md"):
        assert f"jauge {name}" in (DOCS / page).read_text("utf-8")


def test_every_field_of_a_conversation_is_described() -> None:
    structs = (
        nouns.Conversation,
        nouns.Message,
        nouns.Action,
        nouns.Handoff,
        nouns.Rating,
        nouns.Product,
    )
    fields = {name for struct in structs for name in struct.__struct_fields__}

    for page in ("formats.md", "formats.fr.md"):
        text = (DOCS / page).read_text("utf-8")
        assert [name for name in fields | set(NAMES) if f"`{name}`" not in text] == []


def test_every_field_of_an_evaluation_is_described() -> None:
    structs = (
        findings.Evaluation,
        findings.Judgements,
        findings.Group,
        findings.Baseline,
        findings.Bin,
        findings.Raters,
        findings.Disagreement,
        Figure,
    )
    text = (DOCS / "evaluate.md").read_text("utf-8")
    fields = {name for struct in structs for name in struct.__struct_fields__}

    missing = [name for name in fields if f"`{name}`" not in text]
    assert sorted(missing) == ["no_number_example", "off_scale_example"]


@pytest.mark.parametrize("page", ["calibrate.md", "calibrate.fr.md"])
def test_every_field_of_the_json_of_scorers_is_described(page: str) -> None:
    structs = (
        as_json.Comparison,
        as_json.Difference,
        as_json.Calibration,
        as_json.Mean,
        as_json.Part,
        as_json.Moved,
        as_json.Mover,
        as_json.Named,
        as_json.Words,
        as_json.Judged,
        Card,
        Figure,
    )
    text = (DOCS / page).read_text("utf-8")
    fields = {name for struct in structs for name in struct.__struct_fields__}

    assert sorted(name for name in fields if f"`{name}`" not in text) == []


def test_every_signal_is_described_in_both_languages() -> None:
    for page in ("signals.md", "signals.fr.md"):
        text = (DOCS / page).read_text("utf-8")
        assert [one.name for one in BUILTIN if f" `{one.name}`\n" not in text] == []


def test_words_about_signals_belong_to_signals_that_exist() -> None:
    signals = {detector.name for detector in BUILTIN}

    assert set(REASONS) == signals
    assert set(WORDS["evidence"]) - {"words", "action"} <= signals


def test_the_worked_example_follows_from_the_formula_and_the_weights() -> None:
    text = (DOCS / "how-the-score-works.md").read_text("utf-8").replace("−", "-")
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in text.splitlines()
        if re.match(r"\| \d+ \| `", line)
    ]
    score = jauge.score(CHAT)
    base = int(re.search(r"base = (\d+)", text)[1])
    weights = build_scorer().scorecard.weights
    turns = {"user": 3, "bot": 2}
    start = math.log(base / (100 - base))
    shares = []
    for event, name, _, strength, share, *_ in rows:
        weight = weights[name.strip("`")]
        count = turns[name.strip("`").partition("_")[0]]
        found = float(strength) * weight.rate / (count + 5)
        # All but the customer's first turn are the last two of their side.
        if int(event):
            found += float(strength) * weight.end / 2
        assert float(share) == pytest.approx(found, abs=5e-4)
        shares.append(found)
    z = start + sum(shares)
    value = 100 / (1 + math.exp(-z))
    slope = (value - base) / (z - start)
    points = [share * slope for share in shares]
    left = math.floor(value + 0.5) - base - sum(points)
    size = sum(map(abs, points))
    spread = [point + left * abs(point) / size for point in points]

    assert [float(row[5]) for row in rows] == pytest.approx(points, abs=2e-3)
    assert [float(row[6]) for row in rows] == pytest.approx(spread, abs=2e-3)
    assert [float(row[7]) for row in rows] == [
        one.points for one in score.contributions
    ]
    assert score.value == math.floor(value + 0.5)
    assert sum(round(float(row[7]) * 10) for row in rows) == 10 * (score.value - base)
    assert f"`value` is {score.value} and `logit` {score.logit}" in text


def test_typesetting_leaves_code_alone() -> None:
    written = "« oui » : 1 234,5 `a : 1 000` !"

    assert typeset(written).replace("\u202f", "_") == "«_oui_»_: 1_234,5 `a : 1 000`_!"


def test_french_pages_mirror_the_english_ones() -> None:
    for path in FRENCH:
        english = path.with_name(path.name.replace(".fr.md", ".md"))
        counts = [
            (text.count("\n## "), text.count("\n### "), text.count("```"))
            for text in (path.read_text("utf-8"), english.read_text("utf-8"))
        ]
        assert counts[0] == counts[1], named(path)


def test_french_is_set_with_narrow_blanks_outside_code() -> None:
    for path in FRENCH:
        prose = CODE.sub("", path.read_text("utf-8")).replace("In English:", "")
        assert typeset(prose) == prose, named(path)
        assert not re.search(r"(?m)(?<=\w)[:;!?](?= |$)", prose), named(path)


def test_markers_are_paired() -> None:
    for path in pages():
        lines = path.read_text("utf-8").splitlines()
        marks = [line for line in lines if line.startswith(("<!-- gen", "<!-- end"))]
        assert all(mark.startswith("<!-- gen") for mark in marks[::2]), named(path)
        assert marks[1::2] == ["<!-- end -->"] * (len(marks) // 2), named(path)
        assert len(marks) % 2 == 0, named(path)


def test_json_example_is_a_conversation() -> None:
    text = (DOCS / "formats.md").read_text("utf-8")
    example = re.search(r"```json\n(.*?)```", text, re.DOTALL)[1]

    chat = msgspec.json.decode(example, type=jauge.Conversation)

    assert jauge.score(chat).status == "scored"


def test_numbers_of_samples_and_signals_are_right() -> None:
    samples = (ROOT / "src/jauge/samples/conversations.jsonl").read_bytes()
    count = len(samples.splitlines())

    for path in ("README.md", "docs/quickstart.md", "CHANGELOG.md"):
        assert f"{count} invented" in (ROOT / path).read_text("utf-8"), path
    french = (DOCS / "quickstart.fr.md").read_text("utf-8")
    assert f"{count} conversations inventées" in french
    assert f"{len(BUILTIN)} signals" in (ROOT / "CHANGELOG.md").read_text("utf-8")


@pytest.mark.parametrize("name", pictures.REPORTS)
def test_sample_reports_are_those_of_this_release(name):
    kept = (DOCS / "samples" / name).read_bytes()

    # make pictures
    assert kept == pictures.report(pictures.REPORTS[name])
