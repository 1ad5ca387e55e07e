"""The style sheet of the page with its fonts inside, and the hash that allows it."""

from __future__ import annotations

import base64
import functools
import hashlib
import re
from importlib.resources import files
from typing import NamedTuple

_FONT = re.compile(r"url\(([\w-]+\.woff2)\)")


class Style(NamedTuple):
    """A style sheet, and its hash as a content security policy names it."""

    text: str
    policy: str


@functools.cache
def style() -> Style:
    """Give the style sheet; fonts are data in it, so that the page is one file."""
    source = files("jauge.report").joinpath("static/report.css").read_text("utf-8")
    text = _FONT.sub(lambda found: f"url({_data(found[1], 'font/woff2')})", source)
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return Style(text, f"sha256-{digest}")


@functools.cache
def icon() -> str:
    """Give the icon in base64."""
    return _base64("icon.svg")


def _data(name: str, kind: str) -> str:
    return f"data:{kind};base64,{_base64(name)}"


def _base64(name: str) -> str:
    content = files("jauge.report").joinpath(f"static/{name}").read_bytes()
    return base64.b64encode(content).decode()
