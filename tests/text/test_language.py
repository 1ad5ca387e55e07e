"""The language: declared first, then told by words and script."""

import pytest

from jauge.errors import ListError
from jauge.testing import conversation, reading_of
from jauge.text.language import parse_languages, primary, script_of


@pytest.mark.parametrize(
    ("tag", "language"),
    [("fr-CA", "fr"), ("EN_us", "en"), ("zh-Hant-TW", "zh"), ("", None), (None, None)],
)
def test_region_of_a_tag_does_not_matter(tag, language):
    assert primary(tag) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Где мой заказ?", "ru"),
        ("注文はどこですか", "ja"),
        ("我的订单在哪里", "zh"),
        ("내 주문은 어디에 있나요", "ko"),
        ("أين طلبي", "ar"),
        ("Où est mon colis ? 😡", None),
        ("", None),
    ],
)
def test_script_tells_what_is_not_latin(text, language):
    assert script_of(text) == language


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("slt je n'ai pas reçu mon colis svp", "fr"),
        ("hi where is my parcel please", "en"),
        ("¿dónde está mi pedido? lo quiero hoy por favor", "es"),
    ],
)
def test_words_of_the_customer_tell(line, language):
    chat = conversation("bot: Hello, bonjour!", f"user: {line}")

    assert reading_of(chat).language == language


def test_declared_language_is_believed():
    chat = conversation("user: hello, where is my parcel?", language="fr-CA")

    assert reading_of(chat).language == "fr"


@pytest.mark.parametrize("tag", ["und", "mul", None])
def test_undetermined_is_no_declaration(tag):
    chat = conversation("user: where is my parcel please?", language=tag)

    assert reading_of(chat).language == "en"


def test_faulty_table_of_languages_is_named_by_its_line():
    with pytest.raises(ListError, match="line 2"):
        parse_languages("fr\tle la\nen the\n")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("inutile", "fr"), ("facture impayée", "fr"), ("livreur absent", "fr"),
        ("slt", "fr"), ("ok merci", "fr"), ("mot de passe oublié", "fr"),
        ("useless", "en"), ("unpaid bill", "en"), ("forgot password", "en"),
        ("thx", "en"), ("perfect", "en"), ("driver missing", "en"),
    ],
)  # fmt: skip
def test_short_message_is_told_by_a_dictionary_where_no_frequent_word_tells(
    text, language
):
    assert reading_of(conversation(f"user: {text}", language=None)).language == language


@pytest.mark.parametrize("text", ["waar is mijn pakket", "dónde está mi pedido"])
def test_short_message_in_a_language_that_is_not_read_stays_one(text):
    found = reading_of(conversation(f"user: {text}", language=None)).language

    assert found not in {"fr", "en", None}
