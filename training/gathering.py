"""All judged conversations as numbers, each seen by a scorer that never saw its set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from jauge.model.conversation import Conversation
from training.crowd import APART, M7, both_sides, rated
from training.data import own_chats, public_sets, sector_of, three_readers
from training.features import Shown, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from training.crossfit import Crossfit
    from training.data import Labelled

Judge = Literal["raters", "reader", "own"]
PARALLEL = {"wmt24-chat-fr": "train.jsonl.gz", "xrisawoz-fr": "dialogues.jsonl.gz"}
# Of the mean of three readers of wmt24-chat-fr.
_WMT_DISSATISFIED = 2.33
_DISSATISFIED = 2


class Seen(NamedTuple):
    """A judged conversation: what is left out with it, and what it shows.

    `judge`: hired raters or customers (`raters`), the careful reader of a public set,
    or the writer of own-chats. `judgement` is on the set's own scale for raters, else 1
    to 5.
    """

    set: str
    language: str
    judge: Judge
    judgement: float
    dissatisfied: bool
    shown: Shown
    conversation: Conversation

    @property
    def group(self) -> str:
        """Name what has a level of its own: a set and language; own-chats is one."""
        name = "own" if self.judge == "own" else self.set
        return f"{name} {self.language} {self.judge}"


def gather(crossfit: Crossfit) -> list[Seen]:
    """Read all judged conversations, each without what was learnt from its set."""
    return [*_raters(crossfit), *_readers(crossfit)]


def _raters(crossfit: Crossfit) -> Iterator[Seen]:
    for name in (*M7, *APART):
        scorer = crossfit.without(name)
        for one in rated(name):
            chat = one.conversation
            found = shown(scorer, chat)
            if found is not None:
                low = one.dissatisfied
                yield Seen(name, "en", "raters", one.judgement, low, found, chat)


def _readers(crossfit: Crossfit) -> Iterator[Seen]:
    yield from read_again(crossfit, (*public_sets(), *own_chats()))


def read_again(
    crossfit: Crossfit,
    chats: Iterable[Labelled],
    less: Callable[[Conversation], Conversation] = lambda chat: chat,
) -> Iterator[Seen]:
    """Read chats that a careful reader judged; `less` may take something away."""
    means = three_readers()
    for chat in chats:
        name = sector_of(chat)
        seen = less(chat.conversation)
        found = shown(crossfit.without(name), seen)
        if found is not None:
            judgement = means.get(found.id, chat.judgement)
            most = _WMT_DISSATISFIED if name.startswith("wmt24") else _DISSATISFIED
            yield Seen(
                name,
                chat.language,
                "own" if chat.set.startswith("own") else "reader",
                judgement,
                judgement <= most,
                found,
                seen,
            )


def two_sides(crossfit: Crossfit, name: str) -> list[tuple[Shown, Shown]]:
    """Give the French and the English side of the chats of a parallel set."""
    scorer = crossfit.without(name)
    pairs = []
    for french, english in both_sides(name, PARALLEL[name]):
        one, other = shown(scorer, french), shown(scorer, english)
        if one is not None and other is not None:
            pairs.append((one, other))
    return pairs
