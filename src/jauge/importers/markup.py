"""Turn HTML, Markdown and SSML into the text that the customer saw."""

from __future__ import annotations

import html
import re

# From a `<` to the next mark of its kind only: a hostile text is read once.
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)([^<>]*)>|<![^<>]*>|<\?[^<>]*>")
# Most texts are one paragraph.
_ALONE = re.compile(r"<(?:p|div)>([^<&]*)</(?:p|div)>")
_ALT = re.compile(r"""\balt\s*=\s*["']([^"']*)["']""")
_HIDDEN = frozenset({"script", "style", "head", "title", "template"})
_BREAKS = frozenset(
    [
        "br",
        "p",
        "div",
        "li",
        "ul",
        "ol",
        "tr",
        "table",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "section",
        "s",
    ]
)
# One blank is as it should be, and most are one.
_BLANKS = re.compile(r"[ \t\u00a0]{2,}|[\t\u00a0]")
_LINES = re.compile(r" ?\n[ \n]*")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,500})\]\([^()\s]{0,2000}\)")
_STARS = re.compile(r"(?<!\w)(\*\*|__|\*|_|~~)(?=\S)([^\n*_~]{1,2000})(?<=\S)\1(?!\w)")
# Without one of these there is nothing to take away; most texts have none.
_MARKED = re.compile(r"[\[`*_~]")
_CODE = re.compile(r"`([^`\n]{1,2000})`")
_LEADING = re.compile(r"^(?:#{1,6}|>|[-*+]) +", re.MULTILINE)


def html_text(body: str) -> str:
    r"""Give the words of HTML or SSML, a line a block; plain text stays as it is.

    >>> html_text("<p>Bonjour&nbsp;!</p><p>Votre <b>colis</b><br>arrive.</p>")
    'Bonjour !\nVotre colis\narrive.'
    >>> html_text("1 < 2 and 3 > 2")
    '1 < 2 and 3 > 2'
    """
    if "<" not in body:
        return tidy(html.unescape(body))
    if alone := _ALONE.fullmatch(body):
        return tidy(alone[1])
    parts: list[str] = []
    place, hidden = 0, ""
    for tag in _TAG.finditer(body):
        if not hidden:
            parts.append(body[place : tag.start()])
            parts.append(_of_tag(tag))
        place = tag.end()
        hidden = _hidden_after(tag, hidden)
    parts.append("" if hidden else body[place:])
    return tidy(html.unescape("".join(parts)))


def _of_tag(tag: re.Match[str]) -> str:
    name = (tag[2] or "").lower()
    if name == "img" and (alt := _ALT.search(tag[3])):
        return alt[1]
    return "\n" if name in _BREAKS else ""


def _hidden_after(tag: re.Match[str], hidden: str) -> str:
    name = (tag[2] or "").lower()
    if hidden:
        return "" if tag[1] and name == hidden else hidden
    return name if name in _HIDDEN and not tag[1] and not tag[3].endswith("/") else ""


def markdown_text(body: str) -> str:
    r"""Give the words of Markdown: no stars, no addresses of links.

    >>> markdown_text("## Suivi\n**Votre colis** : [voir ici](https://x.example/1)")
    'Suivi\nVotre colis : voir ici'
    """
    if not _MARKED.search(body) and not _LEADING.search(body):
        return tidy(body)
    plain = _CODE.sub(r"\1", _LINK.sub(r"\1", _LEADING.sub("", body)))
    return tidy(_STARS.sub(r"\2", plain))


def tidy(body: str) -> str:
    """Make one blank of several, one line end of several, and none at the edges."""
    plain = body.replace("\r", "")
    if "  " in plain or "\t" in plain or "\u00a0" in plain:
        plain = _BLANKS.sub(" ", plain)
    return (_LINES.sub("\n", plain) if "\n" in plain else plain).strip()
