"""Exports: the rows of a list as a file, as they are filtered and ordered."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from typing import IO, TYPE_CHECKING, BinaryIO, Literal, TypeVar

from litestar import get
from litestar.exceptions import NotFoundException
from litestar.response import Stream

from jauge import forms, tables
from jauge.aside import plain_files
from jauge.batch import Plan
from jauge.redaction.masking import mask
from jauge.redaction.together import masked_score
from jauge.report import export, sheet
from jauge.report.refusals import refusal_in_words
from jauge.service.address import View
from jauge.service.entries import before_agent
from jauge.service.given import Asking, InLang, ThisSite
from jauge.service.pages import lang_of
from jauge.service.site import Site
from jauge.settings import ReadOptions
from jauge.store.refused import refused_records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from jauge.report.wording import Lang
    from jauge.store.kept import Kept


Known = TypeVar("Known", bound=str)
Form = Literal["csv", "xlsx", "parquet", "jsonl"]
Shape = Literal["row", "wide", "long"]
_FORMS: tuple[Form, ...] = ("csv", "xlsx", "parquet", "jsonl")
_SHAPES: tuple[Shape, ...] = ("row", "wide", "long")
_KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
    "jsonl": "application/x-ndjson",
}
_BATCH = 200
_BLOCK = 1 << 16


@get("/{lang:str}/export", sync_to_thread=True)
def exported(lang: InLang, request: Asking, site: ThisSite) -> Stream:
    """Give all rows of a list as a file.

    Personal data are masked, unless the address says `mask=no`.

    Raises:
        NotFoundException: there is no such form or shape.
    """
    spoken = lang_of(lang)
    params = request.query_params.dict()
    form = _one_of(_FORMS, _last(params, "form", "csv"))
    shape = _one_of(_SHAPES, _last(params, "shape", "row"))
    if form is None or shape is None or (shape != "row" and form == "jsonl"):
        raise NotFoundException
    is_masked = _last(params, "mask", "") != "no"
    plan = Plan(
        ReadOptions(timezone=site.settings.zone), site.settings.spec, form, shape,
        lang=spoken, mask=is_masked, for_excel=True, kept_rating=True,
    )  # fmt: skip
    view = View.of(params, site.settings.zone)
    selection = site.select(view.query)
    numbers = selection.numbers(0, selection.total)
    lines = _lines(site, numbers, plan, bot_part=view.query.count_bot_part)
    is_whole = form in ("xlsx", "parquet")
    if is_whole:
        lines = _made(lines, lambda made: forms.shaped(made, plan))
    return _file(f"jauge-conversations.{form}", form, lines)


def _last(params: dict[str, list[str]], name: str, usual: str) -> str:
    return (params.get(name) or [usual])[-1]


def _one_of(known: Sequence[Known], asked: str) -> Known | None:
    return next((one for one in known if one == asked), None)


def _lines(
    site: Site, numbers: Sequence[int], plan: Plan, *, bot_part: bool
) -> Iterator[bytes]:
    """Write some rows after others; a list of any length is never in memory."""
    yield forms.header(plan, bom=True)
    for start in range(0, len(numbers), _BATCH):
        found = site.store.several(numbers[start : start + _BATCH])
        # As in the list: what it counts, it also writes.
        shown = (before_agent(site, one) for one in found) if bot_part else found
        # Each piece that is sent costs a change of threads, so it is one a batch.
        yield b"".join(_line(one, plan) for one in shown)


def _line(kept: Kept, plan: Plan) -> bytes:
    conversation, score = kept.conversation, kept.score
    if score is None:
        return b""
    if plan.to == "jsonl" and plan.mask:
        score = masked_score(conversation, score, plan.lang)
    return forms.encoded(conversation, score, plan, kept.rating)


def _made(
    lines: Iterator[bytes],
    shaped: Callable[[BinaryIO], AbstractContextManager[tables.Sink]],
) -> Iterator[bytes]:
    """Make a file of rows that exists only as a whole, before anything is sent.

    Raises:
        InputError: the disk has no room for it.
    """
    with plain_files():
        made = tempfile.TemporaryFile()  # noqa: SIM115 - closed once it is sent
    try:
        with plain_files(), shaped(made) as sink:
            for line in lines:
                sink.write(line)
        made.seek(0)
    except BaseException:
        with suppress(OSError):  # what could not be written still waits in it
            made.close()
        raise
    return _blocks(made)


def _blocks(made: IO[bytes]) -> Iterator[bytes]:
    with made:
        while block := made.read(_BLOCK):
            yield block


@get("/{lang:str}/not-scored/export", sync_to_thread=True)
def refused(lang: InLang, request: Asking, site: ThisSite) -> Stream:
    """Give all records that could not become conversations as a file.

    Raises:
        NotFoundException: there is no such form.
    """
    spoken = lang_of(lang)
    params = request.query_params.dict()
    form = _one_of(_FORMS, _last(params, "form", "csv"))
    if form is None:
        raise NotFoundException
    is_masked = _last(params, "mask", "") != "no"
    lines = _refused_lines(site, form, spoken, is_masked=is_masked)
    return _file(f"jauge-refused.{form}", form, _as_whole(lines, form, spoken))


def _refused_lines(
    site: Site, form: Form, lang: Lang, *, is_masked: bool
) -> Iterator[bytes]:
    french = lang == "fr"
    for_people = form in ("csv", "xlsx")
    if form == "csv":
        titles = sheet.titles(export.REFUSED_COLUMNS, lang, site.settings.zone)
        yield forms.BOM + export.csv_line(titles, french=french)
    for one in refused_records(site.store):
        record = mask(one.record, lang).text if is_masked else one.record
        reason = refusal_in_words(one.reason, lang) if for_people else one.reason
        cells = (one.file, one.line, one.path, reason, record)
        if form == "csv":
            yield export.csv_line(cells, french=french)
        else:
            yield export.table_line(export.REFUSED_COLUMNS, cells, lists=False)


def _as_whole(lines: Iterator[bytes], form: Form, lang: Lang) -> Iterator[bytes]:
    if form == "xlsx":
        return _made(
            lines, lambda made: tables.workbook(made, export.REFUSED_COLUMNS, lang)
        )
    if form == "parquet":
        return _made(lines, lambda made: tables.parquet(made, export.REFUSED_COLUMNS))
    return lines


def _file(name: str, form: Form, content: Iterator[bytes]) -> Stream:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Stream(content, media_type=_KINDS[form], headers=headers)


HANDLERS = (exported, refused)
