"""Plugins are looked for only where one may be: that decides how fast a start is."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from jauge import plugins

GROUP = "jauge.detectors"
FACTS = "ours-1.0.dist-info/entry_points.txt"


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Give the one place where packages are looked for."""
    monkeypatch.setattr(sys, "meta_path", [plugins.PathFinder])
    monkeypatch.setattr(sys, "path", [str(tmp_path / "packages")])
    return tmp_path / "packages"


def written(place: Path, group: str) -> None:
    path = place / FACTS
    path.parent.mkdir(parents=True)
    path.write_text(f"[{group}]\nours = ours:Ours\n", "utf-8")


@pytest.mark.parametrize(
    ("group", "expected"), [(GROUP, True), ("console_scripts", False)]
)
def test_package_in_a_folder_is_asked_for_its_groups(place, group, expected):
    written(place, group)

    assert plugins.may_be_there(GROUP) is expected


def test_zipped_packages_are_always_looked_into(place):
    with zipfile.ZipFile(place, "w") as packed:
        packed.writestr(FACTS, "")

    assert plugins.may_be_there(GROUP)


def test_packages_that_something_else_finds_are_always_looked_for(place, monkeypatch):
    class Finder:
        def find_distributions(self):
            return []

    monkeypatch.setattr(sys, "meta_path", [plugins.PathFinder, Finder()])

    assert plugins.may_be_there(GROUP)


def test_place_that_is_not_there_holds_nothing(place):
    assert not place.exists()
    assert not plugins.may_be_there(GROUP)


def test_score_without_plugins_does_not_load_what_would_find_them():
    line = (
        "import sys, jauge, jauge.plugins as plugins;"
        "there = plugins.may_be_there('jauge.detectors');"
        "jauge.load_scorer();"
        "assert there or 'importlib.metadata' not in sys.modules"
    )
    done = subprocess.run(
        [sys.executable, "-c", line], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")
