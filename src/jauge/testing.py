"""For tests, ours and yours: short conversations, and the promises of every part.

`check_detector` and `check_importer` raise `AssertionError` with the promise broken.
"""

from __future__ import annotations

import io
import pickle
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import msgspec

from jauge.importers.finished import conversations
from jauge.model.conversation import Conversation, Event, Message, Role
from jauge.model.rejected import Rejected
from jauge.pipeline import scorer_of
from jauge.settings import ReadOptions
from jauge.text.language import READ

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jauge.detectors.protocol import Detector
    from jauge.importers.protocol import Importer
    from jauge.model.signal import Signal
    from jauge.text.reading import Reading

_START = datetime(2026, 11, 2, 14, tzinfo=UTC)
_ROLES = frozenset(role.value for role in Role)
_KINDS = ("action", "handoff", "rating", "close")


def conversation(*chat: str | Mapping[str, object], **facts: object) -> Conversation:
    """Make a conversation of short lines.

    A line is `"user: where is my parcel?"`, or a mapping: `{"bot": "Hello", "choices":
    ["Orders"], "fallback": True}` for a message, `{"action": "purchase"}` (of the
    customer), `{"handoff": "refused"}`, `{"rating": 4}` or `{"close": True}`. `at` is
    in seconds from the start. `facts` are fields of the conversation.

    Raises:
        ValueError: a line is none of these.

    >>> chat = conversation("user: hi", {"bot": "Hello!", "at": 3}, language="en")
    >>> chat.events[1].role.value, chat.language
    ('bot', 'en')
    """
    events = [_event(line) for line in chat]
    made = {"id": "-", **facts, "events": events}
    return msgspec.convert(msgspec.to_builtins(made), Conversation)


def _event(line: str | Mapping[str, object]) -> dict[str, object]:
    if isinstance(line, str):
        role, colon, text = line.partition(":")
        if not colon or role not in _ROLES:
            msg = f"{line!r}: write `user: …`, `bot: …`, `agent: …`, or a mapping."
            raise ValueError(msg)
        return {"type": "message", "role": role, "text": text.strip()}
    rest = dict(line)
    at = rest.pop("at", None)
    if isinstance(at, int | float):
        rest["at"] = _START + timedelta(seconds=at)
    elif at is not None:
        rest["at"] = at
    said = next((name for name in rest if name in _ROLES), None)
    if said is not None:
        return {"type": "message", "role": said, "text": rest.pop(said), **rest}
    kind = next((name for name in _KINDS if name in rest), None)
    if kind is None:
        msg = f"{line!r}: no role, action, handoff, rating or close in it."
        raise ValueError(msg)
    value = rest.pop(kind)
    key = {"action": "action", "handoff": "state", "rating": "value"}.get(kind)
    owner = {} if kind in ("handoff", "close") else {"role": "user"}
    return {"type": kind, **owner, **({key: value} if key else {}), **rest}


def reading_of(chat: Conversation) -> Reading:
    """Read a conversation with the default scorer's lists."""
    return scorer_of().read(chat)


def check_detector(detector: Detector, chats: Iterable[Conversation] = ()) -> None:
    """Check that a detector keeps what all detectors promise.

    It is named and worded in both languages, pickles, is pure and repeatable; its
    signals stand inside the conversation, show their words, and have a strength in
    (0, 1], or below zero where `sign` is 0. Tried on odd and hostile conversations, and
    on `chats`.

    Raises:
        AssertionError: a promise is broken; the message says which.
    """
    who, _, what = detector.name.partition("_")
    assert who in ("user", "bot"), f"{detector.name}: write <who>_<what>"
    assert what, f"{detector.name}: write <who>_<what>"
    assert detector.sign in (1, -1, 0), f"{detector.name}: sign is {detector.sign}"
    for language in READ:
        words = detector.words[language]
        assert words.chip, f"{detector.name}: no chip in {language}"
        assert words.line, f"{detector.name}: no line in {language}"
    copy = pickle.loads(pickle.dumps(detector))  # noqa: S301 - our own bytes
    for chat in (*odd_conversations(), *chats):
        before = msgspec.json.encode(chat)
        found = list(detector.find(reading_of(chat)))
        assert list(detector.find(reading_of(chat))) == found, (
            f"{detector.name}: not repeatable"
        )
        assert list(copy.find(reading_of(chat))) == found, (
            f"{detector.name}: changes when pickled"
        )
        assert msgspec.json.encode(chat) == before, (
            f"{detector.name}: changes its input"
        )
        for signal in found:
            _check_signal(signal, detector, chat)


def _check_signal(signal: Signal, detector: Detector, chat: Conversation) -> None:
    name = detector.name
    assert signal.name == name, f"{name}: a signal named {signal.name}"
    size = abs(signal.strength) if detector.sign == 0 else signal.strength
    assert 0 < size <= 1, f"{name}: strength {signal.strength}"
    assert signal.evidence, f"{name}: no evidence"
    if signal.event is None:
        assert signal.span is None, f"{name}: a span without an event"
        return
    assert 0 <= signal.event < len(chat.events), (
        f"{name}: event {signal.event} is outside"
    )
    if signal.span is not None:
        event = chat.events[signal.event]
        assert isinstance(event, Message), (
            f"{name}: a span in something that is no message"
        )
        start, end = signal.span
        assert event.text[start:end] == signal.evidence, (
            f"{name}: the span shows other words"
        )


def check_importer(importer: Importer, sample: bytes, *, conversations: int) -> None:
    """Check that an importer keeps what all importers promise, on one of its files.

    It recognises the sample, gives that many conversations, pickles, and makes of any
    damaged copy a conversation or a `Rejected`, never an exception.

    Raises:
        AssertionError: a promise is broken; the message says which.
    """
    name = importer.name
    assert importer.recognizes(sample[:65536]), f"{name}: does not recognise its sample"
    for language in READ:
        assert importer.words[language], f"{name}: no words in {language}"
    found = _imported(importer, sample)
    good = [one for one in found if isinstance(one, Conversation)]
    assert len(good) == conversations, (
        f"{name}: {len(good)} conversations of {conversations}"
    )
    copied = pickle.loads(pickle.dumps(importer))  # noqa: S301 - our own bytes
    assert _imported(copied, sample) == found
    for damaged in damaged_copies(sample):
        for one in _imported(importer, damaged):
            assert isinstance(one, Conversation | Rejected), (
                f"{name}: gave a {type(one)}"
            )


def _imported(importer: Importer, data: bytes) -> list[Conversation | Rejected]:
    found: list[Conversation | Rejected] = []
    for record in importer.split(io.BytesIO(data), "sample", ReadOptions()):
        if isinstance(record, Rejected):
            found.append(record)
        else:
            found.extend(conversations(importer, record, ReadOptions()))
    return found


def damaged_copies(sample: bytes) -> list[bytes]:
    """Cut, repeat and overwrite a file in fixed ways; its first line stays."""
    head = sample.find(b"\n") + 1
    size = len(sample) - head
    cuts = [sample[: head + size * part // 7] for part in range(7)]
    holes = [
        sample[: head + at] + hole + sample[head + at + len(hole) :]
        for at in range(0, size, max(1, size // 9))
        for hole in (b"\xff\x00", b'"', b"}", b"\n", b"\\", b"1e999", b"null")
    ]
    return [*cuts, *holes, sample + sample[head:]]


def odd_conversations() -> tuple[Conversation, ...]:
    """Give conversations that are empty, odd or hostile, but valid."""
    hostile = (
        "=1+1\x00\x1b[31m\u202e<script>alert(1)</script>" + "a" * 5000 + "🤬" * 300
    )
    many: list[Event] = [
        Message(role=role, text=text)
        for role in (Role.USER, Role.BOT, Role.UNKNOWN, Role.SYSTEM)
        for text in ("", " ", "\n", "?", "merci", hostile, "\ufffd", "e\u0301" * 50)
    ]
    return (
        conversation(),
        conversation("user: hi"),
        conversation("bot: hi"),
        conversation({"close": True}),
        conversation({"handoff": "refused"}, {"handoff": "requested"}, {"rating": -3}),
        conversation(
            {"action": ""},
            {"action": "quick_reply"},
            {"action": "purchase", "target": ""},
        ),
        conversation(
            *["user: allo ??", "bot: Je n'ai pas compris."] * 30, language="fr"
        ),
        conversation(*["bot: ?", "user: no"] * 30, closed=False),
        conversation("user: ¿Dónde está mi pedido?", "bot: No lo sé.", language="es"),
        conversation(
            {"user": "late", "at": 900},
            {"bot": "early", "at": 0},
            {"user": "x", "at": 5},
        ),
        Conversation(id="-", events=tuple(many)),
        Conversation(id="-", events=tuple(reversed(many)), language="fr", closed=False),
    )
