"""A score changes only when the scorer has a new version."""

from tests import golden


def test_scores_are_those_of_the_golden_file():
    held = golden.FILE.read_text("utf-8").splitlines()
    made = list(golden.lines())

    assert made[0] == held[0], "a new version: write it down, python -m tests.golden"
    changed = [line for line in made[1:] if line not in set(held)]
    assert not changed, f"{len(changed)} scores changed under {made[0]}"
    assert len(made) == len(held)


def test_golden_file_holds_a_thousand_conversations():
    assert len(golden.FILE.read_text("utf-8").splitlines()) > 1000
