"""Learn the tone of words, and fold it into one small number a word and side.

`make train`. Ridge regressions on the vectors of turns (`training/features.py`):

- the customer's tone foretells how raters judged that turn (the four sets of USS),
- the bot's tone foretells how they judged the turn that answers it.

Each row of the vectors' table then has one number: its product with the weights. Sets
are centred by themselves, so no set teaches that its own kind of talk is good or bad.
French has no such ratings: it takes the English weights in the common space, and both
sides of chats that exist in both languages are asked to sound alike.

A word keeps its tone as far as sets agree on it, those of emotions among them: what one
set alone says of a word is its subject (a film, an address), not a tone.
"""

from __future__ import annotations

import hashlib
import itertools
import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy import sparse

from jauge.model.conversation import Role
from jauge.scorers import build_scorer
from jauge.text.fold import fold
from jauge.text.phrases import SIDES
from jauge.text.tables import load_tables
from jauge.text.tone import TABLE, Tones
from jauge.text.vectors import NAMES, ROWS, load_vectors
from jauge.text.words import words_of
from training.crowd import USS, rated
from training.data import demand_data, made_chats, own_chats
from training.emotions import FILES, texts_of
from training.features import vectors_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from numpy.typing import NDArray

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
# How much it counts that a turn sounds the same in both languages, beside ratings.
ALIKE = 10.0
# So far may the squared error of a word's mean tone over the sets take it away
# (positive-part James-Stein).
_DOUBT = 2.0
# What sounds the other way in sets of emotions, by a spread of turns, has no tone.
_AGAINST = 1.0
# A tone fainter than this, in spreads of turns, is none; all others are less by it.
_FAINT = 0.1
# Negations that say how much is missing.
_TELLING = frozenset(
    {
        "rien", "aucun", "aucune", "aucunement", "nul", "nulle", "nullement", "jamais",
        "jamai", "jms", "nothing", "none", "nobody", "never", "nowhere",
    }
)  # fmt: skip
# Words without a tone.
_TONELESS = Path(__file__).with_name("toneless.tsv")
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
    """The sums of each set and side, those of emotions, and the turns of each side.

    `parted`: how the two languages part in turns that say the same, squared. `turns`
    has a row a turn: how often it holds each row of the vectors' table, over
    the root of its words.
    """

    sums: Mapping[Side, Mapping[str, Sums]]
    emotions: Mapping[str, Sums]
    parted: Mapping[Side, Numbers]
    turns: Mapping[Side, sparse.csr_matrix]

    def __post_init__(self) -> None:
        self.rows: Numbers = np.load(ROWS).astype(float)
        self._alone = {
            (side, name): self._scaled(side, self.rows @ self._ridge(side, [one]))
            for side in SIDES
            for name, one in {**self.sums[side], **self.emotions}.items()
        }

    def tone(self, side: Side, without: Collection[str] = ()) -> Numbers:
        """Learn the tone of each row of the table, some sets left out."""
        used = {n: one for n, one in self.sums[side].items() if n not in without}
        tone = self.rows @ self._ridge(side, list(used.values()))
        said = np.array([self._alone[side, name] for name in (*used, *self.emotions)])
        felt = np.mean([self._alone[side, name] for name in self.emotions], axis=0)
        tone = tone * _agreed(said) * np.clip(1 + felt * np.sign(tone) / _AGAINST, 0, 1)
        tone = self._scaled(side, tone)
        tone = np.sign(tone) * np.maximum(0, np.abs(tone) - _FAINT)
        return self._scaled(side, tone)

    def _ridge(self, side: Side, used: Sequence[Sums]) -> Numbers:
        products = np.sum([one.products for one in used], axis=0)
        moments = np.sum([one.moments for one in used], axis=0)
        held = products + STRICTNESS * np.eye(len(moments)) + self.parted[side]
        found: Numbers = np.linalg.solve(held, moments)
        return found

    def _scaled(self, side: Side, tone: Numbers) -> Numbers:
        """Let the spread of turns be 1."""
        found: Numbers = tone / (self.turns[side] @ tone).std()
        return found

    def columns(self, without: Collection[str] = ()) -> dict[Side, list[int]]:
        """Fold the tone into one whole number a row of the vectors' table."""
        columns: dict[Side, list[int]] = {}
        for side in SIDES:
            tones = np.rint(_UNIT * self.tone(side, without)).astype(int)
            tones[_rows_of(_toneless(side) | _plain_negations())] = 0
            columns[side] = tones.tolist()
        return columns

    def tones(self, without: Collection[str] = ()) -> Tones:
        """Make tones that never saw some sets."""
        columns = self.columns(without)
        return Tones(lambda: columns, "tried")


def _agreed(said: Numbers) -> Numbers:
    """Say how far sets agree on each word, 0 to 1; `said` has a row a set."""
    mean = said.mean(0)
    error = said.var(0, ddof=1) / len(said)
    found: Numbers = np.clip(1 - _DOUBT * error / np.maximum(mean**2, 1e-12), 0, 1)
    return found


def _toneless(side: Side) -> set[str]:
    """Give the words that no person would point at as warm or cold."""
    lines = _TONELESS.read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    said = [words.split() for of, _, words in rows if of in (side, "both")]
    return set(itertools.chain.from_iterable(said))


def _plain_negations() -> set[str]:
    """Give the words that deny a fact: a vacuum « sans fil » is no coldness."""
    words = {
        part
        for language in load_tables().negations.values()
        for word in language
        for part in word.split("'")
    }
    return words - _TELLING


def _rows_of(words: Collection[str]) -> list[int]:
    names = NAMES.read_text("utf-8").split("\n")
    return [at for at, name in enumerate(names) if name in words]


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
    emotions = {name: _sums(*_felt(list(texts_of(name)))) for name in FILES}
    turns = {side: _bags(said[side]) for side in SIDES}
    return ToneBench(sums, emotions, _parted(scorer), turns)


def _parted(scorer: Scorer) -> dict[Side, Numbers]:
    """Give how the two languages of turns that say the same part, squared."""
    parted: dict[Side, Numbers] = {}
    for side in SIDES:
        role = Role.USER if side == "user" else Role.BOT
        french, english = (
            [
                _words(turn, reading)
                for chat in made_chats()
                if chat.set == "both" and chat.language == language
                for reading in [scorer.read(chat.conversation)]
                for turn in reading.turns
                if turn.role is role
            ]
            for language in ("fr", "en")
        )
        gap = (_vectors(french) - _vectors(english)) / LENGTH
        parted[side] = ALIKE * gap.T @ gap
    return parted


def _felt(texts: list[tuple[str, int]]) -> Rows:
    words = [words_of(fold(text).text) for text, _ in texts]
    return _vectors(words), np.array([float(felt) for _, felt in texts])


def _bags(said: list[list[str]]) -> sparse.csr_matrix:
    """Give how often each turn holds each row, over the root of its words."""
    places_of = load_vectors().places_of
    places = [[at for word in words for at in places_of(word)] for words in said]
    sizes = [1 / math.sqrt(len(words) + 1) for words in said]
    starts = np.cumsum([0, *map(len, places)])
    values = np.repeat(sizes, list(map(len, places)))
    spots = [at for some in places for at in some]
    return sparse.csr_matrix(
        (values, spots, starts), shape=(len(said), len(np.load(ROWS, mmap_mode="r")))
    )


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
