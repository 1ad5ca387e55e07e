"""Learn the tone of words, and fold it into one small number a word and side.

`make train`. Ridge regressions on the vectors of turns (`training/features.py`):

- the customer's tone foretells how raters judged that turn (the four sets of USS),
- the bot's tone foretells how they judged the turn that answers it.

Each row of the vectors' table then has one number: its product with the weights. Sets
are centred by themselves, so no set teaches that its own kind of talk is good or bad.
French has no such ratings: it takes the English weights in the common space, and what
is the same turn in both languages, in the working third of wmt24-chat-fr, should sound
alike.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from jauge.model.conversation import Message, Role
from jauge.scorers import build_scorer
from jauge.text.phrases import SIDES
from jauge.text.tables import load_tables
from jauge.text.tone import TABLE, Tones
from jauge.text.vectors import NAMES, ROWS
from training.crowd import USS, both_sides, rated
from training.data import demand_data, own_chats, part_of
from training.features import vectors_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from numpy.typing import NDArray

    from jauge.model.conversation import Conversation
    from jauge.model.turns import Turn
    from jauge.scorer import Scorer
    from jauge.text.phrases import Side
    from jauge.text.reading import Reading
    from training.crowd import Rated

    Numbers = NDArray[np.float64]
    Rows = tuple[Numbers, Numbers]

# The vectors of turns are this long, on average: weights are held small on that scale.
LENGTH = 177.0
STRICTNESS = 100.0
# How much two sides of a turn that sound unlike weigh beside one wrong rating: each
# turn by itself, and their mean. The customer's turns are rated well, so they are held
# less: more of it orders hard chats worse.
ALIKE = {"user": (2.0, 30.0), "bot": (10.0, 0.0)}
PARALLEL = "wmt24-chat-fr"
# Negations that say how much is missing.
_TELLING = frozenset(
    {
        "rien", "aucun", "aucune", "aucunement", "nul", "nulle", "nullement", "jamais",
        "jamai", "jms", "nothing", "none", "nobody", "never", "nowhere",
    }
)  # fmt: skip
# Turns whose spread is the unit of the table.
_SPREAD_OF = (*USS, "convai2-wild", "star")
_UNIT = 1000
# A set and its twin: the same dialogues, rated by others.
TWINS = {"uss-redial": "ab-redial", "ab-redial": "uss-redial"}


class Sums(NamedTuple):
    """What a ridge regression needs of a set: products and moments, centred."""

    products: Numbers
    moments: Numbers


@dataclass
class ToneBench:
    """The sums of each set and side, and the turns that give the spread.

    `unlike` has the products of what parts the French from the English of a turn,
    weighed.
    """

    sums: Mapping[Side, Mapping[str, Sums]]
    turns: Mapping[Side, Numbers]
    unlike: Mapping[Side, Numbers]

    def weights(self, side: Side, without: Collection[str] = ()) -> Numbers:
        """Learn the weights of a side, some sets left out; one spread of turns is 1."""
        used = [one for name, one in self.sums[side].items() if name not in without]
        products = np.sum([one.products for one in used], axis=0)
        moments = np.sum([one.moments for one in used], axis=0)
        held = STRICTNESS * np.eye(len(moments))
        if PARALLEL not in without:
            held = held + self.unlike[side]
        weights = np.linalg.solve(products + held, moments)
        scaled: Numbers = weights / (self.turns[side] @ weights).std()
        return scaled

    def columns(self, without: Collection[str] = ()) -> dict[Side, list[int]]:
        """Fold the weights into one whole number a row of the vectors' table."""
        rows = np.load(ROWS).astype(float)
        columns: dict[Side, list[int]] = {}
        for side in SIDES:
            tones = np.rint(_UNIT * (rows @ self.weights(side, without))).astype(int)
            if side == "user":
                tones[_plain_negations()] = 0
            columns[side] = tones.tolist()
        return columns

    def tones(self, without: Collection[str] = ()) -> Tones:
        """Make tones that never saw some sets."""
        columns = self.columns(without)
        return Tones(lambda: columns, "tried")


def _quiet() -> frozenset[str]:
    """Give the words that deny a fact: from a customer they are no coldness."""
    words = {
        part
        for language in load_tables().negations.values()
        for word in language
        for part in word.split("'")
    }
    return frozenset(words - _TELLING)


def _plain_negations() -> list[int]:
    """Give the rows of words that deny a fact."""
    quiet = _quiet()
    names = NAMES.read_text("utf-8").split("\n")
    return [at for at, name in enumerate(names) if name in quiet]


def tone_bench() -> ToneBench:
    """Read the rated turns once."""
    scorer = build_scorer()
    sums: dict[Side, dict[str, Sums]] = {side: {} for side in SIDES}
    for name in USS:
        user, bot = _rated_turns(
            [(one, scorer.read(one.conversation)) for one in rated(name)]
        )
        sums["user"][name], sums["bot"][name] = _sums(*user), _sums(*bot)
    chats = [one.conversation for name in _SPREAD_OF for one in rated(name)]
    chats += [chat.conversation for chat in own_chats()]
    said: dict[Side, list[list[str]]] = {side: [] for side in SIDES}
    for chat in chats:
        reading = scorer.read(chat)
        for turn in reading.turns:
            if turn.role in (Role.USER, Role.BOT) and turn.messages:
                side: Side = "user" if turn.role is Role.USER else "bot"
                said[side].append(_words(turn, reading))
    turns = {side: _vectors(texts) for side, texts in said.items()}
    return ToneBench(sums, turns, {side: _unlike(scorer, side) for side in SIDES})


def _unlike(scorer: Scorer, side: Side) -> Numbers:
    """Add up what parts the two sides of the turns that may be worked on."""
    role = Role.USER if side == "user" else Role.BOT
    told: list[list[list[str]]] = [[], []]
    for chats in both_sides(PARALLEL, "train.jsonl.gz"):
        if part_of(chats[0].id, worked_on=False) == "work":
            said = zip(*(_said(scorer, chat, role) for chat in chats), strict=True)
            for pair in said:
                for words, kept in zip(pair, told, strict=True):
                    kept.append(words)
    french, english = (_as_heard(texts, side) for texts in told)
    apart = (french - english) / LENGTH
    each, level = ALIKE[side]
    mean = apart.mean(0)
    products: Numbers = each * apart.T @ apart
    return products + level * len(apart) * np.outer(mean, mean)


def _said(scorer: Scorer, chat: Conversation, role: Role) -> list[list[str]]:
    """Give the words of each message of a side, empty ones too."""
    texts = scorer.read(chat).texts
    return [
        texts[at].words if at in texts else []
        for at, event in enumerate(chat.events)
        if isinstance(event, Message) and event.role is role
    ]


def _as_heard(said: list[list[str]], side: Side) -> Numbers:
    """Give the vectors of texts as the table has them: quiet words only count."""
    quiet = _quiet() if side == "user" else frozenset()
    kept = [[word for word in words if word not in quiet] for words in said]
    counts = [
        (len(few) + 1) / (len(words) + 1) for few, words in zip(kept, said, strict=True)
    ]
    heard: Numbers = _vectors(kept) * np.sqrt(counts)[:, None]
    return heard


def _rated_turns(chats: list[tuple[Rated, Reading]]) -> tuple[Rows, Rows]:
    """Give the customer's rated turns, and the bot's turns just before them."""
    mine: list[list[str]] = []
    before: list[list[str]] = []
    votes: list[float] = []
    later: list[float] = []
    for chat, reading in chats:
        for at, turn in enumerate(reading.turns):
            given = [chat.turns[event] for event in turn.events if event in chat.turns]
            if turn.role is not Role.USER or not given:
                continue
            mine.append(_words(turn, reading))
            votes.append(float(np.mean(given)))
            if at and reading.turns[at - 1].role is Role.BOT:
                before.append(_words(reading.turns[at - 1], reading))
                later.append(votes[-1])
    return (_vectors(mine), np.array(votes)), (_vectors(before), np.array(later))


def _words(turn: Turn, reading: Reading) -> list[str]:
    return [word for index, _ in turn.messages for word in reading.texts[index].words]


def _vectors(said: list[list[str]]) -> Numbers:
    parts = [vectors_of(said[at : at + 1024]) for at in range(0, len(said), 1024)]
    return np.concatenate(parts)


def _sums(vectors: Numbers, votes: Numbers) -> Sums:
    centred = (vectors - vectors.mean(0)) / LENGTH
    target = (votes - votes.mean()) / votes.std()
    return Sums(centred.T @ centred, centred.T @ target)


def main() -> None:
    """Write the table."""
    demand_data()
    columns = tone_bench().columns()
    table = np.array([columns[side] for side in SIDES], np.int16)
    TABLE.parent.mkdir(exist_ok=True)
    np.save(TABLE, table)
    digest = hashlib.sha256(TABLE.read_bytes()).hexdigest()
    print(
        f"tones of {table.shape[1]} rows, {table.min()} to {table.max()}: {digest[:8]}"
    )


if __name__ == "__main__":
    main()
