"""What the tests of the page share: making one, and reading it as a browser does."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from docs import words
from jauge.pipeline import scorer_of
from jauge.report import page
from jauge.report.material import Collector, Material, Origin, Rejections
from jauge.report.translations import Translations
from jauge.report.wording import spoken_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jauge.model.conversation import Conversation
    from jauge.report.wording import Locale

VOID = {"meta", "link", "br", "use", "path", "rect", "line", "circle"}
Attributes = dict[str, str | None]


def material_of(found: Iterable[Conversation], most_talks: int = 60) -> Material:
    """Score conversations, and keep what a page shows."""
    scorer = scorer_of()
    collector = Collector(most_talks, Origin(scorer.id, scorer.judge))
    for one in found:
        collector.take(one, scorer.score(one))
    return collector.material(Rejections())


def page_of(
    found: Iterable[Conversation], locale: Locale = "en", most_talks: int = 60
) -> str:
    """Make the page of conversations."""
    return page.page(material_of(found, most_talks), scorer_of(), locale).decode()


def longer(locale: Locale) -> Translations:
    """Make words that nobody speaks: each as long again as 40 % more, and marked."""
    catalog = words.read(locale)
    for message in words.entries(catalog):
        given = message.string
        message.string = (
            stretched(given) if isinstance(given, str) else tuple(map(stretched, given))
        )
    return Translations(catalog, spoken_in(locale))


def stretched(text: str) -> str:
    # The last word grows by as much as a word can, then more words come.
    more = range(math.ceil(0.4 * len(text)))
    return f"⟦{text}{''.join(' ' if at % 8 == 7 else 'ẽ' for at in more)}⟧"


@dataclass
class Element:
    """An element with its attributes, its children, and its text at every depth."""

    tag: str
    attributes: Attributes = field(default_factory=dict)
    children: list[Element] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def classes(self) -> set[str]:
        return set((self.attributes.get("class") or "").split())

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def all(self, tag: str = "", kind: str = "") -> list[Element]:
        """Find what is inside, by tag and class."""
        found = []
        for child in self.children:
            if tag in ("", child.tag) and (not kind or kind in child.classes):
                found.append(child)
            found += child.all(tag, kind)
        return found


class Tree(HTMLParser):
    """Reads a page into elements; fails on one that is not closed in its place."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("root")
        self._open = [self.root]
        self.feed(text)
        self.close()
        assert self._open == [self.root], self._open[-1].tag

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs))
        self._open[-1].children.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open[-1].children.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.pieces.append(data)
