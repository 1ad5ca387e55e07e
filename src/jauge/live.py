"""The same score, event by event, while the conversation goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from jauge.model.conversation import Conversation
from jauge.pipeline import scorer_of

if TYPE_CHECKING:
    from jauge.model.conversation import Event
    from jauge.model.score import Score
    from jauge.scorer import Scorer
    from jauge.text.reading import Reading


class LiveScore:
    """Takes events one at a time and has a score after each.

    Gives what `score` gives for the events so far with `closed: false`, and after
    `close()` for the closed conversation; each score replaces all earlier points.
    Texts read once are not read again.

    >>> from jauge.model.conversation import Message, Role
    >>> live = LiveScore("c-1", channel="web_chat")
    >>> live.add(Message(role=Role.BOT, text="Hello!")).reason
    'not_engaged'
    >>> live.add(Message(role=Role.USER, text="Where is my parcel?")).status
    'scored'
    >>> live.close().status
    'scored'
    """

    def __init__(
        self,
        conversation_id: str = "-",
        *,
        channel: str = "unknown",
        language: str | None = None,
        scorer: Scorer | None = None,
        before_handoff: bool = False,
    ) -> None:
        self._scorer = scorer or scorer_of()
        self._scorer.prepare()
        self._before_handoff = before_handoff
        self._reading: Reading | None = None
        self._conversation = Conversation(
            id=conversation_id,
            channel=channel,
            language=language,
            events=(),
            closed=False,
        )

    @classmethod
    def of(
        cls,
        conversation: Conversation,
        *,
        scorer: Scorer | None = None,
        before_handoff: bool = False,
    ) -> LiveScore:
        """Go on with a conversation that has begun, its facts and events kept."""
        live = cls(conversation.id, scorer=scorer, before_handoff=before_handoff)
        live._conversation = replace(conversation, closed=False)
        return live

    @property
    def conversation(self) -> Conversation:
        """The conversation so far."""
        return self._conversation

    @property
    def score(self) -> Score:
        """The score of the events so far."""
        score, self._reading = self._scorer.score_on(
            self._conversation, self._reading, before_handoff=self._before_handoff
        )
        return score

    def add(self, event: Event) -> Score:
        """Take the next event; give the score after it."""
        events = (*self._conversation.events, event)
        self._conversation = replace(self._conversation, events=events)
        return self.score

    def close(self) -> Score:
        """End the conversation; give its final score."""
        self._conversation = replace(self._conversation, closed=True)
        return self.score
