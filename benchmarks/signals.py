"""How well the signals are found: precision, recall and F1 against marks of readers.

`make bench-signals`. A turn counts as found when a signal of the kind fires in it, and
as marked when one of its events is marked. What is learnt is learnt again without the
sector that it is tried on; lists were written on the working part of all sectors, so
the third that they never saw stands by itself. Intervals of F1: bootstrap by
conversation.
"""

from __future__ import annotations

import argparse
import math
import random
from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.chats import print_table
from jauge.model.conversation import Role
from jauge.model.turns import turns_of
from jauge.text.leanings import MISSES
from training.crossfit import Crossfit
from training.data import Labelled, demand_data, own_chats, public_sets, second_reader
from training.strip import text_alone, up_to

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from jauge.scorer import Scorer


class Kind(NamedTuple):
    """Signals that together answer to marks, their head, and the F1 to reach."""

    name: str
    signals: tuple[str, ...]
    marks: tuple[str, ...]
    head: str = ""
    reach: Mapping[str, float] = {}


_FAILURES = (
    "bot_fallback", "bot_unsure", "bot_fails", "bot_repeats", "bot_loops", "bot_misses",
    "bot_asks_again", "bot_wrong_language",
)  # fmt: skip
KINDS = (
    Kind(
        "thanks + positive",
        ("user_thanks", "user_praises"),
        ("thanks", "positive"),
        reach={"fr": 0.76, "en": 0.76},
    ),
    Kind(
        "positive", ("user_praises",), ("positive",), "praises", {"fr": 0.6, "en": 0.6}
    ),
    Kind(
        "human",
        ("user_asks_for_person",),
        ("human",),
        reach={"fr": 0.78, "en": 0.75},
    ),
    Kind(
        "missed + loop", _FAILURES, ("missed", "loop"), MISSES, {"fr": 0.72, "en": 0.75}
    ),
    Kind(
        "negative",
        (
            "user_angry", "user_insults", "user_complains", "user_corrects",
            "user_sarcastic", "user_declines", "user_threatens_to_leave",
        ),
        ("negative",),
        "complains",
        {"fr": 0.6, "en": 0.57},
    ),
    Kind(
        "repeat",
        ("user_repeats", "user_rephrases"),
        ("repeat",),
        "repeats",
        {"fr": 0.58, "en": 0.62},
    ),
    Kind("sarcastic", ("user_sarcastic",), ("sarcastic",), "sarcastic"),
)  # fmt: skip
TEXT_ALONE = Kind(
    "missed + loop, text alone", _FAILURES, ("missed", "loop"), MISSES,
    {"fr": 0.62, "en": 0.64},
)  # fmt: skip
# What each signal by itself answers to, where a mark says the same (what the bot cannot
# do, `bot_fails`, it says itself); one wrong more than one time in five must say
# "probably", one wrong more than two in five may not ship.
SINGLES = {
    "user_thanks": ("thanks", "positive"),
    "user_praises": ("thanks", "positive"),
    "user_asks_for_person": ("human",),
    "bot_fallback": ("missed", "loop"),
    "bot_unsure": ("missed", "loop"),
    "bot_misses": ("missed", "loop"),
    "bot_repeats": ("missed", "loop"),
    "bot_loops": ("missed", "loop"),
    "bot_asks_again": ("missed", "loop"),
    "bot_wrong_language": ("missed", "loop"),
    "user_angry": ("negative",),
    "user_insults": ("negative",),
    "user_complains": ("negative",),
    "user_corrects": ("negative",),
    "user_declines": ("negative",),
    "user_threatens_to_leave": ("negative",),
    "user_shouts": ("negative",),
    "user_sarcastic": ("sarcastic",),
    "user_confused": ("confused", "negative"),
    "user_repeats": ("repeat",),
    "user_rephrases": ("repeat",),
}
_DRAWS = 300
_FEW = 20
_DOUBTFUL, _USELESS = 0.8, 0.6
_PROBABLY = "probabl"


class Tally(NamedTuple):
    """Turns found and marked, found only, marked only."""

    both: int = 0
    found: int = 0
    marked: int = 0

    @property
    def precision(self) -> float:
        """The share of found turns that are marked."""
        return _share(self.both, self.both + self.found)

    @property
    def recall(self) -> float:
        """The share of marked turns that are found."""
        return _share(self.both, self.both + self.marked)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return _share(2 * self.both, 2 * self.both + self.found + self.marked)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else math.nan


def total(tallies: Iterable[Tally]) -> Tally:
    """Add tallies up."""
    rows = list(tallies)
    return Tally(*map(sum, zip(*rows, strict=True))) if rows else Tally()


def tally(chat: Labelled, found: frozenset[int], marked: frozenset[int]) -> Tally:
    """Compare found and marked events of a conversation turn by turn."""
    counts = [0, 0, 0]
    for turn in turns_of(chat.conversation.events):
        here = (
            not found.isdisjoint(turn.events),
            not marked.isdisjoint(turn.events),
        )
        if here != (False, False):
            counts[{(True, True): 0, (True, False): 1, (False, True): 2}[here]] += 1
    return Tally(*counts)


def marked_as(
    names: Iterable[str], marks: Mapping[str, frozenset[int]]
) -> frozenset[int]:
    """Give the events that bear one of the marks."""
    return frozenset().union(*(marks[name] for name in names))


def sets_of(chat: Labelled) -> Iterator[str]:
    """Name the rows that a conversation counts in."""
    if chat.set == "own":
        yield "own-chats"
        if chat.part == "report":
            yield "own-chats, lists unseen"
    elif chat.set == "own-hard":
        yield "own-hard"
    else:
        yield chat.set


class Record(NamedTuple):
    """One conversation: by kind, what lists, the head and both find, and a reader."""

    chat: Labelled
    tallies: Mapping[tuple[str, str], Tally]
    singles: Mapping[str, Tally]


class Measure:
    """Finds the signals of labelled conversations with scorers that never saw them."""

    def __init__(self, crossfit: Crossfit) -> None:
        self._crossfit = crossfit
        self._lists = crossfit.lists_alone()
        self._readings = second_reader()

    def record(self, chat: Labelled) -> Record:
        """Tally all kinds in one conversation."""
        scorer = self._crossfit.scorer(chat)
        both, lists = fired(scorer, chat), fired(self._lists, chat)
        found: dict[tuple[str, str], Tally] = {}
        reader = self._readings.get(chat.conversation.id)
        for kind in KINDS:
            marked = marked_as(kind.marks, chat.marks)
            ways = {
                "lists": events_of(kind.signals, lists),
                "head": leaning_to(kind.head, scorer, chat) if kind.head else None,
                "both": events_of(kind.signals, both),
                "reader": marked_as(kind.marks, reader) if reader else None,
            }
            for way, events in ways.items():
                if events is not None:
                    found[kind.name, way] = tally(chat, events, marked)
        if chat.set == "own":
            marked = marked_as(TEXT_ALONE.marks, chat.marks)
            for way, tried in (("lists", self._lists), ("both", scorer)):
                events = found_in_text_alone(tried, chat)
                found[TEXT_ALONE.name, way] = tally(chat, events, marked)
        singles = {
            name: tally(chat, both.get(name, frozenset()), marked_as(marks, chat.marks))
            for name, marks in SINGLES.items()
        }
        return Record(chat, found, singles)


def fired(scorer: Scorer, chat: Labelled) -> dict[str, frozenset[int]]:
    """Give the events at which each signal fires."""
    reading = scorer.read(chat.conversation)
    found: dict[str, set[int]] = defaultdict(set)
    for signal in scorer.signals(reading, scorer.unavailable(reading)):
        if signal.event is not None:
            found[signal.name].add(signal.event)
    return {name: frozenset(events) for name, events in found.items()}


def events_of(
    names: Iterable[str], found: Mapping[str, frozenset[int]]
) -> frozenset[int]:
    """Give the events at which one of the signals fires."""
    return frozenset().union(*(found.get(name, ()) for name in names))


def leaning_to(head: str, scorer: Scorer, chat: Labelled) -> frozenset[int]:
    """Give the events that a head alone would call."""
    reading = scorer.read(chat.conversation)
    chance = reading.reader.tables.heads.heads[head].chance
    leanings = reading.leanings.at_event[head]
    return frozenset(event for event, leaning in leanings.items() if chance(leaning))


def found_in_text_alone(scorer: Scorer, chat: Labelled) -> frozenset[int]:
    """Find the bot's failures without flags, times, clicks and any reply."""
    plain = text_alone(chat.conversation)
    found: set[int] = set()
    for turn in turns_of(chat.conversation.events):
        if turn.role is Role.BOT:
            part = up_to(plain, turn.events[-1])
            here = fired(scorer, chat._replace(conversation=part))
            found |= events_of(TEXT_ALONE.signals, here).intersection(turn.events)
    return frozenset(found)


def interval(tallies: Sequence[Tally]) -> tuple[float, float]:
    """Give the 95 % interval of F1, drawing conversations again (bootstrap)."""
    drawn = random.Random(0)
    values = sorted(
        value
        for _ in range(_DRAWS)
        if not math.isnan(value := total(drawn.choices(tallies, k=len(tallies))).f1)
    )
    if not values:
        return math.nan, math.nan
    return values[len(values) // 40], values[-1 - len(values) // 40]


def kind_rows(records: Sequence[Record]) -> Iterator[Sequence[str]]:
    """Lay out each kind by language and set."""
    for kind in (*KINDS, TEXT_ALONE):
        for language in ("fr", "en"):
            rows: dict[str, list[Record]] = defaultdict(list)
            for record in records:
                if record.chat.language == language:
                    for name in sets_of(record.chat):
                        rows[name].append(record)
            for name, held in sorted(rows.items(), key=_ours_first):
                yield from _kind_row(kind, language, name, held)


def _ours_first(row: tuple[str, list[Record]]) -> tuple[bool, str]:
    return not row[0].startswith("own"), row[0]


def _kind_row(
    kind: Kind, language: str, name: str, records: Sequence[Record]
) -> Iterator[Sequence[str]]:
    def of(way: str) -> list[Tally]:
        key = kind.name, way
        return [one.tallies[key] for one in records if key in one.tallies]

    both = of("both")
    marked = total(both).both + total(both).marked
    if marked:
        low, high = interval(both)
        reach = kind.reach.get(language) if name == "own-chats" else None
        yield (
            kind.name,
            language,
            name,
            _three(of("lists")),
            _three(of("head")),
            f"{_three(both)} [{low:.2f}, {high:.2f}]",
            f"{reach:.2f}" if reach else "",
            _three(of("reader")),
            str(marked),
        )


def _three(tallies: Sequence[Tally]) -> str:
    if not tallies:
        return ""
    sum_ = total(tallies)
    return " / ".join(
        "–" if math.isnan(one) else f"{one:.2f}"
        for one in (sum_.precision, sum_.recall, sum_.f1)
    )


def single_rows(records: Sequence[Record], scorer: Scorer) -> Iterator[Sequence[str]]:
    """Lay out each signal by itself on own-chats, and whether its words are modest."""
    words = {detector.name: detector.words for detector in scorer.detectors}
    for name, marks in SINGLES.items():
        cells = []
        pooled = Tally()
        for language in ("fr", "en"):
            here = total(
                record.singles[name]
                for record in records
                if record.chat.set.startswith("own")
                and record.chat.language == language
            )
            pooled = total([pooled, here])
            count = here.both + here.found
            cells.append(f"{here.both} of {count}" if count else "–")
        modest = _PROBABLY in words[name]["en"].chip
        precision = pooled.precision
        verdict = ""
        if pooled.both + pooled.found < _FEW:
            verdict = "too few to tell"
        elif precision < _USELESS:
            verdict = "should not ship"
        elif precision < _DOUBTFUL and not modest:
            verdict = 'should say "probably"'
        yield (
            name,
            " + ".join(marks),
            *cells,
            f"{precision:.2f}",
            "probably" if modest else "",
            verdict,
        )


def errors(crossfit: Crossfit, kind: Kind, *, missed: bool) -> Iterator[str]:
    """Show the turns of the working part where a kind and its marks disagree."""
    for chat in (*own_chats(), *public_sets()):
        if chat.part != "work":
            continue
        found = events_of(kind.signals, fired(crossfit.scorer(chat), chat))
        marked = marked_as(kind.marks, chat.marks)
        for turn in turns_of(chat.conversation.events):
            here = found.isdisjoint(turn.events), marked.isdisjoint(turn.events)
            if here == ((True, False) if missed else (False, True)):
                side = "user" if turn.role is Role.USER else "bot"
                text = " / ".join(message.text for _, message in turn.messages)
                place = f"{chat.language} {chat.conversation.id}#{turn.events[0]}"
                yield f"{place} {side}: {text[:200]!r}"


def main() -> None:
    """Print the tables, or the errors of one kind on the part that is worked on."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", choices=[kind.name for kind in KINDS])
    parser.add_argument("--missed", action="store_true", help="marked and not found")
    options = parser.parse_args()
    demand_data()
    crossfit = Crossfit()
    if options.errors:
        kind = next(kind for kind in KINDS if kind.name == options.errors)
        for line in errors(crossfit, kind, missed=options.missed):
            print(line)
        return
    measure = Measure(crossfit)
    records = [measure.record(chat) for chat in (*own_chats(), *public_sets())]
    print_table(
        "Signals against marks: precision / recall / F1",
        "marks | language | set | lists alone | head alone | both [95 % of F1] | reach"
        " | second reader | marked turns",
        kind_rows(records),
    )
    print_table(
        "Each signal by itself, own-chats (hard ones too): right of found",
        "signal | marks | French | English | precision | says | verdict",
        single_rows(records, crossfit.scorer(records[0].chat)),
    )


if __name__ == "__main__":
    main()
