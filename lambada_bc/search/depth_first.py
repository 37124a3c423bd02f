"""LAMBADA as published: depth-first, one goal and one module call at a time.

Kazemi, Kim, Bhatia, Xu, Ramachandran: *LAMBADA: Backward Chaining for Automated Reasoning in
Natural Language*, ACL 2023, arXiv 2212.13894, Algorithms 1 (fact check) and 2 (the recursion),
with its cache that reasons about depth and its check that no goal repeats on its own path.

It is here for comparison, with what the published algorithm cannot do left undone:

- a goal is a string.  That a sub-goal is the negation of one that is being proved, or an
  instance of it, goes unnoticed;
- nothing is carried from one sub-goal to the next.  "?x sees the eagle and ?x is red" holds if
  something sees the eagle and something, perhaps else, is red, so a verdict can be wrong, and
  its proof does not check;
- a goal given up inside a cycle is remembered as unknown, which can be wrong elsewhere;
- the first evidence for a goal, whichever sign, is its verdict; a sub-goal found false by one
  rule is not tried with another;
- the world is open: *unknown* stays *unknown*.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass

from lambada_bc.modules.interface import FactMatch, RuleMatch
from lambada_bc.proof.proof import Proof, Stopped
from lambada_bc.search.extraction import to_step
from lambada_bc.search.goals import Derivation, Vertex, canonical, signed, vertex, worded
from lambada_bc.search.meter import Budget, Meter
from lambada_bc.search.table import Applied, Table
from lambada_bc.statements import Literal, Verdict, World

DEFAULT_DEPTH = 10
"""Rule applications on a path, when the caller sets no limit."""


def prove_depth_first(
    goals: Sequence[tuple[str, Literal, float]],
    table: Table,
    *,
    world: World,
    max_depth: int,
    budget: Budget,
) -> list[Proof]:
    """Prove goals one after the other, each with a cache of its own."""
    account = _Account(budget)
    return [
        _Prover(table, account).proof(text, literal, probability, world, max_depth)
        for text, literal, probability in goals
    ]


class _BudgetSpentError(Exception):
    """Unwinds the recursion; never leaves this module."""


class _Account:
    """What all goals of a search have spent together."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._meters: list[Meter] = []
        self._started = time.monotonic()

    def open(self) -> Meter:
        self._meters.append(Meter())
        return self._meters[-1]

    def check(self) -> None:
        if self._budget.is_spent(self._meters, time.monotonic() - self._started):
            raise _BudgetSpentError


@dataclass(frozen=True)
class _Found:
    """The verdict on a goal, and what it rests on, premises first."""

    verdict: Verdict
    derivations: tuple[Derivation, ...] = ()


_UNKNOWN = _Found(Verdict.UNKNOWN)


class _Prover:
    """One top-level goal."""

    def __init__(self, table: Table, account: _Account) -> None:
        self._table, self._account, self._meter = table, account, account.open()
        self._cache: dict[str, list[tuple[int, _Found]]] = {}
        self._is_cut = False

    def proof(
        self, text: str, goal: Literal, probability: float, world: World, max_depth: int
    ) -> Proof:
        """The verdict on a goal as a proof with steps."""
        stopped: Stopped = "settled"
        try:
            found = self._prove(goal, max_depth, ())
            if found.verdict is Verdict.UNKNOWN:
                stopped = "depth" if self._is_cut else "exhausted"
        except _BudgetSpentError:
            found, stopped = _UNKNOWN, "budget"
        distinct: dict[Vertex, Derivation] = {}
        for derivation in found.derivations:
            distinct.setdefault(vertex(derivation.conclusion), derivation)
        steps = tuple(map(to_step, distinct.values()))
        return Proof(
            goal=text,
            literal=goal,
            verdict=found.verdict,
            probability=probability * math.prod(step.probability for step in steps),
            stopped=stopped,
            world=world,
            strategy="lambada",
            modules=self._table.modules.name,
            steps=steps,
            statistics=self._meter.statistics(goals=len(self._cache), rounds=0),
        )

    def _prove(self, goal: Literal, depth: int, path: tuple[str, ...]) -> _Found:
        """Algorithm 2, with the loop check and the cache."""
        text = str(goal)
        if text in path:
            return _UNKNOWN
        for at, found in self._cache.get(text, ()):
            if at >= depth if found is _UNKNOWN else at <= depth:
                return found
        found = self._check_facts(goal)
        if found is _UNKNOWN:
            found = self._try_rules(goal, depth, (*path, text))
        self._cache.setdefault(text, []).append((depth, found))
        return found

    def _check_facts(self, goal: Literal) -> _Found:
        """Algorithm 1.

        The module compares the goal with each fact, so its best match is both selected and
        verified; the second trial could only follow a selection that was not.
        """
        self._account.check()
        (matches,) = self._table.facts([canonical(goal)], [self._meter])
        return _conclude_fact(goal, matches[0]) if matches else _UNKNOWN

    def _try_rules(self, goal: Literal, depth: int, path: tuple[str, ...]) -> _Found:
        """The rules for a goal, shorter ones first, until the sub-goals of one are proved."""
        if depth == 0:
            self._is_cut = True
            return _UNKNOWN
        self._account.check()
        (selected,) = self._table.rules([canonical(goal)], [self._meter])
        for match in sorted(selected, key=_length):
            self._account.check()
            pair = canonical(goal), match.rule
            (applied,) = self._table.applications([pair], [self._meter])
            if applied is None:
                continue
            below = self._prove_all(applied.decomposition.subgoals, depth - 1, path)
            if below is not None:
                return _conclude_rule(goal, match, applied, below)
        return _UNKNOWN

    def _prove_all(
        self, subgoals: Sequence[Literal], depth: int, path: tuple[str, ...]
    ) -> tuple[Derivation, ...] | None:
        """What the sub-goals rest on; None when one of them is not proved."""
        derivations: list[Derivation] = []
        for subgoal in subgoals:
            found = self._prove(subgoal, depth, path)
            if found.verdict is not Verdict.PROVED:
                return None
            derivations.extend(found.derivations)
        return tuple(derivations)


def _conclude_fact(goal: Literal, match: FactMatch) -> _Found:
    fact = match.fact
    own = Derivation("fact", fact.clause.consequent, (), fact.probability, fact)
    return _conclude(goal, match.supports, own, match.exact, match.probability, ())


def _conclude_rule(
    goal: Literal, match: RuleMatch, applied: Applied, below: tuple[Derivation, ...]
) -> _Found:
    decomposition, rule = applied.decomposition, match.rule
    own = Derivation(
        "rule",
        decomposition.consequent,
        decomposition.subgoals,
        rule.probability * decomposition.probability,
        rule,
    )
    probability = match.probability * applied.sign.probability
    return _conclude(goal, applied.sign.agrees, own, match.exact, probability, below)


def _conclude(
    goal: Literal,
    supports: bool,
    own: Derivation,
    exact: bool,
    probability: float,
    below: tuple[Derivation, ...],
) -> _Found:
    conclusion = signed(goal, supports)
    verdict = Verdict.PROVED if supports == goal.positive else Verdict.DISPROVED
    return _Found(verdict, (*below, *worded(own, conclusion, exact, probability)))


def _length(match: RuleMatch) -> tuple[object, ...]:
    rule = match.rule
    return len(rule.clause.antecedents), rule.sentence.text, rule.id
