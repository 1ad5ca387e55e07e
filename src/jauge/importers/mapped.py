"""Importer: JSON of any shape, by a mapping file that says where the facts stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from jauge.importers.columns import channel_of, language_of, plain, role_of
from jauge.importers.markup import html_text, markdown_text
from jauge.importers.platform import Format, Page, Platform, Said
from jauge.importers.telling import How, LeftOut, Thread, Told
from jauge.importers.values import Value, id_of, inner, number, part, share
from jauge.mappings import Mapping
from jauge.model.conversation import (
    Action,
    Close,
    Handoff,
    Message,
    Rating,
    Role,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jauge.importers.head import Head
    from jauge.mappings import Other, Place, Rated

_MANY = "[]"
_SYSTEM = Role.SYSTEM


def mapped(mapping: Mapping) -> Platform:
    """Make the importer that a mapping describes."""
    teller = Teller(mapping)
    lists = (mapping.conversations,) if mapping.conversations else ()
    return Platform(
        Format(
            name="mapping",
            page=_PAGE,
            recognise=teller.recognise,
            tell=teller.tell,
            key=teller.key,
            lists=lists,
            layouts=("json", "table"),
        )
    )


class Teller(Struct, frozen=True):
    """Tells conversations as a mapping says; it travels to other processes."""

    mapping: Mapping

    def recognise(self, head: Head) -> float:
        """Say how many of the first records have an id where the mapping has it."""
        lists = filter(None, [self.mapping.conversations])
        return head.share(lambda one: bool(_id(one, self.mapping.id)), tuple(lists))

    def key(self, value: Value) -> str | LeftOut:
        """Give the id of the conversation that a record is, or is a piece of."""
        return _id(value, self.mapping.id)

    def tell(self, values: Sequence[Value], how: How) -> Thread:
        """Tell the messages of the records of one conversation."""
        facts: dict[str, object] = {
            name: next(filter(None, (_id(one, place) for one in values)), "")
            for name, place in self.mapping.conversation.items()
        }
        for name, read in (("channel", channel_of), ("language", language_of)):
            if facts.get(name):
                facts[name] = read(str(facts[name]))
        if self.mapping.closed:
            facts["closed"] = any(_is(one, self.mapping.closed) for one in values)
        return Thread(_id(values[0], self.mapping.id), self._told(values, how), facts)

    def _told(self, values: Sequence[Value], how: How) -> Iterator[Told]:
        for value in values:
            if self.mapping.messages is None:
                yield self._of(value, how)
            else:
                for one in found_at(value, self.mapping.messages + _MANY):
                    if isinstance(one, dict):
                        yield self._of(one, how)
                    else:
                        yield LeftOut("other")
        if self.mapping.rating is not None:
            for value in values:
                yield from _rating(value, self.mapping.rating, how)

    def _of(self, value: Value, how: How) -> Told:
        if self.mapping.skip and _is(value, self.mapping.skip):
            return LeftOut("other")
        for other in self.mapping.events:
            if all(_is(value, {path: told}) for path, told in other.when.items()):
                return self._other(value, other, how)
        return self._message(value, how)

    def _role(self, value: Value, how: How) -> Role:
        written = _id(value, self.mapping.message.role)
        known = self.mapping.roles.get(written) or role_of(written)
        return how.speaker(Role(known), written)

    def _message(self, value: Value, how: How) -> Told:
        said = self.mapping.message
        role = self._role(value, how)
        if role is _SYSTEM:
            return LeftOut("system")
        words = "\n".join(map(str.strip, filter(None, texts_at(value, said.text))))
        return Message(
            role=role,
            text=_READ[self.mapping.markup](words),
            at=how.at(first_at(value, said.at)),
            id=_id(value, said.id) or None,
            choices=tuple(filter(None, texts_at(value, said.choices))),
            intent=_id(value, said.intent) or None,
            confidence=share(first_at(value, said.confidence)),
            fallback=_truth(first_at(value, said.fallback)),
            flow=_id(value, said.flow) or None,
        )

    def _other(self, value: Value, other: Other, how: How) -> Told:
        at = how.at(first_at(value, self.mapping.message.at))
        if other.type == "action":
            target = next(iter(texts_at(value, other.target)), None)
            role = self._role(value, how)
            return Action(role=role, action=other.action, target=target, at=at)
        if other.type == "handoff":
            return Handoff(state=other.state, at=at)
        if other.type == "close":
            return Close(at=at)
        given = number(first_at(value, other.value))
        if given is None:
            return LeftOut("other")
        comment = next(iter(texts_at(value, other.comment)), None)
        return Rating(
            value=given, best=other.best, worst=other.worst, comment=comment, at=at
        )


def _as_written(words: str) -> str:
    return words


_READ = {"plain": _as_written, "html": html_text, "markdown": markdown_text}


def _rating(value: Value, rated: Rated, how: How) -> Iterator[Rating]:
    given = number(first_at(value, rated.value))
    if given is not None:
        yield Rating(
            value=given,
            best=rated.best,
            worst=rated.worst,
            comment=next(iter(texts_at(value, rated.comment)), None),
            at=how.at(first_at(value, rated.at)),
        )


def found_at(value: object, path: str) -> Iterator[object]:
    """Give all that stands at a path: dots between names, `[]` for each of a list.

    JSON inside a string is opened where the path goes on in it.

    >>> list(found_at({"a": [{"b": 1}, {"b": 2}]}, "a[].b"))
    [1, 2]
    >>> list(found_at({"a": '{"b": [7]}'}, "a.b.0"))
    [7]
    """
    before, is_many, rest = path.partition(_MANY)
    found = _at(value, before)
    if not is_many:
        if found is not None:
            yield found
        return
    opened = inner(found) if isinstance(found, str) else found
    for one in opened if isinstance(opened, list) else ():
        yield from found_at(one, rest.removeprefix(".")) if rest else (one,)


def _at(value: object, path: str) -> object:
    if isinstance(value, dict) and path in value:
        return value[path]
    for step in path.split(".") if path else ():
        whole = inner(value) if isinstance(value, str) else value
        is_place = isinstance(whole, list) and step.isdecimal() and len(step) < 10  # noqa: PLR2004 - places are short
        value = part(whole, int(step) if is_place else step)
    return value


def _paths(place: Place | None) -> list[str]:
    return [place] if isinstance(place, str) else place or []


def first_at(value: object, place: Place | None) -> object:
    """Give the first thing at the first path that leads somewhere; else None."""
    return next((one for path in _paths(place) for one in found_at(value, path)), None)


def texts_at(value: object, place: Place | None) -> list[str]:
    """Give the texts at the first path that leads to any; numbers as text."""
    for path in _paths(place):
        told = [id_of(one) for one in found_at(value, path)]
        if any(told):
            return told
    return []


def _id(value: object, place: Place | None) -> str:
    return next(iter(texts_at(value, place)), "")


def _is(value: Value, values: dict[str, str | list[str]]) -> bool:
    """Say whether a value has, at one of the paths, one of the words there."""
    return any(
        _word(one) in ([told] if isinstance(told, str) else told)
        for path, told in values.items()
        for one in found_at(value, path)
    )


def _word(found: object) -> str:
    if isinstance(found, bool):
        return "true" if found else "false"
    return id_of(found)


def _truth(found: object) -> bool | None:
    if isinstance(found, bool):
        return found
    return {"true": True, "1": True, "false": False, "0": False}.get(
        plain(id_of(found))
    )


_PAGE = Page(
    title="Mapping",
    line=Said(
        "du JSON de n’importe quelle forme, par un fichier `--mapping`",
        "JSON of any shape, by a `--mapping` file",
    ),
    export=Said("voir docs/mapping.fr.md", "see docs/mapping.md"),
    carries=Said("ce que le fichier dit", "what the file says"),
    lacks=Said("ce que le fichier ne dit pas", "what the file does not say"),
    checked=True,
)
