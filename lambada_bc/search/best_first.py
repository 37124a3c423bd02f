"""A proof by best-first search, one round at a time.

In each round a proof asks about its ``width`` most promising items, whatever other proofs do
beside it, takes in the answers and looks at what holds now.  It never asks a module itself (see
:mod:`lambada_bc.search.scheduler`), so a proof is the same alone and in any batch.
"""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass
from typing import Literal as OneOf

from lambada_bc.proof.proof import NearestRule, OpenGoal, Proof, Stopped
from lambada_bc.search.agenda import Item, survey
from lambada_bc.search.extraction import SIZE, Best, cheapest, height, heights, size, steps
from lambada_bc.search.goals import Continuation, Derivation, Goal
from lambada_bc.search.graph import Graph
from lambada_bc.search.meter import Meter
from lambada_bc.search.truth import NOTHING, evaluate
from lambada_bc.statements import Literal, Statement, Verdict, World

Sides = OneOf["first", "both"]
"""Stop at the first evidence for or against a goal, or look at all evidence for both."""

DOUBT = -math.log(0.98)
"""Evidence that rests on paraphrases less probable than this is not the last word."""

SECOND_LOOK = 7
"""Rounds for which a search goes on after such evidence, if there is better: two rules deep."""


@dataclass(frozen=True)
class Options:
    """How to search; ``max_depth`` limits the rule applications on any path of a proof."""

    world: World = World.OPEN
    sides: Sides = "first"
    max_depth: int | None = None
    width: int = 16


class Proving:
    """One goal on its way to a proof."""

    def __init__(
        self,
        text: str,
        literal: Literal,
        probability: float,
        constants: tuple[str, ...],
        options: Options,
    ) -> None:
        self.meter = Meter()
        self.stopped: Stopped | None = None
        self.graph = Graph(literal, options.world, constants)
        self._text, self._literal, self._probability = text, literal, probability
        self._options = options
        self._model = NOTHING
        self._found = 0
        self._rounds = 0
        self._agenda = survey(self.graph, self._is_settled, options.max_depth)

    @property
    def items(self) -> list[Item]:
        """What to ask in this round."""
        return heapq.nsmallest(
            self._options.width, self._agenda.items, key=lambda item: item.promise
        )

    def close_round(self) -> None:
        """See what holds after the answers of a round, and whether to go on."""
        self._rounds += 1
        while (model := evaluate(self.graph, self._model, self._is_settled)) != self._model:
            self._model = model
        self._agenda = survey(self.graph, self._is_settled, self._options.max_depth)
        if self._options.sides == "first" and self._is_answered():
            self.stopped = "settled"
        elif not self._agenda.items:
            self.stopped = "depth" if self._agenda.is_cut else "exhausted"

    def proof(self, strategy: str, modules: str) -> Proof:
        """The answer so far; a proof that has not stopped by itself ran out of budget.

        The probability is that of reading the goal times those of all distinct steps.  For
        *unknown* only the first is known: modules give no probability to what they leave out.
        """
        best, signs = self._evidence()
        if len(signs) > 1 and self._options.sides == "first":
            signs = [min(signs, key=lambda sign: self._preference(best, sign))]
        verdict = _verdict(self._literal, signs)
        root = self._literal.atom()
        found = steps(best, [root if sign else root.negated() for sign in signs])
        is_unknown = verdict is Verdict.UNKNOWN
        stopped = self.stopped or "budget"
        is_cyclic = self._options.world == World.CLOSED and stopped == "exhausted"
        return Proof(
            goal=self._text,
            literal=self._literal,
            verdict=verdict,
            probability=self._probability * math.prod(step.probability for step in found),
            stopped=stopped,
            world=self._options.world,
            strategy=strategy,
            modules=modules,
            steps=found,
            reason="cycle through negation" if is_unknown and is_cyclic else "",
            open_goals=self._open_goals() if is_unknown else (),
            nearest=self._nearest() if is_unknown else None,
            statistics=self.meter.statistics(goals=len(self.graph.goals), rounds=self._rounds),
        )

    def _is_settled(self, goal: Goal) -> bool:
        """Whether nothing more needs to be known about a goal.

        Looking for the first evidence, any answer of the wanted sign will do.  Looking at all
        of it, or counting depth, only a stated one: no other answer can beat it.
        """
        options = self._options
        any_will_do = options.sides == "first" and options.max_depth is None
        enough = self._model.true if any_will_do else self.graph.stated
        return all((goal.literal.key, sign) in enough for sign in goal.wanted)

    def _is_answered(self) -> bool:
        """Whether there is evidence, and nothing better to be expected soon."""
        best, signs = self._evidence()
        if not signs:
            return False
        self._found = self._found or self._rounds
        key = self.graph.root.literal.key
        is_sure = any(best[key, sign][0][-SIZE] <= DOUBT for sign in signs)
        return is_sure or not self._agenda.items or self._rounds - self._found >= SECOND_LOOK

    def _holding(self) -> list[Derivation]:
        return [
            one
            for found in self.graph.derivations.values()
            for one in found.values()
            if self._model.supports(one)
        ]

    def _evidence(self) -> tuple[Best, list[bool]]:
        """The best derivations, and the signs of the root that they prove within the depth.

        The smallest proofs if they are low enough, else the lowest.
        """
        key, limit = self.graph.root.literal.key, self._options.max_depth
        if not {(key, True), (key, False)} & self._model.true:
            return {}, []
        holding = self._holding()
        best = cheapest(holding, size)
        signs = [sign for sign in (True, False) if (key, sign) in best]
        if limit is not None:
            high = heights(best)
            if any(high[key, sign] > limit for sign in signs):
                best = cheapest(holding, height)
                signs = [sign for sign in signs if best[key, sign][0][0] <= limit]
        return best, signs

    def _preference(self, best: Best, sign: bool) -> tuple[object, ...]:
        """Of two sides found: surer paraphrases, fewer rule applications, more probable, proved."""
        cost, _ = best[self.graph.root.literal.key, sign]
        return *cost[-SIZE:], sign != self._literal.positive

    def _open_goals(self) -> tuple[OpenGoal, ...]:
        found = []
        for key, depth in self._agenda.depths.items():
            goal = self.graph.goals[key]
            answered = {target[1] for target in goal.answers if target in self._model.true}
            for sign in goal.wanted - answered:
                literal = goal.literal if sign else goal.literal.negated()
                found.append(OpenGoal(literal=literal, depth=depth))
        below = (one for one in found if one.depth)
        return tuple(sorted(below, key=lambda one: (one.depth, str(one.literal))))

    def _nearest(self) -> NearestRule | None:
        """Of the rules applied to the root, the state with the fewest sub-goals missing."""
        found = [
            (application.match.rule, state)
            for application in self.graph.root.applications
            for state in application.states.values()
        ]
        return min((self._progress(*one) for one in found), key=_distance, default=None)

    def _progress(self, rule: Statement, state: Continuation) -> NearestRule:
        proved: list[Literal] = []
        missing: list[Literal] = []
        for number, premise in enumerate(state.premises):
            holds = state.answered.get(number) in self._model.true
            (proved if holds else missing).append(premise)
        return NearestRule(
            sentence=rule.sentence.id,
            text=rule.sentence.text,
            proved=tuple(proved),
            missing=tuple(missing),
        )


def _distance(rule: NearestRule) -> tuple[object, ...]:
    literals = (*rule.missing, *rule.proved)
    return len(rule.missing), rule.text, *map(str, literals), rule.sentence


def _verdict(goal: Literal, signs: list[bool]) -> Verdict:
    if not signs:
        return Verdict.UNKNOWN
    if len(signs) > 1:
        return Verdict.CONTRADICTED
    return Verdict.PROVED if signs[0] == goal.positive else Verdict.DISPROVED
