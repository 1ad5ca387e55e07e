"""How the words of one text sound: the tone of each, and which of them weigh most.

Words that a list tells of by itself have none. « merci » is thanks and “perfect”
praise, with points of their own: their tone would count them a second time. So would
that of “sorry” or “sold out” in an answer of the bot. A goodbye is form: « bonne
journée » wishes well whatever came before. What the list of neutral phrases holds says
nothing: « merci, mais ».
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import islice
from typing import TYPE_CHECKING

from msgspec import Struct

from jauge.text.sentences import sentence_at
from jauge.text.words import WORD

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jauge.text.fold import Folded
    from jauge.text.reader import Phrased

_LISTS = frozenset(
    {
        "user_thanks", "user_accepts", "user_says_goodbye", "user_neutral",
        "user_praises", "user_says_no", "user_angry", "user_insults",
        "bot_apologizes", "bot_fails", "bot_fallback", "bot_lacks",
        "bot_refuses_person", "bot_succeeds",
        "user_confused", "user_corrects", "user_complains", "user_declines",
        "user_threatens_to_leave", "user_waits",
    }
)  # fmt: skip
# A neighbour is shown too when it weighs more than this part of the heaviest word.
_NEIGHBOUR = 4
Heaviest = tuple[int, tuple[int, int]]


class Toned(Struct, gc=False):
    """The tone of each word of a folded text, in thousandths of the spread of turns.

    `total` is their sum; `count` says how many words no list tells of. The weight and
    place of those that sound warmest and coldest are worked out when first asked for.
    """

    text: str
    tones: list[int]
    total: int
    count: int
    warmest: Heaviest | None = None
    coldest: Heaviest | None = None

    def heaviest(self, sign: int) -> Heaviest:
        """Give the warmest word with its neighbours that lean that way, or the coldest.

        Its weight is 0 where no word leans that way.
        """
        found = self.warmest if sign > 0 else self.coldest
        if found is None:
            found = _heaviest(self.text, self.tones, sign)
            if sign > 0:
                self.warmest = found
            else:
                self.coldest = found
        return found


def toned(folded: Folded, tones: list[int], phrases: Iterable[Phrased]) -> Toned:
    """Take the words that lists tell of out of a text whose words have these tones."""
    said = [(one.start, one.end) for one in phrases if one.list in _LISTS]
    if not said:
        return Toned(folded.text, tones, sum(tones), len(tones))
    words = [word.span() for word in WORD.finditer(folded.text)]
    if folded.origin is not None:
        words = [folded.place(*word) for word in words]
    starts, ends = [at for at, _ in words], [to for _, to in words]
    told: set[int] = set()
    for start, end in said:
        told.update(range(bisect_right(ends, start), bisect_left(starts, end)))
    left = [0 if at in told else tone for at, tone in enumerate(tones)]
    return Toned(folded.text, left, sum(left), len(left) - len(told))


def _heaviest(text: str, tones: list[int], sign: int) -> Heaviest:
    weights = tones if sign > 0 else [-tone for tone in tones]
    best = max(weights, default=0)
    if best <= 0:
        return 0, (0, 0)
    first = last = heaviest = weights.index(best)
    least = best // _NEIGHBOUR
    while first and weights[first - 1] > least:
        first -= 1
    while last + 1 < len(weights) and weights[last + 1] > least:
        last += 1
    return best, _place_of(first, heaviest, last, text)


def _place_of(first: int, heaviest: int, last: int, text: str) -> tuple[int, int]:
    """Find words by their numbers, those in the sentence of the heaviest.

    Of "don't" more is shown than the "t".
    """
    # One more is looked at: it may hang on by an apostrophe.
    words = list(islice(WORD.finditer(text), last + 2))
    if first < last:
        start, end = sentence_at(text, words[heaviest].start())
        while words[first].start() < start:
            first += 1
        while words[last].end() > end:
            last -= 1
    while first and text[words[first].start() - 1] == "'":
        first -= 1
    if last + 1 < len(words) and text.startswith("'", words[last].end()):
        last += 1
    return words[first].start(), words[last].end()
