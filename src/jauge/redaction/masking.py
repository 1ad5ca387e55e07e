"""Mask the personal data of a text in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Literal, NamedTuple

from jauge.redaction import numbers, people, phones, references
from jauge.redaction.found import Found, Kind, merged

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Lang = Literal["fr", "en", "fr-CA", "fr-FR"]
Span = tuple[int, int]
MASKS: Mapping[Kind, tuple[str, str]] = {
    Kind.EMAIL: ("[courriel]", "[e-mail]"),
    Kind.IBAN: ("[IBAN]", "[IBAN]"),
    Kind.NIR: ("[n° de sécurité sociale]", "[social security number]"),
    Kind.CARD: ("[carte]", "[card]"),
    Kind.PHONE: ("[téléphone]", "[phone]"),
    Kind.REFERENCE: ("[référence]", "[reference]"),
    Kind.NAME: ("[nom]", "[name]"),
}
_IN_FRANCE: Mapping[Kind, str] = {Kind.EMAIL: "[e-mail]"}
Finder = Callable[[str], Iterable[Found]]


def _where(sign: str, finder: Finder) -> Finder:
    """Look only where a sign is."""

    def found(text: str) -> Iterable[Found]:
        return finder(text) if sign in text else ()

    return found


# What is found first keeps its place.
_FINDERS: tuple[Finder, ...] = (
    _where("@", people.emails),
    numbers.ibans,
    numbers.social_security,
    numbers.cards,
    people.names,
    references.references_told,
    _where("+", phones.phones_abroad),
    phones.phones,
    phones.phones_told,
    references.references_in_groups,
    references.references,
    _where("#", references.references_marked),
    references.references_alone,
    references.references_long,
)
_MOST_ROUNDS = 9
_MAY_HOLD = re.compile(r"[0-9@]|(?i:my name|je m['’ ]appelle|mon nom)")


class Masked(NamedTuple):
    """A text without its personal data, and where spans of the original now are."""

    text: str
    spans: tuple[Span, ...] = ()


def find(text: str) -> list[Found]:
    """Find personal data, in its order and without overlaps.

    >>> [text[one.start : one.end] for text in ["écrivez à lou@poste.example, merci"]
    ...  for one in find(text)]
    ['lou@poste.example']
    """
    taken: list[Found] = []
    for _ in range(_MOST_ROUNDS):
        # What stands beside a mask may be seen only once the mask is there.
        left = _hidden(text, taken)
        found = _found(left)
        if not found:
            break
        taken = merged(taken, found)
    return taken


def _found(text: str) -> list[Found]:
    found: list[Found] = []
    if _MAY_HOLD.search(text):
        for finder in _FINDERS:
            found = merged(found, finder(text))
    return found


def _hidden(text: str, found: Sequence[Found]) -> str:
    """Put something as long as what was found, and like a mask, in its place."""
    parts: list[str] = []
    at = 0
    for one in found:
        parts += text[at : one.start], "[", "·" * (one.end - one.start - 2), "]"
        at = one.end
    return "".join([*parts, text[at:]])


def _written(kind: Kind, lang: Lang) -> str:
    own = _IN_FRANCE.get(kind) if lang == "fr-FR" else None
    return own or MASKS[kind][lang == "en"]


def mask(text: str, lang: Lang, spans: Iterable[Span] = ()) -> Masked:
    """Put a mask in the place of personal data; spans follow, or become the mask.

    >>> mask("ma commande n° 4521, vite", "fr", [(3, 19), (17, 25)])
    Masked(text='ma commande n° [référence], vite', spans=((3, 26), (15, 32)))
    """
    found = find(text)
    given = tuple(spans)
    if not found:
        return Masked(text, given)
    parts: list[str] = []
    at = 0
    for one in found:
        parts += text[at : one.start], _written(one.kind, lang)
        at = one.end
    parts.append(text[at:])
    return Masked("".join(parts), _moved(given, found, lang))


def _moved(
    spans: Sequence[Span], found: Sequence[Found], lang: Lang
) -> tuple[Span, ...]:
    return tuple(
        (
            _place(start, found, lang, at_end=False),
            _place(end, found, lang, at_end=True),
        )
        for start, end in spans
    )


def _place(at: int, found: Sequence[Found], lang: Lang, *, at_end: bool) -> int:
    """Say where a place now is; one inside a mask goes to the edge of the mask."""
    shift = 0
    for one in found:
        if at <= one.start:
            break
        size = len(_written(one.kind, lang))
        if at < one.end:
            return one.start + shift + (size if at_end else 0)
        shift += size - (one.end - one.start)
    return at + shift
