"""Nearness: each text beside the last ones before it, however many come at once."""

from jauge.text import nearness as module
from jauge.text.nearness import REACH, nearness
from jauge.text.vectors import cosines, load_vectors

TEXTS = [
    line.split()
    for line in (
        "where is my parcel", "ou est mon colis", "", "i want a refund", "42",
        "my parcel is late", "merci", "je veux un remboursement", "where is it",
    )
]  # fmt: skip


def test_it_is_the_cosine_with_each_text_before_as_far_as_the_reach():
    whole = cosines(load_vectors().matrix(TEXTS)).astype(int).tolist()

    for at, near in enumerate(nearness(TEXTS)):
        before = [whole[at][at - back] for back in range(1, min(at, REACH) + 1)]
        assert near == before + [0] * (REACH - len(before))


def test_it_is_the_same_a_few_at_a_time(monkeypatch):
    together = nearness(TEXTS)
    monkeypatch.setattr(module, "_AT_ONCE", 2)

    assert nearness(TEXTS) == together
