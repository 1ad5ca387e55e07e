"""The golden file: what the shipped scorer says of a thousand conversations.

`python -m tests.golden` writes it. It changes with the scorer's version only.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import yaml
from msgspec.structs import replace

from jauge import samples
from jauge.model.conversation import Conversation
from jauge.scorers import build_scorer
from jauge.testing import conversation

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
FILE = HERE / "golden.tsv"
_OURS = HERE.parent / "training" / "chats"
_OWN_FIELDS = {"why", "lang", "chat", "at", "lowers"}


def conversations() -> Iterator[Conversation]:
    """Give the samples, the chats that were written to train on, and all cases."""
    files = (Path(samples.__file__).with_name("conversations.jsonl"),)
    for path in (*files, *sorted(_OURS.glob("*.jsonl"))):
        for line in path.read_bytes().splitlines():
            yield msgspec.json.decode(line, type=Conversation)
    for path in sorted((HERE / "cases").glob("*.yaml")):
        rows = yaml.safe_load(path.read_text("utf-8"))
        for kind in ("fires", "silent"):
            for at, row in enumerate(rows[kind]):
                facts = {key: row[key] for key in row if key not in _OWN_FIELDS}
                chat = conversation(*row["chat"], **{"language": row["lang"]} | facts)
                yield replace(chat, id=f"{path.stem}-{kind}-{at}")


def lines() -> Iterator[str]:
    """Give the version of the scorer, then a line a conversation.

    Id, value, logit, and a hash of all that the score says but the scorer's name.
    """
    scorer = build_scorer()
    yield f"{scorer.name}@{scorer.version}"
    for chat in conversations():
        score = scorer.score(chat)
        digest = hashlib.sha256(replace(score, scorer="").to_json()).hexdigest()[:12]
        yield f"{chat.id}\t{score.value}\t{score.logit}\t{digest}"


def main() -> None:
    """Write the file, unless scores changed under the same version."""
    made = list(lines())
    held = FILE.read_text("utf-8").splitlines() if FILE.exists() else [""]
    before = {line.split("\t")[0]: line for line in held}
    changed = [line for line in made if before.get(line.split("\t")[0], line) != line]
    if held[0] == made[0] and changed:
        sys.exit(
            f"{len(changed)} scores changed under {made[0]}, the first: {changed[0]!r}."
            " Raise the version in training/priors.toml, or undo the change."
        )
    FILE.write_text("\n".join(made) + "\n", "utf-8")


if __name__ == "__main__":
    main()
