"""Cards, reasons and the faults of small files, as a French reader is told them."""

import pytest

from jauge.errors import UsageError
from jauge.report.card_words import limit_on_card, source_on_card
from jauge.report.error_words import error_in_words
from jauge.report.reason_words import REASONS
from jauge.report.reasons import reason_of
from jauge.scorers import build_scorer
from jauge.settings import load_settings

NARROW = "\u202f"
WEIGHTS = build_scorer().scorecard.weights


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ('timezon = "x"', "nom inconnu : « timezon »."),
        ("timezone = Paris", "ligne 1, colonne 12 : valeur illisible ; un texte"),
        ('bom = "x"', "bom : il faut vrai ou faux, et c’est un texte."),
        ("jobs = 0", "jobs : il faut au moins 1."),
        ("[limits]\nevents = 0", "limits.events : il faut au moins 1."),
        ('lang = "de"', "lang : valeur inconnue : « de »."),
        ("a = 1\na = 2", "un nom est donné deux fois."),
    ],
)
def test_faults_of_settings_are_told_in_french(tmp_path, written, words):
    file = tmp_path / "jauge.toml"
    file.write_text(written)

    with pytest.raises(UsageError) as caught:
        load_settings(file)

    told = error_in_words(str(caught.value), "fr").replace(NARROW, " ")
    assert words in told
    assert "docs/quickstart.fr.md" in told


def test_every_reason_of_the_default_scorer_is_told_in_french():
    for name, french in REASONS.items():
        told = reason_of(name, WEIGHTS[name].reason, "fr")
        assert told.replace(NARROW, " ") == french


def test_calibrated_reason_keeps_its_figures():
    reason = f"Calibrated from 0.36 on 60 ratings. {WEIGHTS['user_thanks'].reason}"

    told = reason_of("user_thanks", reason, "fr")

    assert told.startswith("Étalonné à partir de 0,36 sur 60 notes. ")
    assert reason_of("user_thanks", reason, "en") == reason


def test_reason_of_a_plugin_is_told_in_french():
    class Ours:
        name, dimension, sign = "user_x", "ease", 1
        needs, weight = frozenset(), 1.0

    reason = build_scorer(plugins=[Ours()]).scorecard.weights["user_x"].reason

    assert reason_of("user_x", reason, "fr") == "a priori de l’extension elle-même"
    assert reason_of("user_x", reason, "en") == reason


def test_words_of_the_reader_on_a_card_stay():
    assert limit_on_card("Only for {us}.", "fr") == "Only for {us}."
    assert source_on_card("{x}, column Votre avis", "fr") == "{x}, colonne Votre avis"
    assert source_on_card("a.csv, column Avis", "en") == "a.csv, column Avis"


def test_limits_that_a_calibration_writes_have_their_french():
    told = limit_on_card(
        "With 4 ratings level and slope moved, and single weights less.", "fr"
    )

    assert told == "Avec 4 notes, le niveau et l’ampleur ont bougé, chaque poids moins."
