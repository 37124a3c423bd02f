"""The four modules over what the reader read.

Whatever two readings share word for word is settled by unification.  Where the subjects agree
and the predicates are worded differently, the comparer judges whether they mean the same or the
opposite.  It is asked only about a predicate that no candidate states in the goal's own words:
somebody who writes both "kind" and "nice" means two things by them.
"""

from __future__ import annotations

from collections.abc import Sequence

from lambada_bc.modules.compact.comparer import Comparer, Comparison
from lambada_bc.modules.interface import (
    Application,
    Decomposition,
    FactMatch,
    FactQuery,
    RuleMatch,
    RuleQuery,
    SignMatch,
)
from lambada_bc.modules.structure import decompose, instantiate, match_fact
from lambada_bc.statements import Bindings, Literal, Statement
from lambada_bc.unification import unify

SURE = 0.8
"""The least probability at which a paraphrase counts; chosen on ``eval/free_english/open``."""


class Judgements:
    """Fact check, rule selection, goal decomposition and sign agreement with one comparer."""

    def __init__(self, comparer: Comparer) -> None:
        self._comparer = comparer

    def check_facts(self, queries: Sequence[FactQuery]) -> list[list[FactMatch]]:
        """The facts that settle each goal, stated in its words or in others."""
        answers = []
        for query in queries:
            found = [m for fact in query.facts if (m := match_fact(query.goal, fact))]
            exact = [FactMatch(m.fact, m.supports, m.bindings, m.fact.probability) for m in found]
            answers.append(exact or self._paraphrased_facts(query))
        return answers

    def select_rules(self, queries: Sequence[RuleQuery]) -> list[list[RuleMatch]]:
        """The rules whose consequent says something of the goal, in its words or in others."""
        answers = []
        for query in queries:
            exact = [
                RuleMatch(rule, rule.probability)
                for rule in query.rules
                if unify(query.goal, rule.clause.consequent) is not None
            ]
            answers.append(exact or self._paraphrased_rules(query))
        return answers

    def decompose_goals(self, applications: Sequence[Application]) -> list[Decomposition | None]:
        """What each rule needs, under the match of its consequent with the goal."""
        return [self._decompose(one.goal, one.rule) for one in applications]

    def compare_signs(self, applications: Sequence[Application]) -> list[SignMatch]:
        """Whether each rule speaks for its goal's atom."""
        return [self._compare_sign(one.goal, one.rule) for one in applications]

    def _paraphrased_facts(self, query: FactQuery) -> list[FactMatch]:
        found = []
        for fact, bindings, comparison in self._paraphrases(query.goal, query.facts):
            same, probability = _judge(comparison)
            supports = same == fact.clause.consequent.positive
            needed = {v: bindings[v] for v in query.goal.variables}
            found.append(
                FactMatch(fact, supports, needed, fact.probability * probability, exact=False)
            )
        return sorted(found, key=lambda match: -match.probability)

    def _paraphrased_rules(self, query: RuleQuery) -> list[RuleMatch]:
        found = [
            RuleMatch(rule, rule.probability * _judge(comparison)[1], exact=False)
            for rule, _, comparison in self._paraphrases(query.goal, query.rules)
        ]
        return sorted(found, key=lambda match: -match.probability)

    def _paraphrases(
        self, goal: Literal, statements: Sequence[Statement]
    ) -> list[tuple[Statement, Bindings, Comparison]]:
        """Statements about the goal's subject that the comparer is sure settle it."""
        if "?" in goal.predicate or _is_worded(goal, statements):
            return []
        about = [
            (statement, bindings)
            for statement in statements
            if "?" not in statement.clause.consequent.predicate
            and (bindings := _same_subject(goal, statement.clause.consequent)) is not None
        ]
        compared = self._comparer.compare(
            [(statement.clause.consequent.predicate, goal.predicate) for statement, _ in about]
        )
        return [
            (statement, bindings, comparison)
            for (statement, bindings), comparison in zip(about, compared, strict=True)
            if _judge(comparison)[1] >= SURE
        ]

    def _decompose(self, goal: Literal, rule: Statement) -> Decomposition | None:
        if exact := decompose(goal, rule):
            return exact
        bindings = _same_subject(goal, rule.clause.consequent)
        return None if bindings is None else instantiate(goal, rule, bindings)

    def _compare_sign(self, goal: Literal, rule: Statement) -> SignMatch:
        consequent = rule.clause.consequent
        if unify(goal, consequent) is not None:
            return SignMatch(consequent.positive)
        (comparison,) = self._comparer.compare([(consequent.predicate, goal.predicate)])
        same, _ = _judge(comparison)
        return SignMatch(same == consequent.positive)


def _judge(comparison: Comparison) -> tuple[bool, float]:
    """Same rather than opposite, and how probable that is."""
    same = comparison.supports >= comparison.contradicts
    return same, comparison.supports if same else comparison.contradicts


def _same_subject(goal: Literal, stated: Literal) -> Bindings | None:
    """How the subjects of two literals are made equal."""
    return unify(Literal(goal.subject, "is it"), Literal(stated.subject, "is it"))


def _is_worded(goal: Literal, statements: Sequence[Statement]) -> bool:
    """Whether some candidate, of whatever subject, states the goal's own predicate."""
    asked = Literal("?1", goal.predicate).key
    return any(
        Literal("?1", statement.clause.consequent.predicate).key == asked
        for statement in statements
    )
