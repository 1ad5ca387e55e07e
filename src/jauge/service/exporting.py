"""Exports: the rows of a list as a file, as they are filtered and ordered."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING, Literal, TypeVar

from litestar import get
from litestar.exceptions import NotFoundException
from litestar.response import Stream

from jauge import forms
from jauge.batch import Plan
from jauge.redaction.together import masked_together
from jauge.service.address import View
from jauge.service.given import Asking, InLang, ThisSite
from jauge.service.pages import lang_of
from jauge.service.site import Site
from jauge.settings import ReadOptions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


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
        ReadOptions(), site.settings.spec, form, shape,
        lang=spoken, mask=is_masked, for_excel=True,
    )  # fmt: skip
    view = View.of(params, site.settings.zone)
    selection = site.select(view.query)
    numbers = selection.numbers(0, selection.total)
    lines = _lines(site, numbers, plan)
    name = f"jauge-conversations.{form}"
    return Stream(
        lines if form in ("csv", "jsonl") else _made(lines, plan),
        media_type=_KINDS[form],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _last(params: dict[str, list[str]], name: str, usual: str) -> str:
    return (params.get(name) or [usual])[-1]


def _one_of(known: Sequence[Known], asked: str) -> Known | None:
    return next((one for one in known if one == asked), None)


def _lines(site: Site, numbers: Sequence[int], plan: Plan) -> Iterator[bytes]:
    """Write row after row; a list of any length is never in memory."""
    yield forms.header(plan, bom=True)
    for start in range(0, len(numbers), _BATCH):
        for kept in site.store.several(numbers[start : start + _BATCH]):
            if kept.score is None:
                continue
            conversation, score = kept.conversation, kept.score
            if plan.to == "jsonl" and plan.mask:
                score = masked_together(conversation, score, plan.lang)[1]
            yield forms.encoded(conversation, score, plan)


def _made(lines: Iterator[bytes], plan: Plan) -> Iterator[bytes]:
    """Make a file of rows that exists only as a whole."""
    with tempfile.TemporaryFile() as made:
        with forms.shaped(made, plan) as sink:
            for line in lines:
                sink.write(line)
        made.seek(0)
        while block := made.read(_BLOCK):
            yield block


HANDLERS = (exported,)
