"""Which facts and rules a goal is compared with.

Up to :data:`EXACT_LIMIT` statements every one is a candidate of every goal.  Above it, a FAISS
index over facts and one over rule consequents propose the nearest, to which come all whose words
could unify with the goal's: a missed rule would be a false *unknown*.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from lambada_bc.modules.interface import Encoder
from lambada_bc.statements import Kind, Literal, Statement

if TYPE_CHECKING:
    import faiss

EXACT_LIMIT = 500
"""The number of statements up to which every one is a candidate."""

NEIGHBOURS = 64
"""How many facts and how many rules the indexes propose for a goal (ties may add to it)."""

_DECIMALS = 4
"""Scores are rounded to this many, as an embedding's last digits depend on its batch."""

Candidates = tuple[tuple[Statement, ...], tuple[Statement, ...]]
"""The facts and the rules that a goal is compared with."""


class Retriever(Protocol):
    """Proposes the candidates of each goal."""

    def __call__(self, goals: Sequence[Literal]) -> list[Candidates]:
        """Facts and rules for each goal, in an order that does not depend on the batch."""
        ...


MOST_KEPT = 200_000
"""Embeddings after which all are forgotten, so that memory is bounded."""


class Embeddings:
    """Unit vectors of texts by one encoder, each computed once."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: dict[str, NDArray[np.float32]] = {}

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of shape ``(len(texts), dimension)``."""
        if len(self._known) > MOST_KEPT:
            self._known.clear()
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known.update(zip(new, self._encoder.encode(new), strict=True))
        return np.stack([self._known[text] for text in texts])


def retriever(statements: Sequence[Statement], embeddings: Embeddings | None) -> Retriever:
    """The exact retriever, or the indexed one for many statements and a known encoder.

    ``statements`` must come in an order of their own, not in that of insertion: FAISS breaks
    ties by position.
    """
    facts = tuple(s for s in statements if s.kind is Kind.FACT)
    rules = tuple(s for s in statements if s.kind is Kind.RULE)
    if embeddings is None or len(statements) <= EXACT_LIMIT:
        return lambda goals: [(facts, rules)] * len(goals)
    fact_index, rule_index = _Index(facts, embeddings), _Index(rules, embeddings)

    def nearest(goals: Sequence[Literal]) -> list[Candidates]:
        return list(zip(fact_index.nearest(goals), rule_index.nearest(goals), strict=True))

    return nearest


class _Index:
    """The consequents of statements, by embedding and by words."""

    def __init__(self, statements: tuple[Statement, ...], embeddings: Embeddings) -> None:
        self._statements = statements
        self._embeddings = embeddings
        self._index: faiss.IndexFlatIP | None = None
        self._by_words: dict[frozenset[str], list[int]] = defaultdict(list)
        for position, statement in enumerate(statements):
            self._by_words[_constants(statement.clause.consequent)].append(position)

    def nearest(self, goals: Sequence[Literal]) -> list[tuple[Statement, ...]]:
        """The candidates of each goal, the most similar first, ties by id."""
        if not goals:
            return []
        if len(self._statements) <= NEIGHBOURS:
            return [self._statements] * len(goals)
        vectors = self._embeddings([_wording(goal) for goal in goals])
        return [self._one(goal, vector) for goal, vector in zip(goals, vectors, strict=True)]

    def _one(self, goal: Literal, vector: NDArray[np.float32]) -> tuple[Statement, ...]:
        # One query at a time: FAISS computes batches of another size in another way.
        count = min(2 * NEIGHBOURS, len(self._statements))
        scores, positions = self._built().search(vector[None, :], count)
        rounded = np.round(scores[0].astype(np.float64), _DECIMALS)
        near = {
            int(position): float(score)
            for position, score in zip(positions[0], rounded, strict=True)
            if score >= rounded[NEIGHBOURS - 1]
        }
        chosen = sorted(near, key=lambda at: (-near[at], self._statements[at].id))
        chosen += sorted(set(self._same_words(goal)) - near.keys())
        return tuple(self._statements[at] for at in chosen)

    def _same_words(self, goal: Literal) -> list[int]:
        """Statements whose words, variables aside, hold all of the goal's or the reverse."""
        sought = _constants(goal)
        fitting = (at for words, at in self._by_words.items() if words <= sought or words >= sought)
        return [position for positions in fitting for position in positions]

    def _built(self) -> faiss.IndexFlatIP:
        if self._index is None:
            import faiss

            vectors = self._embeddings([_wording(s.clause.consequent) for s in self._statements])
            self._index = faiss.IndexFlatIP(vectors.shape[1])
            self._index.add(np.ascontiguousarray(vectors))
        return self._index


def _constants(literal: Literal) -> frozenset[str]:
    return frozenset(word.lemma for word in literal.words if not word.is_variable)


def _wording(literal: Literal) -> str:
    """The text that is embedded: the atom, with ``something`` for its variables."""
    return str(literal.atom().substitute(dict.fromkeys(literal.variables, "something")))
