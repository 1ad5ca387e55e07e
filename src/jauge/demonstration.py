"""The demonstration: the sample conversations scored, shown, and left in a folder."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

import msgspec

from jauge import batch, outputs, reporting, sources
from jauge.errors import InputError
from jauge.model.conversation import Conversation
from jauge.model.score import Score
from jauge.pipeline import scorer_of
from jauge.report import demo as shown
from jauge.report import page
from jauge.report.wording import spoken_in
from jauge.settings import ReadOptions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rich.console import RenderableType

    from jauge.report.demo import Scored
    from jauge.report.wording import Locale


def demo(out: Path, locale: Locale) -> Iterator[RenderableType]:
    """Score the samples into a folder, and give what there is to see, part by part.

    Raises:
        InputError: the folder cannot be made or written.
    """
    kept = out / "conversations.jsonl", out / "scores.jsonl", out / "scores.csv"
    scored = _written(*kept)
    made = _page(kept[0], out / "report.html", locale)
    files_kept = shown.Kept(*kept, made)
    yield from shown.parts(scored, scorer_of(), files_kept, spoken_in(locale))


def _page(conversations: Path, target: Path, locale: Locale) -> Path | None:
    """Write the report too, where what makes pages is installed."""
    if not page.is_installed():
        return None
    plan = reporting.Plan(ReadOptions())
    found = reporting.gather([str(conversations)], plan)
    with outputs.writing(str(target)) as sink:
        sink.write(page.page(found.material, scorer_of(), locale))
    return target


def _written(conversations: Path, scores: Path, table: Path) -> list[Scored]:
    """Write the three files, and read back what they say: what is shown is kept."""
    try:
        conversations.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        folder = conversations.parent
        msg = f"{folder}: cannot be a folder ({error.strerror}). Choose another: -o."
        raise InputError(msg) from error
    with outputs.writing(str(conversations)) as sink:
        sink.write(files("jauge.samples").joinpath("conversations.jsonl").read_bytes())
    options = ReadOptions()
    source = [str(conversations)]
    batch.score_files(source, batch.Plan(options), out=str(scores))
    batch.score_files(source, batch.Plan(options, to="csv"), out=str(table), bom=True)
    said = msgspec.json.Decoder(Score).decode_lines(scores.read_bytes())
    read = [
        one
        for one in sources.read_all(source, options)
        if isinstance(one, Conversation)
    ]
    return list(zip(read, said, strict=True))
