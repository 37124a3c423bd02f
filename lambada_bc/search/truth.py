"""What holds in a proof graph.

Without failures this is the least model, computed by counting open premises in linear time
(Dowling & Gallier, *Linear-time algorithms for testing the satisfiability of propositional Horn
formulae*, 1984).  With failures it is the well-founded model, computed by the alternating
fixpoint (Van Gelder, Ross & Schlipf, *The well-founded semantics for general logic programs*,
JACM 1991): what surely holds and what possibly holds close in on each other.

Both signs of an atom are vertices of their own.  A stated or derived negation is therefore
explicit evidence and can hold together with its atom, which is a contradiction; a failure holds
only where the atom cannot possibly be derived, so it never contradicts anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass

from lambada_bc.search.goals import Derivation, Goal, Vertex, vertex
from lambada_bc.search.graph import Graph


@dataclass(frozen=True)
class Model:
    """The vertices that hold, and those among them that hold by failure."""

    true: Set[Vertex]
    failed: Set[Vertex]

    def supports(self, derivation: Derivation) -> bool:
        """Whether a derivation proves its conclusion."""
        if derivation.kind == "failure":
            return vertex(derivation.conclusion) in self.failed
        return all(vertex(premise) in self.true for premise in derivation.premises)


NOTHING = Model(frozenset(), frozenset())
"""What holds before anything is known."""


def evaluate(graph: Graph, before: Model, is_settled: Callable[[Goal], bool]) -> Model:
    """What surely holds, however the search goes on; ``before`` is what held so far.

    A failure counts once its goal and all that the goal depends on have been expanded; what
    ``is_settled`` needs no expansion.
    """
    derivations = [one for found in graph.derivations.values() for one in found.values()]
    failures = {vertex(one.conclusion) for one in derivations if one.kind == "failure"}
    if not failures:
        return Model(graph.derivations.keys(), frozenset())
    final = _final(graph, is_settled)
    failed = before.failed
    while True:
        true = _least_model(derivations, failed)
        possible = _least_model(derivations, {f for f in failures if (f[0], True) not in true})
        now = failed | {f for f in failures if f[0] in final and (f[0], True) not in possible}
        if now == failed:
            return Model(true, failed)
        failed = now


def _least_model(derivations: Iterable[Derivation], failed: Set[Vertex]) -> set[Vertex]:
    """Everything that follows when exactly ``failed`` hold by failure."""
    holds: set[Vertex] = set()
    waiting: defaultdict[Vertex, list[int]] = defaultdict(list)
    missing: list[int] = []
    conclusions: list[Vertex] = []
    agenda: list[Vertex] = []
    for number, derivation in enumerate(derivations):
        premises = {vertex(premise) for premise in derivation.premises}
        conclusions.append(vertex(derivation.conclusion))
        missing.append(len(premises))
        for premise in premises:
            waiting[premise].append(number)
        if derivation.kind == "failure":
            agenda.extend(failed & {conclusions[number]})
        elif not premises:
            agenda.append(conclusions[number])
    while agenda:
        proved = agenda.pop()
        if proved in holds:
            continue
        holds.add(proved)
        for number in waiting[proved]:
            missing[number] -= 1
            if not missing[number]:
                agenda.append(conclusions[number])
    return holds


def _final(graph: Graph, is_settled: Callable[[Goal], bool]) -> set[str]:
    """The unsettled goals that can reach no goal that still has to be expanded."""
    open_goals = {key: goal for key, goal in graph.goals.items() if not is_settled(goal)}
    needed_by: defaultdict[str, list[str]] = defaultdict(list)
    for key, goal in open_goals.items():
        for need in goal.needs:
            needed_by[need].append(key)
    agenda = [key for key, goal in open_goals.items() if not goal.is_expanded]
    final = set(open_goals)
    while agenda:
        key = agenda.pop()
        if key in final:
            final.remove(key)
            agenda.extend(needed_by[key])
    return final
