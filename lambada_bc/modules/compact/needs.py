"""Needing a thing, told in one way.

*Needs a permit* is read ``needs a permit`` or ``must have a permit``, as those who wrote the
training sentences did; a conclusion that is told in one way and a condition that is told in the
other would not meet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from lambada_bc import wording
from lambada_bc.statements import Clause, Literal

_OBLIGING = frozenset({"must", "require", "oblige", "shall"})


def as_needs(clauses: Sequence[Clause], words: Sequence[str]) -> tuple[Clause, ...]:
    """The clauses of a sentence with *needs* where it speaks of needing a thing, not a doing."""
    lemmas = [wording.lemma(word) for word in words]
    told = list(pairwise([*lemmas, "."]))
    is_need = any(one == "need" and other not in ("to", "not", "have") for one, other in told)
    if not is_need or ("have", "to") in told or not _OBLIGING.isdisjoint(lemmas):
        return tuple(clauses)
    return tuple(
        Clause(tuple(map(_needed, clause.antecedents)), _needed(clause.consequent))
        for clause in clauses
    )


def _needed(literal: Literal) -> Literal:
    for start in ("must have ", "must need "):
        if literal.predicate.startswith(start):
            thing = literal.predicate.removeprefix(start)
            return replace(literal, predicate=f"needs {thing}")
    return literal
