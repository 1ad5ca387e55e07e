"""How well the signals are found: precision and recall against marks made by readers.

`make bench-signals`. A turn counts as found when a signal of the kind fires in it, and
as marked when one of its events is marked. Intervals are Wilson's (1927), 95 %.
"""

from __future__ import annotations

import argparse
import math
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from jauge.model.conversation import Message, Role
from jauge.scorers import build_scorer
from training.data import demand_data, own_chats, public_sets, second_reader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from jauge.scorer import Scorer
    from training.data import Labelled, Part


class Kind(NamedTuple):
    """Signals that together answer to marks; the precision to reach on own-chats."""

    name: str
    signals: tuple[str, ...]
    marks: tuple[str, ...]
    reach: float


KINDS = (
    Kind(
        "thanks + praise", ("user_thanks", "user_praises"), ("thanks", "positive"), 0.85
    ),
    Kind("asks for a person", ("user_asks_for_person",), ("human",), 0.80),
    Kind(
        "bot's failures",
        ("bot_fallback", "bot_unsure", "bot_fails", "bot_repeats", "bot_loops"),
        ("missed", "loop"),
        0.85,
    ),
    Kind(
        "displeasure",
        ("user_angry", "user_insults", "user_complains", "user_corrects"),
        ("negative",),
        0.60,
    ),
    Kind("repeats", ("user_repeats",), ("repeat",), 0.60),
)
_Z = 1.96


class Tally(NamedTuple):
    """Turns found and marked, found only, marked only."""

    both: int = 0
    found: int = 0
    marked: int = 0

    def __add__(self, other: object) -> Tally:
        """Add two tallies."""
        if not isinstance(other, Tally):
            return NotImplemented
        return Tally(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def precision(self) -> float:
        """The share of found turns that are marked."""
        return (
            self.both / (self.both + self.found) if self.both + self.found else math.nan
        )

    @property
    def recall(self) -> float:
        """The share of marked turns that are found."""
        return (
            self.both / (self.both + self.marked)
            if self.both + self.marked
            else math.nan
        )


def wilson(hits: int, count: int) -> tuple[float, float]:
    """Give the 95 % interval of a share.

    >>> [round(bound, 2) for bound in wilson(8, 10)]
    [0.49, 0.94]
    """
    if not count:
        return 0.0, 1.0
    share, spread = hits / count, _Z * _Z / count
    middle = (share + spread / 2) / (1 + spread)
    margin = (
        _Z
        / (1 + spread)
        * math.sqrt(share * (1 - share) / count + spread / (4 * count))
    )
    return middle - margin, middle + margin


def tally(chat: Labelled, found: frozenset[int], marked: frozenset[int]) -> Tally:
    """Compare found and marked events of a conversation turn by turn."""
    from jauge.model.turns import turns_of

    counts = [0, 0, 0]
    for turn in turns_of(chat.conversation.events):
        here = (
            bool(found.intersection(turn.events)),
            bool(marked.intersection(turn.events)),
        )
        if here != (False, False):
            counts[{(True, True): 0, (True, False): 1, (False, True): 2}[here]] += 1
    return Tally(*counts)


def found_by(scorer: Scorer, chat: Labelled) -> dict[str, frozenset[int]]:
    """Give the events at which each kind of signal fires."""
    reading = scorer.read(chat.conversation)
    fired: dict[str, set[int]] = defaultdict(set)
    for signal in scorer.signals(reading, scorer.unavailable(reading)):
        if signal.event is not None:
            fired[signal.name].add(signal.event)
    return {
        kind.name: frozenset().union(*(fired[name] for name in kind.signals))
        for kind in KINDS
    }


def marked_as(kind: Kind, marks: Mapping[str, frozenset[int]]) -> frozenset[int]:
    """Give the events that bear a mark of a kind."""
    return frozenset().union(*(marks[mark] for mark in kind.marks))


Table = dict[tuple[str, str, str], Tally]


def measure(scorer: Scorer, chats: Iterable[Labelled]) -> Table:
    """Tally every kind by language and set."""
    table: Table = defaultdict(Tally)
    for chat in chats:
        found = found_by(scorer, chat)
        for kind in KINDS:
            row = tally(chat, found[kind.name], marked_as(kind, chat.marks))
            table[kind.name, chat.language, chat.set] += row
    return table


def measure_reader(chats: Iterable[Labelled]) -> Table:
    """Tally the second reader of own-chats against its authors."""
    readings = second_reader()
    table: Table = defaultdict(Tally)
    for chat in chats:
        theirs = readings.get(chat.conversation.id)
        if theirs is not None:
            for kind in KINDS:
                row = tally(chat, marked_as(kind, theirs), marked_as(kind, chat.marks))
                table[kind.name, chat.language, chat.set] += row
    return table


def rows(table: Table, reader: Table) -> Iterator[str]:
    """Lay the tables out as Markdown: each set, own-chats pooled, then the macro."""
    yield (
        "| kind | language | set | precision | recall | found | marked"
        " | second reader P / R |"
    )
    yield "|---|---|---|---|---|--:|--:|---|"
    for kind in KINDS:
        for language in ("fr", "en"):
            sets = {
                key[2]: row
                for key, row in table.items()
                if key[:2] == (kind.name, language)
            }
            for name, row in sorted(sets.items()):
                yield _row(
                    kind, language, name, row, reader.get((kind.name, language, name))
                )
            ours = [row for name, row in sets.items() if name.startswith("own")]
            theirs = [
                row for key, row in reader.items() if key[:2] == (kind.name, language)
            ]
            yield _row(
                kind,
                language,
                f"own-chats, all (reach {kind.reach:.2f})",
                sum(ours, Tally()),
                sum(theirs, Tally()),
            )
            macro = [row for row in sets.values() if not math.isnan(row.precision)]
            recall = [row for row in sets.values() if not math.isnan(row.recall)]
            if len(macro) > 1:
                mean = sum(row.precision for row in macro) / len(macro)
                reached = sum(row.recall for row in recall) / len(recall)
                yield (
                    f"| {kind.name} | {language} | macro over {len(macro)} sets"
                    f" | {mean:.2f} | {reached:.2f} | | | |"
                )


def _row(kind: Kind, language: str, name: str, row: Tally, reader: Tally | None) -> str:
    found, marked = row.both + row.found, row.both + row.marked
    cells = [
        kind.name,
        language,
        name,
        _share(row.both, found),
        _share(row.both, marked),
        str(found),
        str(marked),
    ]
    cells.append(f"{reader.precision:.2f} / {reader.recall:.2f}" if reader else "")
    return f"| {' | '.join(cells)} |"


def _share(hits: int, count: int) -> str:
    if not count:
        return "–"
    low, high = wilson(hits, count)
    return f"{hits / count:.2f} [{low:.2f}, {high:.2f}]"


def errors(
    scorer: Scorer, chats: Iterable[Labelled], kind: Kind, *, missed: bool
) -> Iterator[str]:
    """Show the turns where a kind and its marks disagree."""
    for chat in chats:
        found = found_by(scorer, chat)[kind.name]
        marked = marked_as(kind, chat.marks)
        for index, event in enumerate(chat.conversation.events):
            wrong = index in (marked - found if missed else found - marked)
            if wrong and isinstance(event, Message):
                side = "user" if event.role is Role.USER else "bot"
                place = f"{chat.language} {chat.conversation.id}#{index}"
                yield f"{place} {side}: {event.text[:200]!r}"


def main() -> None:
    """Print the tables, or the errors of one kind on the part that is worked on."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=("work", "report"), default="report")
    parser.add_argument("--errors", choices=[kind.name for kind in KINDS])
    parser.add_argument("--missed", action="store_true", help="marked and not found")
    options = parser.parse_args()
    demand_data()
    part: Part = options.part
    chats = [chat for chat in (*own_chats(), *public_sets()) if chat.part == part]
    scorer = build_scorer()
    if options.errors:
        kind = next(kind for kind in KINDS if kind.name == options.errors)
        for line in errors(scorer, chats, kind, missed=options.missed):
            print(line)
        return
    print(f"{scorer.id}, part: {part}, {len(chats)} conversations")
    for line in rows(measure(scorer, chats), measure_reader(chats)):
        print(line)


if __name__ == "__main__":
    main()
