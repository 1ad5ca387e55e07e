"""Serve a site: one process that listens, until it is told to end."""

from __future__ import annotations

import contextlib
import errno
import gc
import logging
import signal
import socket
import time
import traceback
from typing import TYPE_CHECKING

from jauge.errors import UsageError
from jauge.report.printable import one_line, safe

if TYPE_CHECKING:
    from litestar.types import ASGIApp

_WAITING = 128
_AT_ONCE = 200
_ENDING_SECONDS = 5
_HEADER_BYTES = 32 * 1024
_LINE = "%(asctime)s %(levelname)s %(message)s"
_TIME = "%Y-%m-%dT%H:%M:%SZ"


def listen(host: str, port: int) -> socket.socket:
    """Take a port of this machine; 0 takes any that is free.

    Raises:
        UsageError: another program has it, or there is no such address here.
    """
    try:
        [found, *_] = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        family, _, _, _, address = found
        taken = socket.socket(family, socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        msg = f"--host {host}: no such address on this machine. Usual: 127.0.0.1"
        raise UsageError(msg) from error
    try:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(address)
        taken.listen(_WAITING)
    except OSError as error:
        taken.close()
        raise UsageError(_said(host, port, error)) from error
    return taken


def _said(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"--port {port}: another program has it. Try: --port {port + 1}"
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"--port {port}: not allowed for this user. Try: --port 8765"
    return f"--host {host}: {error.strerror}. Usual: 127.0.0.1"


def address_of(host: str, taken: socket.socket) -> str:
    """Write the address of a site by a name of its host, and the port that it took.

    >>> with listen("127.0.0.1", 0) as taken:
    ...     address_of("::1", taken) == f"http://[::1]:{taken.getsockname()[1]}"
    True
    """
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{taken.getsockname()[1]}"


def serve(app: ASGIApp, taken: socket.socket) -> None:
    """Answer until Ctrl-C or SIGTERM; what is being answered then is ended first."""
    # It is an extra, and slow to load.
    import uvicorn

    settle()

    config = uvicorn.Config(
        app,
        # An address holds ids and what people search for: no log keeps it.
        access_log=False,
        log_config=None,
        server_header=False,
        # Who asks through a proxy is the door's to find out.
        proxy_headers=False,
        http="h11",
        ws="none",
        h11_max_incomplete_event_size=_HEADER_BYTES,
        limit_concurrency=_AT_ONCE,
        timeout_graceful_shutdown=_ENDING_SECONDS,
    )
    kept = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with contextlib.suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[taken])
    finally:
        signal.signal(signal.SIGTERM, kept)


def settle() -> None:
    """Leave what is in memory by now out of all collections: it stays to the end.

    Else each page would wait for looks at what all conversations have there.
    """
    gc.collect()
    gc.freeze()


def keep_log() -> None:
    """Write what happens to standard error, a line each, in UTC."""
    formatter = logging.Formatter(_LINE, _TIME)
    formatter.converter = time.gmtime
    handler = logging.StreamHandler()
    handler.setFormatter(formatter)
    handler.addFilter(_as_shown)
    logging.basicConfig(handlers=[handler], level=logging.WARNING)
    logging.getLogger("jauge").setLevel(logging.INFO)


def _as_shown(record: logging.LogRecord) -> bool:
    """Keep a record on its line; of an error it has the place, but not the words.

    The words of an error can be those of a customer.
    """
    record.msg, record.args = one_line(record.getMessage()), None
    if record.exc_info and record.exc_info[0]:
        kind, _, place = record.exc_info
        frames = "".join(traceback.format_tb(place))
        record.exc_text = safe(f"{frames}{kind.__name__}")
    return True
