"""The large files of `benchmarks.big` are what they say, in small."""

from __future__ import annotations

import pytest

from benchmarks.exports import FORMS
from jauge.model.conversation import Conversation
from jauge.sources import read

SIZE = 200_000
each_form = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)


@each_form
def test_a_large_file_has_as_many_conversations_as_it_says(form, tmp_path):
    made = form.write(tmp_path, SIZE)

    found = list(read(made.path))

    assert all(isinstance(one, Conversation) for one in found)
    assert len({one.id for one in found}) == len(found) == made.conversations
    assert len({one.events[1:] for one in found}) > len(found) / 2


@each_form
def test_a_large_file_stands_alone_in_its_folder(form, tmp_path):
    made = form.write(tmp_path, SIZE)

    assert list(tmp_path.iterdir()) == [made.path]
