"""The page: one self-contained HTML file, made of material by templates."""

from __future__ import annotations

import functools
from importlib.util import find_spec
from typing import TYPE_CHECKING

from jauge.detectors.own_words import UNLEARNT
from jauge.errors import UsageError
from jauge.model.score import BANDS
from jauge.report import charts
from jauge.report.evidence import evidence_in_words
from jauge.report.printable import one_line
from jauge.report.refusals import fault_in_words
from jauge.report.rows import row_of
from jauge.report.shown import shown_text, web_address
from jauge.report.style import icon, style
from jauge.report.talks import Entry, Talk, talk_of
from jauge.report.typeset import Typesetter, capital
from jauge.report.wording import action_in_words, quoted
from jauge.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jinja2 import Environment

    from jauge.model.conversation import Rating
    from jauge.model.score import Contribution
    from jauge.report.material import Material
    from jauge.report.overview import Overview
    from jauge.report.wording import Lang, Locale
    from jauge.scorer import Scorer

HEIGHT = 44
_STARS = 5
_NEEDED = ("jinja2", "babel")


def is_installed() -> bool:
    """Say whether what makes pages is installed."""
    return all(find_spec(name) is not None for name in _NEEDED)


def check_installed() -> None:
    """Refuse to go on without what makes pages.

    Raises:
        UsageError: an extra is missing.
    """
    if not is_installed():
        msg = "The report needs Jinja2 and Babel: pip install 'jauge[report]'"
        raise UsageError(msg)


def page(material: Material, scorer: Scorer, locale: Locale) -> bytes:
    """Make the page in the words of a locale, and of a scorer for its signals."""
    typesetter = Typesetter(locale)
    entries = _entries(material)
    talks = _talks(entries, scorer, typesetter.lang)
    overview = material.overview
    made = (
        environment()
        .get_template("page.html")
        .render(
            functions_of(typesetter, scorer),
            locale=locale,
            lang=typesetter.lang,
            version=__version__,
            scorer_id=material.origin.scorer,
            judge=material.origin.judge,
            is_uncalibrated=material.origin.judge != "customer",
            style=_safe(style().text),
            style_hash=style().policy,
            icon_data=icon(),
            overview=overview,
            sentence=sentence(overview, scorer, typesetter),
            strip=strip_of(overview),
            bars=charts.columns(overview.bins, HEIGHT),
            entries=entries,
            objecting=None,
            veil=None,
            heading="h4",
            rating_hundred=None,
            low_entries=material.low,
            talks=talks,
            low_talks=material.most_talks,
            unscored=material.unscored,
            rejected=material.rejected,
            fault=lambda one: fault_in_words(one, typesetter.lang),
        )
    )
    return made.encode("utf-8", "replace")


@functools.cache
def environment(*packages: str) -> Environment:
    """Give what renders the templates of these packages, and of the report."""
    # Only pages need it, and it is an extra.
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=ChoiceLoader(
            [PackageLoader(one) for one in (*packages, "jauge.report")]
        ),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _safe(text: str) -> str:
    """Say of a text of ours that it may stand in the page as it is."""
    from markupsafe import Markup

    return Markup(text)  # noqa: S704 - the shipped style sheet


def functions_of(typesetter: Typesetter, scorer: Scorer) -> dict[str, object]:
    """Give what templates call."""
    lang = typesetter.lang
    words = {one.name: one.words[lang] for one in (*UNLEARNT, *scorer.detectors)}

    def chip(signal: str) -> str:
        return chip_of(signal, scorer, lang)

    def line_of(signal: str, tenths: int) -> str:
        known = words.get(signal)
        return known.told(tenths) if known else typesetter.t("signal_elsewhere")

    def evidence(part: Contribution, is_cut: bool) -> str:  # noqa: FBT001 - templates say it
        shown = shown_text(evidence_in_words(part, lang, is_cut=is_cut))
        # A thumb is told by its signal already.
        return "" if shown.lower() == chip(part.signal).lower() else shown

    names = ("t", "tn", "n", "tenths", "signed", "share", "short", "day", "weekday")
    more = ("clock", "wait", "language", "key_of")
    return {
        **{name: getattr(typesetter, name) for name in (*names, *more)},
        "action": lambda name: shown_text(action_in_words(name, lang)),
        "between": charts.between,
        "capital": capital,
        "channel": lambda name: shown_text(typesetter.channel(name)),
        "chip": chip,
        "evidence": evidence,
        "hundred": charts.Scale(),
        "is_stars": _is_stars,
        "keys": [typesetter.key_of(band) for band in BANDS],
        "kind_of": lambda event: type(event).__name__.lower(),
        "levels": BANDS,
        "line_of": line_of,
        "plain": one_line,
        "quote": lambda text: quoted(text, lang),
        "text": shown_text,
        "web_address": web_address,
    }


def chip_of(signal: str, scorer: Scorer, lang: Lang) -> str:
    """Name a signal; one of another scorer, as of a plugin that is gone, by its code.

    A store keeps showing scores of the scorer that made them, whatever came after.
    """
    for detector in (*UNLEARNT, *scorer.detectors):
        if detector.name == signal:
            return capital(detector.words[lang].chip)
    return one_line(signal)


def _is_stars(one: Rating) -> bool:
    """Say whether a rating is one of whole stars out of five."""
    is_five = one.best == _STARS and one.worst in (None, 1, 0)
    return is_five and one.value in range(_STARS + 1)


def strip_of(overview: Overview) -> Mapping[str, object] | None:
    """Lay out the average by dimension; None where there is none."""
    if overview.strip is None:
        return None
    base = overview.strip.base
    scale = charts.scale_of(base, overview.strip.dimensions)
    return {
        "scale": scale,
        "steps": charts.steps(base, overview.strip.dimensions, scale),
    }


def sentence(overview: Overview, scorer: Scorer, typesetter: Typesetter) -> str:
    """Say in one sentence what to paste: the average, and what to look at."""
    mean, strip = overview.mean, overview.strip
    if mean is None or strip is None:
        return typesetter.t("lede_none")
    told = typesetter.t(
        "lede",
        mean=typesetter.tenths(strip.total),
        conversations=_whose(overview, typesetter),
        low=typesetter.n(mean.low, 1),
        high=typesetter.n(mean.high, 1),
        share=typesetter.share(overview.negative, overview.scored),
    )
    if not overview.costly:
        return told
    cost = overview.costly[0]
    # Rounded as it is shown: “2.0 points”, and never “2.0 point”.
    points = round(-cost.tenths / 10 / overview.scored, 1)
    return told + typesetter.tn(
        "look_at",
        cost.conversations,
        signal=chip_of(cost.signal, scorer, typesetter.lang),
        points=typesetter.tn("points", points, shown=typesetter.n(points, 1)),
    )


def _whose(overview: Overview, typesetter: Typesetter) -> str:
    """Say how many conversations have a score, and of how many customers.

    Where no customer is named, nothing is said of them.
    """
    told = typesetter.tn("conversations", overview.scored)
    if not overview.named:
        return told
    if overview.named == overview.scored:
        return told + typesetter.tn("of_customers", overview.customers)
    customers = typesetter.tn("customers", overview.customers)
    return told + typesetter.tn("naming", overview.named, customers=customers)


def _entries(material: Material) -> list[Entry]:
    count, most = len(material.scored), material.most_talks
    return [
        Entry(
            number,
            conversation,
            score,
            row_of(conversation, score),
            web_address(conversation.url),
            has_talk=number <= most or number > count - most,
        )
        for number, (conversation, score) in enumerate(material.scored, start=1)
    ]


def _talks(entries: list[Entry], scorer: Scorer, lang: Lang) -> list[Talk]:
    shown = [entry for entry in entries if entry.has_talk]
    numbers: list[int | None] = [None, *(entry.number for entry in shown), None]
    make: Callable[..., Talk] = functools.partial(talk_of, scorer=scorer, lang=lang)
    return [
        make(entry, before=numbers[at], after=numbers[at + 2])
        for at, entry in enumerate(shown)
    ]
