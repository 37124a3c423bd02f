"""How fast rewards are, and whether their memory stays bounded: ``python eval/reward_speed.py``.

A knowledge base of 100 sentences (those of ``kb/animal_taxonomy.txt`` and invented ones) and texts
of five short statements, each text a new one, so that no verdict is known before.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from pathlib import Path

from lambada_bc import KnowledgeBase
from lambada_bc.rewards import ConsistencyReward
from lambada_bc.statement_checking import check_texts

NAMES = ("Ana", "Ben", "Cleo", "Dan", "Eve", "Fay", "Gus", "Hal", "Ida", "Jan", "Kim", "Lou")
TRAITS = ("kind", "tall", "quiet", "hungry", "tired", "brave", "late", "rich", "calm", "young")


def base(chance: random.Random) -> KnowledgeBase:
    """100 sentences: facts about people, rules about traits, and an animal taxonomy."""
    file = Path(__file__).parents[1] / "kb" / "animal_taxonomy.txt"
    sentences = {one.text for one in KnowledgeBase.open(file)}
    while len(sentences) < 100:
        one, two, three = chance.sample(TRAITS, 3)
        sentences.add(
            chance.choice(
                (
                    f"{chance.choice(NAMES)} is {one}.",
                    f"Everybody who is {one} and {two} is {three}.",
                    f"Nobody who is {one} is {two}.",
                )
            )
        )
    return KnowledgeBase(sorted(sentences))


def text(chance: random.Random) -> str:
    """Five statements about people."""
    return " ".join(
        f"{chance.choice(NAMES)} is {chance.choice(('', 'not ', 'very '))}{chance.choice(TRAITS)}."
        for _ in range(5)
    )


def main() -> None:
    """Print statements a second, warm, and the memory over many calls."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--texts", type=int, default=64, help="texts in the timed batch")
    parser.add_argument("--calls", type=int, default=10_000, help="calls to watch memory over")
    arguments = parser.parse_args()
    chance = random.Random(0)  # noqa: S311
    kb = base(chance)
    for contradictions in (False, True):
        reward = ConsistencyReward(kb, contradictions=contradictions)
        reward(completions=[text(chance) for _ in range(8)])
        texts = [text(chance) for _ in range(arguments.texts)]
        begun = time.monotonic()
        reward(completions=texts)
        spent = time.monotonic() - begun
        count = sum(len(one.statements) for one in check_texts(texts, kb, contradictions=False))
        held = "held against themselves too" if contradictions else "against the knowledge base"
        print(f"{count} statements {held} in {spent:.1f} s: {count / spent:.0f} a second")
    reward = ConsistencyReward(kb, contradictions=False)
    for call in range(arguments.calls + 1):
        reward(completions=[text(chance)])
        if call % (arguments.calls // 5) == 0:
            used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"after {call} calls: {used:.0f} MiB at most", flush=True)


if __name__ == "__main__":
    main()
