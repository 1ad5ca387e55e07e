"""Tell the language of a text by its most frequent words and its script.

Short chat messages defeat general detectors; a count of function and chat words
(`slt`, `svp`, `thx`) restricted to what matters here does not (`components.md` 3).
"""

from __future__ import annotations

import itertools
from collections import Counter
from typing import TYPE_CHECKING

from jauge.errors import ListError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

READ = ("fr", "en")
"""The languages whose words jauge reads."""

_SCRIPTS = (
    ("el", 0x370, 0x3FF),
    ("ru", 0x400, 0x52F),
    ("he", 0x590, 0x5FF),
    ("ar", 0x600, 0x6FF),
    ("hi", 0x900, 0x97F),
    ("th", 0xE00, 0xE7F),
    ("ja", 0x3040, 0x30FF),
    ("zh", 0x4E00, 0x9FFF),
    ("ko", 0xAC00, 0xD7AF),
)


def primary(tag: str | None) -> str | None:
    """Give the language of a BCP 47 tag without its region.

    >>> primary("fr-CA"), primary("EN_us"), primary(None)
    ('fr', 'en', None)
    """
    if not tag:
        return None
    return tag.replace("_", "-").split("-", 1)[0].lower() or None


def parse_languages(text: str) -> dict[str, tuple[str, ...]]:
    """Read the table word → languages that use it often.

    Raises:
        ListError: a line is not a language and its words.
    """
    table: dict[str, tuple[str, ...]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        language, tab, words = line.partition("\t")
        if not tab:
            msg = f"languages.tsv, line {number}: write language, tab, words."
            raise ListError(msg)
        for word in words.replace("'", " ").split():
            if language in table.get(word, ()):
                continue
            table[word] = (*table.get(word, ()), language)
    return table


def script_of(text: str) -> str | None:
    """Name the language of a text whose letters are mostly not Latin.

    >>> script_of("Где мой заказ?"), script_of("Où est mon colis ?")
    ('ru', None)
    """
    if text.isascii():
        return None
    counts: Counter[str] = Counter()
    letters = 0
    for char, times in Counter(text).items():
        code = ord(char)
        if code < 0x370:  # noqa: PLR2004 - Latin ends here
            letters += times if char.isalpha() else 0
            continue
        for language, first, last in _SCRIPTS:
            if first <= code <= last:
                counts[language] += times
                break
    if not counts:
        return None
    language, count = max(sorted(counts.items()), key=_count)
    # Japanese mixes kana with Chinese signs; any kana tells.
    if language == "zh" and counts["ja"]:
        language = "ja"
    return language if count > letters else None


def _count(pair: tuple[str, int]) -> int:
    return pair[1]


def tell(
    words: Collection[str],
    table: Mapping[str, tuple[str, ...]],
    look_up: Callable[[str], str | None] | None = None,
) -> str | None:
    """Tell the language that uses most of these words; None when none stands out.

    A word that no language uses often counts for the one that `look_up` names.

    >>> tell(["ou", "est", "mon"], {"est": ("fr",), "mon": ("fr",), "ou": ("fr", "pt")})
    'fr'
    """
    owners = map(table.get, words, itertools.repeat(()))
    counts = Counter(itertools.chain.from_iterable(owners))
    if look_up is not None:
        counts.update(filter(None, [look_up(one) for one in words if one not in table]))
    if not counts:
        return None
    best = max(counts.values())
    leaders = sorted(language for language, count in counts.items() if count == best)
    # A tie with a language that we read goes to that one: our users' chats are theirs.
    ours = [language for language in READ if language in leaders]
    if len(ours) == 1:
        return ours[0]
    return leaders[0] if len(leaders) == 1 else None
