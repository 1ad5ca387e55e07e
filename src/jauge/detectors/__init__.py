"""The built-in detectors: one file a signal, one row where only data differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jauge.detectors import (
    actions,
    bot_phrases,
    bot_repeats,
    own_words,
    tones,
    user_phrases,
)
from jauge.detectors.bot_asks_again import BotAsksAgain
from jauge.detectors.bot_dead_end import BotDeadEnd
from jauge.detectors.bot_fallback import BotFallback
from jauge.detectors.bot_helps_at_once import BotHelpsAtOnce
from jauge.detectors.bot_misses import BotMisses
from jauge.detectors.bot_refuses_person import BotRefusesPerson
from jauge.detectors.bot_silent import BotSilent
from jauge.detectors.bot_slow import BotSlow
from jauge.detectors.bot_unsure import BotUnsure
from jauge.detectors.bot_wrong_language import BotWrongLanguage
from jauge.detectors.user_asks_for_person import UserAsksForPerson
from jauge.detectors.user_continues import UserContinues
from jauge.detectors.user_exclaims import UserExclaims
from jauge.detectors.user_ignores_choices import UserIgnoresChoices
from jauge.detectors.user_laughs import UserLaughs
from jauge.detectors.user_leaves import UserLeaves
from jauge.detectors.user_quick_reply import UserQuickReply
from jauge.detectors.user_repeats import UserRepeats
from jauge.detectors.user_rephrases import UserRephrases
from jauge.detectors.user_sarcastic import UserSarcastic
from jauge.detectors.user_shouts import UserShouts

if TYPE_CHECKING:
    from jauge.detectors.protocol import Detector

BUILTIN: tuple[Detector, ...] = (
    UserQuickReply(),
    *actions.BUILTIN,
    UserContinues(),
    UserLeaves(),
    *user_phrases.BUILTIN,
    UserLaughs(),
    UserExclaims(),
    UserSarcastic(),
    UserShouts(),
    *tones.BUILTIN,
    *bot_phrases.BUILTIN,
    BotDeadEnd(),
    BotFallback(),
    BotUnsure(),
    BotMisses(),
    BotWrongLanguage(),
    BotHelpsAtOnce(),
    *bot_repeats.BUILTIN,
    BotAsksAgain(),
    UserRepeats(),
    UserRephrases(),
    UserAsksForPerson(),
    BotRefusesPerson(),
    UserIgnoresChoices(),
    BotSlow(),
    BotSilent(),
)
# With those that a scorer file alone can have: for what knows signals by their names.
KNOWN: tuple[Detector, ...] = (*BUILTIN, *own_words.UNLEARNT)
KNOWN_NAMES = frozenset(one.name for one in KNOWN)
