"""Learn the linear heads from labelled messages, and write their tables.

`make train`; needs `requirements/train.txt` and `../shared/data`. Learnt from
own-chats, the public sets that our readers marked (but wmt24-chat-fr, which may not
ship) and the chats of `training/chats`. Each head is a logistic regression on words,
pairs of words and facts (`jauge.text.facts`), with

- one intercept for each set and language, or the only French, our own troubled chats,
  would teach "French = trouble"; what ships has the mean of own-chats' two,
- marked messages weighing up to six times the others, set by set,
- the leanings of earlier steps from models that never saw the sector (stacking, Wolpert
  1992), so that no step trusts the one before more than it may.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import numpy as np
from scipy import sparse
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

from jauge.model.conversation import Role
from jauge.scorers import build_scorer
from jauge.text.facts import BESIDE, Facts
from jauge.text.grams import Grams, grams_of, laid_out, table_of
from jauge.text.heads import FACTS, TABLE, Head, Heads, put_together
from jauge.text.leanings import MISSES, UNREPLIED, Leanings
from jauge.text.phrases import Side
from jauge.text.similarity import ALIKE
from jauge.text.steps import compare
from training.data import demand_data, made_chats, own_chats, public_sets, sector_of
from training.similarity import fit_alike

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from training.data import Labelled

    Numbers = NDArray[np.float64]
    Names = NDArray[np.str_]
    Mask = NDArray[np.bool_]


class Task(NamedTuple):
    """What a head is to find: the marks, the side, and how strongly it is held small.

    `floor`: a message must bear the mark so often, in per cent, to be a signal at all.
    `elsewhere`: what a message of the public sets weighs beside one of our own.
    `only_ours`: only our own chats bear the marks; of the public sets, what is not cold
    shows how the same words are meant.
    """

    head: str
    side: Side
    marks: tuple[str, ...]
    strictness: float
    floor: int = 40
    only_ours: bool = False
    elsewhere: float = 1.0


TASKS = (
    Task(BESIDE, "bot", ("missed", "loop"), 0.3),
    Task("complains", "user", ("negative",), 0.3, floor=50),
    Task("praises", "user", ("positive",), 0.3),
    # Beside booking and small talk, all of it English, little would be left of how
    # customers of shops say in English that they said it before.
    Task("repeats", "user", ("repeat",), 0.4, floor=40, elsewhere=0.1),
    # Only our own chats and the made ones are marked for irony.
    Task("sarcastic", "user", ("sarcastic",), 0.3, only_ours=True, elsewhere=0.1),
    Task(MISSES, "bot", ("missed", "loop"), 0.1, floor=50),
    Task(UNREPLIED, "bot", ("missed", "loop"), 0.1, floor=35),
)
NAMES: dict[Side, tuple[str, ...]] = {
    side: tuple(
        task.head
        for task in TASKS
        if task.side == side and task.head not in (MISSES, UNREPLIED)
    )
    for side in ("user", "bot")
}
LEAST_CHATS = 4
LEAST_MARKS = 3
MOST_WEIGHT = 6.0
LEAST_GRAM = 25
_INTERCEPT = 3.0
_BOT_FACTS = {
    BESIDE: Facts.bot_facts,
    MISSES: Facts.miss_facts,
    UNREPLIED: Facts.unreplied_facts,
}
# What only tells of needs said again; other heads were no better with it.
_OF_REPEATS = frozenset(
    {
        "stressed", "stressed again", "capitals", "echoed", "fallback", "sure",
        "unsure", "number again", "number of the bot", "number new",
    }
)  # fmt: skip
_SIDES = {"user": Role.USER, "bot": Role.BOT}
# Chats that were written to train on.
_MADE = ("made", "both", "again")


class Row(NamedTuple):
    """A message of the customer, or a turn of the bot, as one step sees it.

    It counts as marked when one of the events `marked` is.
    """

    chat: int
    turn: int
    event: int
    marked: tuple[int, ...]
    grams: tuple[str, ...]
    facts: dict[str, int]


@dataclass
class Bench:
    """The labelled chats with their readings; leanings fill in step by step."""

    chats: list[Labelled]
    facts: list[Facts] = field(default_factory=list)

    def __post_init__(self) -> None:
        scorer = build_scorer()
        blank = Learnt(
            {task.head: Head(0, {}) for task in TASKS}, {"user": {}, "bot": {}}
        ).put_together("blank")
        for chat in self.chats:
            reading = scorer.read(chat.conversation)
            leanings = Leanings(reading, blank.heads)
            self.facts.append(Facts(reading, leanings, blank.names["user"]))
        compare([one.leanings for one in self.facts])
        self.folds = np.array([sector_of(chat) for chat in self.chats])
        self.groups = np.array([f"{chat.set} {chat.language}" for chat in self.chats])

    def rows(self, task: Task) -> list[Row]:
        """Give the messages of a side, with the facts that this step can see."""
        return [row for at in range(len(self.chats)) for row in self._rows_of(at, task)]

    def _rows_of(self, chat: int, task: Task) -> Iterable[Row]:
        held = self.facts[chat]
        reading = held.reading
        for at, turn in enumerate(reading.turns):
            if turn.role is not _SIDES[task.side]:
                continue
            if task.side == "bot":
                reads = task.head == BESIDE
                grams = grams_of(held.leanings.words[at]) if reads else []
                facts = _BOT_FACTS[task.head](held, at)
                self._forget_invented(chat, facts)
                yield Row(chat, at, turn.events[0], turn.events, tuple(grams), facts)
                continue
            known = held.user_facts(at)
            self._forget_invented(chat, known)
            for index, message in turn.messages:
                facts = known | held.message_facts(at, index, message)
                if task.head != "repeats":
                    facts = {
                        name: size
                        for name, size in facts.items()
                        if name not in _OF_REPEATS
                    }
                grams = grams_of(reading.texts[index].words)
                yield Row(chat, at, index, (index,), tuple(grams), facts)

    def _forget_invented(self, chat: int, facts: dict[str, int]) -> None:
        """Leave out the confidence of made chats: invented, the label beside it."""
        if self.chats[chat].set == "made":
            facts.pop("unsure", None)
            facts.pop("sure", None)

    def labels(self, rows: Sequence[Row], task: Task) -> Numbers:
        """Say which messages bear a mark of the task."""
        return np.array(
            [
                float(
                    any(
                        not self.chats[row.chat].marks[mark].isdisjoint(row.marked)
                        for mark in task.marks
                    )
                )
                for row in rows
            ]
        )

    def keep(self, rows: Sequence[Row], head: str, values: Numbers) -> None:
        """Keep the leanings of a step for the steps after it."""
        for row, value in zip(rows, values, strict=True):
            leaning = round(1000 * float(value))
            self.facts[row.chat].leanings.put(head, row.turn, row.event, leaning)


class Columns(NamedTuple):
    """The features of all rows: grams first, then facts."""

    values: sparse.csr_matrix
    grams: list[str]
    facts: list[str]


def columns(rows: Sequence[Row]) -> Columns:
    """Lay out the grams that several chats hold, at 2 / √grams, and the facts."""
    holders: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        for gram in row.grams:
            holders[gram].add(row.chat)
    # Numbers are orders, prices and telephones: nothing that holds elsewhere.
    grams = sorted(
        gram
        for gram, chats in holders.items()
        if len(chats) >= LEAST_CHATS and not any(map(str.isdigit, gram))
    )
    facts = sorted({name for row in rows for name in row.facts})
    place = {name: at for at, name in enumerate(grams)}
    fact_place = {name: len(grams) + at for at, name in enumerate(facts)}
    spots: list[int] = []
    values: list[float] = []
    starts = [0]
    for row in rows:
        known = sorted({place[gram] for gram in row.grams if gram in place})
        spots += known
        values += [2 / math.sqrt(len(row.grams) or 1)] * len(known)
        spots += [fact_place[name] for name in row.facts]
        values += [value / 1000 for value in row.facts.values()]
        starts.append(len(spots))
    width = len(grams) + len(facts)
    return Columns(
        sparse.csr_matrix((values, spots, starts), shape=(len(rows), width)),
        grams,
        facts,
    )


class Told(NamedTuple):
    """What is told of each row: its label, the set it has a level with, its weight."""

    labels: Numbers
    groups: Names
    counts: Numbers


def fit(data: Columns, told: Told, task: Task, use: Mask) -> tuple[Numbers, float]:
    """Fit a head on some rows; give the weights of the columns and the constant."""
    labels, groups, counts = told
    names = sorted(set(groups))
    weights = np.zeros(len(labels))
    for name in names:
        here = use & (groups == name)
        marked = labels[here].sum()
        if marked >= LEAST_MARKS:
            plain = here.sum() - marked
            rare = min(plain / marked, MOST_WEIGHT)
            weights[here] = np.where(labels[here] > 0, rare, 1.0) * counts[here]
    seen = weights > 0
    place = np.array([names.index(group) for group in groups])
    ones = np.full(len(labels), _INTERCEPT)
    intercepts = sparse.csr_matrix(
        (ones, place, np.arange(len(labels) + 1)), shape=(len(labels), len(names))
    )
    known = sparse.hstack([data.values, intercepts]).tocsr()[seen]
    model = LogisticRegression(C=task.strictness, solver="liblinear", random_state=0)
    model.fit(known, labels[seen], weights[seen])
    found = model.coef_[0]
    width = data.values.shape[1]
    ours = [found[width + names.index(f"own {code}")] for code in ("fr", "en")]
    constant = model.intercept_[0] + _INTERCEPT * sum(ours) / len(ours)
    return found[:width], float(constant)


Steps = tuple[tuple[int, int], ...]


class Part(NamedTuple):
    """What was learnt from some rows: weights of columns, the constant, the steps."""

    weights: Numbers
    constant: float
    steps: Steps


class Trained(NamedTuple):
    """The weights and steps of a head: `whole` from all rows, and without each fold.

    What is tried on a fold has steps, too, that never saw it.
    """

    data: Columns
    whole: Part
    without: dict[str, Part]


def steps_of(leanings: Numbers, labels: Numbers, floor: int) -> Steps:
    """Measure from which leaning on how many messages bear the mark (isotonic).

    Steps are ten per cent wide, from the floor on.
    """
    curve = IsotonicRegression(out_of_bounds="clip").fit(leanings, labels)
    grid = np.arange(-3000, 6001, 10)
    chances = curve.predict(grid / 1000)
    found = []
    for percent in range(floor, 100, 10):
        reached = np.flatnonzero(chances >= percent / 100)
        if len(reached):
            found.append((int(grid[reached[0]]), percent))
    return tuple(found)


def _told(bench: Bench, rows: Sequence[Row], task: Task) -> tuple[Told, Mask]:
    """Give what is told of rows, and which of them a task may learn from."""
    chats = [row.chat for row in rows]
    folds, groups = bench.folds[chats], bench.groups[chats]
    ours = np.char.startswith(folds, "own") | np.isin(folds, _MADE)
    use = ~np.char.startswith(folds, "wmt24")
    # Irony and praise are too rare in the chats for needs said again: other heads would
    # unlearn both. What was written in both languages taught that head nothing more.
    use &= folds != ("both" if task.head == "repeats" else "again")
    if task.only_ours:
        use &= ours | (bench.labels(rows, task._replace(marks=("negative",))) == 0)
        groups = np.where(ours, groups, "own en")
    counts = np.where(ours, 1.0, task.elsewhere)
    return Told(bench.labels(rows, task), groups, counts), use


def train(bench: Bench) -> dict[str, Trained]:
    """Train all heads in their order, each step on leanings that never saw the fold."""
    found: dict[str, Trained] = {}
    for task in TASKS:
        rows = bench.rows(task)
        data = columns(rows)
        folds = bench.folds[[row.chat for row in rows]]
        told, use = _told(bench, rows, task)
        labels = told.labels
        whole = fit(data, told, task, use)
        fitted = {}
        leanings = data.values @ whole[0] + whole[1]
        for fold in sorted(set(folds[use])):
            out = folds == fold
            fitted[fold] = fit(data, told, task, use & ~out)
            leanings[out] = data.values[out] @ fitted[fold][0] + fitted[fold][1]
        bench.keep(rows, task.head, leanings)
        ours = np.char.startswith(folds, "own")
        steps = {
            fold: steps_of(leanings[seen], labels[seen], task.floor)
            for fold in ("", *fitted)
            for seen in [ours & (folds != fold)]
        }
        without = {fold: Part(*fitted[fold], steps[fold]) for fold in fitted}
        found[task.head] = Trained(data, Part(*whole, steps[""]), without)
        print(
            f"{task.head}: {int(labels[use].sum())} marked of {use.sum()}", flush=True
        )
    return found


class Learnt(NamedTuple):
    """The heads, and what the grams of each side weigh, head by head."""

    heads: dict[str, Head]
    grams: dict[Side, dict[str, tuple[int, ...]]]

    def grams_of(self, side: Side) -> Grams:
        """Give the grams of a side as they are kept."""
        return Grams(NAMES[side], table_of(self.grams[side]))

    def put_together(self, name: str) -> Heads:
        """Make heads that can be asked."""
        grams = {side: laid_out(self.grams_of(side)) for side in NAMES}
        return put_together(self.heads, grams, name)


def learnt(found: dict[str, Trained], fold: str | None = None) -> Learnt:
    """Round the weights to thousandths, of all rows or of those without a fold."""
    heads: dict[str, Head] = {}
    grams: dict[Side, dict[str, tuple[int, ...]]] = {}
    rounded: dict[str, dict[str, int]] = {}
    for task in TASKS:
        data, whole, without = found[task.head]
        weights, constant, steps = without.get(fold, whole) if fold else whole
        numbers = np.rint(1000 * weights).astype(int).tolist()
        width = len(data.grams)
        facts = dict(zip(data.facts, numbers[width:], strict=True))
        heads[task.head] = Head(
            round(1000 * constant),
            {name: one for name, one in facts.items() if one},
            steps,
        )
        rounded[task.head] = dict(zip(data.grams, numbers[:width], strict=True))
    for side, names in NAMES.items():
        table = {}
        for gram in sorted({gram for name in names for gram in rounded[name]}):
            row = tuple(
                weight if abs(weight := rounded[name].get(gram, 0)) >= LEAST_GRAM else 0
                for name in names
            )
            if any(row):
                table[gram] = row
        grams[side] = table
    return Learnt(heads, grams)


def write(found: Learnt) -> None:
    """Write the tables that ship."""
    for side in NAMES:
        grams = found.grams_of(side)
        words = ",\n".join(
            f"{json.dumps(word)}: {msgspec.json.encode(gram).decode()}"
            for word, gram in grams.words.items()
        )
        text = f'{{"names": {json.dumps(grams.names)}, "words": {{\n{words}\n}}}}\n'
        (TABLE / f"{side}.json").write_text(text, "utf-8")
        laid = msgspec.msgpack.encode(laid_out(grams))
        (TABLE / f"{side}.msgpack").write_bytes(laid)
    lines = ["# Made by `make train`: do not edit. Weights in thousandths of log-odds."]
    for name, head in found.heads.items():
        lines += ["", f"[{name}]", f"constant = {head.constant}"]
        lines += [f"steps = {[list(step) for step in head.steps]}", f"[{name}.facts]"]
        lines += [f'"{fact}" = {weight}' for fact, weight in head.facts.items()]
    (TABLE / FACTS).write_text("\n".join(lines) + "\n", "utf-8")


def labelled() -> list[Labelled]:
    """Give all chats that heads learn from or are tried on."""
    return [*own_chats(), *made_chats(), *public_sets()]


def main() -> None:
    """Train and write the heads."""
    demand_data()
    found = learnt(train(Bench(labelled())))
    found.heads[ALIKE] = fit_alike()
    write(found)
    for side, table in found.grams.items():
        print(f"{len(table)} grams of the {side}")


if __name__ == "__main__":
    main()
