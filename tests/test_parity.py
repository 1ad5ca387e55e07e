"""French and English alike: the same lists, the same words, the same scores."""

from pathlib import Path
from typing import NamedTuple

import pytest

from jauge import detectors, importers
from jauge.model.conversation import Conversation
from jauge.pipeline import score
from jauge.report.wording import WORDS
from jauge.testing import conversation
from jauge.text import lists

LISTS = Path(lists.__file__).parent
LANGUAGES = ("fr", "en")
NAMES = sorted({path.name for path in LISTS.glob("*/*.tsv")})
PHRASES = [name for name in NAMES if name.startswith(("user_", "bot_"))]
MOST_APART = 6
MOST_LINES = 1.5
Line = str | dict[str, object]


class Pair(NamedTuple):
    """One idea, told in both languages."""

    idea: str
    fr: tuple[Line, ...]
    en: tuple[Line, ...]


ASKED = ("user: où est ma commande ?", "user: where is my order?")
ANSWERED = ("bot: Elle arrive demain matin.", "bot: It arrives tomorrow morning.")
LOST = ("bot: Désolé, je n'ai pas compris.", "bot: Sorry, I didn't understand.")


def pair(idea: str, *lines: tuple[Line, Line]) -> Pair:
    """Tell an idea line by line, French and English side by side."""
    return Pair(idea, tuple(fr for fr, _ in lines), tuple(en for _, en in lines))


PAIRS = (
    pair("asks and is answered", ASKED, ANSWERED),
    pair("thanks", ASKED, ANSWERED, ("user: merci beaucoup", "user: thank you very much")),
    pair("thanks in one word", ASKED, ANSWERED, ("user: merci", "user: thanks")),
    pair("praises", ASKED, ANSWERED, ("user: c'est parfait", "user: that's perfect")),
    pair("praises more", ASKED, ANSWERED, ("user: super, j'adore", "user: great, I love it")),
    pair("is not pleased", ASKED, ANSWERED, ("user: je ne suis pas content", "user: I'm not happy")),
    pair("no thanks", ASKED, ANSWERED, ("user: non merci", "user: no thanks")),
    pair("bot falls back", ASKED, LOST),
    pair("bot falls back twice", ASKED, LOST, ("user: ma commande 1234", "user: my order 1234"), LOST),
    pair("irony after a failure", ASKED, LOST, ("user: super, merci", "user: great, thanks")),
    pair("bravo after a failure", ASKED, LOST, ("user: bravo", "user: well done")),
    pair("bot fails", ASKED, ("bot: Je ne peux pas vous aider avec ça.", "bot: I can't help you with that.")),
    pair("bot apologizes", ASKED, ("bot: Je suis désolé pour ce retard.", "bot: I am sorry for this delay.")),
    pair("bot succeeds", ASKED, ("bot: Votre retour est confirmé.", "bot: Your return is confirmed.")),
    pair("bot succeeds in a word", ASKED, ("bot: C'est fait !", "bot: It's done!")),
    pair("is angry", ASKED, LOST, ("user: je suis furieux", "user: I am furious")),
    pair("insults", ASKED, LOST, ("user: espèce d'idiot", "user: you idiot")),
    pair("complains", ASKED, ANSWERED, ("user: c'est inacceptable", "user: this is unacceptable")),
    pair("calls it useless", ASKED, LOST, ("user: ça ne sert à rien", "user: this is useless")),
    pair("corrects", ASKED, ANSWERED, ("user: ce n'est pas ma question", "user: that's not my question")),
    pair("asks for a person", ASKED, ANSWERED, ("user: je veux parler à un humain", "user: I want to talk to a human")),
    pair(
        "is refused a person",
        ("user: je veux parler à un conseiller", "user: I want to speak to an agent"),
        ("bot: Aucun conseiller n'est disponible.", "bot: No agent is available."),
        ("user: dommage", "user: pity"),
    ),
    pair(
        "is talked away",
        ("user: je veux parler à quelqu'un", "user: I want to speak to someone"),
        ("bot: Nos chaussures sont soldées.", "bot: Our shoes are on sale."),
    ),
    pair("waits", ASKED, ("user: vous êtes là ?", "user: are you there?"), ANSWERED),
    pair("waits in plain words", ASKED, ("user: j'attends toujours", "user: I'm still waiting"), ANSWERED),
    pair(
        "bot repeats itself",
        ASKED, ("bot: Vous pouvez suivre votre colis sur notre site.", "bot: You can track your parcel on our site."),
        ("user: et le remboursement ?", "user: and the refund?"),
        ("bot: Vous pouvez suivre votre colis sur notre site.", "bot: You can track your parcel on our site."),
    ),
    pair(
        "customer repeats",
        ("user: ma veste bleue est déchirée", "user: my blue jacket is torn"), LOST,
        ("user: ma veste bleue est déchirée", "user: my blue jacket is torn"), ANSWERED,
    ),
    pair("smiles", ASKED, ANSWERED, ("user: ok 😊", "user: ok 😊")),
    pair("is unhappy in one face", ASKED, ANSWERED, ("user: ok 😡", "user: ok 😡")),
    pair("leaves in trouble", ASKED, ANSWERED, ("user: et le remboursement ?", "user: and the refund?"), LOST),
    pair("leaves a question open", ASKED, ("bot: Quel est votre numéro de commande ?", "bot: What is your order number?")),
    pair("is left without an answer", ASKED, ANSWERED, ("user: et mon remboursement, c'est quand ?", "user: and my refund, when is it?")),
    pair(
        "takes a choice",
        ({"bot": "Bonjour", "choices": ["Commandes"]}, {"bot": "Hello", "choices": ["Orders"]}),
        ("user: commandes", "user: orders"), ANSWERED,
    ),
    pair(
        "types past the choices",
        ({"bot": "Bonjour", "choices": ["Horaires"]}, {"bot": "Hello", "choices": ["Opening hours"]}),
        ASKED, ANSWERED,
    ),
    pair(
        "chooses a person",
        ({"bot": "Bonjour", "choices": ["Parler à un conseiller"]}, {"bot": "Hello", "choices": ["Talk to an agent"]}),
        ({"action": "quick_reply", "target": "Parler à un conseiller"}, {"action": "quick_reply", "target": "Talk to an agent"}),
        ("bot: Un conseiller arrive.", "bot: An agent is coming."),
    ),
    pair("buys", ASKED, ANSWERED, ({"action": "purchase"}, {"action": "purchase"})),
    pair(
        "writes as in a text message",
        ("user: slt, g pas reçu mon colis", "user: hey, havent got my parcel"), ANSWERED,
        ("user: mercii bcp", "user: thx a lot"),
    ),
)  # fmt: skip
each_pair = pytest.mark.parametrize("told", PAIRS, ids=lambda told: told.idea)


def chats_of(told: Pair) -> tuple[Conversation, Conversation]:
    return (
        conversation(*told.fr, language="fr"),
        conversation(*told.en, language="en"),
    )


@each_pair
def test_one_idea_fires_the_same_signals_at_the_same_events(told):
    french, english = (
        [(part.event, part.signal) for part in score(chat).contributions]
        for chat in chats_of(told)
    )

    assert sorted(french, key=str) == sorted(english, key=str)


@each_pair
def test_one_idea_has_nearly_the_same_value(told):
    french, english = (score(chat).value for chat in chats_of(told))

    assert abs(french - english) <= MOST_APART


def test_languages_are_not_apart_on_average():
    apart = [
        score(french).value - score(english).value
        for french, english in map(chats_of, PAIRS)
    ]

    assert abs(sum(apart)) / len(apart) <= 1


@each_pair
def test_language_is_told_where_nobody_declares_it(told):
    """Short chats may tell nothing; none may tell the other language."""
    french, english = (
        score(conversation(*lines)).language for lines in (told.fr, told.en)
    )

    assert french in {"fr", None}
    assert english in {"en", None}


def lines_of(language: str, name: str) -> list[str]:
    text = (LISTS / language / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and line[0] != "#"]


@pytest.mark.parametrize("name", NAMES)
def test_every_list_is_there_in_both_languages(name):
    assert all((LISTS / language / name).is_file() for language in LANGUAGES)


@pytest.mark.parametrize("name", PHRASES)
def test_lists_of_phrases_are_of_like_length(name):
    fewer, more = sorted(len(lines_of(language, name)) for language in LANGUAGES)

    assert fewer > 0
    assert more <= MOST_LINES * fewer


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_list_says_on_top_where_it_comes_from(language, name):
    first = (LISTS / language / name).read_text(encoding="utf-8").partition("\n")[0]

    assert first.startswith("# ")


@pytest.mark.parametrize("detector", detectors.BUILTIN, ids=lambda found: found.name)
def test_signal_reads_well_in_both_languages(detector):
    french, english = (detector.words[language] for language in LANGUAGES)

    assert set(detector.words) == set(LANGUAGES)
    assert french.chip
    assert french.line.endswith(".")
    assert english.chip
    assert english.line.endswith(".")
    assert french.line != english.line


def test_chips_of_signals_differ():
    for language in LANGUAGES:
        chips = [detector.words[language].chip for detector in detectors.BUILTIN]

        twice = sorted({chip for chip in chips if chips.count(chip) > 1})
        assert all(
            # « se répète » is said of the bot and of the customer; who stands beside it.
            len(
                {
                    d.name[:3]
                    for d in detectors.BUILTIN
                    if d.words[language].chip == chip
                }
            )
            == 2
            for chip in twice
        )


@pytest.mark.parametrize("importer", importers.BUILTIN, ids=lambda found: found.name)
def test_format_is_described_in_both_languages(importer):
    assert set(importer.words) == set(LANGUAGES)
    assert all(importer.words.values())


def test_every_word_of_the_interface_is_there_in_both_languages():
    french, english = (WORDS[language] for language in LANGUAGES)

    assert french.keys() == english.keys()
    assert all(french.values())
    assert all(english.values())


@pytest.mark.parametrize("key", WORDS["fr"])
def test_words_of_the_interface_take_the_same_values(key):
    french, english = (
        {part.partition("}")[0] for part in WORDS[language][key].split("{")[1:]}
        for language in LANGUAGES
    )

    assert french == english
