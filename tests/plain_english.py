"""Modules for tests that read two forms of sentence and compare literals word by word.

``Bob is (not) kind.`` is a fact, ``If someone is kind and not rough then they are (not) nice.``
a rule.  The reader counts what it reads.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from lambada_bc.errors import GoalError
from lambada_bc.modules import gold
from lambada_bc.modules.interface import Modules, Reading
from lambada_bc.statements import Clause, Kind, Literal, Sentence

_RULE = re.compile(r"If someone is (.+) then they are (not )?(\w+)\.")
_FACT = re.compile(r"(.+) is (not )?(\w+)\.?")


class PlainReader:
    """Reads the two forms; everything else is a fact that nothing matches."""

    fingerprint = "plain"

    def __init__(self) -> None:
        self.batches: list[list[str]] = []

    def read(self, sentences: Sequence[Sentence]) -> list[Reading]:
        self.batches.append([sentence.text for sentence in sentences])
        return [Reading(tuple(_clauses(sentence))) for sentence in sentences]

    def read_goals(self, goals: Sequence[str]) -> list[tuple[Literal, float]]:
        found = [_FACT.fullmatch(goal) for goal in goals]
        if None in found:
            raise GoalError(f"The goal “{goals[found.index(None)]}” cannot be read.")
        return [(_literal(*match.groups()), 1.0) for match in found if match]


class LetterEncoder:
    """Embeds a text as its counts of letters, so similar words are near."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        counts = [[text.lower().count(chr(97 + i)) for i in range(26)] for text in texts]
        vectors = np.asarray(counts, dtype=np.float32)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def plain_modules(*, encoder: LetterEncoder | None = None) -> Modules:
    """Fresh modules with a reader of their own."""
    exact = gold.gold_modules({"id": "none", "sentences": [], "gold": {"facts": {}, "rules": {}}})
    return replace(exact, name="plain", reader=PlainReader(), encoder=encoder)


def _clauses(sentence: Sentence) -> list[Clause]:
    rule = _RULE.fullmatch(sentence.text)
    if rule and sentence.mark is not Kind.FACT:
        parts = [part.removeprefix("not ") for part in rule[1].split(" and ")]
        signs = [not part.startswith("not ") for part in rule[1].split(" and ")]
        antecedents = [
            Literal("?x", f"is {part}", sign) for part, sign in zip(parts, signs, strict=True)
        ]
        return [Clause(tuple(antecedents), Literal("?x", f"is {rule[3]}", not rule[2]))]
    fact = _FACT.fullmatch(sentence.text)
    subjects = fact[1].split(" and ") if fact else [sentence.text]
    return [
        Clause((), _literal(one, *(fact.groups()[1:] if fact else ("", "odd")))) for one in subjects
    ]


def _literal(subject: str, negation: str | None, adjective: str) -> Literal:
    return Literal(subject, f"is {adjective}", not negation)
