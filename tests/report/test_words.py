"""The words of the pages: none missing, none left over, each locale in its own."""

from __future__ import annotations

import re
import shutil
import string
import subprocess
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest

import jauge
from docs import words
from jauge.columnar import marks
from jauge.importers import columns
from jauge.model.conversation import Conversation, FlowType, Role
from jauge.model.score import BANDS, REASONS
from jauge.model.signal import Dimension
from jauge.pipeline import scorer_of
from jauge.report import column_words, page, typeset, wording
from jauge.report.translations import translations
from jauge.report.typeset import Typesetter
from jauge.report.wording import Locale
from tests.report.pages import longer, material_of, page_of

if TYPE_CHECKING:
    from collections.abc import Iterator

LOCALES: tuple[Locale, ...] = get_args(Locale)
ASKED = words.asked()
STATES = ("requested", "refused", "accepted")
CHANNELS = (*columns.CHANNELS, "app", "unknown")
DIMENSIONS = tuple(map(str, Dimension))
# What keys are made of: a value alone, or a value between two ends.
VALUES = {*BANDS, *STATES, *map(str, Role), *DIMENSIONS}
BUILT = {
    *(f"handoff_{state}" for state in STATES),
    *(f"range_{judge}" for judge in ("reader", "customer")),
    *(f"channel_{name}" for name in CHANNELS),
    *(f"reason_{reason}" for reason in REASONS),
    *(f"reason_{reason}_told" for reason in REASONS),
    *(f"{dimension}_told" for dimension in DIMENSIONS),
    *(f"flow_type_{kind}" for kind in get_args(FlowType)),
    *(f"review_{name}" for name in marks.REVIEWS),
    *(f"state_{name}" for name in marks.STATES),
}
ONLY_FRANCE = re.compile(
    r"(?i)\b(chats?|e-mails?|newsletters?|enquêtes?|conseillers?|retours d)\b"
)
ONLY_QUEBEC = re.compile(
    r"(?i)\b(clavard\w+|courriels?|infolettres?|sondages?|départements?|agents?"
    r"|rétroactions?)\b"
)
each_locale = pytest.mark.parametrize("locale", LOCALES)


def forms_in(name: str) -> Iterator[tuple[str, str]]:
    """Give what a catalogue's file says, form by form, with its key."""
    for message in words.entries(words.read(name)):
        given = message.string
        for form in (given,) if isinstance(given, str) else given:
            yield words.key_of(message), form


def forms_of(locale: Locale) -> Iterator[tuple[str, str]]:
    """Give the words of a locale as they are said, form by form, with their key."""
    said = translations(locale)
    for key in sorted(said.keys):
        forms = [said.some(key, count) for count in (0, 1, 2)]
        yield from ((key, form) for form in dict.fromkeys(forms))


def names_in(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@each_locale
def test_every_string_that_is_asked_for_is_there(locale):
    assert (ASKED.named | VALUES | BUILT) - translations(locale).keys == set()


def test_every_key_that_is_built_of_parts_can_be_there():
    keys = translations("en").keys
    for parts in ASKED.built:
        assert any(map(shape_of(parts).fullmatch, keys)), parts


def test_no_string_is_left_over():
    # What a key starts with is enough to know that it may be built.
    shapes = [shape_of(parts) for parts in ASKED.built if parts[0]]
    for name in words.ABOUT:
        keys = {key for key, _ in forms_in(name)}
        keys -= ASKED.named | ASKED.mentioned | VALUES | BUILT

        left = [key for key in keys if not any(one.fullmatch(key) for one in shapes)]
        assert left == [], name


def shape_of(parts) -> re.Pattern[str]:
    return re.compile(
        "".join("(.+)" if one is None else re.escape(one) for one in parts)
    )


def test_no_catalogue_lacks_what_another_has():
    assert words.missing(ASKED) == []
    assert len({translations(locale).keys for locale in LOCALES}) == 1


def test_a_string_without_words_is_named_with_its_file():
    asked = ASKED._replace(named=ASKED.named | {"no_such_key"})

    assert words.missing(asked) == [
        f"report/locale/{name}/LC_MESSAGES/jauge.po: no_such_key has no words"
        for name in ("en", "fr")
    ]


@pytest.mark.parametrize("name", words.ABOUT)
def test_every_catalogue_is_as_make_words_writes_it(name):
    there = words.file_of(name).read_text("utf-8")

    assert words.in_form(name, words.read(name), words.read("en")) == there
    assert len(re.findall("^msgid ", there, re.M)) == len(words.read(name)) + 1


@pytest.mark.parametrize("name", words.ABOUT)
def test_every_entry_says_something(name):
    assert [key for key, form in forms_in(name) if not form.strip()] == []
    assert not any(message.fuzzy for message in words.entries(words.read(name)))


@pytest.mark.parametrize("name", words.ABOUT)
@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="no gettext here")
def test_gettext_takes_every_catalogue(name):
    command = ["msgfmt", "--check-format", "-o", "/dev/null", words.file_of(name)]

    told = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (told.returncode, told.stderr) == (0, "")


def test_all_languages_say_the_same_values():
    english: dict[str, set[str]] = {}
    for key, form in forms_of("en"):
        english.setdefault(key, set()).update(names_in(form))
    for locale in LOCALES:
        for key, form in forms_of(locale):
            # The form for one may say its number in words.
            assert names_in(form) <= english[key], (locale, key)
            assert english[key] - names_in(form) <= {"count"}, (locale, key)


def test_all_languages_have_plurals_of_the_same_strings():
    plural = {
        name: {
            words.key_of(one)
            for one in words.entries(words.read(name))
            if not isinstance(one.id, str)
        }
        for name in words.ABOUT
    }

    assert plural["en"] == plural["fr"]
    assert plural["fr_CA"] | plural["fr_FR"] <= plural["fr"]


@pytest.mark.parametrize("locale", ["fr", "fr-CA", "fr-FR"])
def test_french_is_set_with_narrow_blanks(locale):
    for key, form in forms_of(locale):
        text = re.sub(r"\{\w+\}", "x", form)

        assert re.search(r"(?<!\u202f)[;!?»%]|(?<![\u202f\d])(?<!--):", text) is None, (
            key
        )
        assert re.search(r"«(?!\u202f)|[ \u00a0][:;!?»%]|'", text) is None, key


def test_french_blanks_are_put_in_when_a_catalogue_is_read_not_before():
    for name in words.ABOUT:
        assert "\u202f" not in words.file_of(name).read_text("utf-8"), name


def test_english_has_no_blank_before_its_marks():
    wrong = [key for key, form in forms_of("en") if re.search(r"\s[:;!?%]", form)]

    assert wrong == []


@each_locale
def test_values_keep_the_blanks_that_they_have(locale):
    hostile = "a : b ! {count} %s « c »"

    assert hostile in Typesetter(locale).t("flow", name=hostile)
    assert hostile in Typesetter(locale).tn("others", 3, shown=hostile)


@pytest.mark.parametrize(
    ("locale", "count", "shown"),
    [
        ("fr", 0, "0 autre"),
        ("fr", 1, "1 autre"),
        ("fr", 2, "2 autres"),
        ("fr-FR", 1234, "1\u202f234 autres"),
        ("fr-CA", 1234, "1\u202f234 autres"),
        ("en", 0, "0 others"),
        ("en", 1, "1 other"),
        ("en", 2, "2 others"),
        ("en", 1234, "1,234 others"),
    ],
)
def test_plurals_are_those_of_the_language(locale, count, shown):
    assert Typesetter(locale).tn("others", count) == shown


@pytest.mark.parametrize(
    ("locale", "count", "shown"),
    [
        ("fr", 0.4, "0,4 point"),
        ("fr", 1.9, "1,9 point"),
        ("fr", 2.5, "2,5 points"),
        ("en", 0.4, "0.4 points"),
        ("en", 1.0, "1.0 point"),
        ("en", 1.9, "1.9 points"),
    ],
)
def test_a_part_of_one_is_singular_in_french_alone(locale, count, shown):
    setter = Typesetter(locale)

    assert setter.tn("points", count, shown=setter.n(count, 1)) == shown


@each_locale
def test_a_key_that_nobody_wrote_is_an_error_not_a_word(locale):
    with pytest.raises(KeyError, match="no_such_key"):
        Typesetter(locale).t("no_such_key")
    with pytest.raises(KeyError, match="no_such_key"):
        Typesetter(locale).tn("no_such_key", 2)


@each_locale
def test_a_count_needs_no_plural_and_a_plural_no_count(locale):
    setter = Typesetter(locale)

    assert setter.tn("of", 3) == setter.t("of", count=3)
    assert setter.t("others", count=3) == setter.tn("others", 3)


@each_locale
def test_the_head_of_a_catalogue_is_no_word(locale):
    with pytest.raises(KeyError):
        Typesetter(locale).t("")


def test_templates_hold_no_words_of_their_own():
    for path in words.templates():
        text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", path.read_text("utf-8"))
        text = re.sub(r"<(code|pre|kbd)\b.*?</\1>|<[^>]*>", "", text)

        assert set(re.findall(r"[^\W\d]{2,}", text)) <= {"jauge", "doctype"}, path.name


# One word a thing, in each locale.


def test_what_a_country_says_is_not_what_its_language_says_already():
    french = dict(forms_in("fr"))

    for name in ("fr_CA", "fr_FR"):
        for key, form in forms_in(name):
            assert form != french[key], (name, key)


@pytest.mark.parametrize("locale", ["fr", "fr-CA"])
def test_quebec_never_says_the_words_of_france(locale):
    assert [key for key, form in forms_of(locale) if ONLY_FRANCE.search(form)] == []


def test_france_never_says_the_words_of_quebec():
    assert [key for key, form in forms_of("fr-FR") if ONLY_QUEBEC.search(form)] == []


@each_locale
def test_a_bot_is_called_a_bot_everywhere(locale):
    assert [key for key, form in forms_of(locale) if re.search("(?i)robot", form)] == []


def test_signals_say_no_word_on_which_quebec_and_france_differ():
    for detector in scorer_of().detectors:
        said = detector.words["fr"]
        for text in filter(None, (said.chip, said.told(1), said.told(-1))):
            plain = text.replace("du service rendu", "")

            assert ONLY_QUEBEC.search(text) is None, detector.name
            assert ONLY_FRANCE.search(plain) is None, detector.name
            assert "robot" not in text.lower(), detector.name


def test_the_terminal_and_tables_speak_as_french_alone_does():
    titles = [column.french for column in column_words._COLUMNS.values()]
    for text in (*wording.WORDS["fr"].values(), *titles):
        assert ONLY_FRANCE.search(text) is None, text
        assert "robot" not in text.lower(), text


# Pages.


@pytest.fixture(scope="module")
def chats() -> list[Conversation]:
    found = jauge.read(str(files("jauge.samples").joinpath("conversations.jsonl")))
    return [one for one in found if isinstance(one, Conversation)]


@pytest.mark.parametrize(
    ("locale", "says", "never"),
    [
        ("fr-CA", ("Courriel", "Clavardage", "agent"), ("E-mail", "conseiller")),
        ("fr", ("Courriel", "Clavardage", "agent"), ("E-mail", "conseiller")),
        ("fr-FR", ("E-mail", "Chat web", "conseiller"), ("Courriel", "Clavardage")),
        ("en", ("E-mail", "Web chat", "agent"), ("Courriel", "Clavardage")),
    ],
)
def test_a_page_speaks_as_its_readers_do(chats, locale, says, never):
    # Of the customers' messages only the list is shown: these words are ours.
    text = page_of(chats, locale, most_talks=0)
    ours = re.sub(r'<td class="c-told">.*?</td>', "", text, flags=re.S)

    assert f'<html lang="{locale}">' in text
    assert [word for word in says if word not in ours] == []
    assert [word for word in never if word in ours] == []


def test_dates_are_those_of_the_country(chats):
    at = chats[0].events[0].at
    assert at is not None
    july = at.replace(month=7, day=3)

    assert Typesetter("fr-CA").day(july).startswith("3 juill. ")
    assert Typesetter("fr-FR").day(july).startswith("3 juil. ")
    assert Typesetter("en").day(july).startswith("Jul 3, ")


@pytest.mark.parametrize("locale", ["fr", "fr-CA", "fr-FR"])
def test_numbers_and_times_are_set_alike_in_all_french(locale, chats):
    setter = Typesetter(locale)
    at = chats[0].events[0].at
    assert at is not None

    assert setter.n(1234.5, 1) == "1\u202f234,5"
    assert setter.share(1, 8) == "12,5\u202f%"
    assert setter.clock(at.replace(hour=14, minute=2)) == "14\u00a0h\u00a002"


@pytest.mark.parametrize("locale", ["fr", "en"])
def test_a_page_of_longer_words_has_no_word_that_was_forgotten(
    monkeypatch, chats, locale
):
    monkeypatch.setattr(typeset, "translations", longer)

    made = page.page(material_of(chats, 84), scorer_of(), locale).decode()

    plain = {form for _, form in forms_in(locale) if len(form) > 12 and "{" not in form}
    ours = re.sub(r"⟦[^⟧]*⟧", "", re.sub(r"<style>.*?</style>", "", made, flags=re.S))
    assert made.count("⟦") > 1000
    assert [form for form in plain if f">{form}<" in ours] == []


def test_the_words_are_read_with_the_package_not_from_the_working_folder(
    monkeypatch, tmp_path
):
    monkeypatch.chdir(tmp_path)
    translations.cache_clear()

    assert Typesetter("fr-FR").t("channel_email") == "E-mail"
    assert Path(str(files("jauge.report"))).joinpath("locale/fr_FR").is_dir()
