"""Read a card or template of any platform: its words, its buttons, its media."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jauge.importers.values import Value, items, part, text

if TYPE_CHECKING:
    from jauge.model.conversation import Medium

_WORDS = ("title", "subtitle", "text", "description", "body", "speak")
_HOLDING = ("body", "items", "elements", "cards", "columns", "content", "card", "facts")
_OFFERING = ("buttons", "actions", "options", "quick_replies", "choices", "chips")
_NAMES = ("title", "label", "text", "name", "value")
_DEEPEST = 12


class Card(NamedTuple):
    """What a customer saw of a card: its text, a line a part, and the choices."""

    text: str
    choices: tuple[str, ...]


_NOTHING = Card("", ())


def card_of(value: object) -> Card:
    r"""Read a card: hero, adaptive, carousel, list or buttons.

    >>> card_of({"title": "Colis", "text": "En route", "buttons": [{"title": "Voir"}]})
    Card(text='Colis\nEn route', choices=('Voir',))
    """
    if not value:
        return _NOTHING
    words: list[str] = []
    choices: list[str] = []
    _gather(value, words, choices, 0)
    return Card("\n".join(dict.fromkeys(words)), tuple(dict.fromkeys(choices)))


def _gather(value: object, words: list[str], choices: list[str], depth: int) -> None:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for one in value:
            _gather(one, words, choices, depth + 1)
    if not isinstance(value, dict):
        return
    is_there = value.__contains__
    words.extend(filter(None, [text(value, name) for name in filter(is_there, _WORDS)]))
    for name in filter(is_there, _OFFERING):
        choices.extend(labels(value, name))
    for name in filter(is_there, _HOLDING):
        _gather(value[name], words, choices, depth + 1)


def labels(value: object, *path: str) -> tuple[str, ...]:
    """Give what the customer read on each button of a list.

    >>> labels({"buttons": [{"title": "Oui", "payload": "/yes"}, "Non"]}, "buttons")
    ('Oui', 'Non')
    """
    found = part(value, *path)
    if not isinstance(found, list):
        return ()
    named = (one.strip() if isinstance(one, str) else label(one) for one in found)
    return tuple(filter(None, named))


def label(button: object) -> str:
    """Give what the customer read on a button."""
    for name in _NAMES:
        if written := text(button, name):
            return written
    return ""


def titles(value: object, *path: str) -> dict[str, str]:
    """Give payload → title of the buttons of a list, for clicks that send a payload."""
    return {
        sent: shown
        for button in items(value, *path)
        if (shown := label(button))
        for sent in _sent(button)
    }


def _sent(button: Value) -> list[str]:
    return [
        found for name in ("payload", "value", "id") if (found := text(button, name))
    ]


def medium_of(kind: str) -> Medium:
    """Say which medium a content type or the word of a platform is.

    >>> medium_of("image/png"), medium_of("sticker"), medium_of("application/pdf")
    ('image', 'image', 'file')
    """
    start = kind.lower().partition("/")[0]
    return _MEDIA.get(start, "card" if ".card." in kind else "file")


def media_of(files: object, kind: str) -> tuple[Medium, ...]:
    """Give the medium of each file of a list; `kind` names what a file says it is.

    >>> media_of([{"type": "video/mp4"}, {}], "type"), media_of(None, "type")
    (('video', 'file'), ())
    """
    return tuple([medium_of(text(one, kind)) for one in items(files)]) if files else ()


_MEDIA: dict[str, Medium] = {
    "image": "image",
    "photo": "image",
    "sticker": "image",
    "gif": "image",
    "audio": "audio",
    "voice": "audio",
    "video": "video",
    "location": "location",
    "card": "card",
    "template": "card",
    "carousel": "card",
}
