"""The address of a view: its question, and how the answer is laid out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from msgspec import Struct
from msgspec.structs import replace

from jauge.columnar.query import Query

SIZES = (25, 50, 100)
COLUMNS = (
    "channel", "department", "language", "bot", "version", "started", "messages",
    "duration", "rating", "handoff", "state", "original",
)  # fmt: skip
_USUAL = (
    "channel",
    "language",
    "started",
    "messages",
    "duration",
    "rating",
    "handoff",
    "original",
)
_MOST_PAGES = 1_000_000


class View(Struct, frozen=True):
    """A question with its page, the rows on one, and the columns that are shown."""

    query: Query = Query()
    page: int = 1
    size: int = SIZES[0]
    columns: tuple[str, ...] = _USUAL

    @classmethod
    def of(cls, params: Mapping[str, Sequence[str]], zone: str) -> View:
        """Read a view from the parameters of an address; what makes no sense is left.

        >>> View.of({"page": ["x"], "size": ["50"]}, "UTC").size
        50
        """
        chosen = tuple(one for one in COLUMNS if one in params.get("columns", ()))
        query = Query.of({**params, **_days(params)})
        return cls(
            query=replace(query, zone=zone),
            page=_number(params, "page", 1, _MOST_PAGES),
            size=_size(params),
            columns=chosen or _USUAL,
        )

    def address(self) -> str:
        """Write the parameters, always in the same order; what is usual is left out."""
        more: list[tuple[str, str]] = []
        if self.columns != _USUAL:
            more += [("columns", one) for one in self.columns]
        if self.size != SIZES[0]:
            more.append(("size", str(self.size)))
        if self.page != 1:
            more.append(("page", str(self.page)))
        # The zone is that of the site: its links say nothing of it.
        parts = (replace(self.query, zone="UTC").address(), urlencode(more))
        return "&".join(part for part in parts if part)

    def asking(self, query: Query) -> View:
        """Give the first page of another question, laid out the same way."""
        return replace(self, query=query, page=1)

    def at(self, page: int) -> View:
        """Give another page."""
        return replace(self, page=page)

    def sized(self, size: int) -> View:
        """Give the first page with another number of rows."""
        return replace(self, size=size, page=1)

    @property
    def start(self) -> int:
        """The place of the first row."""
        return (self.page - 1) * self.size


def list_address(lang: str, view: View) -> str:
    """Write the address of a list.

    >>> list_address("en", View(page=2))
    '/en/conversations?page=2'
    """
    asked = view.address()
    return f"/{lang}/conversations" + (f"?{asked}" if asked else "")


def one_address(lang: str, id_: str, view: View, **more: str) -> str:
    """Write the address of a conversation, and of the list that it stands in.

    >>> one_address("fr", "a b&c", View())
    '/fr/conversation?id=a+b%26c'
    """
    asked = view.at(1).address()
    own = urlencode({"id": id_, **more}, errors="replace")
    return f"/{lang}/conversation?{own}" + (f"&{asked}" if asked else "")


def _days(params: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Make a period of the two days that a form asks for, if there are any."""
    if "from" not in params and "to" not in params:
        return {}
    first, last = ("".join(params.get(name, ())) for name in ("from", "to"))
    return {"period": [f"{first}..{last}"]}


def _number(
    params: Mapping[str, Sequence[str]], name: str, usual: int, most: int
) -> int:
    text = next(iter(params.get(name, ())), "")
    if not (text.isascii() and text.isdigit() and len(text) < 10):  # noqa: PLR2004
        return usual
    return min(max(int(text), 1), most)


def _size(params: Mapping[str, Sequence[str]]) -> int:
    size = _number(params, "size", SIZES[0], SIZES[-1])
    return size if size in SIZES else SIZES[0]
