"""The graph of one proof: which goals were asked, and what was derived from what.

Goals are tabled by variant, as in SLG resolution (Chen & Warren, *Tabled evaluation with
delaying for general logic programs*, JACM 1996): all that asks for the same atom, up to the
names of variables, reads one :class:`~lambada_bc.search.goals.Goal` with evidence for both
signs.  A rule application walks through its sub-goals as a chain of continuations; each waits
for answers of its next sub-goal, and every new answer makes the next one.  So cycles, left
recursion and shared sub-goals end by themselves.  An answer may leave a variable unbound: it
holds for everything.

In a closed world a negative sub-goal is passed at once as *possible*, by failure; whether the
failure really holds is decided by :mod:`lambada_bc.search.truth`.
"""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterable, Mapping, Sequence

from lambada_bc import wording
from lambada_bc.modules.interface import FactMatch, RuleMatch
from lambada_bc.search.goals import (
    Consumer,
    Continuation,
    Derivation,
    Goal,
    RuleApplication,
    Vertex,
    canonical,
    signed,
    vertex,
    worded,
)
from lambada_bc.search.table import Applied
from lambada_bc.statements import Bindings, Literal, World


class Graph:
    """Goals and derivations of one proof; grows with every answer of a module.

    ``stated`` is what facts say in the goal's own words.
    """

    def __init__(self, root: Literal, world: World, constants: Sequence[str]) -> None:
        self.goals: dict[str, Goal] = {}
        self.derivations: dict[Vertex, dict[object, Derivation]] = {}
        self.stated: set[Vertex] = set()
        self._closed = world == World.CLOSED
        self._constants = constants
        self._waiting: deque[Continuation] = deque()
        self.root = self._ask(root)
        self._ask(root.negated())
        self._drain()

    def add_facts(self, goal: Goal, matches: Iterable[FactMatch]) -> None:
        """Take in the facts that settle a goal."""
        goal.is_checked = True
        for match in matches:
            conclusion = signed(goal.literal.substitute(match.bindings), match.supports)
            if match.exact:
                self.stated.add(vertex(conclusion))
            fact = match.fact
            own = Derivation("fact", fact.clause.consequent, (), fact.probability, fact)
            self._conclude(own, conclusion, match.exact, match.probability)
            self._answer(goal, vertex(conclusion), match.bindings)
        self._drain()

    def add_rules(self, goal: Goal, matches: Iterable[RuleMatch]) -> None:
        """Take in the rules that were selected for a goal."""
        goal.is_selected = True
        goal.rules = {match.rule.id: match for match in matches}

    def add_application(self, goal: Goal, match: RuleMatch, applied: Applied | None) -> None:
        """Take in what a selected rule needs; None: it does not apply after all."""
        del goal.rules[match.rule.id]
        if applied is not None:
            application = RuleApplication(goal, match, applied)
            goal.applications.append(application)
            self._proceed(Continuation(application, {}, {}))
            self._drain()

    def _ask(self, literal: Literal) -> Goal:
        """The goal that a literal reads, made if it is new."""
        atom = canonical(literal)
        goal = self.goals.get(atom.key)
        if goal is None:
            goal = self.goals[atom.key] = Goal(atom)
            known = ((atom.key, sign) for sign in (True, False))
            goal.answers.update((target, {}) for target in known if target in self.derivations)
        goal.wanted.add(literal.positive)
        if self._closed and not literal.positive and literal.is_ground:
            self._derive(Derivation("failure", goal.literal.negated()))
        return goal

    def _proceed(self, continuation: Continuation) -> None:
        """Line a continuation up, unless the application has been there before."""
        bindings = sorted(continuation.bindings.items())
        place = (
            *sorted(continuation.answered.items()),
            *((name, *(word.lemma for word in wording.words(term))) for name, term in bindings),
        )
        states = continuation.application.states
        if place not in states:
            states[place] = continuation
            self._waiting.append(continuation)

    def _drain(self) -> None:
        while self._waiting:
            self._advance(self._waiting.popleft())

    def _advance(self, continuation: Continuation) -> None:
        """Wait for the next sub-goal.

        In a closed world a negative one comes when it is ground or, when nothing else is left,
        ranges over all constants.
        """
        premises = continuation.premises
        left = [number for number in range(len(premises)) if number not in continuation.answered]
        if not left:
            self._finish(continuation, premises)
            return
        for number in left:
            premise = premises[number]
            if premise.positive or premise.is_ground or not self._closed:
                self._wait(Consumer(continuation, number, premise))
                return
        names = premises[left[0]].variables
        for things in itertools.product(self._constants, repeat=len(names)):
            self._proceed(_bind(continuation, dict(zip(names, things, strict=True)), {}))

    def _wait(self, consumer: Consumer) -> None:
        goal = self._ask(consumer.subgoal)
        consumer.continuation.application.goal.needs[goal.literal.key] = goal
        goal.consumers.append(consumer)
        for target, bindings in goal.answers.items():
            self._resume(consumer, target, bindings)

    def _resume(self, consumer: Consumer, target: Vertex, bindings: Bindings) -> None:
        """Hand an answer to a waiting continuation, in the variables of its sub-goal."""
        if target[1] == consumer.subgoal.positive:
            names = {
                f"?{number}": name
                for number, name in enumerate(consumer.subgoal.variables, start=1)
            }
            found = {
                names[variable]: wording.substitute(term, names)
                for variable, term in bindings.items()
            }
            self._proceed(_bind(consumer.continuation, found, {consumer.number: target}))

    def _finish(self, continuation: Continuation, premises: tuple[Literal, ...]) -> None:
        """Draw the conclusion of an application whose sub-goals are all answered.

        A sub-goal that was answered for everything and narrowed later is asked again under
        the final bindings, so that premises are exactly what was derived.
        """
        application = continuation.application
        if any(vertex(premises[n]) != target for n, target in continuation.answered.items()):
            self._proceed(Continuation(application, continuation.bindings, {}))
            return
        goal, rule, match = application.goal, application.match.rule, application.match
        decomposition, sign = application.applied.decomposition, application.applied.sign
        bindings = {
            name: wording.substitute(term, continuation.bindings)
            for name, term in decomposition.bindings.items()
        }
        conclusion = signed(goal.literal.substitute(bindings), sign.agrees)
        own = Derivation(
            "rule",
            decomposition.consequent.substitute(continuation.bindings),
            premises,
            rule.probability * decomposition.probability,
            rule,
        )
        self._conclude(own, conclusion, match.exact, match.probability * sign.probability)
        self._answer(goal, vertex(conclusion), bindings)

    def _conclude(
        self, own: Derivation, conclusion: Literal, exact: bool, probability: float
    ) -> None:
        for derivation in worded(own, conclusion, exact, probability):
            self._derive(derivation)

    def _derive(self, derivation: Derivation) -> None:
        """Keep a derivation; a goal for exactly its conclusion has an answer by it."""
        target = vertex(derivation.conclusion)
        identity = (
            derivation.kind,
            derivation.statement and derivation.statement.id,
            *map(vertex, derivation.premises),
        )
        self.derivations.setdefault(target, {}).setdefault(identity, derivation)
        if target[0] in self.goals:
            self._answer(self.goals[target[0]], target, {})

    def _answer(self, goal: Goal, target: Vertex, bindings: Bindings) -> None:
        """Tell all that wait for a goal about an answer, once."""
        if target not in goal.answers:
            goal.answers[target] = found = _canonical(goal.literal.variables, bindings)
            for consumer in goal.consumers:
                self._resume(consumer, target, found)


def _bind(
    continuation: Continuation, found: Bindings, answered: Mapping[int, Vertex]
) -> Continuation:
    """A continuation with more variables bound and more sub-goals answered."""
    bound = {n: wording.substitute(term, found) for n, term in continuation.bindings.items()}
    return Continuation(
        continuation.application, {**bound, **found}, {**continuation.answered, **answered}
    )


def _canonical(variables: Sequence[str], bindings: Bindings) -> Bindings:
    """Bindings of a goal with what stays unbound named by the goal's own variables.

    ``(?1, ?2, ?3), {?1: ?x, ?2: ?x, ?3: Bob} -> {?2: ?1, ?3: Bob}``
    """
    names: dict[str, str] = {}
    found = {}
    for variable in variables:
        term = bindings.get(variable, variable)
        if term.startswith("?"):
            term = names.setdefault(term, variable)
        if term != variable:
            found[variable] = term
    return found
