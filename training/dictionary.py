"""All forms of the words of a hunspell dictionary: one suffix and one prefix at most.

Of the format (`man 5 hunspell`) only what word lists need: SFX and PFX rules with their
conditions, flags of one or two characters. Compounds and second suffixes are left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_WORD = re.compile(r"[^\W\d_]+")


class Affix(NamedTuple):
    """One rule: for a word that fits, cut `strip` off its edge and put `add` there."""

    is_prefix: bool
    strip: str
    add: str
    fits: re.Pattern[str]


def forms(folder: Path) -> Iterator[str]:
    r"""Give every form of every word of `index.dic`, in its order, doubles too.

    >>> import tempfile, pathlib
    >>> here = pathlib.Path(tempfile.mkdtemp())
    >>> rules = ["SFX S Y 1", "SFX S 0 s [^s]", "PFX R Y 1", "PFX R 0 re ."]
    >>> _ = (here / "index.aff").write_text("\n".join(rules))
    >>> _ = (here / "index.dic").write_text("2\nfund/SR\nbus\n")
    >>> list(forms(here))
    ['fund', 'funds', 'refund', 'refunds', 'bus']
    """
    rules, size = _affixes((folder / "index.aff").read_text("utf-8"))
    for line in (folder / "index.dic").read_text("utf-8").splitlines()[1:]:
        word, _, flags = line.partition("\t")[0].split(" ")[0].partition("/")
        if not _WORD.fullmatch(word):
            continue
        found = [
            rule
            for start in range(0, len(flags), size)
            for rule in rules[flags[start : start + size]]
        ]
        ends = [word, *_with(word, (rule for rule in found if not rule.is_prefix))]
        yield from ends
        prefixes = [rule for rule in found if rule.is_prefix]
        for form in ends:
            yield from _with(form, prefixes)


def _with(word: str, rules: Iterator[Affix] | list[Affix]) -> Iterator[str]:
    for rule in rules:
        if rule.fits.search(word):
            if rule.is_prefix:
                made = rule.add + word[len(rule.strip) :]
            else:
                made = word[: len(word) - len(rule.strip)] + rule.add
            if _WORD.fullmatch(made):
                yield made


def _affixes(text: str) -> tuple[dict[str, list[Affix]], int]:
    rules: dict[str, list[Affix]] = defaultdict(list)
    for line in text.splitlines():
        cells = line.split()
        if cells[:1] in (["SFX"], ["PFX"]) and len(cells) > 4:
            strip, add = (one.partition("/")[0].replace("0", "") for one in cells[2:4])
            is_prefix = cells[0] == "PFX"
            fits = f"^(?:{cells[4]})" if is_prefix else f"(?:{cells[4]})$"
            rules[cells[1]].append(Affix(is_prefix, strip, add, re.compile(fits)))
    return rules, 2 if re.search(r"^FLAG long", text, re.MULTILINE) else 1
