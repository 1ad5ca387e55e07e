"""A package of its own brings a signal and a format, really installed with pip."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from jauge.errors import PluginError
from jauge.scorers import build_scorer

EXAMPLE = Path(__file__).parents[1] / "examples" / "plugin"
SAMPLE = EXAMPLE / "tests" / "sample.chatlog"
SIGNAL = "user_asks_for_discount"
CHAT = {
    "id": "d-1",
    "events": [
        {"type": "message", "role": "user", "text": "do you have a discount code?"},
        {"type": "message", "role": "bot", "text": "Sorry, I didn't understand."},
    ],
}


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the example and install it into a folder of its own."""
    source = tmp_path_factory.mktemp("source") / "plugin"
    target = tmp_path_factory.mktemp("installed")
    shutil.copytree(EXAMPLE, source)
    flags = (
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
        "--disable-pip-version-check",
    )
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "-q",
        *flags,
        "--target",
        target,
        source,
    ]
    subprocess.run(command, check=True, capture_output=True)
    return target


@pytest.fixture
def chats(tmp_path: Path) -> Path:
    """A file of our own format with one conversation that asks for a discount."""
    path = tmp_path / "chats.jsonl"
    path.write_text(json.dumps(CHAT) + "\n")
    return path


def jauge(
    *arguments: object, plugins: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the program as a user would, with the plugins of a folder."""
    environment = {
        name: value for name, value in os.environ.items() if "JAUGE" not in name
    }
    environment |= {"PYTHONPATH": str(plugins or ""), "LC_ALL": "C.UTF-8"}
    command = [sys.executable, "-m", "jauge", *map(str, arguments)]
    return subprocess.run(
        command,
        capture_output=True,
        encoding="utf-8",
        check=False,
        env=environment,
        cwd="/",
    )


def package(folder: Path, group: str, name: str, code: str) -> Path:
    """Lay a package out as an installer does: a module, and what it says of itself."""
    (folder / "ours.py").write_text(code)
    facts = folder / "broken-1.0.dist-info"
    facts.mkdir()
    (facts / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: broken\nVersion: 1.0\n"
    )
    (facts / "entry_points.txt").write_text(f"[{group}]\n{name} = ours:Ours\n")
    return folder


def test_signal_of_a_plugin_is_in_the_score_with_its_points(
    installed: Path, chats: Path
) -> None:
    done = jauge("score", chats, plugins=installed)

    score = json.loads(done.stdout)
    (found,) = [part for part in score["contributions"] if part["signal"] == SIGNAL]
    assert (found["event"], found["evidence"], found["dimension"]) == (
        0,
        "discount",
        "engagement",
    )
    assert found["points"] > 0


def test_points_add_up_exactly_with_a_plugin(installed: Path, chats: Path) -> None:
    done = jauge("score", chats, plugins=installed)

    score = json.loads(done.stdout)
    tenths = sum(round(part["points"] * 10) for part in score["contributions"])
    assert score["base"] * 10 + tenths == score["value"] * 10


def test_scorer_has_another_hash_with_a_plugin(installed: Path, chats: Path) -> None:
    with_it = json.loads(jauge("score", chats, plugins=installed).stdout)["scorer"]
    without = json.loads(jauge("score", chats).stdout)["scorer"]

    assert with_it.split("+")[0] == without.split("+")[0]
    assert with_it != without


def test_signal_of_a_plugin_is_listed_in_its_own_words(installed: Path) -> None:
    listed = jauge("signals", "--lang", "fr", plugins=installed)

    assert f"+ {SIGNAL} Le client demande un rabais." in listed.stdout


def test_format_of_a_plugin_is_listed(installed: Path) -> None:
    listed = jauge("formats", "--lang", "en", plugins=installed)

    assert "chatlog: one line a message" in listed.stdout


def test_format_of_a_plugin_is_recognized_and_read(installed: Path) -> None:
    done = jauge("score", SAMPLE, plugins=installed)

    scores = [json.loads(line) for line in done.stdout.splitlines()]
    assert [score["conversation_id"] for score in scores] == ["k-1", "k-2"]
    assert all(SIGNAL in str(score["contributions"]) for score in scores)


@pytest.mark.parametrize(
    ("group", "code", "fault"),
    [
        ("jauge.detectors", "import nowhere_to_be_found\n", "nowhere_to_be_found"),
        ("jauge.detectors", "class Ours:\n    name = 'user_x'\n", "has no dimension"),
        ("jauge.importers", "class Ours:\n    name = 'x'\n", "has no words"),
    ],
)
def test_broken_plugin_is_one_line_that_names_it(
    tmp_path: Path, chats: Path, group: str, code: str, fault: str
) -> None:
    folder = package(tmp_path, group, "half_made", code)

    done = jauge("score", chats, plugins=folder)

    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("jauge: half_made (ours:Ours, from broken): ")
    assert fault in done.stderr


TAKEN = """
class Ours:
    name, dimension, sign, needs = "NAME", "sentiment", 0, frozenset()
    words = {"fr": ("x", "x"), "en": ("x", "x")}
    weight = 1.0
    recognizes = split = parse = None
    def find(self, reading):
        return [1 / 0]
"""


@pytest.mark.parametrize(
    ("group", "name"),
    [
        # Those of a scorer file alone: no detector of `default` has them.
        ("jauge.detectors", "user_own_words"),
        ("jauge.detectors", "bot_own_words"),
        ("jauge.detectors", "user_thanks"),
        ("jauge.importers", "csv"),
        ("jauge.importers", "rasa"),
        ("jauge.importers", "cloudevents"),
    ],
)
def test_a_name_that_jauge_has_itself_is_refused_in_one_line(
    tmp_path: Path, chats: Path, group: str, name: str
) -> None:
    folder = package(tmp_path, group, "sly", TAKEN.replace("NAME", name))

    english, french = (
        jauge(
            *("signals" if "detectors" in group else "formats", "--lang", lang),
            plugins=folder,
        )
        for lang in ("en", "fr")
    )

    assert (english.returncode, french.returncode) == (2, 2)
    assert english.stderr == (
        f"jauge: sly (ours:Ours, from broken): is called {name}, as one of jauge"
        " itself. Fix or uninstall it.\n"
    )
    assert f"s’appelle {name}, qui est un nom de jauge." in french.stderr


@pytest.mark.parametrize("name", ["user_own_words", "bot_own_words", "user_thanks"])
def test_a_scorer_takes_no_plugin_with_a_name_of_its_own(name: str) -> None:
    class Ours:
        dimension, sign, needs, weight = "ease", 1, frozenset(), 1.0

    Ours.name = name

    with pytest.raises(PluginError, match=f"{name}: jauge has this name itself"):
        build_scorer(plugins=[Ours()])


def test_two_plugins_of_one_name_are_refused() -> None:
    class Ours:
        name, dimension, sign = "user_x", "ease", 1
        needs, weight = frozenset(), 1.0

    with pytest.raises(PluginError, match="user_x: two have this name"):
        build_scorer(plugins=[Ours(), Ours()])


FAULTY = """
class Ours:
    name, dimension, sign, needs = "user_x", "ease", -1, frozenset()
    words = {"fr": ("x", "x"), "en": ("x", "x")}
    weight = 1.0
    def find(self, reading):
        from jauge.model.signal import Signal
        BODY
"""


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("return [1 / 0]", "ZeroDivisionError"),
        ("return [Signal('user_y', 0, 'x')]", "user_y"),
        ("return [Signal('user_x', 9, 'x')]", "event=9"),
    ],
)
def test_plugin_that_fails_while_scoring_is_named(
    tmp_path: Path, chats: Path, body: str, fault: str
) -> None:
    folder = package(
        tmp_path, "jauge.detectors", "user_x", FAULTY.replace("BODY", body)
    )

    done = jauge("score", chats, plugins=folder)

    assert done.returncode == 2
    assert (
        len(
            [
                line
                for line in done.stderr.splitlines()
                if line.startswith("jauge: user_x")
            ]
        )
        == 1
    )
    assert fault in done.stderr


def test_plugin_without_a_weight_is_told_to_give_one(
    tmp_path: Path, chats: Path
) -> None:
    code = FAULTY.replace("BODY", "return []").replace("    weight = 1.0\n", "")
    folder = package(tmp_path, "jauge.detectors", "user_x", code)

    done = jauge("score", chats, plugins=folder)

    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "user_x: no weight" in done.stderr
