"""Make training sentences: ``python -m scripts.reading_data --size N --seed S --out FILE``."""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

from lambada_bc import wording
from scripts.reading_data.closed_words import CLOSED_WORDS
from scripts.reading_data.example import Example
from scripts.reading_data.facts import Facts
from scripts.reading_data.lexicon import Lexicon
from scripts.reading_data.phrases import Phrases
from scripts.reading_data.prose import Prose
from scripts.reading_data.relations import Relations
from scripts.reading_data.rules import Rules


def copyable(example: Example) -> bool:
    """Whether every word of the target is in the closed list or, by lemma, in the text."""
    present = {wording.lemma(word) for word in wording.tokenize(example.text)}
    literals = [x for clause in example.clauses for x in (*clause.antecedents, clause.consequent)]
    words = (word for x in literals for part in x[:2] for word in wording.tokenize(part))
    return all(word in CLOSED_WORDS or wording.lemma(word) in present for word in words)


def main() -> None:
    """Write the examples and say how many of each phrasing there are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--split", choices=("train", "held_out"), default="train")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    chance = random.Random(f"{arguments.split} {arguments.seed}")
    phrases = Phrases(Lexicon(chance, held_out=arguments.split == "held_out"), chance)
    makers = (
        Facts(phrases, chance),
        Rules(phrases, chance),
        Relations(phrases, chance),
        Prose(phrases, chance),
    )
    made = dropped = 0
    with arguments.out.open("w", encoding="utf-8") as out:
        while made < arguments.size:
            example = chance.choices(makers, (4, 5, 1.6, 3))[0].draw()
            if not copyable(example):
                dropped += 1
                continue
            out.write(json.dumps(example.row(), ensure_ascii=False) + "\n")
            made += 1
    print(f"{made} examples, {dropped} dropped because a target word was not in the text")


if __name__ == "__main__":
    main()
