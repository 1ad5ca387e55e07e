"""Which browser somebody uses, in a word or two: all that is kept of what it says."""

from __future__ import annotations

# Who comes first is right: most call themselves what others are, too.
_BROWSERS = (
    (("Edg/", "EdgA/", "EdgiOS/"), "Edge"),
    (("OPR/", "OPT/"), "Opera"),
    (("SamsungBrowser/",), "Samsung Internet"),
    (("Vivaldi/",), "Vivaldi"),
    (("Firefox/", "FxiOS/"), "Firefox"),
    (("Chrome/", "CriOS/", "Chromium/"), "Chrome"),
    (("Safari/",), "Safari"),
    (("curl/",), "curl"),
    (("Wget/",), "Wget"),
    (("python",), "Python"),
)
_SYSTEMS = (
    (("iPhone",), "iPhone"),
    (("iPad",), "iPad"),
    (("Android",), "Android"),
    (("CrOS",), "ChromeOS"),
    (("Windows",), "Windows"),
    (("Macintosh", "Mac OS X"), "macOS"),
    (("Linux", "X11"), "Linux"),
)
_LONGEST = 512


def browser_of(header: str) -> str:
    """Name a browser and its system by a User-Agent header; empty for what we know not.

    The words are ours, whatever the header says: no version, no device, nothing by
    which a person could be recognised.

    >>> browser_of("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0")
    'Firefox, Linux'
    >>> browser_of("<script>")
    ''
    """
    told = header[:_LONGEST]
    found = (_first(_BROWSERS, told), _first(_SYSTEMS, told))
    return ", ".join(filter(None, found))


def _first(table: tuple[tuple[tuple[str, ...], str], ...], told: str) -> str:
    return next((name for marks, name in table if any(m in told for m in marks)), "")
