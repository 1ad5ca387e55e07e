"""The Python API, as the contract writes it."""

import gc
from dataclasses import replace

import pytest

import jauge
from jauge.errors import PluginError, UsageError
from jauge.testing import conversation

CHAT = conversation("user: c'est tiguidou", "bot: Bonne journée !", language="fr")


def test_live_score_starts_with_no_arguments():
    live = jauge.LiveScore()

    assert live.add(CHAT.events[0]).reason == "no_bot_message"


def test_live_score_of_a_conversation_can_stop_before_the_agent():
    chat = conversation("user: hi", "bot: hello", "agent: I am Ann")

    live = jauge.LiveScore.of(chat, before_handoff=True)

    assert live.score == jauge.score(chat, before_handoff=True)


def test_public_names_are_a_dozen_and_sorted():
    assert list(jauge.__all__) == sorted(jauge.__all__)
    assert all(hasattr(jauge, name) for name in jauge.__all__)


def test_own_phrases_are_read_and_are_part_of_the_scorer():
    own = jauge.load_scorer(phrases={"fr": {"user_praises": ["tiguidou"]}})

    found = [part.signal for part in jauge.score(CHAT, scorer=own).contributions]

    assert "user_praises" in found
    assert own.id != jauge.load_scorer().id


@pytest.mark.parametrize("jobs", [1, 2])
def test_score_many_takes_a_scorer_with_any_number_of_jobs(jobs):
    own = jauge.load_scorer(phrases={"fr": {"user_praises": ["tiguidou"]}})

    scores = list(jauge.score_many([CHAT, CHAT], scorer=own, jobs=jobs))

    assert scores == [jauge.score(CHAT, scorer=own)] * 2


def test_scorer_that_other_processes_cannot_load_is_refused():
    other = replace(jauge.load_scorer(), version="9.9.9")

    with pytest.raises(UsageError, match="jobs=1"):
        list(jauge.score_many([CHAT], scorer=other, jobs=2))


def test_conversation_without_a_score_says_what_it_could_not_show():
    score = jauge.score(conversation("bot: Hello!"))

    assert score.status == "not_scored"
    assert score.unavailable == ("bot_unsure", "bot_slow")


def test_email_is_no_part_of_anything():
    chat = conversation("user: hi", "bot: x", "agent: y", channel="email")

    score = jauge.score(chat, before_handoff=True)

    assert (score.reason, score.part) == ("email", "whole")


class Failing:
    """A detector of another package that fails, and sees whether garbage is sought."""

    name = "user_fails"
    needs = frozenset[str]()

    def find(self, _: object) -> None:
        raise ValueError(gc.isenabled())


@pytest.mark.parametrize("was_on", [True, False])
def test_scoring_seeks_no_garbage_and_leaves_that_as_it_was(was_on):
    scorer = jauge.load_scorer()
    failing = replace(scorer, detectors=(Failing(),))
    chat = jauge.Conversation.of([("user", "hello"), ("bot", "hi")])

    (gc.enable if was_on else gc.disable)()
    try:
        scorer.score(chat)
        after = gc.isenabled()
        with pytest.raises(PluginError, match=r"ValueError\(False\)"):
            failing.score(chat)
        after_failing = gc.isenabled()
    finally:
        gc.enable()

    assert (after, after_failing) == (was_on, was_on)
