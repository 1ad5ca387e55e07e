"""The words of the demonstration, in French and English."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

DEMO_WORDS: Mapping[str, tuple[str, str]] = {
    "worst": ("Les cinq plus basses", "The five lowest"),
    "best": ("Les cinq plus hautes", "The five highest"),
    "mean": (
        "{mean} sur 100 pour {count} conversation{count:|s} notée{count:|s} "
        "(intervalle à 95 % : {low} à {high}).",
        "{mean} of 100 over {count} scored conversation{count:|s} "
        "(95% interval: {low} to {high}).",
    ),
    "demo_intro": (
        "{count} conversations inventées entre des clients et des bots de boutiques, "
        "en français et en anglais, notées de 0 à 100. Chaque note part d’une base ; "
        "chaque signal y ajoute ou en retire des points.",
        "{count} invented conversations between customers and shop chatbots, in French "
        "and English, scored from 0 to 100. Each score starts from a base; each signal "
        "adds or takes points.",
    ),
    "average_title": ("En moyenne", "On average"),
    "unscored": (
        "Non notées, hors de la moyenne : {count}.",
        "Not scored, and not in the average: {count}.",
    ),
    "times": ("{count} fois", "{count} times"),
    "explain_another": ("Pour en expliquer une autre :", "To explain another one:"),
    "explained": ("Une conversation expliquée", "One conversation explained"),
    "files": ("Les fichiers", "The files"),
    "conversations": ("conversations", "conversations"),
    "scores": ("scores", "scores"),
    "table": ("tableau", "table"),
    "install": (
        "Pour la page report.html : pip install 'jauge[report]', puis jauge demo.",
        "For the page report.html: pip install 'jauge[report]', then jauge demo.",
    ),
    "page": ("rapport", "report"),
}
