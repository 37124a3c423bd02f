"""The smallest proof in a graph.

Knuth, *A generalization of Dijkstra's algorithm*, 1977: literals become final in the order of
their cheapest derivation, so every proof is found without cycles and premises come first.
"""

from __future__ import annotations

import heapq
import itertools
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from lambada_bc.proof.proof import (
    FactStep,
    FailureStep,
    NameStep,
    ParaphraseStep,
    RuleStep,
    Step,
)
from lambada_bc.search.goals import Derivation, Vertex, vertex
from lambada_bc.statements import OWN_NAME, Clause, Literal
from lambada_bc.unification import match

Cost = tuple[float, ...]
SIZE = 4
"""How many numbers :func:`size` has; other costs end in them."""

Best = Mapping[Vertex, tuple[Cost, Derivation]]
"""The cheapest derivation of each vertex, premises before conclusions."""


def size(derivation: Derivation, premises: Sequence[Cost]) -> Cost:
    """What the proof tree costs.

    First how improbable its paraphrases and guesses are: a proof in the very words of the knowledge
    base comes before all others.  Then its rule applications, its failures, and how improbable all
    of it is.
    """
    improbable = -math.log(max(derivation.probability, 1e-300))
    is_guessed = derivation.statement is not None and derivation.statement.guessed
    own = (
        improbable if is_guessed or derivation.kind == "paraphrase" else 0.0,
        derivation.kind == "rule",
        derivation.kind == "failure",
        improbable,
    )
    return tuple(map(sum, zip(own, *premises, strict=True)))


def height(derivation: Derivation, premises: Sequence[Cost]) -> Cost:
    """Rule applications on the longest path of the proof tree, then its size."""
    longest = max((cost[0] for cost in premises), default=0)
    return longest + (derivation.kind == "rule"), *size(derivation, [cost[1:] for cost in premises])


def cheapest(
    derivations: Iterable[Derivation], cost: Callable[[Derivation, Sequence[Cost]], Cost]
) -> Best:
    """The cheapest derivation of all that can be derived; equal costs are settled by text."""
    best: dict[Vertex, tuple[Cost, Derivation]] = {}
    waiting: defaultdict[Vertex, list[tuple[Derivation, set[Vertex]]]] = defaultdict(list)
    heap: list[tuple[Cost, tuple[str, ...], int, Derivation]] = []

    numbers = itertools.count()

    def push(derivation: Derivation) -> None:
        paid = cost(derivation, [best[vertex(premise)][0] for premise in derivation.premises])
        heapq.heappush(heap, (paid, _text(derivation), next(numbers), derivation))

    for derivation in derivations:
        missing = set(map(vertex, derivation.premises))
        for premise in missing:
            waiting[premise].append((derivation, missing))
        if not missing:
            push(derivation)
    while heap:
        paid, _, _, derivation = heapq.heappop(heap)
        reached = vertex(derivation.conclusion)
        if reached in best:
            continue
        best[reached] = paid, derivation
        for waiter, missing in waiting[reached]:
            missing.discard(reached)
            if not missing:
                push(waiter)
    return best


def heights(best: Best) -> dict[Vertex, int]:
    """Rule applications on the longest path of each proof."""
    found: dict[Vertex, int] = {}
    for reached, (_, derivation) in best.items():
        below = max((found[vertex(premise)] for premise in derivation.premises), default=0)
        found[reached] = below + (derivation.kind == "rule")
    return found


def steps(best: Best, conclusions: Iterable[Literal]) -> tuple[Step, ...]:
    """The distinct steps that ``conclusions`` rest on, premises first."""
    needed = set(map(vertex, conclusions))
    for reached, (_, derivation) in reversed(list(best.items())):
        if reached in needed:
            needed.update(map(vertex, derivation.premises))
    return tuple(to_step(best[reached][1]) for reached in best if reached in needed)


def to_step(derivation: Derivation) -> Step:
    """A derivation as a proof reports it."""
    conclusion, probability = derivation.conclusion, derivation.probability
    statement = derivation.statement
    if statement is None:
        if derivation.kind == "failure":
            return FailureStep(conclusion=conclusion, probability=probability)
        (premise,) = derivation.premises
        return ParaphraseStep(premise=premise, conclusion=conclusion, probability=probability)
    sentence, clause = statement.sentence, statement.clause
    if sentence.id == OWN_NAME:
        return NameStep(conclusion=conclusion, probability=probability)
    if derivation.kind == "fact":
        return FactStep(
            sentence=sentence.id,
            text=sentence.text,
            conclusion=conclusion,
            probability=probability,
            guessed=statement.guessed,
        )
    return RuleStep(
        sentence=sentence.id,
        statement=statement.id,
        text=sentence.text,
        antecedents=clause.antecedents,
        consequent=clause.consequent,
        bindings=_bindings(clause, derivation),
        premises=derivation.premises,
        conclusion=conclusion,
        probability=probability,
        guessed=statement.guessed,
    )


def _bindings(clause: Clause, derivation: Derivation) -> dict[str, str]:
    """What each variable of a rule stands for, as far as word by word comparison tells."""
    found: dict[str, str] = {}
    patterns = (clause.consequent, *clause.antecedents)
    instances = (derivation.conclusion, *derivation.premises)
    for pattern, instance in zip(patterns, instances, strict=False):
        found = {**(match(pattern, instance) or {}), **found}
    return found


def _text(derivation: Derivation) -> tuple[str, ...]:
    """What tells derivations apart that cost the same."""
    statement = derivation.statement
    said = (statement.sentence.text, statement.id) if statement else ("", "")
    return said[0], str(derivation.conclusion), *map(str, derivation.premises), said[1]
