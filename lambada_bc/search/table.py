"""The table: what the modules said, kept for every later proof.

Only *judgements* are kept, never verdicts: which facts match a goal, which rules could settle
it, what a rule needs for it.  A judgement does not depend on how far a search went, so nothing
that was reached under a limit or inside a cycle can be remembered wrongly; what is true is
computed anew by each proof over its own graph, which costs no module call.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from lambada_bc.language_models.interface import Usage
from lambada_bc.modules.interface import (
    Application,
    Decomposition,
    FactMatch,
    FactQuery,
    Modules,
    RuleMatch,
    RuleQuery,
    SignMatch,
)
from lambada_bc.search.meter import Meter
from lambada_bc.statements import Literal, Statement

Proposal = tuple[tuple[Statement, ...], tuple[Statement, ...]]
"""The facts and the rules that a goal is compared with."""

Candidates = Callable[[Sequence[Literal]], Sequence[Proposal]]
"""Retrieval: proposes facts and rules for each goal."""

K = TypeVar("K", bound=Hashable)
Q = TypeVar("Q")
A = TypeVar("A")


@dataclass(frozen=True)
class Applied:
    """What a rule needs for a goal, and which way it then speaks."""

    decomposition: Decomposition
    sign: SignMatch


class Table:
    """The judgements of one set of modules on one knowledge base, shared by all its proofs.

    Goals are canonical atoms: positive, variables ``?1``, ``?2``, … in order.  Whatever is
    missing for a batch is asked with one call a module.  Its pairs and seconds go to the meter
    of who asked first, the call itself to the first meter of the batch, so meters add up.
    ``constants`` names the things that a negative sub-goal of a closed world may range over.
    """

    def __init__(
        self, modules: Modules, candidates: Candidates, constants: Sequence[str] = ()
    ) -> None:
        self.modules = modules
        self.constants = tuple(constants)
        self.candidates = candidates
        self._proposals: dict[Literal, Proposal] = {}
        self._facts = _Memo[Literal, FactQuery, list[FactMatch]](
            "fact_check", modules.fact_check, lambda query: len(query.facts), modules.usage
        )
        self._rules = _Memo[Literal, RuleQuery, list[RuleMatch]](
            "rule_selection", modules.rule_selection, lambda query: len(query.rules), modules.usage
        )
        self._subgoals = _Memo[tuple[Literal, str], Application, Decomposition | None](
            "goal_decomposition", modules.goal_decomposition, lambda _: 1, modules.usage
        )
        self._signs = _Memo[tuple[Literal, str], Application, SignMatch](
            "sign_agreement", modules.sign_agreement, lambda _: 1, modules.usage
        )

    def __len__(self) -> int:
        """The goals that something is known of."""
        return len(self._proposals)

    def facts(self, goals: Sequence[Literal], meters: Sequence[Meter]) -> list[list[FactMatch]]:
        """The facts that settle each goal, the most probable first, then by text."""
        queries = [FactQuery(goal, *proposal) for goal, proposal in self._propose(goals)]
        found = self._facts.ask(goals, queries, meters)
        return [sorted(matches, key=_fact_order) for matches in found]

    def rules(self, goals: Sequence[Literal], meters: Sequence[Meter]) -> list[list[RuleMatch]]:
        """The rules that could settle each goal, in no order that means anything."""
        queries = [RuleQuery(goal, rules, facts) for goal, (facts, rules) in self._propose(goals)]
        return self._rules.ask(goals, queries, meters)

    def applications(
        self, pairs: Sequence[tuple[Literal, Statement]], meters: Sequence[Meter]
    ) -> list[Applied | None]:
        """What each rule needs for its goal; None when it does not apply after all."""
        keys = [(goal, rule.id) for goal, rule in pairs]
        queries = [Application(goal, rule) for goal, rule in pairs]
        subgoals = self._subgoals.ask(keys, queries, meters)
        applying = [number for number, found in enumerate(subgoals) if found is not None]
        signs = self._signs.ask(
            [keys[number] for number in applying],
            [queries[number] for number in applying],
            [meters[number] for number in applying],
        )
        by_number = dict(zip(applying, signs, strict=True))
        return [
            None if decomposition is None else Applied(decomposition, by_number[number])
            for number, decomposition in enumerate(subgoals)
        ]

    def looked_at(self, goal: Literal) -> frozenset[str]:
        """The ids of the statements that the judgements on a goal rest on."""
        facts, rules = self._proposals.get(goal, ((), ()))
        return frozenset(statement.id for statement in (*facts, *rules))

    def _propose(self, goals: Sequence[Literal]) -> list[tuple[Literal, Proposal]]:
        new = [goal for goal in dict.fromkeys(goals) if goal not in self._proposals]
        if new:
            self._proposals.update(zip(new, self.candidates(new), strict=True))
        return [(goal, self._proposals[goal]) for goal in goals]


class _Memo(Generic[K, Q, A]):
    """The answers of one module."""

    def __init__(
        self,
        name: str,
        module: Callable[[Sequence[Q]], Sequence[A]],
        pairs: Callable[[Q], int],
        usage: Usage | None,
    ) -> None:
        self._name, self._module, self._pairs, self._usage = name, module, pairs, usage
        self._known: dict[K, A] = {}

    def ask(self, keys: Sequence[K], queries: Sequence[Q], meters: Sequence[Meter]) -> list[A]:
        """The answer to each query, what is not known under its key by one call."""
        new: dict[K, tuple[Q, Meter]] = {}
        for key, query, meter in zip(keys, queries, meters, strict=True):
            if key not in self._known:
                new.setdefault(key, (query, meter))
        if new:
            self._learn(new)
        return [self._known[key] for key in keys]

    def _learn(self, new: dict[K, tuple[Q, Meter]]) -> None:
        queries = [query for query, _ in new.values()]
        started, before = time.perf_counter(), self._tokens()
        answers = self._module(queries)
        elapsed, tokens = time.perf_counter() - started, self._tokens() - before
        self._known.update(zip(new, answers, strict=True))
        pairs = [self._pairs(query) for query in queries]
        for number, (_, meter) in enumerate(new.values()):
            share = pairs[number] / max(sum(pairs), 1)
            meter.charge(
                self._name,
                calls=number == 0,
                pairs=pairs[number],
                seconds=elapsed * share,
                tokens=tokens * share,
            )

    def _tokens(self) -> int:
        return self._usage.tokens if self._usage else 0


def _fact_order(match: FactMatch) -> tuple[float, str, str]:
    """The most probable first; ties by text, and by id only within a sentence."""
    return -match.probability, match.fact.sentence.text, match.fact.id
