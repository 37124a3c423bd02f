"""Theories with chains of 6 to 10 rules: ``python -m scripts.deep_theories --out FILE``.

Each theory has a chain of rules about anybody, with further conditions, rules that lead astray,
and two people: one for whom the chain runs through and one for whom it breaks.  Words come from
the held-out lists; labels and depths from forward chaining.  The format is that of the data sets.
"""

from __future__ import annotations

import argparse
import json
import random
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from scripts.reading_data.example import listed, sentence
from scripts.reading_data.lexicon import Lexicon
from scripts.reading_data.phrases import Phrase, Phrases, finite

Signed = tuple[int, bool]
"""A phrase by number, and its sign."""

DEPTHS = range(6, 11)


@dataclass(frozen=True)
class Rule:
    """Conditions on one subject that give a conclusion about it."""

    body: tuple[Signed, ...]
    head: Signed


class Theory:
    """Draws one theory and its questions."""

    def __init__(self, chance: random.Random, depth: int) -> None:
        self.c, self.depth = chance, depth
        draw = Phrases(Lexicon(chance, held_out=True), chance)
        makers = (draw.adjective, draw.adjective, draw.member, draw.have, draw.verb)
        self.phrases: list[Phrase] = []
        while len(self.phrases) < depth + 12:
            phrase = chance.choice(makers)()
            if phrase.canonical not in {p.canonical for p in self.phrases}:
                self.phrases.append(phrase)
        names: set[str] = set()
        while len(names) < 2:
            names.add(draw.lexicon.first_name())
        self.names = sorted(names)
        chain = [(number, chance.random() < 0.85) for number in range(depth + 1)]
        extras = [(number, chance.random() < 0.8) for number in range(depth + 1, depth + 5)]
        others = list(range(depth + 5, depth + 12))
        self.rules = [
            Rule((one, *(chance.sample(extras, 1) if chance.random() < 0.45 else ())), two)
            for one, two in pairwise(chain)
        ]
        for number in others[:5]:
            near = chance.choice(chain)
            missing = (chance.choice(others[5:]), True)
            self.rules.append(Rule((near, missing), (number, chance.random() < 0.8)))
            self.rules.append(Rule((missing,), (number, chance.random() < 0.8)))
        whole = [(name, one) for name in self.names for one in (*extras, chain[0])]
        broken = (self.names[1], chain[0])
        self.facts = [fact for fact in whole if fact != broken]
        self.end, self.others = chain[-1], others

    def _rule(self, rule: Rule) -> str:
        c = self.c
        many = c.random() < 0.5 and not any(self.phrases[n].noun for n, _ in rule.body)
        conditions = listed([self.told(one, many=many) for one in rule.body])
        head = self.told(rule.head, many=many)
        if many:
            who = c.choice(("people who", "those who", "all people who"))
            return sentence(f"{who} {conditions} {head}")
        they = listed([self.told(one, many=True) for one in rule.body])
        ways = (
            f"if someone {conditions}, then they {self.told(rule.head, many=True)}",
            f"whoever {conditions} {head}",
            f"anyone who {conditions} {head}",
            f"someone {head} if they {they}",
        )
        return sentence(c.choice(ways))

    def told(self, one: Signed, *, many: bool = False) -> str:
        """A signed phrase as a predicate."""
        number, sign = one
        return finite(self.phrases[number], sign, self.c, many=many, plain=True)

    def closure(self) -> dict[tuple[str, Signed], int]:
        """What follows, with the number of rule applications on the longest path to it."""
        known = dict.fromkeys(self.facts, 0)
        while True:
            new = {
                (name, rule.head): 1 + max(known[name, one] for one in rule.body)
                for name in self.names
                for rule in self.rules
                if all((name, one) in known for one in rule.body) and (name, rule.head) not in known
            }
            if not new:
                return known
            known |= new

    def sentences(self) -> list[str]:
        """The facts and rules, shuffled."""
        facts = [sentence(f"{name} {self.told(one)}") for name, one in self.facts]
        sentences = [*facts, *map(self._rule, self.rules)]
        self.c.shuffle(sentences)
        return sentences

    def row(self, number: int) -> dict[str, object]:
        """The theory as JSON."""
        sentences = self.sentences()
        known = self.closure()
        phrase, sign = self.end
        sure, broken = self.names
        asked = (
            (sure, (phrase, sign)),
            (sure, (phrase, not sign)),
            (broken, (phrase, sign)),
            (sure, (self.others[0], True)),
        )
        questions = []
        for at, (name, (n, positive)) in enumerate(asked):
            proved, refuted = (name, (n, positive)), (name, (n, not positive))
            question = {
                "id": f"deep-{number}-{at}",
                "text": sentence(f"{name} {self.told((n, positive))}"),
                "label": "proved"
                if proved in known
                else "disproved"
                if refuted in known
                else "unknown",
                "depth": known.get(proved, known.get(refuted)),
            }
            questions.append(question)
        return {
            "id": f"deep-{number}",
            "world": "open",
            "sentences": sentences,
            "questions": questions,
        }


def main() -> None:
    """Write the theories, the same number for each depth."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--size", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    rows = [
        Theory(chance, DEPTHS[number % len(DEPTHS)]).row(number) for number in range(arguments.size)
    ]
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    arguments.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(rows)} theories, {4 * len(rows)} questions")


if __name__ == "__main__":
    main()
