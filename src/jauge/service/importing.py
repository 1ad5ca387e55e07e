"""Import: a file is dropped or chosen, told in words, and kept only when asked."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

from anyio import to_thread
from litestar import Response, Router, get, post
from litestar.exceptions import HTTPException, NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec.structs import replace

from jauge import sources
from jauge.importers.columns import NAMES
from jauge.importers.table import NEEDED
from jauge.report import doctor
from jauge.report.errors_on_a_page import error_on_a_page
from jauge.report.naming import Naming, field_in_words
from jauge.report.page import chip_of
from jauge.report.refusals import refusal_in_words
from jauge.report.sizes import size_in_words
from jauge.service.choices import Choice, choice_of
from jauge.service.drop import drop_values
from jauge.service.forms import Form, text_of
from jauge.service.given import Asking, InLang, ThisSite
from jauge.service.pages import lang_of, page, typesetter_of
from jauge.service.security import READS_ITSELF, reviewer_of
from jauge.service.uploading import receive

if TYPE_CHECKING:
    from datetime import datetime

    from jauge.diagnosis.findings import Diagnosis
    from jauge.report.wording import Lang
    from jauge.service.jobs import Job
    from jauge.service.site import Site

_SHOWN_LOADS = 50
# Small files are examined and loaded before anybody could look.
_PATIENCE_SECONDS = 1.5
_SAMPLE = "conversations.jsonl"
_TOO_MANY = 429
_NO_FILE = 400


@get("/{lang:str}/import", sync_to_thread=True)
def start(lang: InLang, request: Asking, site: ThisSite) -> Response[bytes]:
    """Show where to drop a file, and what was loaded."""
    return _start(lang_of(lang), request, site)


def _start(
    lang: Lang, request: Asking, site: Site, status: int = 200
) -> Response[bytes]:
    loads = site.store.loads()
    values = {
        "formats": [(one.name, one.words[lang]) for one in sources.importers()],
        "loads": loads[::-1][:_SHOWN_LOADS],
        "loads_more": max(0, len(loads) - _SHOWN_LOADS),
        **drop_values(site, request, lang, is_missing=status == _NO_FILE),
    }
    answer = page(site, request, lang, "import.html", values)
    answer.status_code = status
    return answer


# The token of the form is looked at while its files come in: see `uploading`.
@post("/{lang:str}/import", request_max_body_size=None, opt={READS_ITSELF: True})
async def send(
    lang: InLang, request: Asking, site: ThisSite
) -> Response[bytes] | Redirect:
    """Take files, and begin to examine them; nothing is kept yet.

    Raises:
        HTTPException: as many files wait as may.
    """
    spoken, owner = lang_of(lang), _owner(request, site)
    if site.imports.is_full:
        raise HTTPException(status_code=_TOO_MANY)
    uploads = await receive(
        request, site.imports.spool, site.imports.settings.most_bytes
    )
    if not uploads:
        return await to_thread.run_sync(_start, spoken, request, site, _NO_FILE)
    job = site.imports.take(uploads, owner, Choice(zone=site.settings.zone))
    await to_thread.run_sync(site.imports.wait, job, _PATIENCE_SECONDS)
    return _to(spoken, job)


@get("/{lang:str}/import/{job:str}", sync_to_thread=True)
def one(
    lang: InLang, job: FromPath[str], request: Asking, site: ThisSite
) -> Response[bytes]:
    """Show an import: what its files hold, how far it is, or what became of it."""
    spoken, found = lang_of(lang), _job(job, request, site)
    is_part = request.headers.get("hx-request") == "true"
    name = "import_state.html" if is_part else "import_job.html"
    return page(site, request, spoken, name, _values(site, found, spoken))


def _values(site: Site, job: Job, lang: Lang) -> dict[str, object]:
    naming = _naming(site, lang)
    return {
        "fields": [name for name in NAMES if name not in NEEDED],
        "formats": [(found.name, found.words[lang]) for found in sources.importers()],
        "is_doubtful": any(map(_is_doubtful, job.files)),
        "job": job,
        "settings_of": doctor.settings_of,
        "size": lambda count: size_in_words(count, lang),
        "told": lambda found: list(doctor.facts(_in_words(found, lang), lang, naming)),
        "in_words": lambda error: error_on_a_page(error, lang),
        "why_refused": lambda reason: refusal_in_words(reason, lang),
        "suspects": lambda found: doctor.suspects_in_words(found.suspects, lang),
    }


def _naming(site: Site, lang: Lang) -> Naming:
    """Name things as the other pages do: in words, and days as they write them."""
    typesetter = typesetter_of(site, lang)

    def moment(at: datetime) -> str:
        return f"{typesetter.day(at)}, {typesetter.clock(at)}"

    return Naming(
        channel=typesetter.channel,
        moment=moment,
        role=typesetter.t,
        field=lambda name: field_in_words(name, lang),
        missing=lambda name: field_in_words(name, lang),
        signal=lambda name: chip_of(name, site.scorer, lang),
        reason=lambda name: typesetter.t(f"reason_{name}"),
        who=typesetter.t("import_who", names="{names}"),
    )


def _in_words(found: Diagnosis, lang: Lang) -> Diagnosis:
    """Give a diagnosis whose refusals are told in the words of the reader."""
    told = [
        replace(
            one,
            first=replace(one.first, reason=refusal_in_words(one.first.reason, lang)),
        )
        for one in found.refusals
    ]
    return replace(found, refusals=tuple(told))


def _is_doubtful(file: object) -> bool:
    """Say whether a file leaves open how it is to be read."""
    problem = getattr(file, "problem", None)
    if problem is not None:
        return problem.fault in ("format", "columns", "option")
    found = getattr(file, "diagnosis", None)
    nobody = found is not None and bool(found.roles.get("unknown"))
    return nobody or getattr(file, "is_zoneless", False)


@post("/{lang:str}/import/{job:str}/again", sync_to_thread=True)
def again(
    lang: InLang, job: FromPath[str], request: Asking, site: ThisSite, data: Form
) -> Redirect:
    """Examine the files again, as the person says they are to be read."""
    spoken, found = lang_of(lang), _job(job, request, site)
    site.imports.examine(found, choice_of(data, site.settings.zone))
    site.imports.wait(found, _PATIENCE_SECONDS)
    return _to(spoken, found)


@post("/{lang:str}/import/{job:str}/keep", sync_to_thread=True)
def keep(
    lang: InLang, job: FromPath[str], request: Asking, site: ThisSite, data: Form
) -> Redirect:
    """Load the files; a box says whether another reading takes the place of one."""
    spoken, found = lang_of(lang), _job(job, request, site)
    site.imports.keep(found, replace=text_of(data, "replace") == "1")
    site.imports.wait(found, _PATIENCE_SECONDS)
    return _to(spoken, found)


@post("/{lang:str}/import/{job:str}/stop", sync_to_thread=True)
def stop(lang: InLang, job: FromPath[str], request: Asking, site: ThisSite) -> Redirect:
    """Stop what is being done; what was kept until then stays."""
    spoken, found = lang_of(lang), _job(job, request, site)
    site.imports.stop(found)
    site.imports.wait(found, _PATIENCE_SECONDS)
    return _to(spoken, found)


@post("/{lang:str}/import/{job:str}/discard", sync_to_thread=True)
def discard(
    lang: InLang, job: FromPath[str], request: Asking, site: ThisSite
) -> Redirect:
    """Remove the files; nothing of them is kept."""
    spoken = lang_of(lang)
    site.imports.discard(_job(job, request, site))
    return Redirect(f"/{spoken}/import", status_code=303)


@post("/{lang:str}/import/example", sync_to_thread=True)
def example(lang: InLang, request: Asking, site: ThisSite) -> Redirect:
    """Load the sample conversations, and go to see them."""
    spoken, owner = lang_of(lang), _owner(request, site)
    with as_file(files("jauge.samples").joinpath(_SAMPLE)) as path:
        choice = Choice(zone=site.settings.zone)
        job = site.imports.load_ours("jauge-example.jsonl", Path(path), owner, choice)
        site.imports.wait(job, _PATIENCE_SECONDS * 4)
    if job.state == "done":
        return Redirect(f"/{spoken}/conversations", status_code=303)
    return _to(spoken, job)


def _owner(request: Asking, site: Site) -> str:
    """Name who imports.

    Raises:
        PermissionDeniedException: they may only read.
    """
    return reviewer_of(request, site)


def _job(id_: str, request: Asking, site: Site) -> Job:
    """Find an import of the one who asks.

    Raises:
        NotFoundException: there is none, or it is somebody else's.
    """
    found = site.imports.find(id_, _owner(request, site))
    if found is None:
        raise NotFoundException
    return found


def _to(lang: InLang, job: Job) -> Redirect:
    return Redirect(f"/{lang}/import/{job.id}", status_code=303)


# One path, two methods: registered apart, Litestar would wrap the first one twice.
_BOTH = Router("/", route_handlers=[start, send])
HANDLERS = (_BOTH, one, again, keep, stop, discard, example)
