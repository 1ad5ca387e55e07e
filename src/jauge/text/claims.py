"""What a sentence claims: not what it asks, sets as a condition, denies or refuses."""

from __future__ import annotations

import functools
import re

from jauge.text.fold import fold
from jauge.text.sentences import sentence_at, sentences_of

_PAUSE = re.compile(r"[,;:—–]| - ")
# "Shall I confirm it?", and « Si besoin, je l'envoie » up to the end.
_OFFERS = re.compile(
    r"\W{0,3}(?:(?:ok|okay|parfait|perfect|great|super|bien|so|alors|et|and)[ ,]{1,2})?"
    r"(?:shall|should|can|could|may|do you|would you|are you|have you|did you"
    r"|voulez|souhaitez|desirez|veux tu|souhaites tu|tu veux|vous voulez|dois je"
    r"|puis je|peux je|est ce que|avez vous|as tu|est il|est elle)\b"
)
_CONDITION = (
    r"\b(?:(?:si|s'ils?(?! (?:vous|te) plait)|if|once|unless|until|when|whenever"
    r"|quand(?! meme)|lorsque|une fois|des que|tant que|in case|au cas ou)\b|lorsqu')"
)
_BEGINS_WITH_CONDITION = re.compile(r"\W{0,3}" + _CONDITION)
_UNDER_CONDITION = re.compile(_CONDITION)
_DENIED = re.compile(
    r"n't\b(?! worry)|\b(?:not|cannot|unable|never|rien n|ne|aucune?)\b|\bn'"
)
# "I can confirm that it is not possible"
_REFUSED = re.compile(
    r"n't\b|\b(?:not|no longer|cannot|unable|refused|declined|rejected|denied"
    r"|pas|impossible|plus possible|aucune?|refusee?s?|rejetee?s?)\b"
)
# “Is that right?” after it: the bot has only understood.
_ASKS_IF_SO = re.compile(
    r"(?:(?:is|are) (?:that|this|it|these|everything|all) "
    r"(?:right|correct|ok|okay|fine|good|accurate)"
    r"|(?:that's |this is )?(?:right|correct)"
    r"|does (?:that|this) (?:sound|look) (?:right|ok|good|correct)|shall i|should i"
    r"|(?:do|can|could|would) you (?:please )?confirm|ok|okay"
    r"|(?:c'est|est ce) (?:bien )?(?:ca|cela|bon|correct|exact|juste)"
    r"|correct|exact|bien (?:ca|cela)|d'accord"
    r"|(?:vous )?(?:me )?confirmez(?: vous)?|je (?:valide|lance|procede|reserve))\b"
)
# What the shop changed of its own is nothing done for the customer.
_OF_OURS = re.compile(
    r"\b(?:our|notre|nos) (?:\w+ ){0,2}"
    r"(?:policy|policies|terms|site|website|app|prices?|menu|hours"
    r"|politique|conditions|application|prix|tarifs?|carte|horaires?)\b"
)


@functools.lru_cache(maxsize=1 << 11)
def is_claimed(text: str, start: int, end: int) -> bool:
    """Say whether a sentence holds what its words at a place say to be so.

    >>> is_claimed("It is confirmed.", 3, 15), is_claimed("If it is confirmed,", 6, 18)
    (True, False)
    >>> is_claimed("Confirming a table for two. Is that right?", 0, 10)
    False
    """
    first, last = sentence_at(text, start)
    before, words, after = (
        fold(part).text for part in (text[first:start], text[start:end], text[end:last])
    )
    clause = _PAUSE.split(before)[-1]
    if _BEGINS_WITH_CONDITION.match(before) or _UNDER_CONDITION.search(clause):
        return False
    if after.rstrip().endswith("?"):
        offers = _OFFERS.match(before + words)
        if offers or not _PAUSE.search(after):
            return False
    if _DENIED.search(clause):
        return False
    if _OF_OURS.search(clause) and ("updated" in words or "a jour" in words):
        return False
    rest = _PAUSE.split(after)[0]
    if "confirm" in words:
        return not (_REFUSED.search(rest) or _asks_if_so(text[last:]))
    return True


def _asks_if_so(text: str) -> bool:
    """Say whether the first sentence of a text asks if it is so."""
    found = next(sentences_of(text), None)
    if found is None:
        return False
    asked = fold(text[slice(*found)]).text
    return asked.endswith("?") and _ASKS_IF_SO.match(asked) is not None
