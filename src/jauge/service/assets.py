"""The files that pages need: styles, fonts, the script; named by what is in them."""

from __future__ import annotations

import functools
import hashlib
import re
from importlib.resources import files
from typing import NamedTuple

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

_KINDS = {
    "css": "text/css",
    "js": "text/javascript",
    "svg": "image/svg+xml",
    "woff2": "font/woff2",
}
_PLACES = ("jauge.report", "jauge.service")
_URL = re.compile(r"url\(([\w-]+\.woff2)\)")
# The name changes with the content: a browser may keep it for a year.
_FOREVER = "public, max-age=31536000, immutable"


class Asset(NamedTuple):
    """A file, its name with the hash of its content, and its kind."""

    name: str
    content: bytes
    kind: str


@functools.cache
def assets() -> dict[str, Asset]:
    """Give all files by their plain names."""
    found: dict[str, bytes] = {}
    for place in _PLACES:
        for file in files(place).joinpath("static").iterdir():
            if file.name.rpartition(".")[2] in _KINDS:
                found[file.name] = file.read_bytes()
    made = {name: _asset(name, data) for name, data in found.items()}
    for name, data in found.items():
        if name.endswith(".css"):
            # Its fonts are asked for by their hashed names, too.
            text = _URL.sub(lambda one: f"url({made[one[1]].name})", data.decode())
            made[name] = _asset(name, text.encode())
    return made


def _asset(name: str, content: bytes) -> Asset:
    stem, _, end = name.rpartition(".")
    digest = hashlib.sha256(content).hexdigest()[:12]
    return Asset(f"{stem}.{digest}.{end}", content, _KINDS[end])


def address_of(name: str) -> str:
    """Give where a page finds a file."""
    return f"/static/{assets()[name].name}"


@functools.cache
def _by_address() -> dict[str, Asset]:
    return {asset.name: asset for asset in assets().values()}


@get("/static/{name:str}", sync_to_thread=False, opt={"is_open": True})
def static(name: FromPath[str]) -> Response[bytes]:
    """Give a file.

    Raises:
        NotFoundException: there is none of this name and content.
    """
    asset = _by_address().get(name)
    if asset is None:
        raise NotFoundException
    headers = {"Cache-Control": _FOREVER}
    return Response(asset.content, media_type=asset.kind, headers=headers)
