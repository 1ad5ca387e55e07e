"""What a turn shows is looked for once while a conversation goes on."""

from __future__ import annotations

from jauge.model.conversation import BOT, USER, Conversation, Message
from jauge.model.signal import Signal
from jauge.scorers import build_scorer
from jauge.text.steps import read_all
from jauge.text.turnwise import in_turns

SCORER = build_scorer()
CHAT = [
    ("user", "where is my parcel?"),
    ("bot", "It is on its way."),
    ("user", "when does it arrive?"),
    ("bot", "Tomorrow before noon."),
    ("user", "thank you, that is good to know"),
]


class Live:
    """A conversation that goes on; which turns were looked at, time by time."""

    def __init__(self) -> None:
        self.events = ()
        self.reading = None
        self.looked: list[list[int]] = []
        self.found: list[Signal] = []

    def say(self, role, text):
        self.events += (Message(role=role, text=text),)
        chat = Conversation(id="c", events=self.events, closed=False)
        self.reading = SCORER.read(chat, self.reading)
        read_all([self.reading])
        self.looked.append([])
        self.found = list(in_turns(self.reading, "any", USER, self._look))

    def _look(self, reading, at, turn):
        self.looked[-1].append(at)
        return [Signal("any", turn.events[0], "", None)]


def test_turns_that_stand_are_looked_at_no_more():
    live = Live()
    for role, text in CHAT:
        live.say(USER if role == "user" else BOT, text)

    assert live.looked == [[0], [0], [2], [2], [4]]
    assert [one.event for one in live.found] == [0, 2, 4]


def test_all_is_looked_at_again_when_the_language_turns_out_another():
    live = Live()
    live.say(USER, "ok")
    live.say(BOT, "12")
    live.say(USER, "thanks")
    live.say(BOT, "34")
    before = live.reading.languages[0]
    live.say(USER, "je voudrais savoir où est ma commande, elle n'est pas arrivée")

    assert live.reading.languages[0] != before
    assert live.looked[-1] == [0, 2, 4]


def test_asked_twice_a_reading_gives_the_same():
    live = Live()
    live.say(USER, "where is my parcel?")
    live.found += in_turns(live.reading, "any", USER, live._look)

    assert len(live.found) == 2
    assert live.looked == [[0]]
