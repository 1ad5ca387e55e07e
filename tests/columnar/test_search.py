"""Search through all messages, as people write: accents, quotes, parts of words."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jauge.columnar.desk import Desk
from jauge.columnar.search import lines_of, needles_of
from tests.columnar.stores import ask, loaded


def said(id_, *texts):
    events = [{"type": "message", "role": "user", "text": text} for text in texts]
    return {
        "id": id_,
        "events": [*events, {"type": "message", "role": "bot", "text": "OK"}],
    }


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    store = loaded(
        tmp_path_factory.mktemp("search"),
        said("fr-1", "L’œuf est cassé !", "Je voudrais un remboursement"),
        said("fr-2", "J'ai cassé mon écran", "aujourd’hui, peut-être"),
        said("en-1", "My parcel isn't here", "Refund me, please: AB-1234"),
        said("en-2", "where is my new parcel?", "ÉLAN 😡"),
        said("none", ""),
    )
    desk = Desk(store)
    yield desk
    desk.close()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("casse", {"fr-1", "fr-2"}),
        ("CASSÉ", {"fr-1", "fr-2"}),
        ("œuf", {"fr-1"}),
        ("oeuf casse", {"fr-1"}),
        ("l'œuf", {"fr-1"}),
        ("l’oeuf", {"fr-1"}),
        ("rembours", {"fr-1"}),
        ("aujourd'hui", {"fr-2"}),
        ("peut etre", {"fr-2"}),
        ("peut-être", {"fr-2"}),
        ("parcel", {"en-1", "en-2"}),
        ("parcel refund", {"en-1"}),
        ('"my parcel"', {"en-1"}),
        ("« my new parcel »", {"en-2"}),
        ("“my parcel”", {"en-1"}),
        ("ISN'T", {"en-1"}),
        ("ab-1234", {"en-1"}),
        ("elan", {"en-2"}),
        ("😡", {"en-2"}),
        # A word that goes on is found, but not its end; in quotes it is whole.
        ("boursement", set()),
        ('"rembours"', set()),
        # A phrase is of one message.
        ('"casse je"', set()),
        ("here refund", {"en-1"}),
        # No word at all filters nothing.
        ("?!", {"fr-1", "fr-2", "en-1", "en-2", "none"}),
        ('"', {"fr-1", "fr-2", "en-1", "en-2", "none"}),
        ("zzzz", set()),
    ],
)
def test_words_are_found_as_people_write_them(desk, text, found):
    listed = ask(desk, text=text, status=["scored", "not_engaged"]).numbers()

    assert {one.conversation.id for one in desk._store.several(listed)} == found


@given(st.lists(st.text(min_size=1, max_size=15), min_size=1, max_size=4))
@example(["0\u16801"])  # a blank of its own block
def test_every_word_of_a_text_is_found_in_it(texts):
    lines = lines_of(texts)
    blob = "".join(f" {line} \n" for line in lines.split("\n")).encode(
        "utf-8", "replace"
    )

    for word in lines.split():
        for needle in needles_of(word):
            assert needle in blob
