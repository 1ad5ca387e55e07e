"""Draw an evaluation: calibration beside each conversation's score and judgement.

In blue and orange of different lightness, with different marks: it reads in grey too.
"""

from __future__ import annotations

import io
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np

from jauge.errors import UsageError
from jauge.report.evaluation_words import figure_in_words, said
from jauge.report.wording import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from jauge.evaluation import Evaluated
    from jauge.report.wording import Lang
    from jauge.scoring.resampling import Figure

Form = Literal["svg", "png"]

_BLUE, _ORANGE, _GREY = "#0b3c6f", "#e08214", "#6b6b6b"
_MOST_POINTS = 2000
_SEED = 0
_JITTER = 2.0


def form_of(path: str) -> Form:
    """Choose the form of a picture by the end of its name.

    Raises:
        UsageError: it is none that is drawn, or what draws is not installed.
    """
    suffix = Path(path).suffix.lower()
    if suffix not in (".svg", ".png"):
        msg = f"--picture {path}: name a file that ends in .svg or .png."
        raise UsageError(msg)
    if find_spec("matplotlib") is None:
        msg = "--picture needs matplotlib. Install it: pip install 'jauge[evaluate]'"
        raise UsageError(msg)
    return "svg" if suffix == ".svg" else "png"


def drawn(made: Evaluated, form: Form, lang: Lang) -> bytes:
    """Draw an evaluation; the same bytes for the same figures."""
    import matplotlib as mpl

    style = mpl.rc_context(
        {
            "font.family": "sans-serif",
            "font.sans-serif": ["DejaVu Sans"],
            "font.size": 10,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.titlelocation": "left",
            "axes.titlesize": 11,
            # The same bytes every time, and text that can be searched and read aloud.
            "svg.hashsalt": "jauge",
            "svg.fonttype": "none",
        }
    )
    with style:
        return _image(made, form, lang)


def _image(made: Evaluated, form: Form, lang: Lang) -> bytes:
    from matplotlib import figure as drawing

    figure = drawing.Figure(figsize=(10, 5.4), layout="constrained")
    places = figure.subplot_mosaic(
        [["curve", "points"], ["counts", "points"]], height_ratios=[5, 1]
    )
    _curve(places["curve"], made, lang)
    _counts(places["counts"], made, lang)
    _points(places["points"], made, lang)
    kept = io.BytesIO()
    of_today = {"Date": None} if form == "svg" else {"Software": None}
    figure.savefig(kept, format=form, dpi=150, metadata=of_today)
    return kept.getvalue()


def _curve(axes: Axes, made: Evaluated, lang: Lang) -> None:
    """Draw the calibration curve."""
    _square(axes, lang)
    title = said(lang, "picture_curve")
    error = made.found.groups[0].calibration_error
    axes.set_title(_titled(title, "calibration", error, lang))
    axes.set_xlabel("")
    axes.plot([0, 100], [0, 100], "--", color=_GREY, lw=1, label=said(lang, "ideal"))
    told = [one for one in made.found.curve if one.judgement.value is not None]
    if told:
        middle = np.array([one.judgement.value for one in told])
        ends = np.array([[one.judgement.low, one.judgement.high] for one in told])
        axes.errorbar(
            [one.mean_score for one in told],
            middle,
            yerr=np.abs(ends.T - middle),
            fmt="o-",
            color=_BLUE,
            capsize=3,
            label=said(lang, "bin"),
        )
    axes.legend(loc="upper left", frameon=False, fontsize=9)


def _counts(axes: Axes, made: Evaluated, lang: Lang) -> None:
    """Draw how many conversations have a score."""
    axes.hist(made.scores, bins=range(0, 105, 5), color=_GREY, edgecolor="white")
    axes.set_xlim(-3, 103)
    axes.set_xlabel(said(lang, "axis_score"))
    axes.set_ylabel(said(lang, "conversations"), fontsize=8)


def _titled(title: str, key: str, figure: Figure, lang: Lang) -> str:
    """Write a title, and under it the figure that the picture shows."""
    told = (
        said(lang, "picture_few")
        if figure.why == "few"
        else figure_in_words(figure, lang, digits=1 if key == "calibration" else 2)
    )
    named = said(lang, "picture_figure", name=said(lang, key), figure=told)
    return f"{title}\n{named}"


def _points(axes: Axes, made: Evaluated, lang: Lang) -> None:
    """Draw each conversation, a little beside its place so that all are seen."""
    random = np.random.default_rng(_SEED)
    size = len(made.scores)
    shown = np.arange(size)
    if size > _MOST_POINTS:
        shown = np.sort(random.choice(size, _MOST_POINTS, replace=False))
    beside = random.uniform(-_JITTER, _JITTER, (2, len(shown)))
    scores, told = made.scores[shown], made.judgements[shown]
    low = told < made.found.dissatisfied_below
    _square(axes, lang)
    for inside, mark, color, key in (
        (~low, "o", _BLUE, "content"),
        (low, "v", _ORANGE, "discontent"),
    ):
        axes.plot(
            (scores + beside[0])[inside],
            (told + beside[1])[inside],
            mark,
            color=color,
            ms=4,
            alpha=0.6,
            mec="none",
            label=said(lang, key),
        )
    axes.plot([0, 100], [0, 100], "--", color=_GREY, lw=1)
    title = _how_many(size, len(shown), lang)
    whole = made.found.groups[0]
    axes.set_title(_titled(title, "correlation", whole.spearman, lang))
    axes.legend(loc="upper left", frameon=False, fontsize=9)


def _how_many(size: int, shown: int, lang: Lang) -> str:
    told = number(size, lang, digits=0)
    if shown < size:
        part = number(shown, lang, digits=0)
        told = said(lang, "picture_sample", shown=part, count=told)
    return f"{said(lang, 'picture_scatter')} ({told})"


def _square(axes: Axes, lang: Lang) -> None:
    axes.set_xlim(-3, 103)
    axes.set_ylim(-5, 118)
    axes.set_yticks(range(0, 101, 20))
    axes.set_xlabel(said(lang, "axis_score"))
    axes.set_ylabel(said(lang, "axis_judgement"))
