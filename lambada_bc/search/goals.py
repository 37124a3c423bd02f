"""What the graph of a proof is made of: goals, derivations, and rules half applied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal as OneOf

from lambada_bc.modules.interface import RuleMatch
from lambada_bc.search.table import Applied
from lambada_bc.statements import Bindings, Literal, Statement

Vertex = tuple[str, bool]
"""What a derivation concludes: the key of a literal, and its sign."""


def vertex(literal: Literal) -> Vertex:
    """Where a literal stands in the graph."""
    return literal.key, literal.positive


def signed(literal: Literal, positive: bool) -> Literal:
    """The atom of a literal with the given sign."""
    return literal if literal.positive == positive else literal.negated()


def canonical(literal: Literal) -> Literal:
    """The atom that a literal reads: ``?x does not like ?y -> ?1 likes ?2``."""
    names = {name: f"?{number}" for number, name in enumerate(literal.variables, start=1)}
    return literal.atom().substitute(names)


@dataclass(frozen=True)
class Derivation:
    """``premises`` give ``conclusion``."""

    kind: OneOf["fact", "rule", "paraphrase", "failure"]
    conclusion: Literal
    premises: tuple[Literal, ...] = ()
    probability: float = 1.0
    statement: Statement | None = None


def worded(
    own: Derivation, conclusion: Literal, exact: bool, probability: float
) -> tuple[Derivation, ...]:
    """How a statement gives a goal's literal: at once, or by way of its own wording.

    ``own`` concludes what the statement says; ``probability`` is that of its match with the
    goal, and ``exact`` tells whether both are worded alike.
    """
    if exact:
        together = own.probability * probability
        return (replace(own, conclusion=conclusion, probability=together),)
    return own, Derivation("paraphrase", conclusion, (own.conclusion,), probability)


@dataclass(eq=False)
class Goal:
    """An atom that was asked for, with variables ``?1``, ``?2``, …, and its answers so far.

    ``rules`` are those selected for it and not yet applied, by id.
    """

    literal: Literal
    wanted: set[bool] = field(default_factory=set)
    is_checked: bool = False
    is_selected: bool = False
    rules: dict[str, RuleMatch] = field(default_factory=dict)
    answers: dict[Vertex, Bindings] = field(default_factory=dict)
    applications: list[RuleApplication] = field(default_factory=list)
    consumers: list[Consumer] = field(default_factory=list)
    needs: dict[str, Goal] = field(default_factory=dict)

    @property
    def is_expanded(self) -> bool:
        """Whether everything that could settle the goal has been looked at."""
        return self.is_checked and self.is_selected and not self.rules


@dataclass(eq=False)
class RuleApplication:
    """A rule applied to a goal, and how far each of its bindings has come."""

    goal: Goal
    match: RuleMatch
    applied: Applied
    states: dict[tuple[object, ...], Continuation] = field(default_factory=dict)


@dataclass(frozen=True)
class Continuation:
    """An application under ``bindings`` whose sub-goals ``answered`` have got these answers."""

    application: RuleApplication
    bindings: Bindings
    answered: Mapping[int, Vertex]

    def premise(self, number: int) -> Literal:
        """A sub-goal under the bindings."""
        return self.application.applied.decomposition.subgoals[number].substitute(self.bindings)

    @property
    def premises(self) -> tuple[Literal, ...]:
        """All sub-goals under the bindings."""
        return tuple(map(self.premise, range(len(self.application.applied.decomposition.subgoals))))


@dataclass(frozen=True)
class Consumer:
    """A continuation that waits for answers to one of its sub-goals."""

    continuation: Continuation
    number: int
    subgoal: Literal
