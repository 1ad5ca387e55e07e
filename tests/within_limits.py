"""Hold a reader to its limits: 2 s, and 200 MB more than before, whatever the file."""

from __future__ import annotations

import re
import signal
import time
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_SECONDS = 2.0
MOST_BYTES = 200 * 1024 * 1024
_PEAK = re.compile(rb"VmHWM:\s+(\d+) kB")
_OWN = Path("/proc/self")


class TooSlow(BaseException):
    """A reader goes on and on; no reader may catch this."""


@contextmanager
def within_limits(data: bytes) -> Iterator[None]:
    """Fail if what is done with a file takes too long, or too much memory.

    Time is the processor's, so a busy machine fails nobody. The file is kept.
    """
    before, started = _peak_from_now(), time.process_time()
    former = signal.signal(signal.SIGPROF, _stop)
    signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
    try:
        yield
        took = time.process_time() - started
        assert took < MOST_SECONDS, f"{took:.1f} s"
        grown = _peak() - before
        assert grown < MOST_BYTES, f"{grown >> 20} MB"
    except BaseException as error:
        with NamedTemporaryFile(prefix="over-limits-", delete=False) as kept:
            kept.write(data)
        error.add_note(f"the file is kept: {kept.name}")
        raise
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, former)


def _stop(*_: object) -> NoReturn:
    msg = f"more than {MOST_SECONDS} s"
    raise TooSlow(msg)


def _peak_from_now() -> int:
    """Forget the peak so far; give what the process holds, in bytes."""
    _OWN.joinpath("clear_refs").write_bytes(b"5")
    return _peak()


def _peak() -> int:
    found = _PEAK.search(_OWN.joinpath("status").read_bytes())
    assert found, "needs /proc, as Linux has it"
    return int(found[1]) * 1024
