"""Messages as language models take them, in the shapes of several vendors.

Each call repeats the whole history: `fresh` gives what is new in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jauge.importers.cards import medium_of
from jauge.importers.columns import role_of
from jauge.importers.telling import Kind, LeftOut
from jauge.importers.values import Value, items, part, text
from jauge.model.conversation import Message, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jauge.model.conversation import Medium

ROLES: Mapping[str, Role] = {
    "user": Role.USER,
    "human": Role.USER,
    "humanmessage": Role.USER,
    "assistant": Role.BOT,
    "ai": Role.BOT,
    "aimessage": Role.BOT,
    "aimessagechunk": Role.BOT,
    "model": Role.BOT,
    "gpt": Role.BOT,
    "chatgpt": Role.BOT,
    "bot": Role.BOT,
    "bard": Role.BOT,
    "bing": Role.BOT,
}
"""Who speaks, by the words of several vendors; any other word stays unknown."""
_NO_TURNS: Mapping[str, Kind] = {
    "system": "system",
    "systemmessage": "system",
    "developer": "system",
    "tool": "tool",
    "toolmessage": "tool",
    "function": "tool",
    "functionmessage": "tool",
    "function_call": "tool",
    "function_response": "tool",
    "observation": "tool",
    "tool_call": "tool",
    "tool_response": "tool",
}
_WORDS = frozenset({"", "text", "input_text", "output_text"})
_MEDIA: Mapping[str, str] = {
    "image_url": "image",
    "input_image": "image",
    "image": "image",
    "input_audio": "audio",
    "audio": "audio",
    "video": "video",
    "file": "file",
    "input_file": "file",
    "document": "file",
}
_LISTED = ("messages", "chat_history", "history")
_NAMED = (
    "content", "text", "message", "output", "answer", "response", "completion",
    "input", "query", "question", "prompt",
)  # fmt: skip
_DEEPEST = 6
_INSTRUCTION = LeftOut("system")


def kind_of(word: str) -> Role | LeftOut:
    """Say who speaks, or what is no turn; a word that is not known is no one."""
    # Histories are long: most words are written as we know them.
    plain = word if word in ROLES else word.strip().lower()
    if plain in _NO_TURNS:
        return LeftOut(_NO_TURNS[plain])
    return ROLES.get(plain, Role.UNKNOWN)


def is_message(value: Value) -> bool:
    """Say whether a value names a role and what is said."""
    return bool(_role_word(value)) and ("content" in value or "parts" in value)


def _role_word(value: Value) -> str:
    role = value.get("role")
    return role if role and isinstance(role, str) else text(value, "type")


def said(value: Value) -> Message | LeftOut:
    """Read one message; what only calls a tool, or tells the model how, is no turn.

    >>> said({"role": "user", "content": [{"type": "text", "text": "Bonjour"}]}).text
    'Bonjour'
    """
    role = kind_of(_role_word(value))
    if isinstance(role, LeftOut):
        return role
    # People who speak in the bot's place are known by their name alone.
    name = text(value, "name") if role is Role.BOT else ""
    if name and role_of(name) == "agent":
        role = Role.AGENT
    written, media = _content(value)
    if not (written or media) and role is Role.BOT:
        return LeftOut("tool")
    return Message(role=role, text=written, media=media)


def _content(value: Value) -> tuple[str, tuple[Medium, ...]]:
    content = value.get("content")
    if isinstance(content, str):
        return content.strip(), ()
    found = items(value, "content") or items(value, "parts")
    if len(found) == 1 and found[0].get("type") == "text":
        # As most are.
        return _words(found[0]) or text(value, "refusal"), ()
    words = "\n".join(filter(None, map(_words, found)))
    return words or text(value, "refusal"), tuple(_media(found))


def _words(one: Value) -> str:
    kind = one.get("type") or ""
    if kind == "refusal":
        return text(one, "refusal")
    if not isinstance(kind, str) or kind not in _WORDS:
        return ""
    return text(one, "text") or text(one, "content") or text(one, "text", "value")


def _media(found: Sequence[Value]) -> Iterator[Medium]:
    for one in found:
        kind = one.get("type")
        if not isinstance(kind, str) or kind in _WORDS:
            continue
        if kind in _MEDIA:
            yield medium_of(_MEDIA[kind])
        elif kind in ("blob", "uri"):
            yield medium_of(text(one, "modality") or text(one, "mime_type"))


def messages_in(value: object, alone: Role, depth: int = 0) -> list[Message | LeftOut]:
    """Find the messages in what an application gave to its model, or got from it.

    Words without a role are by `alone`. Nothing is found in what has another shape.
    """
    if isinstance(value, str):
        return [Message(role=alone, text=value.strip())] if value.strip() else []
    if isinstance(value, list):
        return [said(one) for one in items(value) if is_message(one)]
    if not isinstance(value, dict) or depth > _DEEPEST:
        return []
    if is_message(value):
        return [said(value)]
    inside = (messages_in(one, alone, depth + 1) for one in _held(value))
    return next(filter(None, inside), [])


def _held(value: Value) -> Iterator[object]:
    """Give what may hold messages, the likeliest first."""
    yield from (value.get(name) for name in _LISTED)
    yield part(value, "choices", 0, "message")
    yield from (value.get(name) for name in _NAMED)


class History:
    """What has been told of a conversation, against which a history is read.

    >>> history = History()
    >>> one, two = Message(role=Role.USER, text="a"), Message(role=Role.BOT, text="b")
    >>> len(history.fresh([one])), len(history.fresh([one, two])), len(history.told)
    (1, 1, 2)
    """

    def __init__(self) -> None:
        self.told: list[tuple[Role, str]] = []
        self._listed: list[object] = []
        self._read: list[Message | LeftOut | None] = []

    def read(self, value: object, alone: Role) -> list[Message | LeftOut]:
        """Find messages as `messages_in` does; what a call repeats is read once."""
        if not isinstance(value, list):
            return messages_in(value, alone)
        known = _alike(value, self._listed)
        more = (_said_in(one) for one in value[known:])
        self._listed, self._read = value, [*self._read[:known], *more]
        return [one for one in self._read if one is not None]

    def fresh(self, found: Sequence[Message | LeftOut]) -> list[Message]:
        """Give the messages that are new, and count them as told.

        One alone is no history: the same words again are said again. Of a history
        that does not join what was told, the end after the last answer is new.
        """
        messages = [one for one in found if isinstance(one, Message)]
        marks = [(one.role, one.text) for one in messages]
        # A tool that was called is part of a history too; an instruction is none.
        is_history = len(found) - found.count(_INSTRUCTION) > 1
        start = self._joined(marks) if is_history else 0
        if is_history and start == 0 and self.told:
            start = self._after_last_answer(messages)
        self.told.extend(marks[start:])
        return messages[start:]

    def say(self, message: Message) -> None:
        """Count a message as told."""
        self.told.append((message.role, message.text))

    def _joined(self, marks: list[tuple[Role, str]]) -> int:
        """Say how many marks, from the first on, end what was told."""
        told = self.told
        if len(marks) > 1 and all(role is Role.USER for role, _ in marks):
            # Some applications keep what the customer said alone.
            told = [mark for mark in told if mark[0] is Role.USER]
        if told == marks[: len(told)]:
            return len(told)
        return _overlap(told[-len(marks) :], marks)

    def _after_last_answer(self, messages: Sequence[Message]) -> int:
        for place in range(len(messages), 0, -1):
            if messages[place - 1].role is not Role.USER:
                return place
        return 0


def _said_in(value: object) -> Message | LeftOut | None:
    return said(value) if isinstance(value, dict) and is_message(value) else None


def _alike(value: Sequence[object], other: Sequence[object]) -> int:
    """Count the things at the start of two lists that are the same."""
    try:
        if value[: len(other)] == other:
            return len(other)
        pairs = enumerate(zip(value, other, strict=False))
        differs = (place for place, (one, two) in pairs if one != two)
        return next(differs, min(len(value), len(other)))
    except RecursionError:
        # What could just be decoded may be too deep to be compared.
        return 0


def _overlap(told: list[tuple[Role, str]], marks: list[tuple[Role, str]]) -> int:
    """Give the longest start of `marks` that ends `told`, in one pass over each.

    The way of Knuth, Morris and Pratt: `shorter[n]` is the next start to try where the
    one of `n` marks goes no further.
    """
    shorter = [0] * (len(marks) + 1)
    size = 0
    for place in range(1, len(marks)):
        while size and marks[size] != marks[place]:
            size = shorter[size]
        size += marks[size] == marks[place]
        shorter[place + 1] = size
    size = 0
    for mark in told:
        while size and (size == len(marks) or marks[size] != mark):
            size = shorter[size]
        size += bool(marks) and marks[size] == mark
    return size
