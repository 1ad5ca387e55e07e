"""What the tests about reviews share: a store with a few chats, labels, objections."""

from __future__ import annotations

from datetime import UTC, datetime

from jauge.model.label import Label, Objection
from jauge.store.objections import object_to

AT = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)


def told(stars=2, who="ann", **more):
    """A label, at a fixed time."""
    return Label(stars=stars, who=who, **{"at": AT, **more})


def objection(part, scorer, who="ann", **more):
    """An objection to a contribution of a score."""
    return Objection(
        signal=part.signal,
        who=who,
        scorer=scorer,
        tenths=part.tenths,
        event=part.event,
        span=part.span,
        **{"at": AT, **more},
    )


def objected(store, id_, signal, who="ann", **more):
    """Object to the first point of a signal; give its number."""
    score = store.conversation(id_).kept.score
    part = next(one for one in score.contributions if one.signal == signal)
    return object_to(store, id_, objection(part, score.scorer, who, **more))
