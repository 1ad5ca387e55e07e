"""What is read of the samples of platforms, fact by fact, beside what is true.

`python -m benchmarks.samples`. Reads ../shared/samples: invented conversations in every
shape, with their ground truth, and real files of public repositories, for which it
says what was left out. Says so and ends where they are not there.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from benchmarks.chats import print_table
from jauge.errors import JaugeError
from jauge.model.conversation import Action, Conversation, Handoff, Message, Rating
from jauge.model.rejected import Rejected
from jauge.settings import ReadOptions
from jauge.sources import look, read_all

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

FOLDER = Path(__file__).parents[2] / "shared" / "samples"
FACTS = ("text", "roles", "times", "clicks", "fallbacks", "handoff", "csat")
RIGHT, NONE, WRONG, MISSING = "right", "not carried", "WRONG", "not read"

LACKS: Mapping[str, frozenset[str]] = {
    "botframework/": frozenset({"fallbacks", "csat"}),
    "chatwoot/": frozenset({"fallbacks"}),
    "crisp/": frozenset({"fallbacks"}),
    "freshchat/": frozenset({"fallbacks"}),
    "gorgias/": frozenset({"fallbacks"}),
    "messenger_instagram/": frozenset({"fallbacks", "csat"}),
    "whatsapp_cloud/": frozenset(
        {"text", "roles", "times", "fallbacks", "handoff", "csat"}
    ),
    "zendesk/": frozenset({"fallbacks", "csat"}),
    "rasa/": frozenset(),
    # No greeting, so not its choices either; no turn of an agent.
    "amazon_lex_v2/": frozenset(
        {"text", "roles", "times", "clicks", "handoff", "csat"}
    ),
    "botpress/": frozenset({"csat"}),
    "botpress/synthetic/cloud": frozenset({"fallbacks"}),
    "botpress/synthetic/v12": frozenset({"handoff"}),
    "copilot_studio/synthetic/sessions": frozenset(
        {"roles", "clicks", "fallbacks", "csat"}
    ),
    "dialogflow_cx/": frozenset({"text", "roles", "times", "clicks", "csat"}),
    "langfuse/": frozenset({"text", "roles", "times", "clicks", "handoff"}),
    "openai_sharegpt/": frozenset({"times", "clicks", "fallbacks", "handoff", "csat"}),
    "openai_sharegpt/synthetic/sharegpt": frozenset({"roles"}),
    "otel_genai/": frozenset(
        {"text", "roles", "times", "clicks", "fallbacks", "handoff"}
    ),
    # The rating stands in the logs, the words in the traces.
    "otel_genai/synthetic/otlp_traces": frozenset({"csat"}),
    "flat_files/": frozenset({"fallbacks", "clicks", "handoff"}),
    "flat_files/synthetic/dev_en_password_reset.txt": frozenset({"csat"}),
    "flat_files/synthetic/dev_fr_suivi_commande.txt": frozenset({"csat"}),
}
"""Start of a sample's path → the facts that its shape cannot carry."""

REPORT = "csat_report_"
"""A report of ratings, read with the file of conversations beside it."""


NAMED: Mapping[str, Mapping[str, str]] = {"flat_files/": {"Camille": "agent"}}
"""Start of a sample's path → who is who, as a user says it: `--agent-id Camille`."""


class Truth(NamedTuple):
    """What is true of one invented conversation."""

    lines: list[tuple[str, str]]
    started_at: str
    clicks: int
    fallbacks: int
    handoff: bool
    csat: int


def main() -> None:
    """Print the tables; end with 1 where something is wrong."""
    if not FOLDER.is_dir():
        print(f"skipped: {FOLDER} is not there")
        return
    told = msgspec.json.decode((FOLDER / "expected_synthetic.json").read_bytes())
    truths = {name: _truth(one) for name, one in told.items()}
    rows = list(compared(truths))
    print_table("Invented samples", " | ".join(("file", "format", *FACTS)), iter(rows))
    head = "file | format | conversations | events | rejected | left out"
    print_table("Real samples", head, real())
    if any(WRONG in row for row in rows):
        sys.exit(1)


def _truth(one: Mapping[str, object]) -> Truth:
    whole = msgspec.convert(one, dict[str, object])
    lines = msgspec.convert(whole["transcript"], list[tuple[str, str]])
    clicks, fallbacks, csat = (
        msgspec.convert(whole[name], int) for name in ("clicks", "fallbacks", "csat")
    )
    started = str(whole["started_at"])
    return Truth(lines, started, clicks, fallbacks, bool(whole["handoff"]), csat)


def compared(truths: Mapping[str, Truth]) -> Iterator[Sequence[str]]:
    """Compare each invented file with the truth."""
    for path in sorted(FOLDER.glob("*/synthetic/*")):
        truth = next((one for name, one in truths.items() if name in path.name), None)
        if truth is None:
            continue
        shown = str(path.relative_to(FOLDER))
        if path.name.startswith(REPORT):
            yield (shown, "ratings", *[NONE] * (len(FACTS) - 1), _rated(path, truth))
            continue
        name, found, _ = _read(path, *path.parent.glob(f"{REPORT}{_scenario(path)}.*"))
        chats = [one for one in found if isinstance(one, Conversation)]
        if len(chats) != 1 or name in ("jsonl", "json", "?"):
            yield (shown, name, *[MISSING] * len(FACTS))
            continue
        lacks = _lacks(shown)
        facts = _facts(chats[0], truth)
        yield (
            shown,
            name,
            *(
                RIGHT if facts[fact] else NONE if fact in lacks else WRONG
                for fact in FACTS
            ),
        )


def _rated(path: Path, truth: Truth) -> str:
    """Say whether a report gives its rating to the conversations beside it."""
    scenario = path.stem.removeprefix(REPORT)
    beside = path.parent.glob(f"conversation_{scenario}.*")
    _, found, _ = _read(path, *beside)
    right = [
        _facts(one, truth)["csat"] for one in found if isinstance(one, Conversation)
    ]
    return RIGHT if right == [True] else WRONG


def _scenario(path: Path) -> str:
    return path.stem.removeprefix("conversation_")


def _lacks(file: str) -> frozenset[str]:
    found = [lacks for start, lacks in LACKS.items() if file.startswith(start)]
    # What Windows-1252 cannot write is no longer the text.
    return frozenset({"text"} if "cp1252" in file else ()).union(*found)


def _facts(chat: Conversation, truth: Truth) -> dict[str, bool]:
    letters = {"user": "U", "bot": "B", "agent": "H"}
    lines = [
        (
            letters.get(event.role.value, "?"),
            event.text if isinstance(event, Message) else event.target or "",
        )
        for event in chat.events
        if isinstance(event, Message | Action)
    ]
    clicks = sum(isinstance(event, Action) for event in chat.events)
    fallbacks = sum(
        isinstance(event, Message) and event.fallback is True for event in chat.events
    )
    ratings = [event.value for event in chat.events if isinstance(event, Rating)]
    first = next(iter(chat.events)).at
    return {
        "text": [text for _, text in lines] == [text for _, text in truth.lines],
        "roles": [role for role, _ in lines] == [role for role, _ in truth.lines],
        "times": first is not None
        and f"{first:%Y-%m-%dT%H:%M:%S}" == truth.started_at[:19],
        "clicks": clicks == truth.clicks,
        "fallbacks": fallbacks == truth.fallbacks,
        "handoff": any(isinstance(event, Handoff) for event in chat.events)
        == truth.handoff,
        "csat": ratings == [truth.csat],
    }


def real() -> Iterator[Sequence[str]]:
    """Read each real file; say what became of it."""
    for path in sorted(FOLDER.glob("*/real/*")):
        name, found, left = _read(path)
        chats = [one for one in found if isinstance(one, Conversation)]
        refused = [one for one in found if isinstance(one, Rejected)]
        events = sum(len(chat.events) for chat in chats)
        told = ", ".join(f"{kind} {count}" for kind, count in left.most_common())
        reason = refused[0].reason[:60] if refused else ""
        yield (
            str(path.relative_to(FOLDER)),
            name,
            str(len(chats)),
            str(events),
            f"{len(refused)} {reason}".strip(),
            told,
        )


def _read(
    path: Path, *beside: Path
) -> tuple[str, list[Conversation | Rejected], Counter[str]]:
    left: Counter[str] = Counter()

    def leave_out(kind: str) -> None:
        left[kind] += 1

    shown = str(path.relative_to(FOLDER))
    roles = {
        name: role
        for start, known in NAMED.items()
        if shown.startswith(start)
        for name, role in known.items()
    }
    options = ReadOptions(on_left_out=leave_out, roles=roles)
    try:
        importer, *_ = look(str(path), options)
        return (
            importer.name if importer else "?",
            list(read_all(map(str, (path, *beside)), options)),
            left,
        )
    except JaugeError as error:
        return "?", [Rejected(str(path), None, "$", str(error), "")], left


if __name__ == "__main__":
    main()
