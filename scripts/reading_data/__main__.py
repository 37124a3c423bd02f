"""Make training sentences: ``python -m scripts.reading_data --size N --seed S --out FILE``.

What is held out: every tenth word of each list (``--split words``), whole phrasings of the
grammar (``--split frames``), and a twelfth of what is written by hand (``--split written``).
Nothing of them is in ``--split train``.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from scripts.reading_data.bases import read_all
from scripts.reading_data.example import Example
from scripts.reading_data.facts import Facts
from scripts.reading_data.joined import Joined
from scripts.reading_data.lexicon import Lexicon
from scripts.reading_data.phrases import Phrases
from scripts.reading_data.prose import Prose
from scripts.reading_data.relations import Relations
from scripts.reading_data.respelling import Respelling
from scripts.reading_data.rules import Rules
from scripts.reading_data.written import missing

JOINED = 0.15
"""How often two sentences written by hand are made one."""
SPLITS = ("train", "words", "frames", "written")
HELD_OUT_FRAMES = frozenset(
    {"inverted", "counts as", "several 5", "two people 1", "kinship 3", "split", "gerund subject"}
)


def drawn(split: str, chance: random.Random, share: float) -> Iterator[Example]:
    """Endless examples of a split, of *train* a ``share`` from the sentences written by hand."""
    lexicon = Lexicon(chance, held_out=split == "words")
    phrases = Phrases(lexicon, chance)
    makers = (Facts(phrases, chance), Rules(phrases, chance), Relations(phrases, chance),
              Prose(phrases, chance))  # fmt: skip
    by_hand = Respelling(list(read_all(held_out=False)), lexicon, chance)
    joined = Joined(by_hand.draw, chance)
    while True:
        if split == "train" and chance.random() < share:
            yield joined.draw() if chance.random() < JOINED else by_hand.draw()
            continue
        example = chance.choices(makers, (4, 5, 2.6, 3))[0].draw()
        if (example.frame in HELD_OUT_FRAMES) == (split == "frames") and not missing(example):
            yield example


def main() -> None:
    """Write the examples of a split."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--split", choices=SPLITS, default="train")
    parser.add_argument("--by-hand", type=float, default=0.5, help="their share in train")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    if arguments.split == "written":
        examples = read_all(held_out=True)
    else:
        chance = random.Random(f"{arguments.split} {arguments.seed}")
        examples = drawn(arguments.split, chance, arguments.by_hand)
    rows = [example.row() for example in islice(examples, arguments.size)]
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    arguments.out.write_text("\n".join([*lines, ""]), encoding="utf-8")
    print(f"{len(rows)} examples of {arguments.split}")


if __name__ == "__main__":
    main()
