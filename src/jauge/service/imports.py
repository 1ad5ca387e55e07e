"""Examine and load what was sent: in the background, one after the other."""

from __future__ import annotations

import functools
import logging
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from jauge.diagnosis import diagnose
from jauge.errors import (
    ColumnsError,
    JaugeError,
    StoppedError,
    StoreError,
    UnknownFormatError,
    UsageError,
)
from jauge.keeping import Given, Plan, load_given
from jauge.service.jobs import BombError, Incoming, Job, Problem
from jauge.service.spool import Spool

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from jauge.scorer import ScorerSpec
    from jauge.service.choices import Choice
    from jauge.service.jobs import Fault, State
    from jauge.service.uploading import Upload
    from jauge.settings import ReadOptions

_log = logging.getLogger("jauge.service")
_STALE_SECONDS = 3600
_PAUSE_SECONDS = 0.02


class ImportSettings(Struct, frozen=True):
    """Limits of what is sent: the bytes of one form, and forms that wait at once."""

    most_bytes: int = 2_000_000_000
    most_jobs: int = 20


class Imports:
    """All imports of a site: one file is loaded at a time, further ones wait."""

    def __init__(
        self,
        db: Path,
        spec: ScorerSpec,
        settings: ImportSettings,
        on_kept: Callable[[], None] = lambda: None,
    ) -> None:
        """Make imports into a store; `on_kept` is called before one counts as done."""
        self.settings, self._on_kept = settings, on_kept
        self.spool = Spool(db)
        self._db, self._spec = db, spec
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()
        self._examiner = ThreadPoolExecutor(1, "jauge-examine")
        self._loader = ThreadPoolExecutor(1, "jauge-load")
        self._timers: set[threading.Timer] = set()

    @property
    def is_full(self) -> bool:
        """Say whether as many imports wait as may."""
        self._drop_stale()
        with self._lock:
            waiting = sum(not job.is_over for job in self._jobs.values())
        return waiting >= self.settings.most_jobs

    @property
    def is_loading(self) -> bool:
        """Say whether conversations are being added just now."""
        with self._lock:
            return any(job.state == "loading" for job in self._jobs.values())

    def take(self, uploads: Sequence[Upload], owner: str, choice: Choice) -> Job:
        """Begin an import: its files are examined."""
        job = self._begin([Incoming(*_parts(one)) for one in uploads], owner, choice)
        self._examiner.submit(self._guarded, job, self._examine)
        return job

    def load_ours(self, name: str, path: Path, owner: str, choice: Choice) -> Job:
        """Load a file of the package itself: nobody needs to be asked about it."""
        file = Incoming(name, path, path.stat().st_size)
        job = self._begin([file], owner, choice)
        job.is_example, job.state = True, "waiting"
        self._loader.submit(self._guarded, job, self._examine_and_load)
        return job

    def _begin(self, files: list[Incoming], owner: str, choice: Choice) -> Job:
        job = Job(owner, files, choice, self.settings.most_bytes)
        with self._lock:
            self._jobs[job.id] = job
        # What nobody comes back to goes by itself.
        timer = threading.Timer(_STALE_SECONDS + 1, self._drop_stale)
        timer.daemon = True
        self._timers = {one for one in self._timers if one.is_alive()} | {timer}
        timer.start()
        return job

    def find(self, id_: str, owner: str) -> Job | None:
        """Find an import of a person; None if there is none."""
        self._drop_stale()
        with self._lock:
            job = self._jobs.get(id_)
        return job if job is not None and job.owner == owner else None

    def examine(self, job: Job, choice: Choice) -> None:
        """Examine the files again, as the person says they are to be read."""
        if self._moves(job, "ready", "examining"):
            job.choice, job.problem = choice, None
            self._examiner.submit(self._guarded, job, self._examine)

    def keep(self, job: Job, *, replace: bool = False) -> None:
        """Load the files, once it is their turn.

        With `replace`, what is read otherwise than it is kept takes its place.
        """
        if job.good and self._moves(job, "ready", "waiting"):
            job.is_replacing = replace
            self._loader.submit(self._guarded, job, self._load)

    def stop(self, job: Job) -> None:
        """Stop what is being done; what was kept until then stays."""
        job.is_stopping = True
        if self._moves(job, "waiting", "stopped"):
            self._drop_files(job)

    def discard(self, job: Job) -> None:
        """Forget an import that is not kept, and remove its files."""
        self.stop(job)
        with self._lock:
            self._jobs.pop(job.id, None)
        if not job.is_at_work:
            self._drop_files(job)

    def wait(self, job: Job, seconds: float) -> None:
        """Wait a little: small files are done before anybody could look."""
        end = time.monotonic() + seconds
        while job.is_at_work and time.monotonic() < end:
            time.sleep(_PAUSE_SECONDS)

    def close(self) -> None:
        """End all: what is being loaded stops, and all files are removed."""
        with self._lock:
            jobs = list(self._jobs.values())
        for job in jobs:
            job.is_stopping = True
        for pool in (self._examiner, self._loader):
            pool.shutdown(cancel_futures=True)
        for timer in self._timers:
            timer.cancel()
        self.spool.close()

    def _moves(self, job: Job, before: str, after: State) -> bool:
        """Change the state of an import, unless somebody else has changed it."""
        with self._lock:
            if job.state != before:
                return False
            job.state, job.touched_at = after, time.monotonic()
            return True

    def _guarded(self, job: Job, work: Callable[[Job], None]) -> None:
        """Do work on an import; whatever happens, it does not stay at work."""
        try:
            work(job)
        except StoppedError:
            job.state = "stopped"
        except JaugeError as error:
            _log.warning("%s", error)
            job.state, job.problem = "failed", Problem("store", str(error))
        except Exception:
            _log.exception("import")
            job.state, job.problem = "failed", Problem("broken")
        job.touched_at = time.monotonic()
        if job.is_over or job.id not in self._jobs:
            self._drop_files(job)

    def _examine(self, job: Job) -> None:
        for file in job.files:
            self._diagnose(job, file)
        job.state = "ready"

    def _diagnose(self, job: Job, file: Incoming) -> None:
        file.diagnosis, file.problem = None, None
        file.read, file.is_zoneless = 0, False
        try:
            options = self._options(job, file)
            file.diagnosis = diagnose(str(file.path), options, self._spec)
            file.total = file.read
        except BombError:
            file.problem = Problem("bomb")
        except StoppedError:
            raise
        except ColumnsError as error:
            told = "" if error.missing else self._told(error, file)
            columns = tuple(filter(str.strip, error.columns))
            file.problem = Problem("columns", told, columns, error.missing)
        except UnknownFormatError:
            file.problem = Problem("format")
        except JaugeError as error:
            is_option = isinstance(error, UsageError)
            fault: Fault = "option" if is_option else "unreadable"
            file.problem = Problem(fault, self._told(error, file))

    @staticmethod
    def _told(error: JaugeError, file: Incoming) -> str:
        """Give what an error says, with the name of the file that the person knows."""
        return str(error).replace(str(file.path), file.name)

    def _options(self, job: Job, file: Incoming) -> ReadOptions:
        return replace(
            job.choice.options(),
            called=file.name,
            on_bytes=functools.partial(job.watch, file),
            on_zoneless=file.tell_zoneless,
        )

    def _examine_and_load(self, job: Job) -> None:
        for file in job.files:
            self._diagnose(job, file)
        self._load(job)

    def _load(self, job: Job) -> None:
        if not self._moves(job, "waiting", "loading"):
            return
        if not self._db.exists():
            # It was deleted while pages of it are served: no new one takes its place.
            msg = f"{self._db}: is no longer there. Put it back, or name another: --db"
            raise StoreError(msg)
        for file in job.good:
            file.read = 0
        # One load: what is in pieces over the files is put together.
        files = [Given(str(one.path), self._options(job, one)) for one in job.good]
        plan = Plan(job.choice.options(), self._spec, replace=job.is_replacing)
        try:
            load_given(files, str(self._db), plan, job.counts)
        finally:
            # Who is told that it is over finds what was kept, stopped or not.
            self._on_kept()
        job.state = "done"

    def _drop_files(self, job: Job) -> None:
        for file in job.files:
            self.spool.drop(file.path)

    def _drop_stale(self) -> None:
        """Forget what nobody touched for an hour."""
        oldest = time.monotonic() - _STALE_SECONDS
        with self._lock:
            stale = [
                job
                for job in self._jobs.values()
                if not job.is_at_work and job.touched_at < oldest
            ]
            for job in stale:
                del self._jobs[job.id]
        for job in stale:
            self._drop_files(job)


def _parts(upload: Upload) -> tuple[str, Path, int]:
    return upload.name, upload.path, upload.size
