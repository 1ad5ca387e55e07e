"""Write what people judged: labels as JSON Lines, cases as YAML."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import msgspec

from jauge.report.review_words import review_words
from jauge.store.labels import all_labels

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jauge.report.wording import Lang
    from jauge.reviewing.cases import Case
    from jauge.store.database import Store

# What JSON leaves as it is and YAML does not take: control characters and the like.
_NOT_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def label_lines(store: Store, who: str | None = None) -> Iterator[bytes]:
    """Give the labels that count, of all people or of one, a JSON object a line.

    `jauge evaluate` and `jauge calibrate` take them as `--ratings`.

    Raises:
        StoreError: the store cannot be read.
    """
    for id_, label in all_labels(store):
        if who is not None and label.who != who:
            continue
        row = {
            "conversation_id": id_,
            "stars": label.stars,
            "reason": label.reason,
            "who": label.who,
            "at": label.at,
            "blind": label.blind,
            "sampled": label.sampled,
            "scorer": label.scorer,
            "value": label.value,
        }
        yield msgspec.json.encode(row) + b"\n"


def case_lines(cases: Iterable[Case], lang: Lang) -> Iterator[str]:
    """Write cases in the shape of `tests/cases/*.yaml`; each names its signal."""
    found = list(cases)
    yield f"# {review_words(lang, 'of_cases')}"
    yield f"# {review_words(lang, 'of_a_case')}"
    for kind, chosen in (
        ("fires", [one for one in found if one.at]),
        ("silent", [one for one in found if not one.at]),
    ):
        yield f"{kind}:" if chosen else f"{kind}: []"
        for case in chosen:
            yield from _case(case)


def _case(case: Case) -> Iterator[str]:
    yield f"  - why: {_yaml(case.why)}"
    yield f"    signal: {_yaml(case.signal)}"
    yield f"    lang: {case.lang}"
    yield "    chat:"
    for line in case.chat:
        yield f"      - {_yaml(line)}"
    if case.at:
        yield f"    at: {_yaml(list(case.at))}"
    if case.lowers:
        yield "    lowers: true"
    for name, fact in case.facts.items():
        yield f"    {name}: {_yaml(fact)}"


def _yaml(value: object) -> str:
    r"""Write a value as JSON does, which YAML reads too.

    >>> _yaml("a\x85b: \U0001f621")
    '"a\\u0085b: 😡"'
    """
    written = json.dumps(value, ensure_ascii=False)
    return _NOT_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", written)
