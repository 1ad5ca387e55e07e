"""The diagnosis of a file: what it holds, what it lacks, what its bot hides."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from jauge import sources
from jauge.diagnosis.examination import Examination
from jauge.errors import ReportError, UnknownFormatError
from jauge.importers.reports import refuse_report
from jauge.importers.unrecognised import rejected
from jauge.pipeline import scorer_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jauge.diagnosis.findings import Diagnosis
    from jauge.scorer import ScorerSpec
    from jauge.settings import ReadOptions


def diagnose(
    file: str, options: ReadOptions, spec: ScorerSpec, *, is_needed: bool = True
) -> Diagnosis:
    """Read a file and say what it holds; memory does not grow with it.

    One of no known format is one refusal where it is not needed.

    Raises:
        InputError: the file cannot be read, or its format is not known.
        StoppedError: `options.on_bytes` ended the reading.
    """
    shown = options.called or ("<stdin>" if file == sources.STDIN else file)
    with _on_disk(file) as path:
        seen = Examination(scorer_of(spec), options)
        try:
            importer, head, is_enveloped = sources.look(path, options)
            for item in sources.records([path], seen.options):
                seen.take(item)
        except ReportError as report:
            return replace(seen.diagnosis(shown, None), report=report.rating)
        except UnknownFormatError as error:
            if is_needed:
                raise
            seen.take(rejected(path, error))
            return seen.diagnosis(shown, None)
    found = seen.diagnosis(shown, importer)
    column = None if found.conversations else _rating_of(head, shown)
    return replace(found, is_enveloped=is_enveloped, report=column)


def _rating_of(head: bytes, file: str) -> str | None:
    """Give the column of ratings of a report that a platform reads as its own."""
    try:
        refuse_report(head, file)
    except ReportError as report:
        return report.rating
    return None


@contextmanager
def _on_disk(file: str) -> Iterator[str]:
    """Give a path that opens twice: what is no file is kept in a temporary one."""
    if Path(file).is_file():
        yield file
        return
    with tempfile.NamedTemporaryFile(prefix="stdin.") as kept:
        with sources.opened(file) as stream:
            shutil.copyfileobj(stream, kept)
        kept.flush()
        yield kept.name
