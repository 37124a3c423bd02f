"""Small knowledge bases in plain words for fine-tuning a language model, with what follows.

Each has three people with a trade and traits, and rules about trades and traits.  Names, trades
and traits of the test split never occur in training; truths come from forward chaining.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import product

from lambada_bc.statements import Verdict

NAMES = {
    "train": [
        "Ana", "Ben", "Carl", "Dora", "Emma", "Fred", "Greta", "Hugo", "Iris", "Jack", "Kate",
        "Leo", "Mona", "Ned", "Olga", "Paul", "Rosa", "Sam", "Tina", "Will",
    ],
    "test": [
        "Alma", "Boris", "Clara", "Dylan", "Edith", "Felix", "Gina", "Hans", "Ivy", "Jonas",
        "Kira", "Luis",
    ],
}  # fmt: skip
TRADES = {
    "train": [
        "baker", "farmer", "teacher", "doctor", "painter", "sailor", "singer", "driver",
        "cook", "gardener", "lawyer", "dancer",
    ],
    "test": [
        "nurse", "tailor", "miner", "pilot", "barber", "plumber",
    ],
}  # fmt: skip
TRAITS = {
    "train": [
        "kind", "tall", "rich", "calm", "brave", "quiet", "tired", "hungry", "busy", "happy",
        "strong", "clever", "honest", "polite", "lucky", "careful",
    ],
    "test": [
        "proud", "gentle", "wise", "cheerful", "patient", "lonely", "thirsty", "famous",
    ],
}  # fmt: skip

Fact = tuple[str, str, bool]
"""Who, what they are, and whether they are."""


@dataclass(frozen=True)
class Base:
    """Sentences, and the truth of everything that can be said of the people in them."""

    sentences: tuple[str, ...]
    names: tuple[str, ...]
    words: tuple[str, ...]
    known: frozenset[Fact]

    def truth(self, name: str, word: str) -> Verdict:
        """Whether somebody is something."""
        if (name, word, True) in self.known:
            return Verdict.PROVED
        return Verdict.DISPROVED if (name, word, False) in self.known else Verdict.UNKNOWN


def made_base(chance: random.Random, split: str) -> Base:
    """A base without contradictions."""
    while True:
        names = chance.sample(NAMES[split], 3)
        trades = chance.sample(TRADES[split], 2)
        traits = chance.sample(TRAITS[split], 6)
        facts = {(name, f"a {chance.choice(trades)}", True) for name in names}
        facts |= {(chance.choice(names), trait, True) for trait in chance.sample(traits, 3)}
        rules: list[tuple[tuple[str, ...], str, bool]] = [
            ((f"a {trades[0]}",), traits[0], True),
            ((f"a {trades[1]}",), traits[1], chance.random() < 0.5),
            ((traits[0],), traits[2], chance.random() < 0.5),
            ((traits[3], traits[0]), traits[4], True),
            ((traits[4],), traits[5], False),
        ]
        known = _closure(facts, rules)
        if not any((name, word, not sign) in known for name, word, sign in known):
            break
    sentences = [f"{name} is {word}." for name, word, _ in sorted(facts)]
    sentences += [_rule(rule, chance) for rule in rules]
    chance.shuffle(sentences)
    words = (*(f"a {trade}" for trade in trades), *traits)
    return Base(tuple(sentences), tuple(names), words, frozenset(known))


def questions(base: Base, chance: random.Random, each: int) -> list[tuple[str, Verdict]]:
    """Statements to be judged, as many of each truth as there are, at most ``each``."""
    every = [(name, word, base.truth(name, word)) for name, word in product(base.names, base.words)]
    chance.shuffle(every)
    found = []
    for verdict in (Verdict.PROVED, Verdict.DISPROVED, Verdict.UNKNOWN):
        found += [one for one in every if one[2] is verdict][:each]
    return [(f"{name} is {word}.", verdict) for name, word, verdict in found]


def _closure(facts: set[Fact], rules: list[tuple[tuple[str, ...], str, bool]]) -> set[Fact]:
    known = set(facts)
    names = {name for name, _, _ in facts}
    while True:
        new = {
            (name, head, sign)
            for name in names
            for body, head, sign in rules
            if all((name, word, True) in known for word in body)
        } - known
        if not new:
            return known
        known |= new


def _rule(rule: tuple[tuple[str, ...], str, bool], chance: random.Random) -> str:
    body, head, sign = rule
    if body[0].startswith("a "):
        trade = body[0][2:]
        return f"Every {trade} is {head}." if sign else f"No {trade} is {head}."
    condition = " and ".join(body)
    if sign:
        return chance.choice((f"Whoever is {condition} is {head}.",
                              f"If somebody is {condition}, they are {head}."))  # fmt: skip
    return chance.choice((f"Nobody who is {condition} is {head}.",
                          f"If somebody is {condition}, they are not {head}."))  # fmt: skip
