"""Signal: the bot asks for something that the customer already gave."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Literal

from msgspec import Struct

from jauge.detectors.protocol import Need, Words
from jauge.model.conversation import BOT, USER
from jauge.model.signal import Dimension, Signal
from jauge.text.given import DATA, PLAIN, answers, codes_of, shown_in
from jauge.text.reader import plain
from jauge.text.sentences import sentence_at, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jauge.model.turns import Turn
    from jauge.text.given import Datum
    from jauge.text.reading import Reading

_SETTLED = ("bot_fails", "bot_rejects_value")


class BotAsksAgain(Struct, frozen=True):
    """An order number, an address or the like is asked for, though it was given.

    What shows by its form (order number, e-mail, telephone, postcode) may have been
    given anywhere before; a name, a date or a size only as the answer to the same
    request. Who shows the value to confirm it, says that it is wrong or not found, or
    wants a new one, asks for good reason.
    """

    longest_evidence: int = 80

    name: ClassVar[str] = "bot_asks_again"
    dimension: ClassVar[Dimension] = Dimension.EASE
    sign: ClassVar[Literal[-1]] = -1
    needs: ClassVar[frozenset[Need]] = frozenset({"words"})
    words: ClassVar[Mapping[str, Words]] = {
        "fr": Words("redemande", "Le bot demande ce que le client a déjà donné."),
        "en": Words("asks again", "The bot asks for what the customer already gave."),
    }

    def find(self, reading: Reading) -> Iterator[Signal]:
        """Give the first request of each turn that needed no answer any more."""
        requests = _requests(reading)
        if not requests:
            return
        given: set[tuple[Datum, str]] = set()
        asked: Mapping[Datum, tuple[int, str]] = {}
        settled = reading.said_at(*_SETTLED)
        for at, turn in enumerate(reading.turns[: max(requests) + 1]):
            if turn.role is USER:
                given.update(_given(reading, turn, asked))
            elif turn.role is BOT:
                asked = requests.get(at, {})
                again = [
                    (index, request)
                    for kind, (index, request) in asked.items()
                    if (kind, "") in given or (kind, plain(request)) in given
                ]
                is_due = again and settled.isdisjoint(turn.events)
                if is_due and not _shows_value(turn, reading.turns[:at]):
                    yield self._signal(reading, *again[0])

    def _signal(self, reading: Reading, index: int, request: str) -> Signal:
        start = reading.text_of(index).index(request)
        end = shortened(request, 0, len(request), self.longest_evidence)
        evidence = request[:end]
        return Signal(self.name, index, evidence, (start, start + len(evidence)))


def _shows_value(turn: Turn, before: Iterable[Turn]) -> bool:
    """Say whether a turn of the bot shows a value that the customer gave."""
    shown = _codes(turn)
    return bool(shown) and any(
        one.role is USER and not shown.isdisjoint(_codes(one)) for one in before
    )


def _codes(turn: Turn) -> set[str]:
    return {code for _, message in turn.messages for code in codes_of(message.text)}


def _requests(reading: Reading) -> dict[int, dict[Datum, tuple[int, str]]]:
    """Give what each bot turn asks for, by its index, each with its sentence."""
    requests: dict[int, dict[Datum, tuple[int, str]]] = {}
    for kind in DATA:
        for said in reading.said.get(f"bot_asks_{kind}", ()):
            text = reading.text_of(said.event)
            start, end = sentence_at(text, said.start)
            if text[end - 1] == "?" or any(
                one.event == said.event and start <= one.start < end
                for one in reading.said.get("bot_requests", ())
            ):
                asked = requests.setdefault(reading.turn_at[said.event], {})
                asked.setdefault(kind, (said.event, text[start:end]))
    return requests


def _given(
    reading: Reading, turn: Turn, asked: Mapping[Datum, tuple[int, str]]
) -> Iterator[tuple[Datum, str]]:
    """Give what a customer's turn gives: a kind, or a kind for one request only.

    A number that answers a request is what was asked for, whatever it looks like.
    """
    wanted = PLAIN.intersection(asked) or PLAIN
    agrees = reading.objections.isdisjoint(turn.events)
    for _, message in turn.messages:
        for kind in shown_in(message.text):
            if kind in wanted:
                yield kind, ""
        for kind, (_, request) in asked.items():
            if agrees and "?" not in message.text and answers(kind, message.text):
                yield kind, plain(request)
